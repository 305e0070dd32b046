/** What one scope gives on one type, as grants: by its level, whose records it speaks of. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html */
import { allOf, anyOf, type Condition } from '../search/condition.ts';
import { anyReferenceKey, anyReferenceLink } from '../search/link-token.ts';
import { hashes } from '../search/types/value.ts';
import type { Grant, PatientSet, Right } from './access.ts';
import { belongingOf } from './belonging.ts';
import { isGlassBroken } from './break-glass.ts';
import { type Limiting, limitsOf } from './limit.ts';
import { ownPatients, selfPatients } from './own-patients.ts';
import type { Policy, PolicyRule } from './policy.ts';
import type { ResourceScope } from './scope.ts';
import { scopeFilter } from './scope-filter.ts';

export interface Granting extends Limiting {
  /** What the right reaches of another type, as a condition on its rows; undefined = nothing. */
  readonly reach: (type: string, right: Right) => Condition | undefined;
}

const isWriting = (right: Right): boolean => right === 'c' || right === 'u' || right === 'd';

const filtered = (grant: Grant, filter: Condition | undefined): Grant =>
  filter === undefined ? grant : { ...grant, filter: grant.filter === undefined ? filter : allOf([grant.filter, filter]) };

/** Any of its references leads to one of the patients. */
const refersTo = (patients: PatientSet): Condition =>
  patients.kind === 'one'
    ? hashes([anyReferenceLink(`Patient/${patients.id}`)])
    : { kind: 'refers', link: { keys: [anyReferenceKey], fenced: false }, to: { type: 'Patient', condition: patients.condition } };

/** What the resource is about, by Binary.securityContext, is within reach. https://hl7.org/fhir/R4/binary-definitions.html#Binary.securityContext */
function contextWithin({ definitions, reach }: Granting): Condition {
  const groups = new Map<string, { readonly condition: Condition; readonly types: string[] }>();
  for (const type of definitions.resourceTypes) {
    const condition = type === 'Binary' ? undefined : reach(type, 'r');
    if (condition === undefined) continue;
    const key = JSON.stringify(condition);
    groups.set(key, { condition, types: [...(groups.get(key)?.types ?? []), type] });
  }
  const ways = [...groups.values()].map(({ condition, types: [type = '', ...also] }): Condition => {
    return { kind: 'refers', link: { keys: [anyReferenceKey], fenced: false }, to: { type, also, condition } };
  });
  return anyOf(ways);
}

/** In the records of the patients, by whatever tells so on the type; undefined where nothing does. */
function recordsOf(granting: Granting, type: string, patients: PatientSet): Grant | undefined {
  switch (belongingOf(granting.definitions, type)) {
    case 'compartment':
      return { patients };
    case 'reference':
      return { filter: refersTo(patients) };
    case 'context':
      return { filter: anyOf([refersTo(patients), contextWithin(granting)]) };
    case 'shared':
    case 'unknown':
      return undefined;
  }
}

/** Of the patient in context; besides what speaks of no patient, for reading only. */
function grantOfPatient(granting: Granting, type: string, right: Right): Grant | undefined {
  const { principal, definitions } = granting;
  // A scope of a patient without the patient means nobody's record, and nothing else either.
  if (principal.patient === undefined) return undefined;
  if (belongingOf(definitions, type) === 'shared') return isWriting(right) ? undefined : {};
  return recordsOf(granting, type, { kind: 'one', id: principal.patient });
}

function patientsOf({ principal, definitions, context }: Granting, policy: Policy, rule: PolicyRule): PatientSet | undefined {
  const { fhirUser } = principal;
  if (fhirUser === undefined) return undefined;
  if (rule.patients === 'own') return ownPatients(definitions, context, fhirUser, policy);
  return rule.patients === 'self' ? selfPatients(definitions, context, fhirUser) : undefined;
}

function grantOfRule(granting: Granting, policy: Policy, rule: PolicyRule, type: string): Grant | undefined {
  if (rule.patients === 'all' || (rule.patients === 'own' && isGlassBroken(granting.principal, policy))) return {};
  if (rule.patients === 'none') return belongingOf(granting.definitions, type) === 'shared' ? {} : undefined;
  const patients = patientsOf(granting, policy, rule);
  return patients && recordsOf(granting, type, patients);
}

function grantsOfPolicy(granting: Granting, policy: Policy, type: string, right: Right): readonly Grant[] {
  const rules = policy.rules.filter(({ types, rights }) => rights.includes(right) && (types.includes('*') || types.includes(type)));
  return rules.flatMap((rule) => grantOfRule(granting, policy, rule, type) ?? []);
}

function grantsOfLevel(granting: Granting, scope: ResourceScope, type: string, right: Right): readonly Grant[] {
  if (scope.level === 'patient') {
    const grant = grantOfPatient(granting, type, right);
    return grant === undefined ? [] : [grant];
  }
  if (scope.level === 'system' && granting.principal.policies?.system === undefined) return [{}];
  const policy = granting.policyOf(scope);
  return policy === undefined ? [] : grantsOfPolicy(granting, policy, type, right);
}

/** Nothing where the scope does not name the type and the right, and where its search no longer means anything. */
export function grantsOf(granting: Granting, scope: ResourceScope, type: string, right: Right): readonly Grant[] {
  if (!scope.rights.includes(right) || (scope.type !== '*' && scope.type !== type)) return [];
  const filter = scopeFilter(scope, type, granting.definitions, granting.context);
  const further = [filter, ...limitsOf(granting, scope, type, right)];
  return grantsOfLevel(granting, scope, type, right).map((grant) => further.reduce(filtered, grant));
}
