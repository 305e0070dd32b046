/** Who is bound by Consents, and how a person with a reason gets past what is withheld. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { assertGlass, withReason } from '../../src/auth/break-glass.ts';
import { createAccess } from '../../src/auth/create-access.ts';
import type { Policy } from '../../src/auth/policy.ts';
import { localPrincipal, type Principal } from '../../src/auth/principal.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { refusalOf } from '../support/refusal.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

const veryRestricted = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality|V';
const policy = (name: string, patients: 'all' | 'own', breakGlass: boolean): Policy => ({
  ...{
    name,
    description: name,
    own: ['general-practitioner'],
    withheld: [veryRestricted],
    breakGlass,
    administers: false,
    custodian: false,
  },
  rules: [
    { types: ['*'], rights: ['c', 'r', 'u', 'd', 's'], patients },
    { types: ['*'], rights: ['r', 's'], patients: 'none' },
  ],
});
const list = [
  policy('plain', 'all', false),
  policy('glass', 'all', true),
  policy('own-glass', 'own', true),
  { ...policy('keeper', 'all', false), custodian: true },
];
const policies = new Map(list.map((each) => [each.name, each]));
const dr = (user: string, more: Partial<Principal> = {}): Principal => ({
  ...{ id: 'dr', account: 'dr', fhirUser: 'Practitioner/dr', scopes: ['user/*.cruds'], policies: { user } },
  ...more,
});
const accessOf = (principal: Principal, consents = true) =>
  createAccess(principal, definitions, { policies, consents, now: () => new Date() });

const reason = { breakGlass: 'unconscious in the emergency room' };

let fixture: TestRepository;
/** Without a Consent at first, and with the policies of this test. */
let held: TestRepository;
const put = (resource: object): Change => {
  const { resourceType, id = '' } = resource as Resource;
  return { kind: 'update', type: resourceType, id, at: '', resource: resource as Resource };
};
const consentScope = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] };
const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/p' } };
const [labelSystem] = veryRestricted.split('|');
const records = [
  { resourceType: 'Practitioner', id: 'dr' },
  { resourceType: 'Patient', id: 'p' },
  { resourceType: 'Patient', id: 'q' },
  { ...observation, id: 'denied' },
  { ...observation, id: 'other', subject: { reference: 'Patient/q' } },
  { ...observation, id: 'labelled', subject: { reference: 'Patient/q' }, meta: { security: [{ system: labelSystem, code: 'V' }] } },
];
const consent = (id: string): Change =>
  put({
    ...{ resourceType: 'Consent', id, status: 'active', scope: consentScope, category: [{ text: 'x' }] },
    ...{ patient: { reference: 'Patient/p' }, policyRule: { text: 'x' }, provision: { type: 'deny' } },
  });

beforeAll(async () => {
  fixture = await testRepository();
  await fixture.repository.commit([...records.map(put), consent('consent')], { transaction: true });
  held = await testRepository();
  const asText = (each: Policy): unknown => ({ ...each, rules: each.rules.map((rule) => ({ ...rule, rights: rule.rights.join('') })) });
  await held.setPolicies(list.map(asText));
  await held.repository.commit(records.map(put), { transaction: true });
});
afterAll(() => Promise.all([fixture.close(), held.close()]));

/** Whether the principal can change the observation. */
async function reaches(principal: Principal, id: string): Promise<boolean | number> {
  const apply = (resource: Resource): Resource => ({ ...resource, note: [{ text: `${Math.random()}` }] });
  try {
    const change: Change = { kind: 'patch', type: 'Observation', id, at: '', apply };
    const [result] = await fixture.under(accessOf(principal), principal.id).commit([change]);
    return result?.outcome === 'updated';
  } catch (error) {
    return (error as { status: number }).status;
  }
}

