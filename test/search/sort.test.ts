/** `_sort`: "ascending takes the lowest value", missing values last, ties broken, for every type of parameter. https://hl7.org/fhir/R4/search.html#sort */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { indexingOf } from '../../src/search/indexing.ts';
import { systemScope } from '../../src/search/scope.ts';
import { definitions } from '../support/repository.ts';
import { refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const coded = (...codes: string[]) => ({ coding: codes.map((code) => ({ system: 'urn:c', code })) });
const ucum = (value: number, code: string) => ({ value, unit: code, system: 'http://unitsofmeasure.org', code });

const resources: Resource[] = [
  {
    resourceType: 'Observation',
    id: 'a',
    status: 'final',
    code: coded('m', 'b'),
    subject: { reference: 'Patient/2' },
    valueQuantity: ucum(150, '[lb_av]'),
    effectiveDateTime: '2020-02',
    meta: { tag: [{ code: 'y' }], profile: ['http://q'] },
  },
  {
    resourceType: 'Observation',
    id: 'b',
    status: 'amended',
    code: coded('k'),
    subject: { reference: 'Patient/1' },
    valueQuantity: ucum(100, 'kg'),
    effectiveDateTime: '2020-03',
    meta: { tag: [{ code: 'x' }], profile: ['http://p|1', 'http://r'] },
  },
  {
    resourceType: 'Observation',
    id: 'c',
    status: 'registered',
    code: coded('z'),
    valueQuantity: ucum(60_000, 'g'),
    effectiveDateTime: '2020-01',
  },
  { resourceType: 'Observation', id: 'd', status: 'final', code: { text: 'no code' }, component: [{ code: coded('a') }] },
  {
    resourceType: 'Patient',
    id: '1',
    name: [{ family: 'Zeta', given: ['Ann'] }, { family: 'Alpha' }],
    gender: 'female',
    birthDate: '1980',
    identifier: [{ system: 'urn:i', value: '20' }],
    telecom: [
      { system: 'email', value: 'z@x' },
      { system: 'phone', value: '1' },
    ],
    active: true,
  },
  {
    resourceType: 'Patient',
    id: '2',
    name: [{ family: 'Öse' }],
    gender: 'male',
    birthDate: '1970',
    identifier: [{ value: '10' }],
    deceasedDateTime: '2020',
    telecom: [{ system: 'email', value: 'a@x' }],
  },
  { resourceType: 'Patient', id: '3', birthDate: '1990', generalPractitioner: [{ reference: 'Practitioner/x' }] },
  { resourceType: 'ValueSet', id: 'u', status: 'active', url: 'http://b' },
  { resourceType: 'ValueSet', id: 'v', status: 'draft', url: 'http://a' },
  {
    resourceType: 'RiskAssessment',
    id: 'r',
    status: 'final',
    subject: { reference: 'Patient/1' },
    prediction: [{ probabilityDecimal: 0.9 }, { probabilityDecimal: 0.1 }],
  },
  {
    resourceType: 'RiskAssessment',
    id: 's',
    status: 'final',
    subject: { reference: 'Patient/1' },
    prediction: [{ probabilityDecimal: 0.5 }],
  },
];

/** What stands at one place means a thing in one type and another in the next. */
const addressed: Resource[] = [
  { resourceType: 'Organization', id: 'o', address: [{ use: 'work' }], contact: [{ address: { use: 'billing' } }] },
  { resourceType: 'InsurancePlan', id: 'i', contact: [{ address: { use: 'home' } }] },
  { resourceType: 'Location', id: 'l', address: { use: 'old' } },
];

const bundle = (id: string, first: string): Resource => ({
  resourceType: 'Bundle',
  id,
  type: 'document',
  entry: [{ resource: { resourceType: 'Composition', id: first, status: 'final', title: id === 'p' ? 'a' : 'b' } }],
});

beforeAll(async () => {
  db = await searchDatabase();
  await db.load([...resources, ...addressed, bundle('p', 'second'), bundle('q', 'first')]);
});
afterAll(() => db.close());

describe('An order', () => {
  test.each([
    ['Observation', 'date', ['c', 'a', 'b', 'd']],
    ['Observation', '-date', ['b', 'a', 'c', 'd']],
    ['Observation', 'status', ['b', 'a', 'd', 'c']],
    ['Observation', '-status,date', ['c', 'a', 'd', 'b']],
    // The lowest of several values counts going up, the highest going down.
    ['Observation', 'code', ['a', 'b', 'c', 'd']],
    ['Observation', '-code', ['c', 'a', 'b', 'd']],
    ['Observation', 'combo-code', ['d', 'a', 'b', 'c']],
    ['Observation', '-combo-code', ['c', 'a', 'b', 'd']],
    ['Observation', 'subject,_id', ['b', 'a', 'c', 'd']],
    ['Observation', '-patient,_id', ['a', 'b', 'c', 'd']],
    // 60 kg, 68 kg, 100 kg
    ['Observation', 'value-quantity', ['c', 'a', 'b', 'd']],
    ['Observation', '-value-quantity', ['b', 'a', 'c', 'd']],
    ['Observation', '_tag,_id', ['b', 'a', 'c', 'd']],
    ['Observation', '_profile,_id', ['b', 'a', 'c', 'd']],
    ['Observation', '-_profile,_id', ['b', 'a', 'c', 'd']],
    ['Patient', 'family', ['1', '2', '3']],
    ['Patient', '-family', ['1', '2', '3']],
    ['Patient', 'gender', ['1', '2', '3']],
    ['Patient', '-gender', ['2', '1', '3']],
    ['Patient', 'identifier', ['2', '1', '3']],
    ['Patient', 'email', ['2', '1', '3']],
    ['Patient', 'telecom', ['1', '2', '3']],
    ['Patient', 'active,birthdate', ['1', '2', '3']],
    ['Patient', 'birthdate', ['2', '1', '3']],
    ['Patient', '-death-date,-birthdate', ['2', '3', '1']],
    ['Patient', 'general-practitioner,birthdate', ['3', '2', '1']],
    ['ValueSet', 'url', ['v', 'u']],
    ['ValueSet', '-url', ['u', 'v']],
    ['ValueSet', 'status', ['u', 'v']],
    ['RiskAssessment', 'probability', ['r', 's']],
    ['RiskAssessment', '-probability', ['r', 's']],
  ] as const)('of %s by %s, over pages of any size', async (type, sort, expected) => {
    for (const count of [1, 2, 50]) expect(await db.allIds(type, `_sort=${sort}&_count=${count}`)).toEqual(expected);
  });

  test('of several types takes what all have', async () => {
    const found = await db.search({ ...systemScope(definitions), types: ['Observation', 'RiskAssessment'] }, '_sort=subject,-_id');
    expect(found.matches.map(({ id }) => id)).toEqual(['s', 'r', 'b', 'a', 'd', 'c']);
  });

  test('of several types reads in each what the parameter means there', async () => {
    const types = ['Organization', 'InsurancePlan', 'Location'];
    for (const [sort, expected] of [
      ['address-use', ['i', 'l', 'o']],
      ['-address-use', ['o', 'l', 'i']],
    ] as const)
      for (const count of [1, 20])
        expect(await db.allIds({ ...systemScope(definitions), types }, `_sort=${sort}&_count=${count}`)).toEqual(expected);
  });

  test('by a resource within a resource is by its id', async () => {
    expect(await db.allIds('Bundle', '_sort=composition&_count=1')).toEqual(['q', 'p']);
    const { next } = await db.search('Bundle', '_sort=composition&_count=1');
    expect(Buffer.from(next?.split('.')[0] ?? '', 'base64url').toString()).toContain('"first"');
  });

  test('by long values has short links: their beginnings are compared', async () => {
    const long = (id: string, end: string): Resource => ({
      resourceType: 'Basic',
      id,
      code: { text: 'x' },
      identifier: [{ value: `${'x'.repeat(50_000)}${end}` }],
    });
    await db.load([long('first', 'b'), long('second', 'a'), { ...long('third', ''), identifier: [{ value: 'w' }] }]);
    expect((await db.search('Basic', '_sort=-identifier&_count=1')).next?.length).toBeLessThan(1000);
    expect(await db.allIds('Basic', '_sort=identifier&_count=1')).toEqual(['third', 'first', 'second']);
  });

  test.each([
    ['Observation', 'code-value-quantity', /composite parameters have no order/],
    ['Observation', 'cod', /_sort cannot use "cod"/],
    ['Patient', '_content', /texts have no order/],
  ])('of %s by %s is refused', (type, sort, reason) => {
    const refused = refusalOf(type, `_sort=${sort}`);
    expect(refused.text).toMatch(reason);
    expect(refused.status).toBe(400);
  });

  test('can be had by every token, reference, uri, string, date, number and quantity parameter of R4 that can be searched', async () => {
    const wrong: string[] = [];
    for (const type of [
      'Patient',
      'Observation',
      'Encounter',
      'MedicationRequest',
      'Claim',
      'ValueSet',
      'Bundle',
      'MolecularSequence',
      'Task',
    ])
      for (const { code, type: kind, phonetic } of definitions.searchParameters(type).values()) {
        if (
          kind === 'composite' ||
          kind === 'special' ||
          phonetic ||
          ['_text', '_content'].includes(code) ||
          indexingOf(definitions, type).get(code)?.refused !== undefined
        )
          continue;
        await db
          .search(type, `_sort=${code},-${code}`)
          .catch((error: Error) => wrong.push(`${type}.${code}: ${error.message.slice(0, 80)}`));
      }
    expect(wrong).toMatchInlineSnapshot(`[]`);
  });
});
