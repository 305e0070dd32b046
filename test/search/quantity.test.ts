/** Quantity parameters: every prefix with every form, over every way to state a quantity. https://hl7.org/fhir/R4/search.html#quantity */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileExtractor } from '../../src/search/extract.ts';
import { definitions, type SearchDatabase, searchDatabase } from '../support/search.ts';

const ucum = 'http://unitsofmeasure.org';
const other = 'urn:example:units';
const observation = (id: string, more: object, group = 'a'): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ code: group }] },
  ...more,
});
const coded = (value: number, code: string, unit = code) => ({ value, unit, system: ucum, code });

/** 5.4 mg in many ways, and what looks like it. */
const quantities: Record<string, object> = {
  mg: coded(5.4, 'mg'),
  gram: coded(0.0054, 'g'),
  ug: coded(5400, 'ug'),
  kg: coded(5.4, 'kg'),
  less: coded(5.3, 'mg'),
  more: coded(5.5, 'mg'),
  low: coded(5.35, 'mg'),
  high: coded(5.45, 'mg'),
  human: coded(5.4, 'mg', 'milligram'),
  text: { value: 5.4, unit: 'mg' },
  plain: { value: 5.4, code: 'mg' },
  foreign: { value: 5.4, unit: 'MG', system: other, code: 'mg' },
  invalid: coded(5.4, 'milligrams'),
  bare: { value: 5.4 },
  none: { unit: 'mg', system: ucum, code: 'mg' },
  below: { ...coded(5.4, 'mg'), comparator: '<' },
  atMost: { ...coded(5.4, 'mg'), comparator: '<=' },
  atLeast: { ...coded(5.4, 'mg'), comparator: '>=' },
  above: { ...coded(5.4, 'mg'), comparator: '>' },
};

let db: SearchDatabase;
beforeAll(async () => {
  db = await searchDatabase();
  await db.load(Object.entries(quantities).map(([id, valueQuantity]) => observation(id, { valueQuantity })));
});
afterAll(() => db.close());

const ids = async (text: string, type = 'Observation'): Promise<string[]> => (await db.ids(type, `${text}&_count=1000`)).sort();

/** Said to be exactly 5.4 mg, in UCUM. */
const exact = ['gram', 'human', 'mg', 'ug'];
/** Stated with the number 5.4, whatever the unit. */
const stated = ['bare', 'foreign', 'human', 'invalid', 'kg', 'mg', 'plain', 'text'];
/** Stated with the number 5.4 and the unit mg. */
const named = ['foreign', 'human', 'mg', 'plain', 'text'];

type Case = [prefix: string, rule: string, byUcum: string[], byNumber: string[], byName: string[]];

const cases: Case[] = [
  ['', '5.4(+/-0.05)', ['low', ...exact], ['low', ...stated], ['low', ...named]],
  [
    'eq',
    'the range of the search value fully contains the range of the target value',
    ['low', ...exact],
    ['low', ...stated],
    ['low', ...named],
  ],
  [
    'ne',
    'the range of the search value does not fully contain the range of the target value',
    ['above', 'atLeast', 'atMost', 'below', 'high', 'kg', 'less', 'more'],
    ['above', 'atLeast', 'atMost', 'below', 'gram', 'high', 'less', 'more', 'ug'],
    ['above', 'atLeast', 'atMost', 'below', 'high', 'less', 'more'],
  ],
  [
    'gt',
    'greater than the provided value, exactly',
    ['above', 'atLeast', 'high', 'kg', 'more'],
    ['above', 'atLeast', 'high', 'more', 'ug'],
    ['above', 'atLeast', 'high', 'more'],
  ],
  [
    'lt',
    'less than the provided value, exactly',
    ['atMost', 'below', 'less', 'low'],
    ['atMost', 'below', 'gram', 'less', 'low'],
    ['atMost', 'below', 'less', 'low'],
  ],
  [
    'ge',
    'greater or equal to the provided value, exactly',
    ['above', 'atLeast', 'atMost', 'high', 'kg', 'more', ...exact],
    ['above', 'atLeast', 'atMost', 'high', 'more', 'ug', ...stated],
    ['above', 'atLeast', 'atMost', 'high', 'more', ...named],
  ],
  [
    'le',
    'less or equal to the provided value, exactly',
    ['atLeast', 'atMost', 'below', 'less', 'low', ...exact],
    ['atLeast', 'atMost', 'below', 'gram', 'less', 'low', ...stated],
    ['atLeast', 'atMost', 'below', 'less', 'low', ...named],
  ],
  [
    'sa',
    'the range above the search value contains the range of the target value',
    ['above', 'high', 'kg', 'more'],
    ['above', 'high', 'more', 'ug'],
    ['above', 'high', 'more'],
  ],
  [
    'eb',
    'the range below the search value contains the range of the target value',
    ['below', 'less', 'low'],
    ['below', 'gram', 'less', 'low'],
    ['below', 'less', 'low'],
  ],
  [
    'ap',
    'about 5.4 mg (typically, within 10% of the value)',
    ['above', 'atLeast', 'atMost', 'below', 'high', 'less', 'low', 'more', ...exact],
    ['above', 'atLeast', 'atMost', 'below', 'high', 'less', 'low', 'more', ...stated],
    ['above', 'atLeast', 'atMost', 'below', 'high', 'less', 'low', 'more', ...named],
  ],
];

