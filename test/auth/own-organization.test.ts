/** Patients of organizations that are part of the one that a person works for: https://hl7.org/fhir/R4/organization-definitions.html#Organization.partOf */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Principal } from '../../src/auth/principal.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

let fixture: TestRepository;
const to = (reference: string) => ({ reference });
const organization = (id: string, partOf?: string): object => ({
  ...{ resourceType: 'Organization', id, name: id },
  ...(partOf === undefined ? {} : { partOf: to(`Organization/${partOf}`) }),
});
const role = (practitioner: string, at: string, active = true): object => ({
  ...{ resourceType: 'PractitionerRole', id: `${practitioner}-${at}`, active },
  ...{ practitioner: to(`Practitioner/${practitioner}`), organization: to(`Organization/${at}`) },
});
const patient = (id: string, more: object): object => ({ resourceType: 'Patient', id, ...more });
const rules = [{ types: ['*'], rights: 'cruds', patients: 'own' }];

beforeAll(async () => {
  fixture = await testRepository();
  const policies = [
    { name: 'house', description: 'With parts.', own: ['managing-organization', 'part-of-organization'], rules },
    { name: 'plain', description: 'Without.', own: ['managing-organization'], rules },
  ];
  await fixture.setPolicies(policies);
  const resources = [
    ...[organization('hospital'), organization('clinic', 'hospital'), organization('ward', 'clinic'), organization('other')],
    ...['chief', 'nurse', 'former'].map((id) => ({ resourceType: 'Practitioner', id })),
    ...[role('chief', 'hospital'), role('nurse', 'ward'), role('former', 'hospital', false)],
    patient('hospital', { managingOrganization: to('Organization/hospital') }),
    patient('clinic', { managingOrganization: to('Organization/clinic') }),
    patient('ward', { managingOrganization: to('Organization/ward') }),
    patient('general', { generalPractitioner: [to('Organization/ward')] }),
    patient('other', { managingOrganization: to('Organization/other') }),
  ] as Resource[];
  await fixture.repository.commit(
    resources.map((resource) => ({ kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource })),
    { transaction: true },
  );
});
afterAll(() => fixture.close());

const ids = ['hospital', 'clinic', 'ward', 'general', 'other'];
async function seen(person: string, user: string): Promise<string[]> {
  const principal: Principal = { id: person, scopes: ['user/*.rs'], fhirUser: `Practitioner/${person}`, policies: { user } };
  const found = await Promise.all(ids.map((id) => fixture.of(principal).read('Patient', id)));
  return ids.filter((_, i) => found[i] !== undefined);
}

describe('part-of-organization', () => {
  test('reaches patients of parts, and of parts of parts', async () =>
    expect(await seen('chief', 'house')).toEqual(['hospital', 'clinic', 'ward', 'general']));
  test('does not lead upwards', async () => expect(await seen('nurse', 'house')).toEqual(['ward']));
  test('does not help who works there no more', async () => expect(await seen('former', 'house')).toEqual([]));
  test('has to be in the policy', async () => expect(await seen('chief', 'plain')).toEqual(['hospital']));
});
