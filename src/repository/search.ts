/** Runs a search: one page of current resources, a total where it was asked for, and the link to go on. https://hl7.org/fhir/R4/search.html */
import type { Definitions } from '../fhir/definitions.ts';
import { type Attempt, type CompileContext, compileCount, compilePage, type NumberedRow, type PageRow } from '../search/compile/page.ts';
import { conjuncts } from '../search/condition.ts';
import { isContained } from '../search/contained/type.ts';
import { lookUp } from '../search/look-up.ts';
import { columnsOf, type Position } from '../search/order.ts';
import { signCursor, verifyCursor } from '../search/page.ts';
import { estimateAll } from '../search/plan/estimate.ts';
import type { Query } from '../search/query.ts';
import type { Session } from '../store/database.ts';
import type { Terminology } from '../terminology/terminology.ts';
import type { ContainedTypes } from './contained-types.ts';
import { containedVersion } from './contained-version.ts';
import { explain } from './explain.ts';
import { followHierarchy, type HierarchyContext } from './hierarchy.ts';
import { includedWith } from './include.ts';
import { type Answer, answered } from './known-versions.ts';
import type { RecentVersions } from './recent-versions.ts';
import type { SearchPage } from './repository.ts';
import type { SearchLimits } from './search-within.ts';
import { type StoredVersion, storedVersion } from './stored-version.ts';
import { timed } from './timed.ts';

export interface SearchContext extends CompileContext {
  /** Signs page links. */
  readonly secret: string;
  readonly principalId: string;
  readonly typeNames: ReadonlyMap<number, string>;
  readonly definitions: Definitions;
  /** Absolute bases of this server: what the index takes for local references. */
  readonly bases: ReadonlySet<string>;
  readonly terminology: () => Terminology;
  readonly contained: ContainedTypes;
  /** Absent where what is read may not be committed yet. */
  readonly recent?: RecentVersions;
  /** Absent: everything may be found. */
  readonly within?: SearchLimits;
  readonly findable?: HierarchyContext['findable'];
}

export async function searchWith(session: Session, context: SearchContext, asked: Query): Promise<SearchPage> {
  context.within?.check(asked);
  const known = await timed('to look up what it needs', withKnowledge(session, context, asked));
  const query = context.within?.query(known) ?? known;
  const scope = { secret: context.secret, principalId: context.principalId, query };
  const position = query.after === undefined ? undefined : verifyCursor(scope, query.after);
  if (query.summary === 'count') return { matches: [], included: [], total: await count(session, context, query) };
  const plans: string[] = [];
  const [{ rows, versions: matches }, total] = await Promise.all([
    answerOf(session, context, query, position, plans),
    isCounted(context, query) ? count(session, context, query) : undefined,
  ]);
  const page = rows.slice(0, query.count);
  const included = query.includes.length === 0 ? [] : await includedWith(session, context, query.includes, matches);
  const last = page.at(-1);
  if (rows.length > page.length && last)
    return {
      matches,
      ...scored(query, page),
      included,
      ...explained(plans),
      ...shown(total ?? (query.total === 'estimate' ? estimated(context, query, rows.length) : undefined)),
      next: signCursor(scope, positionOf(query, last)),
    };
  // A first page that holds everything shows the total without asking for it.
  return {
    matches,
    ...scored(query, page),
    included,
    ...explained(plans),
    ...shown(total ?? (position === undefined ? matches.length : undefined)),
  };
}

/** Estimates come from statistics of all that is stored: whoever may not see all is told the number itself. */
const isCounted = ({ within }: SearchContext, { total }: Query): boolean =>
  total === 'accurate' || (total === 'estimate' && within !== undefined);

async function withKnowledge(session: Session, context: SearchContext, asked: Query): Promise<Query> {
  const contained = await context.contained.recent(session);
  return lookUp(asked, { terminology: context.terminology, follow: followHierarchy(session, context), contained });
}

/** The version of a row, or what it contains. */
function versionOf({ typeNames }: SearchContext, row: PageRow): StoredVersion {
  const type = typeNames.get(row.tc) ?? '';
  if (!isContained(type)) return storedVersion(type, row);
  const container = storedVersion(typeNames.get(row.ctc ?? 0) ?? '', { ...row, id: row.cid ?? '' });
  return containedVersion(container, { type, id: row.id, rid: row.rid });
}

/** From the statistics of the database: not less than what is seen. */
const estimated = ({ statistics }: SearchContext, { conditions, types }: Query, seen: number): number =>
  Math.max(seen, Math.round(estimateAll(conditions.flatMap(conjuncts), types, statistics())));

/** The value of the order is the score. */
function scored(query: Query, page: readonly NumberedRow[]): { scores?: readonly string[] } {
  const place = columnsOf(query).findIndex(({ kind }) => kind === 'score');
  return place < 0 ? {} : { scores: page.map((row) => row[`k${place + 1}`] ?? '0') };
}

const explained = (plans: readonly string[]): { plans?: readonly string[] } => (plans.length === 0 ? {} : { plans });

const shown = (total: number | undefined): { total?: number } => (total === undefined ? {} : { total });

/** The first attempt that fills the page, or the last one. */
async function answerOf(
  session: Session,
  context: SearchContext,
  query: Query,
  position: Position | undefined,
  plans: string[],
): Promise<Answer<NumberedRow>> {
  let answer: Answer<NumberedRow> = { rows: [], versions: [] };
  for (const attempt of compilePage(context, query, position)) {
    const start = performance.now();
    answer = await timed(context.within === undefined ? attempt.plan : undefined, answerTo(session, context, query, attempt));
    if (query.explain) plans.push(await explain(session, attempt, answer.rows.length, performance.now() - start));
    if (!attempt.partial || answer.rows.length > query.count) break;
  }
  return answer;
}

const answerTo = (session: Session, context: SearchContext, { count: told }: Query, attempt: Attempt): Promise<Answer<NumberedRow>> =>
  answered<NumberedRow, PageRow>({ ...context, session }, { ...attempt, told, versionOf: (row) => versionOf(context, row) });

async function count(session: Session, context: SearchContext, query: Query): Promise<number> {
  const [row] = await timed('to count all that match', session.run<{ total: string }>(compileCount(context, query)));
  return Number(row?.total ?? 0);
}

function positionOf(query: Query, row: NumberedRow): Position {
  return { values: columnsOf(query).map((_, i) => row[`k${i + 1}`] ?? null), rid: row.rid };
}
