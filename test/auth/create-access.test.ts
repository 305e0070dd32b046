import { describe, expect, test } from '@jest/globals';
import type { Access, Right } from '../../src/auth/access.ts';
import { belongingOf } from '../../src/auth/belonging.ts';
import { type AccessContext, createAccess } from '../../src/auth/create-access.ts';
import { parsePolicy } from '../../src/auth/policy.ts';
import { localPrincipal, type Principal } from '../../src/auth/principal.ts';
import { shippedPolicies } from '../../src/auth/shipped-policies.ts';
import { always } from '../../src/search/condition.ts';
import { definitions } from '../support/repository.ts';

const isType = (name: string): boolean => definitions.isResourceType(name);
const context: AccessContext = { now: () => new Date('2026-01-31T12:00:00Z'), policies: shippedPolicies(isType) };

const access = (scopes: string, more: Partial<Principal> = {}): Access =>
  createAccess({ id: 'x', scopes: scopes.split(' '), ...more }, definitions, context);

const mine = { kind: 'one', id: '1' };
const reached = (scopes: string, type: string, right: Right, more: Partial<Principal> = {}) =>
  access(scopes, more).restriction(type, right)?.any;

describe('access', () => {
  test('is without limits for the program itself, and for system/*.cruds', () => {
    expect(createAccess(localPrincipal, definitions, context).isUnrestricted).toBe(true);
    expect(access('system/*.cruds').isUnrestricted).toBe(true);
    expect(access('openid system/*.* offline_access').isUnrestricted).toBe(true);
  });

  test.each(['system/*.rs', 'user/*.cruds', 'patient/*.cruds', 'system/Patient.cruds', 'system/*.cruds?_security=x', '* patient/*.rs'])(
    'is limited by %s',
    (scopes) => expect(access(scopes).isUnrestricted).toBe(false),
  );

  test('of system/*.cruds is limited by the policy of the client', () => {
    const limited = access('system/*.cruds', { policies: { system: 'administrator' } });
    expect(limited.isUnrestricted).toBe(false);
    expect(limited.mayAdminister).toBe(true);
    expect(limited.restriction('Observation', 'r')).toBeUndefined();
    expect(limited.restriction('Organization', 'u')).toEqual({ any: [{}] });
  });

  test('is nothing without scopes', () => {
    const none = createAccess({ id: 'x', scopes: [] }, definitions, context);
    for (const type of definitions.resourceTypes)
      for (const right of 'cruds') expect(none.restriction(type, right as Right)).toBeUndefined();
  });

  test('of an unknown scope, an unknown type or a search that means nothing is nothing', () => {
    expect(reached('patient/Observation.sr', 'Observation', 'r', { patient: '1' })).toBeUndefined();
    expect(reached('patient/Observation.rs?nothing=1', 'Observation', 'r', { patient: '1' })).toBeUndefined();
    expect(reached('patient/*.rs', 'Nothing', 'r', { patient: '1' })).toBeUndefined();
  });

  test('is made once for a principal, and anew when policies change', () => {
    const principal: Principal = { id: 'x', scopes: ['user/*.rs'], policies: { user: 'own' } };
    const first = createAccess(principal, definitions, context);
    expect(createAccess(principal, definitions, context)).toBe(first);
    expect(first.restriction('Observation', 'r')).toBeUndefined();
    const own = parsePolicy({ name: 'own', description: 'X.', rules: [{ types: ['*'], rights: 'rs', patients: 'all' }] }, isType);
    const changed = createAccess(principal, definitions, { ...context, policies: new Map([['own', own]]) });
    expect(changed.restriction('Observation', 'r')).toEqual({ any: [{}] });
    expect(changed.key).not.toBe(first.key);
  });

  test('has another key for another patient, policy, scope or reason', () => {
    const keys = [
      access('patient/*.rs', { patient: '1' }),
      access('patient/*.rs', { patient: '2' }),
      access('patient/*.r', { patient: '1' }),
      access('user/*.rs', { policies: { user: 'patient' } }),
      access('user/*.rs', { policies: { user: 'all-patients' } }),
      access('user/*.rs', { policies: { user: 'all-patients' }, breakGlass: 'accident' }),
      access('user/*.rs', { policies: { user: 'all-patients' }, fhirUser: 'Practitioner/7' }),
    ].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(access('a patient/*.rs patient/*.r', { patient: '1' }).key).toBe(access('patient/*.r patient/*.rs', { patient: '1' }).key);
  });

  test('speaks of rows by all rights together', () => {
    const some = access('patient/Observation.r patient/Observation.s?category=a', { patient: '1', fhirUser: 'Practitioner/7' });
    expect(some.condition('Observation', ['r'])).toEqual({ kind: 'compartment', patient: '1' });
    expect(some.condition('Observation', ['r', 's'])?.kind).toBe('all');
    expect(some.condition('Observation', ['r', 'd'])).toBeUndefined();
    expect(access('system/*.rs').condition('Observation', ['r', 's'])).toEqual(always);
  });
});