describe('Consents bind', () => {
  const cases: readonly (readonly [title: string, principal: Principal, id: string, reached: boolean | number])[] = [
    ['a person', dr('plain'), 'denied', 404],
    ['a person, of the record that denies alone', dr('plain'), 'other', true],
    ['a person with the scopes of a patient', { ...dr('plain'), scopes: ['patient/*.cruds'], patient: 'p' }, 'denied', 404],
    ['not the patient', { ...dr('plain'), fhirUser: 'Patient/p', scopes: ['patient/*.cruds'], patient: 'p' }, 'denied', true],
    ['a system without a policy', { id: 's', client: 's', scopes: ['system/*.cruds'] }, 'denied', 404],
    ['not who keeps the record', { id: 's', client: 's', scopes: ['system/*.cruds'], policies: { system: 'keeper' } }, 'denied', true],
    ['a system under a policy', { id: 's', client: 's', scopes: ['system/*.cruds'], policies: { system: 'plain' } }, 'denied', 404],
    ['research, which needs a permit', { id: 's', client: 's', scopes: ['system/*.cruds'], purpose: 'HRESCH' }, 'other', 404],
    ['not a person with a reason, whose policy allows it', dr('glass', reason), 'denied', true],
    [
      'not such a person with the scopes of a patient',
      { ...dr('glass', reason), scopes: ['patient/*.cruds'], patient: 'p' },
      'denied',
      true,
    ],
    ['a person with a reason, whose policy does not', dr('plain', reason), 'denied', 404],
    ['a person without a reason, whose policy would', dr('glass'), 'denied', 404],
    ['research with a reason', dr('glass', { ...reason, purpose: 'HRESCH' }), 'denied', 404],
  ];
  test.each(cases)('%s', async (_, principal, id, reached) => {
    expect(await reaches(principal, id)).toBe(reached);
  });

  test('a reason lifts labels and what is not one’s own as well', async () => {
    expect(await reaches(dr('glass'), 'labelled')).toBe(404);
    expect(await reaches(dr('glass', reason), 'labelled')).toBe(true);
    expect(await reaches(dr('own-glass'), 'other')).toBe(404);
    expect(await reaches(dr('own-glass', reason), 'other')).toBe(true);
  });

  test('who adds to a record as well, where nothing says otherwise', async () => {
    const resource = { resourceType: 'Condition', subject: { reference: 'Patient/p' } } as Resource;
    const access = { ...accessOf({ ...dr('plain'), patient: 'p' }) };
    const adding = fixture.under(access).commit([{ kind: 'create', type: 'Condition', at: '', resource }]);
    await expect(adding).rejects.toMatchObject({ status: 403 });
  });

  test('as long as there is none, nothing is asked', () => {
    expect(JSON.stringify(accessOf(dr('plain'), false).condition('Observation', ['r']))).not.toContain('consented');
    expect(JSON.stringify(accessOf(dr('plain'), true).condition('Observation', ['r']))).toContain('consented');
    expect(JSON.stringify(accessOf(dr('plain'), true).condition('Organization', ['r']))).not.toContain('consented');
  });

  test('the same principal is judged anew when the first Consent comes', () => {
    const principal = dr('plain');
    const [before, after] = [accessOf(principal, false), accessOf(principal, true)];
    expect(after).not.toBe(before);
    expect(accessOf(principal, true)).toBe(after);
  });
});

describe('A repository', () => {
  const query = parseSearch(definitions, 'Observation', [], { strict: true, defaultCount: 10, maxCount: 10, now: new Date() });
  const found = async (principal: Principal): Promise<string[]> =>
    (await held.of(principal).search(query)).matches.map(({ id }) => id).sort();

  test('withholds what the first Consent denies from then on, and gives it to a reason that is allowed', async () => {
    const principal = dr('glass');
    expect(await held.of(principal).read('Observation', 'denied')).toBeDefined();
    expect(await found(principal)).toEqual(['denied', 'other']);
    await held.repository.commit([consent('first')]);
    expect(await held.of(principal).read('Observation', 'denied')).toBeUndefined();
    expect(await held.of(principal).read('Patient', 'p')).toBeUndefined();
    expect(await found(principal)).toEqual(['other']);
    expect((await held.of(principal).history({ type: 'Observation' }, { count: 10 })).versions.map(({ id }) => id)).toEqual(['other']);
    expect(await held.of(dr('glass', reason)).read('Observation', 'denied')).toBeDefined();
    expect(refusalOf(() => held.of(dr('plain', reason)))).toMatchObject({ status: 403 });
    expect(await held.of(localPrincipal).read('Observation', 'denied')).toBeDefined();
  });
});

