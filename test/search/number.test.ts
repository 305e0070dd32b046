/** Number parameters: every prefix, every way to write a number, every kind of stored number. https://hl7.org/fhir/R4/search.html#number */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

/** The method tells the groups apart. */
const risk = (group: string, id: string, prediction: object): Resource => ({
  resourceType: 'RiskAssessment',
  id,
  status: 'final',
  method: { coding: [{ code: group }] },
  subject: { reference: 'Patient/1' },
  prediction: [prediction],
});
const decimals = (group: string, values: readonly number[]): Resource[] =>
  values.map((value, i) => risk(group, `${group}${i}`, { probabilityDecimal: value }));
const bound = (name: string, value: number | undefined): object => (value === undefined ? {} : { [name]: { value, unit: '%' } });
const between = (low: number | undefined, high: number | undefined): Resource =>
  risk('range', `${low ?? 'x'}to${high ?? 'x'}`, { probabilityRange: { ...bound('low', low), ...bound('high', high) } });
const sequence = (start: number): Resource => ({
  resourceType: 'MolecularSequence',
  id: `m${start}`,
  coordinateSystem: 0,
  variant: [{ start, end: start + 1 }],
});

const hundreds = [94.99, 95, 99.4, 99.5, 99.99, 99.995, 100, 100.004, 100.005, 100.4, 100.5, 104.99, 105, 110, 110.1];
const small = [-5.45, -5.4, 0, 0.0054, 0.00540501, 0.2, 0.4];

let db: SearchDatabase;
beforeAll(async () => {
  db = await searchDatabase();
  const ranges = [between(10, 20), between(15, 15), between(undefined, 20), between(10, undefined), between(30, 40)];
  await db.load([...decimals('hundred', hundreds), ...decimals('small', small), ...ranges, ...[1, 2, 3, 12].map(sequence)]);
});
afterAll(() => db.close());

const ids = (group: string, value: string): Promise<string[]> =>
  db.ids('RiskAssessment', `probability=${value}&method=${group}&_count=1000`);
const numbers = async (group: string, values: readonly number[], value: string): Promise<number[]> =>
  (await ids(group, value)).map((id) => values[Number(id.slice(group.length))] as number).sort((a, b) => a - b);

describe('A number', () => {
  const around = (from: number, to: number): number[] => hundreds.filter((value) => value >= from && value < to);

  test.each<[rule: string, value: string, numbers: number[]]>([
    ['to 3 significant figures precision, [99.5 ... 100.5)', '100', around(99.5, 100.5)],
    ['to 5 significant figures precision, [99.995 ... 100.005)', '100.00', around(99.995, 100.005)],
    ['to 1 significant figures precision, [95 ... 105)', '1e2', around(95, 105)],
    ['100 and 1.00e2 both have the same number of significant digits', '1.00e2', around(99.5, 100.5)],
    ['excluding leading zeros', '0100', around(99.5, 100.5)],
    ['digits count, however the exponent is written', '10000E-2', around(99.995, 100.005)],
    ['if no prefix is present, the prefix eq is assumed', 'eq100.0', around(99.95, 100.05)],
    ['not equal to 100 (in the range 99.5 to 100.5)', 'ne100', hundreds.filter((value) => value < 99.5 || value >= 100.5)],
    ['less than exactly 100', 'lt100', around(0, 100)],
    ['less or equal to exactly 100', 'le100', around(0, 100.001)],
    ['greater than exactly 100', 'gt100', around(100.001, 200)],
    ['greater or equal to exactly 100', 'ge100', around(100, 200)],
    ['treated as if they have arbitrarily high precision', 'gt1e2', around(100.001, 200)],
    ['starts after the provided value', 'sa100', around(100.001, 200)],
    ['ends before the provided value', 'eb100', around(0, 100)],
    ['the recommended value for the approximation is 10% of the stated value', 'ap105.6', around(95.04, 116.2)],
    ['approximately is 10% and not more', 'ap121.2', [110, 110.1]],
    ['repeated values are alternatives', 'lt95,gt110', [94.99, 110.1]],
    ['a parameter that is repeated holds twice', 'gt95&probability=lt99.5', [99.4]],
  ])('%s: %s', async (_rule, value, expected) => {
    expect(await numbers('hundred', hundreds, value)).toEqual(expected);
  });

  test.each<[value: string, numbers: number[]]>([
    ['5.40e-3', [0.0054]],
    ['5.4e-3', [0.0054, 0.00540501]],
    ['-5.4', [-5.45, -5.4]],
    ['-5.40', [-5.4]],
    ['-5', [-5.45, -5.4]],
    ['-5.45', [-5.45]],
    ['lt-5.4', [-5.45]],
    ['le-5.4', [-5.45, -5.4]],
    ['ap-5.9', [-5.45, -5.4]],
    ['0', [0, 0.0054, 0.00540501, 0.2, 0.4]],
    ['-0', [0, 0.0054, 0.00540501, 0.2, 0.4]],
    ['0.0', [0, 0.0054, 0.00540501]],
    ['ap0', [0, 0.0054, 0.00540501, 0.2, 0.4]],
    ['ap0.00', [0]],
    ['0e0', [0, 0.0054, 0.00540501]],
    ['%2B0.2', [0.2]],
    ['sa-1e-300', [0, 0.0054, 0.00540501, 0.2, 0.4]],
  ])('near zero: %s', async (value, expected) => {
    expect(await numbers('small', small, value)).toEqual(expected);
  });
});

