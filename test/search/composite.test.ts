/** Composite parameters: both values in one and the same element. https://hl7.org/fhir/R4/search.html#combining */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { indexingOf } from '../../src/search/indexing.ts';
import { definitions } from '../support/repository.ts';
import { refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const coded = (code: string, system = 'http://loinc.org') => ({ coding: [{ system, code }] });
const mmHg = (value: number) => ({ value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' });
const panel = (id: string, systolic: number, diastolic: number): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: coded('85354-9'),
  component: [
    { code: coded('8480-6'), valueQuantity: mmHg(systolic) },
    { code: coded('8462-4'), valueQuantity: mmHg(diastolic) },
    { code: coded('posture'), valueCodeableConcept: coded('sitting', 'urn:p') },
    { code: coded('arm'), valueCodeableConcept: coded('left', 'urn:p') },
  ],
});
const observation = (id: string, code: string, more: Partial<Resource>): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: coded(code),
  ...more,
});
const context = (code: string, value: object) => ({ code: { system: 'urn:ctx', code }, ...value });

const resources: Resource[] = [
  panel('high', 150, 90),
  panel('low', 110, 145),
  observation('weight', 'weight', { valueQuantity: { value: 68, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } }),
  observation('concept', 'smoking', { valueCodeableConcept: { ...coded('never', 'urn:s'), text: 'Never smoked' } }),
  observation('dated', 'lmp', { valueDateTime: '2020-03-04' }),
  observation('text', 'note', { valueString: 'Well, $5 | fine' }),
  observation('sampled', 'weight', { valueSampledData: { origin: { value: 68, unit: 'kg' }, period: 1, dimensions: 1, data: '0 0' } }),
  observation('empty', 'weight', {}),
  {
    resourceType: 'DocumentReference',
    id: 'doc',
    status: 'current',
    content: [{ attachment: {} }],
    relatesTo: [
      { code: 'replaces', target: { reference: 'DocumentReference/old' } },
      { code: 'signs', target: { reference: 'DocumentReference/other' } },
    ],
  },
  {
    resourceType: 'ValueSet',
    id: 'vs',
    status: 'active',
    useContext: [
      context('age', { valueRange: { low: { value: 10, unit: 'a' }, high: { value: 20, unit: 'a' } } }),
      context('focus', { valueCodeableConcept: coded('diabetes', 'urn:d') }),
    ],
  },
  {
    resourceType: 'Group',
    id: 'group',
    type: 'person',
    actual: true,
    characteristic: [
      { code: coded('gender', 'urn:g'), valueCodeableConcept: coded('female', 'urn:g'), exclude: false },
      { code: coded('smoker', 'urn:g'), valueBoolean: true, exclude: false },
    ],
  },
  {
    resourceType: 'MolecularSequence',
    id: 'seq',
    coordinateSystem: 0,
    referenceSeq: { chromosome: coded('1', 'urn:chr'), referenceSeqId: coded('NC_1', 'urn:nc'), windowStart: 100, windowEnd: 200 },
    variant: [
      { start: 110, end: 120 },
      { start: 150, end: 160 },
    ],
  },
];

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

