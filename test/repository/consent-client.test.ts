/** Whom Consents bind: every client and person but who keeps the record, in whatever they do. https://hl7.org/fhir/R4/consent.html */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Principal } from '../../src/auth/principal.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

let fixture: TestRepository;
beforeAll(async () => {
  fixture = await testRepository();
  await put(patient('p'), patient('q'), observation('of-p', 'p'), observation('of-q', 'q'));
});
afterAll(() => fixture.close());
beforeEach(() => put(consent({ type: 'permit' })));

const patient = (id: string): Resource => ({ resourceType: 'Patient', id });
const observation = (id: string | undefined, whose: string): Resource => ({
  ...{ resourceType: 'Observation', ...(id === undefined ? {} : { id }), status: 'final', code: { text: 'x' } },
  subject: { reference: `Patient/${whose}` },
});
const consentscope = 'http://terminology.hl7.org/CodeSystem/consentscope';
const action = (...codes: string[]) =>
  codes.map((code) => ({ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentaction', code }] }));
const consent = (provision: object, scope = 'patient-privacy'): Resource => ({
  ...{ resourceType: 'Consent', id: 'consent', status: 'active', scope: { coding: [{ system: consentscope, code: scope }] } },
  category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'INFA' }] }],
  ...{ patient: { reference: 'Patient/p' }, policyRule: { text: 'house' }, provision },
});
const update = (resource: Resource): Change => ({ kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource });
const create = (whose: string): Change => ({ kind: 'create', type: 'Observation', at: '', resource: observation(undefined, whose) });
const remove = (id: string): Change => ({ kind: 'delete', type: 'Observation', id, at: '' });
const put = (...resources: Resource[]) => fixture.repository.commit(resources.map(update), { transaction: true });

const client = (scopes: string, system?: string, more: Partial<Principal> = {}): Principal => ({
  ...{ id: `c ${system}`, client: 'c', scopes: scopes.split(' '), policies: system === undefined ? {} : { system } },
  ...more,
});
const sees = async (principal: Principal, id: string): Promise<boolean> =>
  (await fixture.of(principal).read('Observation', id)) !== undefined;

