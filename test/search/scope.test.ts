/** Searches of all types, of some, and of compartments. https://hl7.org/fhir/R4/http.html#search, https://hl7.org/fhir/R4/compartmentdefinition.html */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { indexingOf } from '../../src/search/indexing.ts';
import { compartmentCodes, compartmentScope, systemScope } from '../../src/search/scope.ts';
import { definitions } from '../support/repository.ts';
import { parse, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const to = (reference: string) => ({ reference });
const at = (lastUpdated: string, tag = 'x') => ({ lastUpdated, tag: [{ system: 'urn:t', code: tag }] });
const coded = { coding: [{ code: 'c' }] };

const resources: Resource[] = [
  { resourceType: 'Patient', id: 'p', name: [{ family: 'Peters' }], birthDate: '1980-01-01', meta: at('2025-01-01T00:00:00Z') },
  { resourceType: 'Patient', id: 'other', meta: at('2025-01-02T00:00:00Z', 'y') },
  { resourceType: 'Practitioner', id: 'p', name: [{ family: 'Peters' }], meta: at('2025-01-03T00:00:00Z') },
  {
    resourceType: 'Encounter',
    id: 'e',
    status: 'finished',
    class: { code: 'AMB' },
    subject: to('Patient/p'),
    meta: at('2025-01-04T00:00:00Z'),
  },
  {
    resourceType: 'Observation',
    id: 'o',
    status: 'final',
    code: coded,
    subject: to('Patient/p'),
    encounter: to('Encounter/e'),
    performer: [to('Practitioner/p')],
    effectiveDateTime: '2020-05-05',
    meta: at('2025-01-05T00:00:00Z'),
  },
  {
    resourceType: 'Observation',
    id: 'o2',
    status: 'final',
    code: coded,
    subject: to('Patient/other'),
    device: to('Device/d'),
    effectiveDateTime: '2021-05-05',
  },
  { resourceType: 'Device', id: 'd', patient: to('Patient/other') },
  { resourceType: 'Condition', id: 'c', code: coded, subject: to('Patient/other'), asserter: to('Patient/p'), onsetDateTime: '2019' },
  { resourceType: 'RelatedPerson', id: 'r', patient: to('Patient/p') },
  { resourceType: 'Appointment', id: 'a', status: 'booked', participant: [{ actor: to('RelatedPerson/r'), status: 'accepted' }] },
  { resourceType: 'Binary', id: 'b', contentType: 'text/plain', meta: at('2025-02-01T00:00:00Z') },
];

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

const found = async (...asked: Parameters<SearchDatabase['search']>): Promise<string[]> =>
  (await db.search(...asked)).matches.map(({ type, id }) => `${type}/${id}`).sort();

describe('A search of the whole system', () => {
  const system = systemScope(definitions);

  test.each([
    ['_id=p', ['Patient/p', 'Practitioner/p']],
    ['_tag=urn:t|y', ['Patient/other']],
    ['_tag=urn:t|x&_lastUpdated=ge2025-01-04&_lastUpdated=lt2025-03', ['Binary/b', 'Encounter/e', 'Observation/o']],
    ['_type=Patient,Practitioner&family=peters', ['Patient/p', 'Practitioner/p']],
    ['_type=Observation,Condition&code=c&patient=p', ['Observation/o']],
    ['_type=Observation,Condition&patient=Patient/other', ['Condition/c', 'Observation/o2']],
    ['_type=Observation,Encounter&subject:missing=true', []],
    ['_type=Observation,Condition&patient.family=peters', ['Observation/o']],
    ['_type=Patient,Encounter&_has:Observation:subject:code=c', 'refused'],
    ['_type=Patient&_has:Observation:patient:code=c', ['Patient/other', 'Patient/p']],
  ] as const)('?%s', async (text, expected) => {
    if (expected === 'refused') expect(() => parse(system, text)).toThrow(/never to Encounter/);
    else expect(await found(system, text)).toEqual(expected);
  });

  test('gives every resource once over all pages, in any order that all types have', async () => {
    for (const sort of ['', '&_sort=-_lastUpdated', '&_sort=_id', '&_sort=_lastUpdated,_id'])
      expect((await db.allIds(system, `_count=3${sort}`)).length).toBe(resources.length);
    expect((await db.search(system, '_summary=count')).total).toBe(resources.length);
  });

  test.each([
    ['family=peters', /Not every resource type has a search parameter "family"/],
    ['_type=Patient,Observation&family=peters', /Patient, Observation have no search parameter "family"/],
    ['_type=Patien', /"Patien" is no resource type. Did you mean Patient\?/],
  ])('?%s is refused', (text, reason) => {
    expect(() => parse(system, text)).toThrow(reason);
  });

  test('may not choose a type beside the one in the path', () => {
    expect(() => parse('Patient', '_type=Observation')).toThrow(/Patient stands in the path already/);
  });
});

describe('The compartment', () => {
  test.each([
    ['Patient', 'p', 'Observation', '', ['Observation/o']],
    ['Patient', 'p', 'Observation', 'code=c&date=2021', []],
    ['Patient', 'p', 'Condition', '', ['Condition/c']],
    ['Patient', 'other', 'Condition', 'code=c', ['Condition/c']],
    ['Patient', 'p', '*', '', ['Condition/c', 'Encounter/e', 'Observation/o', 'Patient/p', 'RelatedPerson/r']],
    ['Patient', 'p', '*', '_type=Encounter,Condition', ['Condition/c', 'Encounter/e']],
    ['Patient', 'nobody', '*', '', []],
    ['Encounter', 'e', 'Observation', '', ['Observation/o']],
    ['Encounter', 'e', '*', '', ['Encounter/e', 'Observation/o']],
    ['Encounter', 'e', 'Encounter', '', ['Encounter/e']],
    ['Practitioner', 'p', 'Observation', 'status=final', ['Observation/o']],
    ['RelatedPerson', 'r', 'Appointment', '', ['Appointment/a']],
    ['Device', 'd', 'Observation', '', ['Observation/o2']],
  ] as const)('%s/%s/%s?%s', async (code, id, type, text, expected) => {
    expect(await found(compartmentScope(definitions, code, id, type), text)).toEqual(expected);
  });

  test.each([
    ['Group', 'g', 'Observation', /Group is no compartment: those are Patient, Encounter/, 404],
    ['Patient', 'p', 'Organization', /Organization is never in the compartment of a Patient/, 400],
  ])('%s/%s/%s is refused', (code, id, type, reason, status) => {
    const refused = (() => {
      try {
        return compartmentScope(definitions, code, id, type);
      } catch (error) {
        return error as FhirError;
      }
    })() as FhirError;
    expect(refused.message).toMatch(reason);
    expect(refused.status).toBe(status);
  });

  test('takes members by parameters that exist: the published definitions name these that do not', () => {
    const unknown = compartmentCodes.flatMap((code) =>
      [...definitions.compartment(code)].flatMap(([type, codes]) =>
        codes.filter((each) => each !== '{def}' && !indexingOf(definitions, type).has(each)).map((each) => `${code}: ${type}.${each}`),
      ),
    );
    expect(unknown.sort()).toMatchInlineSnapshot(`[]`);
  });
});
