/** Finds what the criteria of conditional interactions match: one statement for all of them. https://hl7.org/fhir/R4/http.html#cond-update */
import type { Access } from '../auth/access.ts';
import type { Definitions } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import { type CompileContext, matchesFragment } from '../search/compile/page.ts';
import { type Candidate, holds } from '../search/holds.ts';
import { lookUp } from '../search/look-up.ts';
import { parseSearch } from '../search/parse.ts';
import { isResultParameter } from '../search/parse-result.ts';
import type { Query } from '../search/query.ts';
import type { Session } from '../store/database.ts';
import { type TokenQuery, tokenMatches } from '../store/statement/match.ts';
import type { Statement } from '../store/statement.ts';
import type { Terminology } from '../terminology/terminology.ts';
import type { Criteria } from './commit/context.ts';
import type { ContainedTypes } from './contained-types.ts';
import { followHierarchy } from './hierarchy.ts';
import { findLimits } from './search-within.ts';

export interface MatchContext extends CompileContext {
  readonly definitions: Definitions;
  readonly timeZone?: string;
  readonly base?: string;
  readonly now: () => Date;
  /** That sees what the session sees: a transaction never waits for a second connection. */
  readonly terminology: (session: Session, access: Access) => Terminology;
  readonly contained: ContainedTypes;
}

/** Criteria with the same meaning give the same text, whatever their order and escapes. Throws a FhirError for criteria that choose nothing. */
export function normaliseCriteria(context: MatchContext, criteria: Criteria): string {
  const used = queryOf(context, criteria).used.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${criteria.type}?${used.sort().join('&')}`;
}

/** Tells of a resource that is being written whether it matches. */
export function candidateTest(context: MatchContext, criteria: Criteria): (candidate: Candidate) => boolean {
  const { conditions } = queryOf(context, criteria);
  return (candidate) => conditions.every((condition) => holds(condition, candidate));
}

/** Ids of current resources that match, at most `limit` for each of the criteria, in the order of the criteria. */
export async function findMatches(
  session: Session,
  context: MatchContext,
  criteria: readonly Criteria[],
  limit: number,
): Promise<readonly (readonly string[])[]> {
  const contained = await context.contained.recent(session);
  const asked = criteria.map((one) => soughtBy(session, context, one, contained));
  const queries = (await Promise.all(asked)).map((query, place) => ({ place, query }));
  const byTokens = queries.flatMap(({ place, query }) => tokenQuery(context, place, query));
  const places = new Set(byTokens.map((one) => one.place));
  const others = queries.filter(({ place }) => !places.has(place));
  const found: string[][] = criteria.map(() => []);
  const [rows, moreRows] = await Promise.all([
    byTokens.length > 0 ? session.run<MatchRow>(tokenMatches(context.schema, byTokens, limit)) : [],
    Promise.all(inGroups(others).map((group) => session.run<MatchRow>(joinedMatches(context, group, limit)))),
  ]);
  for (const row of [...rows, ...moreRows.flat()]) found[row.place]?.push(row.id);
  return found;
}

/** Criteria find what may be read and searched for, by whatever they ask. */
async function soughtBy(session: Session, context: MatchContext, criteria: Criteria, contained: ReadonlySet<string>): Promise<Query> {
  const { access } = criteria;
  const query = queryOf(context, criteria);
  const limits = access.isUnrestricted ? undefined : findLimits({ access, session, compile: context });
  limits?.check(query);
  const follow = followHierarchy(session, { ...context, findable: limits?.findable });
  const known = await lookUp(query, { terminology: () => context.terminology(session, access), follow, contained });
  return limits?.query(known) ?? known;
}

interface MatchRow {
  readonly place: number;
  readonly id: string;
}

/** What most criteria are, such as one identifier: tokens that must all be there. */
function tokenQuery(context: MatchContext, place: number, query: Query): TokenQuery[] {
  const tokens = query.conditions.map((condition) => (condition.kind === 'tokens' && !condition.negated ? condition.any : []));
  if (tokens.some((any) => any.length !== 1)) return [];
  return [{ place, typeCode: context.typeCodes.get(query.types[0] ?? '') ?? 0, tokens: tokens.flat() }];
}

/** Queries joined in one statement: the time to plan it grows faster than their number. */
const groupSize = 100;

const inGroups = <T>(queries: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(queries.length / groupSize) }, (_, i) => queries.slice(i * groupSize, (i + 1) * groupSize));

function joinedMatches(context: MatchContext, queries: readonly { place: number; query: Query }[], limit: number): Statement {
  const values: unknown[] = [];
  const members = queries.map(({ place, query }) => {
    const fragment = matchesFragment(context, query, limit, values.length);
    values.push(...fragment.values);
    return `select ${place} as place, m.id from ${fragment.text} m`;
  });
  return { text: members.join(' union all '), values };
}

function queryOf(context: MatchContext, criteria: Criteria): Query {
  const pairs = [...new URLSearchParams(criteria.text)];
  // SHALL: only filtering parameters — http.html#trules
  const shaping = pairs.find(([name]) => isResultParameter(name));
  if (shaping !== undefined) throw refusal('value', `${shaping[0]} shapes a result and does not say which ${criteria.type} is meant`);
  const { definitions, timeZone, base, now } = context;
  const local = { ...(timeZone === undefined ? {} : { timeZone }), ...(base === undefined ? {} : { base }) };
  const query = parseSearch(definitions, criteria.type, pairs, { strict: true, defaultCount: 1, maxCount: 1, now: now(), ...local });
  // SHALL: criteria select, they never mean everything — http.html#cond-update
  if (query.conditions.length === 0)
    throw refusal('invalid', `"${criteria.type}?${criteria.text}" has no search parameter that selects resources`, { status: 412 });
  return query;
}