describe('A composite', () => {
  test.each([
    ['Observation', 'component-code-value-quantity=http://loinc.org|8480-6$gt140', ['high']],
    ['Observation', 'component-code-value-quantity=8462-4$gt140', ['low']],
    ['Observation', 'component-code-value-quantity=8480-6$150|http://unitsofmeasure.org|mm[Hg]', ['high']],
    ['Observation', 'component-code-value-quantity=8480-6$20||kPa', []],
    ['Observation', 'component-code-value-quantity=8480-6$20|http://unitsofmeasure.org|kPa', ['high']],
    ['Observation', 'component-code-value-quantity=http://loinc.org|$gt147', ['high']],
    ['Observation', 'component-code-value-quantity=|8480-6$gt140', []],
    ['Observation', 'component-code-value-quantity=8480-6$gt140,8462-4$gt140', ['high', 'low']],
    ['Observation', 'component-code-value-quantity=8480-6$gt140&component-code-value-quantity=8462-4$lt100', ['high']],
    ['Observation', 'component-code-value-concept=posture$urn:p|sitting', ['high', 'low']],
    ['Observation', 'component-code-value-concept=posture$left', []],
    ['Observation', 'component-code-value-concept=arm$left&code=85354-9', ['high', 'low']],
    ['Observation', 'combo-code-value-quantity=8480-6$gt140', ['high']],
    ['Observation', 'combo-code-value-quantity=weight$68', ['weight']],
    ['Observation', 'combo-code-value-quantity=weight$gt140', []],
    ['Observation', 'combo-code-value-concept=smoking$never,arm$left', ['concept', 'high', 'low']],
    ['Observation', 'code-value-quantity=http://loinc.org|weight$150|http://unitsofmeasure.org|[lb_av]', ['weight']],
    ['Observation', 'code-value-quantity=weight$67', []],
    ['Observation', 'code-value-quantity=weight$68', ['weight']],
    ['Observation', 'code-value-quantity=85354-9$150', []],
    ['Observation', 'code-value-concept=smoking$urn:s|never', ['concept']],
    ['Observation', 'code-value-concept=weight$urn:s|never', []],
    ['Observation', 'code-value-date=lmp$2020-03', ['dated']],
    ['Observation', 'code-value-date=lmp$gt2020-03-04', []],
    ['Observation', 'code-value-string=note$well', ['text']],
    ['Observation', 'code-value-string=note$well\\, \\$5', ['text']],
    ['Observation', 'code-value-string=smoking$never', []],
    ['Observation', 'component-code-value-quantity:missing=false', ['high', 'low']],
    ['Observation', 'code-value-quantity:missing=false', ['weight']],
    ['Observation', 'code-value-quantity:missing=true&code=weight', ['empty', 'sampled']],
    ['DocumentReference', 'relationship=replaces$DocumentReference/old', ['doc']],
    ['DocumentReference', 'relationship=replaces$old', ['doc']],
    ['DocumentReference', 'relationship=replaces$DocumentReference/other', []],
    ['DocumentReference', 'relationship=signs$DocumentReference/other', ['doc']],
    ['ValueSet', 'context-type-value=focus$urn:d|diabetes', ['vs']],
    ['ValueSet', 'context-type-value=age$urn:d|diabetes', []],
    ['ValueSet', 'context-type-quantity=urn:ctx|age$gt15', ['vs']],
    ['ValueSet', 'context-type-quantity=focus$gt15', []],
    ['Group', 'characteristic-value=gender$female', ['group']],
    ['Group', 'characteristic-value=smoker$true', ['group']],
    ['Group', 'characteristic-value=gender$true', []],
    ['MolecularSequence', 'chromosome-variant-coordinate=1$ge110$le120', ['seq']],
    ['MolecularSequence', 'chromosome-variant-coordinate=urn:chr|1$110$120', ['seq']],
    ['MolecularSequence', 'chromosome-variant-coordinate=1$110$160', []],
    ['MolecularSequence', 'chromosome-variant-coordinate=2$110$120', []],
    ['MolecularSequence', 'chromosome-window-coordinate=1$lt150$gt150', ['seq']],
    ['MolecularSequence', 'chromosome-window-coordinate=1$gt150$gt150', []],
    ['MolecularSequence', 'referenceseqid-variant-coordinate=NC_1$150$160', ['seq']],
    ['MolecularSequence', 'referenceseqid-window-coordinate=NC_1$100$200', ['seq']],
    ['MolecularSequence', 'referenceseqid-window-coordinate=NC_1$100$201', []],
  ] as const)('%s?%s', async (type, text, expected) => {
    const pairs = text.split('&').map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
    const query = new URLSearchParams(pairs);
    expect((await db.ids(type, query.toString())).sort()).toEqual(expected);
  });

  test.each([
    ['component-code-value-quantity=8480-6', /the form is component-code\$component-value-quantity/],
    ['component-code-value-quantity=8480-6$1$2', /the form is/],
    ['component-code-value-quantity=$1', /the form is/],
    ['component-code-value-quantity=8480-6$heavy', /a number is written like/],
    ['code-value-date=lmp$soon', /"soon" cannot be a value/],
    ['code-value-quantity:exact=1$2', /":exact" is not a modifier/],
  ])('is refused: %s', (text, reason) => {
    const refused = refusalOf('Observation', text);
    expect(refused.text).toMatch(reason);
    expect(refused.status).toBe(400);
  });

  test('of every kind that R4 has can be searched', () => {
    const composites = new Set<string>();
    for (const type of definitions.resourceTypes)
      for (const { type: kind, url, code } of definitions.searchParameters(type).values()) {
        if (kind !== 'composite') continue;
        composites.add(url);
        expect([type, code, indexingOf(definitions, type).get(code)?.refused]).toEqual([type, code, undefined]);
      }
    expect(composites.size).toBe(46);
  });
});