describe('An integer', () => {
  test.each<[rule: string, value: string, ids: string[]]>([
    ['searching is based on exact matches', '2', ['m2']],
    ['the significance issues cancel out', '2.00', ['m2']],
    ['if there are non-zero digits after a decimal point, there cannot be any matches', '2.1', []],
    ['nor with an exponent that leaves some', '21e-1', []],
    ['an exponent has its own precision', '1e1', []],
    ['greater', 'gt2', ['m12', 'm3']],
    ['other', 'ne2', ['m1', 'm12', 'm3']],
  ])('%s: %s', async (_rule, value, expected) => {
    expect((await db.ids('MolecularSequence', `variant-start=${value}`)).sort()).toEqual(expected);
  });
});

describe('A range', () => {
  test.each<[rule: string, value: string, ids: string[]]>([
    ['the range of the search value fully contains the range of the target value', '15', ['15to15']],
    ['the search value contains it, when it is wide enough', '1e1', []],
    ['the range of the search value does not fully contain it', 'ne15', ['10to20', '10tox', '30to40', 'xto20']],
    ['the range above the search value intersects with it', 'gt20', ['10tox', '30to40']],
    ['the range below the search value intersects with it', 'lt10', ['xto20']],
    ['the range above includes the value itself', 'ge20', ['10to20', '10tox', '30to40', 'xto20']],
    ['the range below includes the value itself', 'le10', ['10to20', '10tox', 'xto20']],
    ['the range above contains the range of the target value', 'sa10', ['15to15', '30to40']],
    ['the range below contains the range of the target value', 'eb20', ['15to15']],
    ['an end that is open is beyond everything', 'sa1000', []],
    ['the range of the search value overlaps with it', 'ap42', ['10tox', '30to40']],
  ])('%s: %s', async (_rule, value, expected) => {
    expect((await ids('range', value)).sort()).toEqual(expected);
  });
});

test.each([
  '',
  'x',
  '1,x',
  '1.',
  '.5',
  '1e',
  'e1',
  '1e1000',
  '9'.repeat(41),
  '1 2',
  'eq',
  'gteq1',
  'GT1',
  'xx1',
  '0x10',
  'NaN',
  'Infinity',
  '1|2',
  '١',
])('No number: %j is refused', (value) => expect(refusalOf('RiskAssessment', `probability=${encodeURIComponent(value)}`).status).toBe(400));

test('the longest numbers are found by themselves', async () => {
  const longest = ['12345678901234567', '1e300', '5e-324'].map(Number);
  await db.load(decimals('long', longest));
  for (const value of ['12345678901234567', '12345678901234567.00', '1.0000e300', '5e-324'])
    expect([value, await numbers('long', longest, value)]).toEqual([value, [Number(value)]]);
});
