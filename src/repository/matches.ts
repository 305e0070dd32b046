/** Finds what the criteria of conditional interactions match: one statement for all of them. https://hl7.org/fhir/R4/http.html#cond-update */
import type { Definitions } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import { type CompileContext, matchesFragment } from '../search/compile.ts';
import { parseSearch } from '../search/parse.ts';
import type { Query } from '../search/query.ts';
import type { Session } from '../store/database.ts';
import type { Criteria } from './commit/context.ts';

export interface MatchContext extends CompileContext {
  readonly definitions: Definitions;
  readonly timeZone?: string;
  readonly now: () => Date;
}

/** Criteria with the same meaning give the same text, whatever their order and escapes. Throws a FhirError for criteria that choose nothing. */
export function normaliseCriteria(context: MatchContext, criteria: Criteria): string {
  const used = queryOf(context, criteria).used.map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `${criteria.type}?${used.sort().join('&')}`;
}

/** Ids of current resources that match, at most `limit` for each of the criteria, in the order of the criteria. */
export async function findMatches(
  session: Session,
  context: MatchContext,
  criteria: readonly Criteria[],
  limit: number,
): Promise<readonly (readonly string[])[]> {
  if (criteria.length === 0) return [];
  const values: unknown[] = [];
  const members = criteria.map((one, i) => {
    const fragment = matchesFragment(context, queryOf(context, one), limit, values.length);
    values.push(...fragment.values);
    return `select ${i} as place, m.id from ${fragment.text} m`;
  });
  const rows = await session.run<{ place: number; id: string }>({ text: members.join(' union all '), values });
  const found: string[][] = criteria.map(() => []);
  for (const row of rows) found[row.place]?.push(row.id);
  return found;
}

function queryOf(context: MatchContext, criteria: Criteria): Query {
  const pairs = [...new URLSearchParams(criteria.text)];
  const { definitions, timeZone, now } = context;
  const zone = timeZone === undefined ? {} : { timeZone };
  const query = parseSearch(definitions, criteria.type, pairs, { strict: true, defaultCount: 1, maxCount: 1, now: now(), ...zone });
  // SHALL: criteria select, they never mean everything — http.html#cond-update
  if (query.filters.length === 0)
    throw refusal('invalid', `"${criteria.type}?${criteria.text}" has no search parameter that selects resources`, { status: 412 });
  return query;
}