describe('Labels', () => {
  const labelled = (code: string, system: string): Change =>
    put({ ...observation, id: `label-${code}`, meta: { security: [{ system, code }] } });
  const reads = async (principal: Principal, id: string): Promise<boolean> =>
    (await held.of(principal).read('Observation', id)) !== undefined;
  const mine = { scopes: ['patient/*.rs'], patient: 'p', fhirUser: 'Patient/p', policies: { user: 'patient' } };

  test('NOPAT withholds from the patient and the family, and not from practitioners', async () => {
    await held.repository.commit([labelled('NOPAT', 'http://terminology.hl7.org/CodeSystem/v3-ActCode')]);
    expect(await reads({ id: 'p', ...mine }, 'label-NOPAT')).toBe(false);
    expect(await reads({ id: 'p', ...mine, scopes: ['user/*.rs'] }, 'label-NOPAT')).toBe(false);
    expect(await reads({ id: 'p', ...mine, fhirUser: 'RelatedPerson/m' }, 'label-NOPAT')).toBe(false);
    expect(await reads({ id: 'p', ...mine }, 'denied')).toBe(true);
    expect(await reads(dr('glass', reason), 'label-NOPAT')).toBe(true);
  });

  test('a policy withholds its labels also where an application was opened for a patient', async () => {
    const launched = dr('glass', { scopes: ['patient/*.rs'], patient: 'q' });
    expect(await reads(launched, 'other')).toBe(true);
    expect(await reads(launched, 'labelled')).toBe(false);
    expect(await reads({ ...launched, ...reason }, 'labelled')).toBe(true);
  });
});

test('Definitions, which change the server for all, are written by system and user scopes, never by those of a patient', async () => {
  const parameter = {
    ...{ resourceType: 'SearchParameter', url: 'http://example.org/shoe', name: 'Shoe', status: 'active', description: 'x', code: 'shoe' },
    ...{ base: ['Patient'], type: 'token', expression: 'Patient.gender' },
  } as Resource;
  const create: Change = { kind: 'create', type: 'SearchParameter', at: '', resource: parameter };
  const writing = (principal: Principal) => held.of(principal).commit([create]);
  await expect(writing({ id: 'p', scopes: ['patient/*.cruds'], patient: 'p' })).rejects.toMatchObject({ status: 403 });
  await expect(writing(dr('own-patients', { scopes: ['user/*.cruds'] }))).rejects.toMatchObject({ status: 403 });
  await expect(writing({ id: 's', scopes: ['system/*.rs'] })).rejects.toMatchObject({ status: 403 });
  expect(await writing({ id: 's', scopes: ['system/SearchParameter.c'] })).toMatchObject([{ outcome: 'created', withheld: true }]);
});

describe('The header X-Break-Glass', () => {
  const refused: readonly (readonly [who: string, principal: Principal])[] = [
    ['people whose policy does not allow it', dr('plain', { breakGlass: 'x' })],
    ['people without a policy', dr('unknown', { breakGlass: 'x' })],
    ['systems', { id: 's', client: 's', scopes: ['system/Observation.cruds'], breakGlass: 'x' }],
    ['research', dr('glass', { breakGlass: 'x', purpose: 'CLINTRCH' })],
  ];
  test.each(refused)('is refused to %s', (_, principal) => {
    expect(refusalOf(() => assertGlass(principal, policies))).toMatchObject({ status: 403 });
  });

  test('is for people whose policy allows it', () => {
    expect(() => assertGlass(dr('glass', { breakGlass: 'x' }), policies)).not.toThrow();
    expect(() => assertGlass(dr('plain'), policies)).not.toThrow();
  });

  test('gives its reason to the principal', () => {
    expect(withReason(dr('glass'), ' unconscious ')).toMatchObject({ breakGlass: 'unconscious' });
    expect(withReason(dr('glass'), undefined)).not.toHaveProperty('breakGlass');
  });

  test.each(['', '   ', 'x'.repeat(501)])('is refused without a reason, or with too long a one: %p', (header) => {
    expect(refusalOf(() => withReason(dr('glass'), header))).toMatchObject({ status: 400 });
  });
});