describe('A quantity', () => {
  describe.each(cases)('with the prefix "%s": %s', (prefix, _rule, byUcum, byNumber, byName) => {
    test('number|system|code, where the code is understood as a UCUM unit', async () => {
      expect(await ids(`value-quantity=${prefix}5.4|${ucum}|mg`)).toEqual([...byUcum].sort());
    });

    test('number|system|code in another unit that is commensurable', async () => {
      // The same range: ± 0.00005 g. For 5400 ug it would be ± 0.5 ug.
      expect(await ids(`value-quantity=${prefix}0.0054|${ucum}|g`)).toEqual([...byUcum].sort());
      expect(await ids(`value-quantity=${prefix}5.4e3|${ucum}|ug`)).toEqual([...byUcum].sort());
    });

    test('number irrespective of the unit', async () => {
      expect(await ids(`value-quantity=${prefix}5.4`)).toEqual([...byNumber].sort());
      // The parts are optional: some clients write them empty.
      expect(await ids(`value-quantity=${prefix}5.4||`)).toEqual([...byNumber].sort());
    });

    test('number||code, where the unit - either the code or the stated human unit - is that', async () => {
      expect(await ids(`value-quantity=${prefix}5.4||mg`)).toEqual([...byName].sort());
    });
  });

  test.each<[rule: string, value: string, ids: string[]]>([
    ['with increased precision', `5.40e-3|${ucum}|g`, exact],
    ['of a human unit', '5.4||milligram', ['human']],
    ['of a human unit and never of another', '5.4||milligra', []],
    ['of a unit in capitals, which are not ignored', '5.4||MG', ['foreign']],
    ['of a code of another system', `5.4|${other}|mg`, ['foreign']],
    ['of a code of another system is never converted', `0.0054|${other}|g`, []],
    ['of a human unit is not taken for a code of the system', `5.4|${other}|MG`, []],
    ['of a UCUM code that is none is compared literally', `5.4|${ucum}|milligrams`, ['invalid']],
    ['of a UCUM code that is none, by itself', '5.4||milligrams', ['invalid']],
    ['of a UCUM code that is none and that nobody has', `5.4|${ucum}|milligramme`, []],
    ['of a unit that is not commensurable', `5.4|${ucum}|mL`, []],
    ['of another system', '5.4|urn:nobody|mg', []],
    ['of a kilogram', `5.4|${ucum}|kg`, ['kg']],
    ['of a kilogram, in tons', `5.4e-3|${ucum}|t`, ['kg']],
    ['in alternatives', `5.3||mg,5.5|${ucum}|mg`, ['high', 'less', 'more']],
    ['that holds twice', `gt5.3||mg&value-quantity=lt5.4||mg`, ['atMost', 'below', 'low']],
    ['in canonical numbers is never met by a plain number', '5.4e-6', []],
    ['in grams is met by the number that it is stated with', '0.0054', ['gram']],
  ])('%s: %s', async (_rule, value, expected) => {
    expect(await ids(`value-quantity=${value}`)).toEqual([...expected].sort());
  });

  test('without a value is missing from every number, not from the parameter', async () => {
    expect(await ids('value-quantity:missing=true')).toEqual([]);
    expect(await ids('value-quantity=ne0||mg')).not.toContain('none');
  });
});

