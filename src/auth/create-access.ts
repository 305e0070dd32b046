/** Makes what a principal may do out of its scopes, its context and its policies: made once for each principal, type by type as it is asked. */
import type { Definitions } from '../fhir/definitions.ts';
import { FhirError } from '../fhir/outcome.ts';
import { allOf, type Condition } from '../search/condition.ts';
import type { Access, Grant, Restriction, Right } from './access.ts';
import { asksForResearch } from './consent/asker.ts';
import { type Granting, grantsOf } from './grants.ts';
import { isPatientOrFamily } from './label.ts';
import { ownIdsOf } from './own-ids.ts';
import { givesAll, type Policy } from './policy.ts';
import type { Principal } from './principal.ts';
import { conditionOf, restrictionOf } from './restriction.ts';
import { parseScope, type ResourceScope, rightsInOrder } from './scope.ts';
import type { FilterContext } from './scope-filter.ts';
import { unrestricted } from './unrestricted.ts';

export interface AccessContext extends FilterContext {
  /** By name; another object whenever one of them changes. */
  readonly policies: ReadonlyMap<string, Policy>;
  /** Whether any Consent demands anything: as long as none does, nothing is asked. */
  readonly consents?: boolean;
}

interface Known {
  readonly consents: boolean | undefined;
  readonly definitions: Definitions;
  readonly policies: AccessContext['policies'];
  readonly access: Access;
}

const known = new WeakMap<Principal, Known>();

/** The same object for the same principal, until search parameters or policies change. */
export function createAccess(principal: Principal, definitions: Definitions, context: AccessContext): Access {
  const found = known.get(principal);
  if (found?.definitions === definitions && found.policies === context.policies && found.consents === context.consents) return found.access;
  const access = makeAccess(principal, definitions, context);
  known.set(principal, { definitions, policies: context.policies, consents: context.consents, access });
  return access;
}

/** Scopes that are none give nothing: tokens were checked when they were granted, and what was granted then may be gone. */
const scopesOf = ({ scopes }: Principal): readonly ResourceScope[] =>
  scopes.flatMap((text) => {
    const scope = attempt(() => parseScope(text), undefined);
    return scope?.kind === 'resource' ? [scope] : [];
  });

function attempt<T, U>(work: () => T, otherwise: U): T | U {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    return otherwise;
  }
}

const isWhole = ({ type, rights, pairs }: ResourceScope): boolean =>
  type === '*' && pairs.length === 0 && rights.length === rightsInOrder.length;

/** The program itself, or whoever asks where authorization is switched off. */
export const isEverybody = ({ scopes }: Principal): boolean => scopes.length === 1 && scopes[0] === '*';

function makeAccess(principal: Principal, definitions: Definitions, context: AccessContext): Access {
  if (isEverybody(principal)) return unrestricted;
  const scopes = scopesOf(principal);
  return mayAll(principal, scopes, context) ? unrestricted : restricted(principal, scopes, definitions, context);
}

const isOfSystem = (scope: ResourceScope): boolean => scope.level === 'system' && isWhole(scope);

/** Nothing limits the client, and no patient has a say: because none said anything, or because it keeps the record. */
function mayAll(principal: Principal, scopes: readonly ResourceScope[], { policies, consents }: AccessContext): boolean {
  const name = principal.policies?.system;
  if (asksForResearch(principal) || isPatientOrFamily(principal, 'system') || !scopes.some(isOfSystem)) return false;
  if (name === undefined) return consents !== true;
  const policy = policies.get(name);
  return policy !== undefined && givesAll(policy) && (policy.custodian || consents !== true);
}

function restricted(principal: Principal, scopes: readonly ResourceScope[], definitions: Definitions, context: AccessContext): Access {
  const policyOf = ({ level }: ResourceScope): Policy | undefined =>
    context.policies.get((level === 'system' ? principal.policies?.system : principal.policies?.user) ?? '');
  const isFree = ({ level }: ResourceScope): boolean => level === 'system' && principal.policies?.system === undefined;
  const administers = scopes.some(
    (scope) => scope.level !== 'patient' && isWhole(scope) && (isFree(scope) || policyOf(scope)?.administers === true),
  );
  const restrictions = new Map<string, Restriction | undefined>();
  const conditions = new Map<string, Condition | undefined>();

  const grants = (scope: ResourceScope, type: string, right: Right): readonly Grant[] =>
    attempt(() => grantsOf(granting, scope, type, right), []);
  const restriction: Access['restriction'] = (type, right) =>
    remembered(restrictions, `${type} ${right}`, () =>
      definitions.isResourceType(type) ? restrictionOf(scopes.flatMap((scope) => grants(scope, type, right))) : undefined,
    );
  const condition: Access['condition'] = (type, rights) =>
    remembered(conditions, `${type} ${rights.join('')}`, () =>
      joined(
        type,
        rights.map((right) => restriction(type, right)),
      ),
    );
  const granting: Granting = {
    consents: context.consents === true,
    principal,
    definitions,
    context,
    policyOf,
    reach: (type, right) => condition(type, [right]),
  };

  return {
    key: keyOf(principal, policyOf, scopes),
    isUnrestricted: false,
    mayAdminister: administers,
    own: [
      ...(principal.patient === undefined ? [] : [`Patient/${principal.patient}`]),
      ...(principal.fhirUser === undefined ? [] : [principal.fhirUser]),
    ],
    ownIds: ownIdsOf(principal),
    restriction,
    condition,
  };
}

function remembered<T>(list: Map<string, T>, key: string, make: () => T): T {
  if (list.has(key)) return list.get(key) as T;
  const made = make();
  list.set(key, made);
  return made;
}

/** On all rights at once; several rights mostly reach the same. */
function joined(type: string, list: readonly (Restriction | undefined)[]): Condition | undefined {
  const distinct = new Map<string, Condition>();
  for (const restriction of list) {
    if (restriction === undefined) return undefined;
    distinct.set(JSON.stringify(restriction), conditionOf(type, restriction));
  }
  return allOf([...distinct.values()].filter((each) => !(each.kind === 'all' && each.of.length === 0)));
}

/** Page links are bound to it: the purpose and the reason to look at what is withheld are part of what may be seen. */
function keyOf(principal: Principal, policyOf: (scope: ResourceScope) => Policy | undefined, scopes: readonly ResourceScope[]): string {
  const { patient, fhirUser, policies, purpose, breakGlass } = principal;
  const rules = (['user', 'system'] as const).map((level) =>
    scopes
      .filter((scope) => scope.level === level)
      .slice(0, 1)
      .map(policyOf),
  );
  return JSON.stringify([scopes.map(({ text }) => text).sort(), patient, fhirUser, policies, purpose, breakGlass !== undefined, rules]);
}
