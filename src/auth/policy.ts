/** Policies: who may see and change whose records, as data. They limit the scopes of `user/`, and of `system/` where a client has one. */
import { type FhirError, refusal } from '../fhir/outcome.ts';
import type { Right } from './access.ts';
import { rightsInOrder } from './scope.ts';

/**
 * `all`: whoever the patient is, and what speaks of none. `own`: those that one of the policy's relations leads to. `self`: the patient
 * that the person is, or is related to. `none`: only what speaks of no patient, such as organizations and definitions.
 */
export type PolicyPatients = 'all' | 'own' | 'self' | 'none';

/** How a patient comes to be one's own. */
export type Relation = 'general-practitioner' | 'care-team' | 'managing-organization' | 'part-of-organization';

export interface PolicyRule {
  /** Resource types, or `*` for all. */
  readonly types: readonly string[];
  readonly rights: readonly Right[];
  readonly patients: PolicyPatients;
}

export interface Policy {
  readonly name: string;
  /** In a sentence, for whoever assigns it. */
  readonly description: string;
  /** Within reach is what one of them reaches. */
  readonly rules: readonly PolicyRule[];
  readonly own: readonly Relation[];
  /** Resources with one of these labels (`system|code`) are out of reach. https://hl7.org/fhir/R4/security-labels.html */
  readonly withheld: readonly string[];
  /** Who gives a reason may see them nevertheless. */
  readonly breakGlass: boolean;
  /** Work on the server as a whole, such as reindexing. */
  readonly administers: boolean;
  /** Keeps the record itself: what patients agreed to binds others. */
  readonly custodian: boolean;
}

const relations: readonly Relation[] = ['general-practitioner', 'care-team', 'managing-organization', 'part-of-organization'];
const patients: readonly PolicyPatients[] = ['all', 'own', 'self', 'none'];
const names = ['name', 'description', 'rules', 'own', 'withheld', 'breakGlass', 'administers', 'custodian'];

const refuse = (at: string, right: string): FhirError => refusal('value', `${at} of a policy ${right}`, { expression: at });

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function listOf<T extends string>(at: string, value: unknown, isValid: (text: string) => boolean, right: string): readonly T[] {
  const valid = Array.isArray(value) && value.every((each): each is T => typeof each === 'string' && isValid(each));
  if (!valid) throw refuse(at, `is a list of ${right}`);
  return value as readonly T[];
}

function flagOf(at: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value === true;
  throw refuse(at, 'is true or false');
}

function onlyNames(at: string, value: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw refuse(`${at}${unknown.slice(0, 64)}`, `is not known; known are ${known.join(', ')}`);
}

function rightsOf(at: string, value: unknown): readonly Right[] {
  const rights = typeof value === 'string' ? rightsInOrder.filter((right) => value.includes(right)) : [];
  if (rights.length > 0 && rights.join('') === value) return rights;
  throw refuse(at, 'has letters of "cruds" in this order, such as rs');
}

function ruleOf(at: string, value: unknown, isType: (name: string) => boolean): PolicyRule {
  if (!isObject(value)) throw refuse(at, 'is an object with types, rights and patients');
  onlyNames(`${at}.`, value, ['types', 'rights', 'patients']);
  const types = listOf<string>(`${at}.types`, value['types'], (name) => name === '*' || isType(name), 'resource types, or of "*" alone');
  const whose = patients.find((each) => each === value['patients']);
  if (whose === undefined) throw refuse(`${at}.patients`, `is one of ${patients.join(', ')}`);
  return { types, rights: rightsOf(`${at}.rights`, value['rights']), patients: whose };
}

/** Every right on everything, and work on the server as well. */
export const givesAll = ({ rules, withheld, administers }: Policy): boolean =>
  administers &&
  withheld.length === 0 &&
  rules.some(({ types, rights, patients: whose }) => types.includes('*') && rights.length === rightsInOrder.length && whose === 'all');

const label = /^\S+\|\S+$/;

/** Reads a policy from JSON. Throws a FhirError (400) that says what is wrong in it, and where. */
export function parsePolicy(value: unknown, isType: (name: string) => boolean): Policy {
  if (!isObject(value)) throw refuse('The whole', 'is an object');
  onlyNames('', value, names);
  const { name, description, rules, own = [], withheld = [], breakGlass, administers, custodian } = value;
  if (typeof name !== 'string' || !/^[a-z][a-z0-9-]{0,63}$/.test(name)) throw refuse('name', 'is of small letters, digits and "-"');
  if (typeof description !== 'string' || description.trim() === '') throw refuse('description', 'is a sentence');
  if (!Array.isArray(rules)) throw refuse('rules', 'is a list');
  const policy: Policy = {
    name,
    description,
    rules: rules.map((rule, i) => ruleOf(`rules[${i}]`, rule, isType)),
    own: listOf<Relation>('own', own, (each) => relations.some((known) => known === each), relations.join(', ')),
    withheld: listOf<string>('withheld', withheld, (each) => label.test(each), 'labels, system|code'),
    breakGlass: flagOf('breakGlass', breakGlass),
    administers: flagOf('administers', administers),
    custodian: flagOf('custodian', custodian),
  };
  if (policy.own.length === 0 && policy.rules.some((rule) => rule.patients === 'own'))
    throw refuse('own', `says how a patient comes to be one's own, since a rule asks for it: ${relations.join(', ')}`);
  return policy;
}