describe('Units', () => {
  beforeAll(async () => {
    const list: Record<string, object> = {
      lb: coded(150, '[lb_av]', 'lbs'),
      kilo: coded(150, 'kg'),
      light: coded(68.04, 'kg'),
      fever: coded(101.3, '[degF]'),
      cool: coded(37, 'Cel'),
      kelvin: coded(310.15, 'K'),
      iu: coded(20, '[iU]/L'),
      iuMl: coded(0.02, '[IU]/mL'),
      u: coded(20, 'U/L'),
      ph: coded(7.4, '[pH]'),
      mmol: coded(5.5, 'mmol/L'),
      rate: coded(72, '/min', 'beats/minute'),
      beats: coded(72, '{beats}/min'),
      hertz: coded(1.2, 'Hz'),
      g: coded(2000, 'g'),
      s: coded(90, 's'),
      percent: coded(97, '%'),
      fraction: coded(0.97, '1'),
      score: coded(97, '{score}'),
    };
    await db.load(Object.entries(list).map(([id, valueQuantity]) => observation(id, { valueQuantity }, 'unit')));
  });

  test.each<[rule: string, value: string, ids: string[]]>([
    ['150 [lb_av] is not 150 kg', `150|${ucum}|kg`, ['kilo']],
    ['68.04 kg finds 150 [lb_av]', `68.04|${ucum}|kg`, ['lb', 'light']],
    ['68.040 kg is too precise for it', `68.040|${ucum}|kg`, ['light']],
    ['150 lb is exactly 68.0388555 kg', `ge68.0388555|${ucum}|kg&value-quantity=le68.0388555|${ucum}|kg`, ['lb']],
    ['and no more', `gt68.0388555|${ucum}|kg&value-quantity=lt70|${ucum}|kg`, ['light']],
    ['by the human unit', '150||lbs', ['lb']],
    ['38.5 Cel is 101.3 [degF]', `38.5|${ucum}|Cel`, ['fever']],
    ['37 Cel is 310.15 K and 98.6 [degF]', `98.6|${ucum}|[degF]`, ['cool', 'kelvin']],
    ['a temperature is no difference: gt0 Cel is not gt0 K', `lt0|${ucum}|Cel`, []],
    ['arbitrary units are commensurable with themselves', `20|${ucum}|[IU]/L`, ['iu', 'iuMl']],
    ['and not with others', `20|${ucum}|U/L`, ['u']],
    ['a pH is a pH', `gt7|${ucum}|[pH]`, ['ph']],
    ['and no concentration', `gt0|${ucum}|mol/L`, ['mmol']],
    ['72 /min, whatever beats, is 1.2 Hz', `72|${ucum}|/min`, ['beats', 'hertz', 'rate']],
    ['minutes of seconds', `1.5|${ucum}|min`, ['s']],
    ['97 % is 0.97', `0.97|${ucum}|1`, ['fraction', 'percent']],
    ['and a score of 97 is a number', `97|${ucum}|1`, ['score']],
    ['mol is a number of things', `5.5e3|${ucum}|umol/L`, ['mmol']],
    ['canonical units are units too', `2000|${ucum}|g`, ['g']],
  ])('%s: %s', async (_rule, value, expected) => {
    expect(await ids(`code=unit&value-quantity=${value}`)).toEqual(expected);
  });
});

