/** Scopes as text and as data. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html */
import { type FhirError, refusal } from '../fhir/outcome.ts';
import type { Right } from './access.ts';

/** In the order in which a scope names them. */
export const rightsInOrder: readonly Right[] = ['c', 'r', 'u', 'd', 's'];

export type ScopeLevel = 'patient' | 'user' | 'system';

export interface ResourceScope {
  readonly kind: 'resource';
  /** As it was written. */
  readonly text: string;
  readonly level: ScopeLevel;
  /** A resource type, or `*` for all. */
  readonly type: string;
  readonly rights: readonly Right[];
  /** What must hold together, as names and values of a search; [] = whatever the resource. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
}

/** `launch/patient`, `openid`, `offline_access` and the like: they ask for no resources. */
export interface PlainScope {
  readonly kind: 'plain';
  readonly text: string;
}

export type Scope = ResourceScope | PlainScope;

const plainScopes = new Set(['openid', 'fhirUser', 'profile', 'launch', 'offline_access', 'online_access']);
/** `launch/patient`, `launch/encounter`, `launch/list?role=…`. */
const launchScope = /^launch\/[A-Za-z]{1,64}(\?role=[\x21\x23-\x5b\x5d-\x7e]{1,256})?$/;
const resourceScope = /^(patient|user|system)\/(\*|[A-Z][A-Za-z]{0,63})\.(read|write|\*|[a-z]{1,5})(?:\?(.+))?$/;
/** https://datatracker.ietf.org/doc/html/rfc6749#section-3.3 */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]{1,2000}$/;

/** https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources (SMART v1 scopes) */
const firstVersion: Readonly<Record<string, readonly Right[]>> = { read: ['r', 's'], write: ['c', 'u', 'd'], '*': rightsInOrder };

const refuse = (text: string, why: string): FhirError =>
  refusal('value', `"${text.slice(0, 100)}" is no scope: ${why}`, { expression: 'scope' });

/** Rights in their order and each once; undefined for anything else. */
function rightsOf(text: string): readonly Right[] | undefined {
  const rights = firstVersion[text] ?? rightsInOrder.filter((right) => text.includes(right));
  return firstVersion[text] !== undefined || (rights.length > 0 && rights.join('') === text) ? rights : undefined;
}

/** Throws a FhirError that names the scope and says what would be right. Whether the type exists, and may be searched so, is not asked here. */
export function parseScope(text: string): Scope {
  if (plainScopes.has(text) || launchScope.test(text)) return { kind: 'plain', text };
  if (!scopeToken.test(text)) throw refuse(text, 'it has characters that a scope cannot have');
  const [, level, type = '', permissions = '', query] = resourceScope.exec(text) ?? [];
  if (level === undefined)
    throw refuse(
      text,
      'it is like patient/Observation.rs, user/*.cruds or system/Patient.read; besides there are launch, launch/patient, launch/encounter, openid, fhirUser, offline_access and online_access',
    );
  const rights = rightsOf(permissions);
  if (rights === undefined)
    throw refuse(text, `"${permissions}" is neither read, write or * nor letters of "cruds" in this order, such as rs`);
  return { kind: 'resource', text, level: level as ScopeLevel, type, rights, pairs: query === undefined ? [] : pairsOf(text, query) };
}

function pairsOf(text: string, query: string): readonly (readonly [string, string])[] {
  const pairs = [...new URLSearchParams(query)];
  if (pairs.every(([name, value]) => name !== '' && value !== '')) return pairs;
  throw refuse(text, 'behind the question mark stand search parameters, such as category=laboratory, joined by &');
}

/** The scopes of a list that is separated by blanks, each once. */
export const parseScopes = (list: string): readonly Scope[] =>
  [...new Set(list.split(' ').filter((text) => text !== ''))].map((text) => parseScope(text));

const queryText = (pairs: ResourceScope['pairs']): string =>
  pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')}`;

/** What a scope is called: as it was written, so that clients know it again. */
export const printScope = ({ text }: Scope): string => text;

/** The text of a scope that nobody wrote, in the second version's form. */
export const textOfScope = ({ level, type, rights, pairs }: Omit<ResourceScope, 'kind' | 'text'>): string =>
  `${level}/${type}.${rights.join('')}${queryText(pairs)}`;

const pairKey = (pair: readonly [string, string]): string => JSON.stringify(pair);

/** Whoever has `wide` has all that `narrow` gives: it may be asked for when a token is refreshed, and be left when consent is narrowed. */
export function covers(wide: Scope, narrow: Scope): boolean {
  if (wide.kind === 'plain' || narrow.kind === 'plain') return wide.text === narrow.text;
  if (wide.level !== narrow.level || (wide.type !== '*' && wide.type !== narrow.type)) return false;
  const demanded = new Set(narrow.pairs.map(pairKey));
  return narrow.rights.every((right) => wide.rights.includes(right)) && wide.pairs.every((pair) => demanded.has(pairKey(pair)));
}

/** One of them has all that it gives. */
export const coveredBy = (scope: Scope, granted: readonly Scope[]): boolean => granted.some((wide) => covers(wide, scope));

/** What both give; undefined = nothing. */
function common(one: Scope, other: Scope): Scope | undefined {
  if (covers(one, other)) return other;
  if (covers(other, one)) return one;
  if (one.kind === 'plain' || other.kind === 'plain' || one.level !== other.level) return undefined;
  if (one.type !== other.type && one.type !== '*' && other.type !== '*') return undefined;
  const rights = one.rights.filter((right) => other.rights.includes(right));
  if (rights.length === 0) return undefined;
  const pairs = [...new Map([...one.pairs, ...other.pairs].map((pair) => [pairKey(pair), pair])).values()];
  const scope = { level: one.level, type: one.type === '*' ? other.type : one.type, rights, pairs };
  return { kind: 'resource', text: textOfScope(scope), ...scope };
}

/** What is asked for and granted as well, in the order of the asking: nothing more than either of the lists gives. */
export function intersect(asked: readonly Scope[], granted: readonly Scope[]): readonly Scope[] {
  const found = asked.flatMap((scope) => granted.flatMap((other) => common(scope, other) ?? []));
  const distinct = [...new Map(found.map((scope) => [scope.text, scope])).values()];
  return distinct.filter((scope, i) => !distinct.some((other, j) => i !== j && covers(other, scope) && (!covers(scope, other) || j < i)));
}