describe('scopes of a patient', () => {
  // A practitioner's, from whom nothing is withheld.
  const patient = { patient: '1', fhirUser: 'Practitioner/7' };

  test('reach the compartment of the patient in context', () => {
    expect(reached('patient/*.rs', 'Observation', 'r', patient)).toEqual([{ patients: mine }]);
    expect(reached('patient/Patient.r', 'Patient', 'r', patient)).toEqual([{ patients: mine }]);
    expect(reached('patient/*.rs', 'Observation', 'u', patient)).toBeUndefined();
  });

  test('reach nothing without a patient in context, not even what all share', () => {
    for (const type of definitions.resourceTypes) expect(reached('patient/*.cruds', type, 'r')).toBeUndefined();
  });

  test('read what speaks of no patient, and never write it', () => {
    expect(reached('patient/*.cruds', 'Practitioner', 'r', patient)).toEqual([{}]);
    for (const right of ['c', 'u', 'd'] as const) expect(reached('patient/*.cruds', 'Practitioner', right, patient)).toBeUndefined();
  });

  test('withhold NOPAT from the patient, but for definitions, which speak of nobody', () => {
    const filters = (type: string) =>
      reached('patient/*.rs', type, 'r', { patient: '1', fhirUser: 'Patient/1' })?.map(({ filter }) => filter?.kind);
    for (const type of ['Observation', 'Patient', 'Practitioner', 'Location']) expect(filters(type)).toEqual(['tokens']);
    for (const type of ['ValueSet', 'CodeSystem', 'Questionnaire']) expect(filters(type)).toEqual([undefined]);
  });

  test.each(['Group', 'Bundle', 'Parameters', 'Subscription'])('reach no %s', (type) => {
    expect(reached('patient/*.cruds', type, 'r', patient)).toBeUndefined();
  });

  test.each(['Device', 'Task', 'GuidanceResponse', 'Contract', 'VerificationResult'])(
    'reach a %s by its reference to the patient',
    (type) => {
      expect(reached('patient/*.rs', type, 'r', patient)).toEqual([{ filter: expect.objectContaining({ kind: 'tokens' }) }]);
    },
  );

  test('are any of several, each with its own search', () => {
    const two = reached('patient/Observation.rs?category=a patient/Observation.rs?category=b', 'Observation', 'r', patient);
    expect(two?.map(({ patients, filter }) => [patients, filter?.kind])).toEqual([
      [mine, 'tokens'],
      [mine, 'tokens'],
    ]);
    expect(reached('patient/Observation.rs?category=a patient/*.rs', 'Observation', 'r', patient)).toEqual([{ patients: mine }]);
  });

  test('every type says whose it is, or is out of reach', () => {
    const kinds = definitions.resourceTypes.map((type) => belongingOf(definitions, type));
    expect(new Set(kinds)).toEqual(new Set(['compartment', 'reference', 'context', 'shared', 'unknown']));
    // What may hold anything, or tells of many patients at once.
    const unknown = definitions.resourceTypes.filter((type) => belongingOf(definitions, type) === 'unknown');
    for (const type of ['Group', 'Bundle', 'Parameters', 'OperationOutcome', 'Subscription']) expect(unknown).toContain(type);
  });
});