describe('A component', () => {
  beforeAll(() =>
    db.load([
      observation(
        'pressure',
        {
          component: [
            { code: { text: 's' }, valueQuantity: coded(120, 'mm[Hg]', 'mmHg') },
            { code: { text: 'd' }, valueQuantity: coded(8, 'g/dL', 'gram') },
          ],
        },
        'component',
      ),
      observation('kilopascal', { component: [{ code: { text: 's' }, valueQuantity: coded(16, 'kPa') }] }, 'component'),
    ]),
  );

  test.each<[value: string, ids: string[]]>([
    [`120|${ucum}|mm[Hg]`, ['kilopascal', 'pressure']],
    [`120.0|${ucum}|mm[Hg]`, ['kilopascal', 'pressure']],
    [`120.00|${ucum}|mm[Hg]`, ['pressure']],
    ['120||mmHg', ['pressure']],
    ['120||mm[Hg]', ['pressure']],
    // The number of one component and the unit of another are no quantity.
    ['8||mmHg', []],
    ['120||gram', []],
    ['8||gram', ['pressure']],
    [`80|${ucum}|g/L`, ['pressure']],
    ['16', ['kilopascal']],
  ])('%s', async (value, expected) => {
    expect(await ids(`code=component&component-value-quantity=${value}`)).toEqual(expected);
    expect(await ids(`code=component&combo-value-quantity=${value}`)).toEqual(expected);
    expect(await ids(`code=component&value-quantity=${value}`)).toEqual([]);
  });
});

