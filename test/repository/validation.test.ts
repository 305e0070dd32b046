/** What is valid enough to be written, on a real database: https://hl7.org/fhir/R4/validation.html */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Issue } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import { forAll, standardSettings } from '../../src/validation/setting.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

const usCore = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-patient';
const own = 'http://example.org/StructureDefinition/with-birth-date';

let full: TestRepository;
let strict: TestRepository;
beforeAll(async () => {
  full = await testRepository();
  strict = await testRepository({
    validation: { ...standardSettings, unknownProfile: forAll('refuse'), policy: new Map([['Patient', [[usCore]]]]) },
  });
});
afterAll(async () => {
  await full.close();
  await strict.close();
});

const patient = (more: object): Resource => ({ resourceType: 'Patient', ...more });
const claiming = (profile: string, more: object = {}): Resource => patient({ meta: { profile: [profile] }, ...more });
const good = { identifier: [{ system: 'http://example.org', value: '1' }], name: [{ family: 'Chalmers' }], gender: 'male' };

const create = (resource: Resource, at = ''): Change => ({ kind: 'create', type: resource.resourceType, resource, at });
const put = (id: string, resource: Resource): Change => ({
  kind: 'update',
  type: resource.resourceType,
  id,
  resource: { ...resource, id },
  at: '',
});

/** What is missing is told where it should stand. */
const missing = /^[A-Za-z]+(\.[A-Za-z]+): there are 0;/;

/** Status and places of a refusal; what was written otherwise. */
async function outcome({ repository }: TestRepository, changes: readonly Change[], transaction = false): Promise<unknown> {
  try {
    return (await repository.commit(changes, { transaction })).map((result) => result.outcome);
  } catch (fault) {
    const { status, issues = [] } = fault as { status?: number; issues?: readonly Issue[] };
    return [status, ...issues.map(({ expression, diagnostics }) => `${expression?.[0]}${missing.exec(diagnostics)?.[1] ?? ''}`)];
  }
}

const definition: Resource = {
  resourceType: 'StructureDefinition',
  url: own,
  name: 'WithBirthDate',
  status: 'active',
  kind: 'resource',
  abstract: false,
  type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
  derivation: 'constraint',
  differential: {
    element: [
      { id: 'Patient', path: 'Patient' },
      { id: 'Patient.birthDate', path: 'Patient.birthDate', min: 1 },
    ],
  },
};

describe('A claimed profile', () => {
  test('that does not hold refuses a create and an update with 422 and every issue at its place', async () => {
    const refused = [422, 'Patient.identifier', 'Patient.name', 'Patient.gender'];
    expect(await outcome(full, [create(claiming(usCore))])).toEqual(refused);
    expect(await outcome(full, [put('a', claiming(usCore))])).toEqual(refused);
    expect(await outcome(full, [put('a', claiming(usCore, good))])).toEqual(['created']);
  });

  test('refuses a patch that breaks it, or that brings it in', async () => {
    await outcome(full, [put('b', claiming(usCore, good))]);
    const patch = (apply: (current: Resource) => Resource): Change => ({
      kind: 'patch',
      type: 'Patient',
      id: 'b',
      at: '',
      apply,
    });
    expect(await outcome(full, [patch(({ name: _name, ...rest }) => rest)])).toEqual([422, 'Patient.name']);
    expect(await outcome(full, [patch((current) => ({ ...current, meta: { ...current.meta, profile: [own] } }))])).toEqual(['updated']);
    expect(await outcome(full, [put('definition', definition)])).toEqual(['created']);
    expect(await outcome(full, [patch((current) => ({ ...current, active: false }))])).toEqual([422, 'Patient.birthDate']);
  });

  test('is told in a transaction at the entries, all of them at once, and nothing is written', async () => {
    const changes = [
      create(claiming(usCore), 'Bundle.entry[0].resource'),
      create(patient({ active: 'yes' }), 'Bundle.entry[1].resource'),
      create(patient({ active: true }), 'Bundle.entry[2].resource'),
    ];
    expect(await outcome(full, changes, true)).toEqual([
      422,
      'Bundle.entry[1].resource.active',
      'Bundle.entry[0].resource.identifier',
      'Bundle.entry[0].resource.name',
      'Bundle.entry[0].resource.gender',
    ]);
  });

  test('counts as it is stored at the moment', async () => {
    const url = `${own}-2`;
    expect(await outcome(full, [create(claiming(url))])).toEqual(['created']);
    await outcome(full, [put('changing', { ...definition, url })]);
    expect(await outcome(full, [create(claiming(url))])).toEqual([422, 'Patient.birthDate']);
    await full.repository.commit([{ kind: 'delete', type: 'StructureDefinition', id: 'changing', at: '' }]);
    expect(await outcome(full, [create(claiming(url))])).toEqual(['created']);
  });

  test('that nobody knows is refused where the setting says so', async () => {
    const unknown = claiming('http://example.org/StructureDefinition/unknown', good);
    expect(await outcome(full, [create(unknown)])).toEqual(['created']);
    expect(await outcome(strict, [create(unknown)])).toEqual([422, 'Patient.meta.profile[0]']);
  });
});

test('A profile that the server asks for holds without being claimed', async () => {
  expect(await outcome(strict, [create(patient({}))])).toEqual([422, 'Patient.identifier', 'Patient.name', 'Patient.gender']);
  expect(await outcome(strict, [create(patient(good))])).toEqual(['created']);
  expect(await outcome(full, [create(patient({}))])).toEqual(['created']);
});

test('A concept outside of the value set from which it must come is refused', async () => {
  const condition = (code: string): Resource => ({
    resourceType: 'Condition',
    subject: { display: 'P' },
    code: { text: 'cough' },
    clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code }] },
  });
  expect(await outcome(full, [create(condition('inactive'))])).toEqual(['created']);
  expect(await outcome(full, [create(condition('gone'))])).toEqual([422, 'Condition.clinicalStatus']);
});

test('Writes at the same time that all need the same profile are all judged', async () => {
  const fresh = await testRepository();
  try {
    const writes = Array.from({ length: 40 }, (_, i) => outcome(fresh, [create(claiming(usCore, i % 2 === 0 ? good : {}))]));
    const found = await Promise.all(writes);
    expect(found.filter((one) => (one as unknown[])[0] === 'created')).toHaveLength(20);
    expect(found.filter((one) => (one as unknown[])[0] === 422)).toHaveLength(20);
  } finally {
    await fresh.close();
  }
});
