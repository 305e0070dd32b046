/** What the compiled SQL finds and what is told of a resource before it is stored are the same. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileExtractor } from '../../src/search/extract.ts';
import { holds } from '../../src/search/holds.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

const resources: Resource[] = [
  {
    resourceType: 'Patient',
    id: 'a',
    gender: 'male',
    birthDate: '1970-05-06',
    name: [{ family: 'Ångström', given: ['Ann'] }],
    active: true,
  },
  {
    resourceType: 'Patient',
    id: 'b',
    gender: 'female',
    birthDate: '1970',
    name: [{ text: 'Smith' }],
    identifier: [{ system: 's', value: '1' }],
  },
  { resourceType: 'Patient', id: 'c', identifier: [{ value: '1' }, { system: 's', value: '2' }] },
  {
    resourceType: 'Observation',
    id: 'd',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '1-8' }] },
    subject: { reference: 'Patient/a' },
    effectivePeriod: { start: '2020-01-01', end: '2020-02-01' },
    valueQuantity: { value: 5.4, system: 'http://unitsofmeasure.org', code: 'mg' },
  },
  {
    resourceType: 'Observation',
    id: 'e',
    status: 'preliminary',
    code: { text: 'x' },
    subject: { reference: 'Patient/b' },
    effectiveDateTime: '2020-01-15T10:00:00Z',
    valueQuantity: { value: 0.0054, system: 'http://unitsofmeasure.org', code: 'g' },
  },
  { resourceType: 'Observation', id: 'f', status: 'final', code: { text: 'x' } },
];

const questions: [type: string, query: string][] = [
  ['Patient', 'gender=male'],
  ['Patient', 'gender=male,female'],
  ['Patient', 'gender:not=male'],
  ['Patient', 'gender:missing=true'],
  ['Patient', 'identifier=s|1'],
  ['Patient', 'identifier=|1'],
  ['Patient', 'identifier=1'],
  ['Patient', 'identifier=s|'],
  ['Patient', 'name=ang'],
  ['Patient', 'name:contains=mit'],
  ['Patient', 'name:exact=Ann'],
  ['Patient', 'birthdate=1970'],
  ['Patient', 'birthdate=1970-05'],
  ['Patient', 'birthdate=ne1970-05'],
  ['Patient', 'birthdate=gt1970-05-06'],
  ['Patient', '_id=a,c'],
  ['Patient', '_id:not=a'],
  ['Patient', '_lastUpdated=gt2000'],
  ['Patient', '_lastUpdated=lt2000'],
  ['Patient', 'gender=female&identifier=s|1&birthdate=1970'],
  ['Observation', 'status=final'],
  ['Observation', 'code=http://loinc.org|1-8'],
  ['Observation', 'code:missing=true'],
  ['Observation', 'subject=Patient/a'],
  ['Observation', 'patient=a'],
  ['Observation', 'subject:missing=true'],
  ['Observation', 'date=2020-01'],
  ['Observation', 'date=ge2020-01-10&date=le2020-01-20'],
  ['Observation', 'date=sa2020-01-10'],
  ['Observation', 'value-quantity=5.4|http://unitsofmeasure.org|mg'],
  ['Observation', 'value-quantity=gt5'],
  ['Observation', 'value-quantity=lt0.01||g'],
  ['Observation', '_security=x'],
];

let opened: TestRepository;
beforeAll(async () => {
  opened = await testRepository();
  const changes = resources.map((resource, i) => ({
    kind: 'update' as const,
    type: resource.resourceType,
    id: resource.id as string,
    resource,
    at: `${i}`,
  }));
  await opened.repository.commit(changes, { transaction: true });
});
afterAll(() => opened.close());

describe('A condition', () => {
  const extract = compileExtractor(definitions);

  test.each(questions)('%s?%s holds for what a search finds', async (type, text) => {
    const options = { strict: true, defaultCount: 50, maxCount: 50, now: new Date() };
    const query = parseSearch(definitions, type, [...new URLSearchParams(text)], options);
    const { matches } = await opened.repository.search(query);
    const candidates = resources
      .filter(({ resourceType }) => resourceType === type)
      .map((resource) => ({ type, id: resource.id as string, rows: extract(resource), updated: Date.now() }));
    const held = candidates.filter((candidate) => query.conditions.every((condition) => holds(condition, candidate)));
    expect(held.map(({ id }) => id).sort()).toEqual(matches.map(({ id }) => id).sort());
  });
});

test.each([
  ['Observation', 'patient.name=x', 'Chains'],
  ['Observation', '_content=x', 'Full-text search'],
  ['Observation', 'encounter:below=x', 'Hierarchies'],
])('%s?%s is refused as a criterion for resources of the same transaction', (type, text, what) => {
  const options = { strict: true, defaultCount: 50, maxCount: 50, now: new Date() };
  const [condition] = parseSearch(definitions, type, [...new URLSearchParams(text)], options).conditions;
  const candidate = { type, id: 'x', rows: compileExtractor(definitions)({ resourceType: type, id: 'x' }), updated: 0 };
  expect(() => condition && holds(condition, candidate)).toThrow(`${what} cannot be`);
});