async function statusOf(principal: Principal, change: Change): Promise<number> {
  try {
    await fixture.of(principal).commit([change]);
    return 200;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

describe('A denial binds', () => {
  const bound: readonly (readonly [string, Principal])[] = [
    ['a client without a policy', client('system/Observation.cruds system/Patient.r')],
    ['a client without a policy and with every right', client('system/*.cruds')],
    ['a client with the policy of systems', client('system/*.cruds', 'system')],
    ['an application with the scopes of the patient, whoever uses it', { id: 'a', scopes: ['patient/*.cruds'], patient: 'p' }],
    [
      'a practitioner who may see all',
      { id: 'd', scopes: ['user/*.cruds'], fhirUser: 'Practitioner/d', policies: { user: 'all-patients' } },
    ],
  ];

  test.each(bound)('%s', async (_, principal) => {
    expect(await sees(principal, 'of-p')).toBe(true);
    await put(consent({ type: 'deny' }));
    expect(await sees(principal, 'of-p')).toBe(false);
    const changed = await statusOf(principal, update(observation('of-p', 'p')));
    expect([403, 404, 422]).toContain(changed);
    expect(await statusOf(principal, update(observation('nobody-knows', 'p')))).toBe(changed);
    expect([403, 422]).toContain(await statusOf(principal, create('p')));
    const found = await fixture.of(principal).history({ type: 'Observation' }, { count: 100 });
    expect(found.versions.map(({ id }) => id)).not.toContain('of-p');
  });

  test.each(bound.slice(0, 3))('%s in the record of that patient alone', async (_, principal) => {
    await put(consent({ type: 'deny' }));
    expect(await sees(principal, 'of-q')).toBe(true);
    expect(await statusOf(principal, create('q'))).toBe(200);
  });

  test('not who keeps the record, with the policy "custodian"', async () => {
    await put(consent({ type: 'deny' }));
    const keeper = client('system/*.cruds', 'custodian');
    expect(await sees(keeper, 'of-p')).toBe(true);
    expect(await statusOf(keeper, create('p'))).toBe(200);
    expect(await sees(client('system/Observation.rs', 'custodian'), 'of-p')).toBe(true);
  });

  test('who keeps the record, where they do research', async () => {
    const keeper = client('system/*.cruds', 'custodian', { purpose: 'HRESCH' });
    expect(await sees(keeper, 'of-p')).toBe(false);
    await put(consent({ type: 'permit' }, 'research'));
    expect(await sees(keeper, 'of-p')).toBe(true);
  });

  test('nobody by a policy that is not known: it allows nothing', async () => {
    await expect(sees(client('system/*.cruds', 'nothing'), 'of-q')).rejects.toMatchObject({ status: 403 });
  });
});

describe('A Binary', () => {
  const binary = (id: string, context?: string): Resource => ({
    ...{ resourceType: 'Binary', id, contentType: 'text/plain', data: 'eA==' },
    ...(context === undefined ? {} : { securityContext: { reference: context } }),
  });
  const ids = ['of-observation', 'of-patient', 'of-other', 'of-nobody'];
  beforeAll(() =>
    put(
      binary('of-observation', 'Observation/of-p'),
      binary('of-patient', 'Patient/p'),
      binary('of-other', 'Observation/of-q'),
      binary('of-nobody'),
    ),
  );
  const read = async (principal: Principal): Promise<string[]> => {
    const found = await Promise.all(ids.map((id) => fixture.of(principal).read('Binary', id)));
    return ids.filter((_, i) => found[i] !== undefined);
  };

  // "the referenced resource stands in as a proxy" https://hl7.org/fhir/R4/binary-definitions.html#Binary.securityContext
  test.each([client('system/*.cruds'), client('system/Binary.r'), client('system/*.rs', 'system')])(
    'is withheld with its securityContext',
    async (system) => {
      expect(await read(system)).toEqual(ids);
      await put(consent({ type: 'deny' }));
      expect(await read(system)).toEqual(['of-other', 'of-nobody']);
    },
  );

  test('is withheld by the label of its securityContext', async () => {
    const nopat = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' };
    await put({ ...observation('shy', 'q'), meta: { security: [nopat] } } as Resource, binary('of-shy', 'Observation/shy'));
    const readsIt = async (fhirUser: string): Promise<boolean> =>
      (await fixture.of({ id: fhirUser, scopes: ['patient/*.rs'], patient: 'q', fhirUser }).read('Binary', 'of-shy')) !== undefined;
    expect(await readsIt('Practitioner/d')).toBe(true);
    expect(await readsIt('Patient/q')).toBe(false);
  });
});

describe('Actions of a provision', () => {
  const system = client('system/Observation.cruds system/Patient.r');
  // The patient is not among what is denied: a reference may lead there.
  const ofObservations = { class: [{ system: 'http://hl7.org/fhir/resource-types', code: 'Observation' }] };
  const deny = (more: object): Promise<unknown> => put(consent({ type: 'deny', ...ofObservations, ...more }));
  const outcome = async (): Promise<object> => ({
    sees: await sees(system, 'of-p'),
    adds: (await statusOf(system, create('p'))) === 200,
    changes: (await statusOf(system, { ...update({ ...observation('of-p', 'p'), issued: new Date().toISOString() } as Resource) })) === 200,
  });

  test('to see it withholds it, and lets who may not see add', async () => {
    for (const code of ['access', 'use', 'disclose']) {
      await deny({ action: action(code) });
      expect(await outcome()).toEqual({ sees: false, adds: true, changes: false });
    }
  });

  test('to collect keeps from adding', async () => {
    await deny({ action: action('collect') });
    expect(await outcome()).toEqual({ sees: true, adds: false, changes: true });
  });

  test('to correct keeps from changing and from deleting', async () => {
    await deny({ action: action('correct') });
    expect(await outcome()).toEqual({ sees: true, adds: true, changes: false });
    expect(await statusOf(system, remove('of-p'))).not.toBe(200);
  });

  test('may be several; one that is not known means all', async () => {
    await deny({ action: action('collect', 'correct') });
    expect(await outcome()).toEqual({ sees: true, adds: false, changes: false });
    await deny({ action: action('collect', 'juggle') });
    expect(await outcome()).toEqual({ sees: false, adds: false, changes: false });
  });

  test('of an exception permit that alone', async () => {
    await deny({ provision: [{ type: 'permit', action: action('collect') }] });
    expect(await outcome()).toEqual({ sees: false, adds: true, changes: false });
    await deny({ provision: [{ type: 'permit', action: action('juggle') }] });
    expect(await outcome()).toEqual({ sees: false, adds: false, changes: false });
  });
});

describe('An id that is new', () => {
  const everything: Principal = { id: 'sync', client: 'sync', scopes: ['system/*.cruds'] };
  const refusal = async (principal: Principal, change: Change): Promise<unknown> => {
    const error: unknown = await fixture
      .of(principal)
      .commit([change])
      .then(
        () => 'written',
        (fault: unknown) => fault,
      );
    const { status, issues } = error as { status: number; issues: { diagnostics: string }[] };
    return [status, issues.map(({ diagnostics }) => diagnostics.replace(/Observation\/[\w.-]+/g, 'Observation/*'))];
  };
  const unknown = [404, ['Observation/* is not known: create it with POST']];
  beforeAll(() => put(observation('sync.hidden', 'p'), observation('hidden', 'p'), observation('sync.gone', 'p')));
  beforeAll(() => fixture.repository.commit([remove('sync.gone')]));
  beforeEach(() => put(consent({ type: 'deny' })));

  test('is given by a client that Consents bind where it begins with the name of the client', async () => {
    const [made] = await fixture.of(everything).commit([update(observation('sync.1', 'q'))]);
    expect(made?.outcome).toBe('created');
    const [changed] = await fixture.of(everything).commit([update({ ...observation('sync.1', 'q'), language: 'de' } as Resource)]);
    expect(changed?.outcome).toBe('updated');
    const [inTransaction] = await fixture.of(everything).commit([update(observation('sync.2', 'q'))], { transaction: true });
    expect(inTransaction?.outcome).toBe('created');
    const criteria: Change = { kind: 'update', type: 'Observation', criteria: '_id=sync.3', at: '', resource: observation('sync.3', 'q') };
    expect((await fixture.of(everything).commit([criteria]))[0]?.outcome).toBe('created');
  });

  test('is refused where it does not, in the words for what is out of reach', async () => {
    expect(await refusal(everything, update(observation('other.1', 'q')))).toEqual(unknown);
    expect(await refusal(everything, update(observation('sync', 'q')))).toEqual(unknown);
    expect(await refusal(everything, update(observation('hidden', 'q')))).toEqual(unknown);
  });

  test('is none where something stands or stood that the client may not see, which stays as it is', async () => {
    expect(await refusal(everything, update(observation('sync.hidden', 'q')))).toEqual(unknown);
    expect(await refusal(everything, update(observation('sync.gone', 'q')))).toEqual(unknown);
    expect((await fixture.repository.read('Observation', 'sync.hidden'))?.body).toContain('Patient/p');
  });

  test('makes nothing in a record that is withheld', async () => {
    expect(await statusOf(everything, update(observation('sync.4', 'p')))).not.toBe(200);
    expect(await fixture.repository.read('Observation', 'sync.4')).toBeUndefined();
  });

  test.each<Partial<Principal>>([
    { account: 'a', fhirUser: 'Practitioner/d' },
    { patient: 'q', scopes: ['patient/*.cruds'] },
    { client: 'syn' },
    { client: 'sync.part' },
  ])('is not given by %j', async (more) => {
    expect(await statusOf({ ...everything, id: JSON.stringify(more), ...more }, update(observation('sync.5', 'q')))).toBe(404);
  });

  test('is made once, whoever comes first', async () => {
    const attempts = Array.from({ length: 8 }, () => fixture.of(everything).commit([update(observation('sync.6', 'q'))]));
    const outcomes = (await Promise.all(attempts)).map(([result]) => result?.outcome);
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  });
});

describe('NOPAT, "no disclosure to patient, family or caregivers"', () => {
  const hidden: Resource = {
    ...observation('nopat', 'q'),
    meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'NOPAT' }] },
  } as Resource;
  beforeAll(() => put(hidden));

  const from = (more: Partial<Principal>): Promise<boolean> => sees({ id: 'x', scopes: ['patient/*.rs'], patient: 'q', ...more }, 'nopat');

  test('is withheld from the patient and from who is related to them', async () => {
    expect(await from({ fhirUser: 'Patient/q' })).toBe(false);
    expect(await from({ fhirUser: 'RelatedPerson/r' })).toBe(false);
  });
  test('is withheld from scopes of a patient where nobody says who it is', async () => expect(await from({})).toBe(false));
  test('is shown to a practitioner, whoever’s record an application was opened for', async () =>
    expect(await from({ fhirUser: 'Practitioner/d' })).toBe(true));
  test('is withheld from a patient who has every right of a system as well', async () =>
    expect(await from({ fhirUser: 'Patient/q', scopes: ['system/*.cruds'] })).toBe(false));
  test('is shown to a system', async () => expect(await sees(client('system/*.rs'), 'nopat')).toBe(true));
});
