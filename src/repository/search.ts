/** Runs a search: one page of current resources, a total where it was asked for, and the link to go on. https://hl7.org/fhir/R4/search.html */
import { refusal } from '../fhir/outcome.ts';
import { type CompileContext, compileCount, compilePage, type PageRow } from '../search/compile/page.ts';
import { columnsOf, type Position } from '../search/order.ts';
import { signCursor, verifyCursor } from '../search/page.ts';
import type { Query } from '../search/query.ts';
import { type Session, sqlState } from '../store/database.ts';
import { explain } from './explain.ts';
import type { SearchPage } from './repository.ts';
import { storedVersion } from './stored-version.ts';

export interface SearchContext extends CompileContext {
  /** Signs page links. */
  readonly secret: string;
  readonly principalId: string;
  readonly typeNames: ReadonlyMap<number, string>;
}

export async function searchWith(session: Session, context: SearchContext, query: Query): Promise<SearchPage> {
  if (query.summary === 'count') return { matches: [], total: await count(session, context, query) };
  const scope = { secret: context.secret, principalId: context.principalId, query };
  const position = query.after === undefined ? undefined : verifyCursor(scope, query.after);
  const plans: string[] = [];
  const [rows, total] = await Promise.all([
    pageRows(session, context, query, position, plans),
    query.total === 'none' ? undefined : count(session, context, query),
  ]);
  const page = rows.slice(0, query.count);
  const matches = page.map((row) => storedVersion(context.typeNames.get(row.tc) ?? '', row));
  const last = page.at(-1);
  if (rows.length > page.length && last)
    return { matches, ...explained(plans), ...known(total), next: signCursor(scope, positionOf(query, last)) };
  // A first page that holds everything shows the total without asking for it.
  return { matches, ...explained(plans), ...known(total ?? (position === undefined ? matches.length : undefined)) };
}

const explained = (plans: readonly string[]): { plans?: readonly string[] } => (plans.length === 0 ? {} : { plans });

const known = (total: number | undefined): { total?: number } => (total === undefined ? {} : { total });

/** The first attempt that fills the page, or the last one. */
async function pageRows(
  session: Session,
  context: SearchContext,
  query: Query,
  position: Position | undefined,
  plans: string[],
): Promise<PageRow[]> {
  let rows: PageRow[] = [];
  for (const attempt of compilePage(context, query, position)) {
    const start = performance.now();
    rows = await timed(attempt.plan, session.run<PageRow>(attempt.statement));
    if (query.explain) plans.push(await explain(session, attempt, rows.length, performance.now() - start));
    if (!attempt.partial || rows.length > query.count) break;
  }
  return rows;
}

/** Told by the search itself, which knows what would be cheaper. */
const timed = <T>(plan: string, answer: Promise<T>): Promise<T> =>
  answer.catch((fault: unknown) => {
    if (sqlState(fault) !== timeout) throw fault;
    const text = `The search takes longer than this server allows (it was run ${plan}): add a patient, a code or a narrower date, or leave out _sort and _total=accurate.`;
    throw refusal('too-costly', text, { status: 400 });
  });

/** query_canceled: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const timeout = '57014';

async function count(session: Session, context: SearchContext, query: Query): Promise<number> {
  const [row] = await timed('to count all that match', session.run<{ total: string }>(compileCount(context, query)));
  return Number(row?.total ?? 0);
}

function positionOf(query: Query, row: PageRow): Position {
  return { values: columnsOf(query).map((_, i) => row[`k${i + 1}`] ?? null), rid: row.rid };
}