describe('scopes of a user', () => {
  const as = (policy: string, fhirUser?: string): Partial<Principal> => ({ policies: { user: policy }, ...(fhirUser ? { fhirUser } : {}) });

  test('reach nothing without a policy, or with one that is not known', () => {
    expect(reached('user/*.cruds', 'Observation', 'r')).toBeUndefined();
    expect(reached('user/*.cruds', 'Practitioner', 'r', as('nothing'))).toBeUndefined();
  });

  test('reach what the policy allows of what they name', () => {
    expect(reached('user/Observation.rs', 'Observation', 'r', as('all-patients'))).toEqual([{}]);
    expect(reached('user/Observation.rs', 'Condition', 'r', as('all-patients'))).toBeUndefined();
    expect(reached('user/Observation.rs', 'Observation', 'u', as('all-patients'))).toBeUndefined();
    expect(reached('user/*.cruds', 'Observation', 'r', as('administrator'))).toBeUndefined();
    expect(reached('user/*.cruds', 'Practitioner', 'd', as('administrator'))).toEqual([{}]);
    expect(reached('user/*.cruds', 'Practitioner', 'd', as('own-patients', 'Practitioner/7'))).toBeUndefined();
  });

  test('reach the records of own patients, by a condition on Patient', () => {
    const [grant] = reached('user/*.cruds', 'Observation', 'r', as('own-patients', 'Practitioner/7')) ?? [];
    expect(grant?.patients).toEqual({ kind: 'matching', condition: expect.objectContaining({ kind: 'any' }) });
  });

  test('reach no record when nobody, or no practitioner, asks by own patients', () => {
    expect(reached('user/*.cruds', 'Observation', 'r', as('own-patients'))).toBeUndefined();
    expect(reached('user/*.cruds', 'Observation', 'r', as('own-patients', 'Patient/1'))).toBeUndefined();
  });

  test('reach the own record of a patient, and of whom one is related to', () => {
    expect(reached('user/*.cruds', 'Observation', 'u', as('patient', 'Patient/1'))).toMatchObject([{ patients: mine }]);
    const [grant] = reached('user/*.cruds', 'Observation', 'r', as('related-person', 'RelatedPerson/r')) ?? [];
    expect(grant?.patients?.kind).toBe('matching');
    expect(reached('user/*.cruds', 'Observation', 'u', as('related-person', 'RelatedPerson/r'))).toBeUndefined();
  });

  test('administer the server only with a policy that says so, and a scope that names all', () => {
    expect(access('user/*.cruds', as('administrator')).mayAdminister).toBe(true);
    expect(access('user/*.rs', as('administrator')).mayAdminister).toBe(false);
    expect(access('user/*.cruds', as('all-patients')).mayAdminister).toBe(false);
  });

  test('leave out labels that are withheld, unless a reason was given and the policy lets it', () => {
    const labelled = (breakGlass: boolean) =>
      parsePolicy(
        {
          ...{ name: 'l', description: 'X.', withheld: ['http://x|R'], breakGlass },
          rules: [{ types: ['*'], rights: 'rs', patients: 'all' }],
        },
        isType,
      );
    const of = (breakGlass: boolean, reason?: string) => {
      const principal: Principal = { id: 'x', scopes: ['user/*.rs'], policies: { user: 'l' }, ...(reason ? { breakGlass: reason } : {}) };
      const policies = new Map([['l', labelled(breakGlass)]]);
      return createAccess(principal, definitions, { ...context, policies }).restriction('Observation', 'r')?.any;
    };
    expect(of(true)).toEqual([{ filter: expect.objectContaining({ kind: 'tokens', negated: true }) }]);
    expect(of(false, 'accident')).toEqual([{ filter: expect.objectContaining({ negated: true }) }]);
    expect(of(true, 'accident')).toEqual([{}]);
  });
});