describe('Other types of quantities', () => {
  const condition = (id: string, more: object): Resource => ({
    resourceType: 'Condition',
    id,
    subject: { reference: 'Patient/1' },
    ...more,
  });
  const age = (value: number, code: string) => coded(value, code);
  const sampled = (id: string, more: object): Resource =>
    observation(id, { valueSampledData: { origin: coded(0, 'mV'), period: 10, dimensions: 1, ...more } }, 'sampled');

  beforeAll(() =>
    db.load([
      condition('year', { onsetAge: age(2, 'a') }),
      condition('months', { onsetAge: age(24, 'mo') }),
      condition('range', { onsetRange: { low: age(1, 'a'), high: age(3, 'a') } }),
      condition('open', { onsetRange: { low: age(30, 'mo') } }),
      condition('halfUnit', { onsetRange: { low: { value: 40 }, high: age(50, 'a') } }),
      condition('mixed', { onsetRange: { low: age(18, 'mo'), high: age(60, 'a') } }),
      { resourceType: 'Invoice', id: 'euro', status: 'issued', totalNet: { value: 12.5, currency: 'EUR' } },
      { resourceType: 'Invoice', id: 'dollar', status: 'issued', totalNet: { value: 12.5, currency: 'USD' } },
      { resourceType: 'Invoice', id: 'money', status: 'issued', totalNet: { value: 12.5 } },
      { resourceType: 'Encounter', id: 'stay', status: 'finished', class: { code: 'IMP' }, length: coded(90, 'min') },
      {
        resourceType: 'Substance',
        id: 'tablets',
        code: { text: 'x' },
        instance: [{ quantity: { value: 3, unit: 'tablet', system: other, code: 'TAB' } }, { quantity: coded(1, 'g') }],
      },
      {
        resourceType: 'ChargeItem',
        id: 'item',
        status: 'billed',
        code: { text: 'x' },
        subject: { reference: 'Patient/1' },
        quantity: { value: 7 },
        factorOverride: 0.8,
      },
      sampled('wave', { data: '-1.5 E 2 0.1', factor: 2, origin: coded(1, 'mV') }),
      sampled('upside', { data: '1 2', factor: -1 }),
      sampled('clipped', { data: '3 U L', lowerLimit: 0, upperLimit: 9 }),
      sampled('empty', { data: 'E E' }),
      sampled('summary', {}),
      sampled('points', { data: '0.1 0.2' }),
    ]),
  );

  test.each<[rule: string, type: string, query: string, ids: string[]]>([
    ['Age in another unit', 'Condition', `onset-age=2|${ucum}|a`, ['months', 'year']],
    ['Age by a plain number', 'Condition', 'onset-age=24', ['months']],
    ['Range: contained', 'Condition', `onset-age=20e-1|${ucum}|a`, ['months', 'year']],
    ['Range: overlaps from above', 'Condition', `onset-age=gt2|${ucum}|a`, ['halfUnit', 'open', 'range']],
    ['Range: overlaps from below', 'Condition', `onset-age=lt2|${ucum}|a`, ['range']],
    ['Range: starts after', 'Condition', `onset-age=sa2|${ucum}|a`, ['halfUnit', 'open']],
    ['Range: ends before', 'Condition', `onset-age=eb40|${ucum}|mo`, ['months', 'range', 'year']],
    ['Range: a unit on one side is that of both', 'Condition', 'onset-age=sa39&onset-age=eb51', ['halfUnit']],
    ['Range: the units of low and high SHALL match', 'Condition', 'onset-age=ne1000', ['halfUnit', 'months', 'open', 'range', 'year']],
    ['Money of a currency', 'Invoice', 'totalnet=12.5|urn:iso:std:iso:4217|EUR', ['euro']],
    ['Money by its currency alone', 'Invoice', 'totalnet=12.5||USD', ['dollar']],
    ['Money of any currency', 'Invoice', 'totalnet=gt12', ['dollar', 'euro', 'money']],
    ['Duration', 'Encounter', `length=1.5|${ucum}|h`, ['stay']],
    ['Duration, not', 'Encounter', `length=1.5|${ucum}|min`, []],
    ['repeated quantities: one', 'Substance', `quantity=3|${other}|TAB`, ['tablets']],
    ['repeated quantities: the other', 'Substance', `quantity=1000|${ucum}|mg`, ['tablets']],
    ['repeated quantities: never mixed', 'Substance', '3||g'.replace(/^/, 'quantity='), []],
    ['quantity without unit', 'ChargeItem', 'quantity=7', ['item']],
    ['quantity without unit is in no unit', 'ChargeItem', `quantity=7|${ucum}|1`, []],
    [
      'SampledData: just search on the bounds of the values',
      'Observation',
      `value-quantity=sa-3|${ucum}|mV&code=sampled`,
      ['points', 'upside', 'wave'],
    ],
    [
      'SampledData: multiplied by the factor and added to the origin',
      'Observation',
      `value-quantity=le-2|${ucum}|mV&code=sampled`,
      ['clipped', 'upside', 'wave'],
    ],
    ['SampledData: the upper bound', 'Observation', `value-quantity=ge5|${ucum}|mV&code=sampled`, ['clipped', 'wave']],
    ['SampledData: above the upper bound', 'Observation', `value-quantity=gt5|${ucum}|mV&code=sampled`, ['clipped']],
    ['SampledData: in another unit', 'Observation', `value-quantity=gt4999|${ucum}|uV&code=sampled`, ['clipped', 'wave']],
    ['SampledData: by plain numbers', 'Observation', 'value-quantity=0.15&code=sampled', []],
    ['SampledData: contained', 'Observation', `value-quantity=1e-1|${ucum}|mV&code=sampled`, []],
    ['SampledData: within', 'Observation', 'value-quantity=ge0.1||mV&value-quantity=le0.1||mV&code=sampled', ['clipped', 'points', 'wave']],
  ])('%s: %s?%s', async (_rule, type, query, expected) => {
    expect(await ids(query, type)).toEqual(expected);
  });
});

describe('The rows of a quantity', () => {
  const extract = compileExtractor(definitions);
  const rowsOf = (valueQuantity: object): number => extract(observation('x', { valueQuantity })).numbers.length;

  test.each<[why: string, quantity: object, rows: number]>([
    ['in a unit that most come in', coded(80, 'kg'), 1],
    ['in a unit that most come in, per volume', coded(80, 'mg/dL'), 1],
    ['in base units', coded(3, 'm2'), 1],
    ['with another name of the unit', coded(80, 'kg', 'kilogram'), 2],
    ['in another unit', coded(8, 'g/L'), 2],
    ['in another unit with another name', coded(8, 'g/L', 'gram per litre'), 3],
    ['in an unknown unit', coded(8, 'spoons'), 1],
    ['of another system', { value: 1, system: other, code: 'x' }, 2],
    ['of no system', { value: 1, unit: 'x' }, 1],
    ['of no unit', { value: 1 }, 1],
    ['of no value', { unit: 'kg' }, 0],
  ])('%s are few', (_why, quantity, rows) => expect(rowsOf(quantity)).toBe(rows));
});
