/** Random tokens: scopes of all levels, forms and filters, patients, persons and policies. */
import type { Principal } from '../../../src/auth/principal.ts';
import type { Resource } from '../../../src/fhir/resource.ts';
import { isResearch, purposes } from './consents.ts';
import { type Filter, scopeText, type Token, type TokenScope } from './oracle.ts';
import { pick, type Random } from './random.ts';
import { types } from './world.ts';

type Plain = Readonly<Record<string, unknown>>;

const codingsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value])
    .flatMap((concept) => ((concept as Plain)?.['coding'] as Plain[] | undefined) ?? [])
    .map(({ code }) => String(code));

const has = (name: string, code: string) => (resource: Resource) => codingsOf((resource as Plain)[name]).includes(code);

const filters: readonly (readonly [type: string, filter: Filter])[] = [
  ['Observation', { text: 'category=laboratory', holds: has('category', 'laboratory') }],
  ['Observation', { text: 'code=a,b', holds: (r) => has('code', 'a')(r) || has('code', 'b')(r) }],
  ['Observation', { text: 'status=final&code:not=c', holds: (r) => (r as Plain)['status'] === 'final' && !has('code', 'c')(r) }],
  ['Observation', { text: 'date=ge2026-01-15', holds: (r) => String((r as Plain)['effectiveDateTime'] ?? '') >= '2026-01-15' }],
  ['Condition', { text: 'code=http://example.org/code%7Ca', holds: has('code', 'a') }],
  ['Patient', { text: 'gender=male', holds: (r) => (r as Plain)['gender'] === 'male' }],
  ['CareTeam', { text: 'status=active', holds: (r) => (r as Plain)['status'] === 'active' }],
];

const persons: readonly (readonly [policy: string, person: string])[] = [
  ['own-patients', 'Practitioner/d1'],
  ['own-patients', 'Practitioner/d2'],
  ['all-patients', 'Practitioner/d1'],
  ['patient', 'Patient/p1'],
  ['patient', 'Patient/p2'],
  ['related-person', 'RelatedPerson/relatedperson-0'],
  ['related-person', 'RelatedPerson/relatedperson-1'],
  ['administrator', 'Practitioner/d2'],
  ['guarded', 'Practitioner/d2'],
  ['emergency', 'Practitioner/d1'],
  ['custodian', 'Practitioner/d2'],
  ['nothing', 'Practitioner/d1'],
];

/** `alike`: whatever is read may be searched for as well, and the other way round. `favoured`: a type that one of the scopes names. */
export function tokenOf(random: Random, alike: boolean, favoured?: string): Token {
  const levels = pick(random, [['patient'], ['patient'], ['user'], ['user'], ['system'], ['patient', 'user']] as const);
  const rights = alike ? ['rs', 'cruds', 'read', '*'] : ['r', 's', 'rs', 'cud', 'cruds', 'read', 'write', 'rus'];
  const scopes = Array.from({ length: 1 + random(5) }, (_, place): TokenScope => {
    const [filtered, filter] = pick(random, filters);
    const isFavoured = place === 0 && favoured !== undefined;
    const isFiltered = !isFavoured && random(3) === 0;
    const type = isFavoured ? favoured : isFiltered ? filtered : random(4) === 0 ? '*' : pick(random, types);
    // Whoever may do all, on the whole server, is not limited at all.
    const level = pick(random, levels);
    return {
      level: alike && level === 'system' && type === '*' ? 'user' : level,
      type,
      rights: pick(random, rights),
      ...(isFiltered ? { filter } : {}),
    };
  });
  const [policy, fhirUser] = pick(random, persons);
  const purpose = pick(random, ['TREAT', 'TREAT', 'TREAT', ...purposes]);
  return {
    ...{ scopes, policy, purpose, client: pick(random, ['app', 'other']) },
    ...(random(8) === 0 ? {} : { fhirUser }),
    ...(random(8) === 0 ? {} : { patient: pick(random, ['p1', 'p2', 'p3']) }),
    ...(random(3) === 0 ? { systemPolicy: pick(random, ['custodian', 'administrator', 'guarded']) } : {}),
    ...(policy === 'emergency' && !isResearch(purpose) && random(2) === 0 ? { breakGlass: 'unconscious' } : {}),
  };
}

/** One that may change something: what its rights are matters more than that it lacks some. */
export function writerOf(random: Random): Token {
  const token = tokenOf(random, false);
  const scopes = token.scopes.map((scope): TokenScope => {
    const type = scope.filter === undefined && random(2) === 0 ? '*' : scope.type;
    return { ...scope, type, rights: pick(random, ['cruds', 'cruds', 'cruds', 'cud', 'write', 'rus', 'cr', 'rds']) };
  });
  return { ...token, scopes };
}

const expanded: Readonly<Record<string, string>> = { read: 'rs', write: 'cud', '*': 'cruds' };

/** For the oracle: the first version's words as rights. */
export const plainToken = (token: Token): Token => ({
  ...token,
  scopes: token.scopes.map((scope) => ({ ...scope, rights: expanded[scope.rights] ?? scope.rights })),
});

const given = (token: Token, ...names: readonly ('patient' | 'fhirUser' | 'purpose' | 'breakGlass')[]): object =>
  Object.fromEntries(names.map((name) => [name, token[name]]).filter(([, value]) => value !== undefined));

export const principalOf = (token: Token): Principal => ({
  ...{ id: 'someone', account: 'someone', client: token.client, scopes: token.scopes.map(scopeText) },
  ...given(token, 'patient', 'fhirUser', 'purpose', 'breakGlass'),
  policies: { user: token.policy, ...(token.systemPolicy === undefined ? {} : { system: token.systemPolicy }) },
});
