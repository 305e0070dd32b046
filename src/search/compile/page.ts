/**
 * A Query as SQL: an inner query over the narrow rows finds and orders one page, a lateral look-up fetches its bodies.
 * https://hl7.org/fhir/R4/search.html
 */
import type { Statement } from '../../store/statement.ts';
import type { Condition } from '../condition.ts';
import { containerKey, isContained } from '../contained/type.ts';
import { hash64 } from '../hash.ts';
import { behindSql, columnsOf, type OrderColumn, orderSql, type Position } from '../order.ts';
import type { Statistics } from '../plan/statistics.ts';
import { type Walk, walkOf } from '../plan/walk.ts';
import type { Query } from '../query.ts';
import { schemaSql, values } from '../sql.ts';
import { ranking } from '../text/ranking.ts';
import { chooseDriver, type Driver, sourceSql } from './driver.ts';
import { type Building, type Row, rowOf } from './row.ts';
import { walkSql } from './walk.ts';
import { rankedFrom, rankedScore } from './words.ts';

export interface CompileContext {
  /** Schema of the tenant. */
  readonly schema: string;
  readonly typeCodes: ReadonlyMap<string, number>;
  /** Of this moment. */
  readonly statistics: () => Statistics;
}

/** What the statements of `compilePage` answer; `k1` … `kn` are the values of the order. */
export interface PageRow {
  readonly rid: string;
  readonly tc: number;
  readonly id: string;
  readonly ver: number;
  readonly upd: string;
  readonly method: number;
  readonly body: string;
  /** Of what contains it, where the row is that of a contained resource. */
  readonly ctc?: number;
  readonly cid?: string;
  readonly [sortValue: `k${number}`]: string | null;
}

/** A row of which only the version is told: a PageRow without what that version says of itself. */
export type NumberedRow = Pick<PageRow, 'rid' | 'ver'> & { readonly [sortValue: `k${number}`]: string | null };

/** One way to a page. */
export interface Attempt {
  readonly statement: () => Statement;
  /** The same page in rows of NumberedRow, for whoever is likely to know the versions; absent for contained resources. */
  readonly numbers?: () => Statement;
  /** The rows are the page only if there are as many as the page and one more; otherwise the next attempt has to be made. */
  readonly partial: boolean;
  /** In words, for those who ask how a search is run. */
  readonly plan: string;
}

export function begin(context: CompileContext, offset = 0): Building & { readonly list: unknown[] } {
  const { bind, list } = values(offset);
  let aliases = 0;
  return {
    schema: schemaSql(context.schema),
    bind,
    list,
    typeCodes: context.typeCodes,
    statistics: context.statistics(),
    sourceSql,
    fresh: (letter) => `${letter}${++aliases}`,
  };
}

/** The current resources that match, at most `limit`, as a select of (rid, id, tc): a member for a UNION ALL of many searches. */
export function matchesFragment(context: CompileContext, query: Query, limit: number, offset: number): Statement {
  const building = begin(context, offset);
  const row = rowOf(building, query.types);
  const source = sourceSql(query.conditions, row);
  return {
    text: `(select ${row.alias}.rid, ${row.alias}.id, ${row.alias}.tc from ${source} limit ${building.bind(limit)})`,
    values: building.list,
  };
}

/** How many match: one row {total} with a decimal text. */
export function compileCount(context: CompileContext, query: Query): Statement {
  const building = begin(context);
  const source = sourceSql(query.conditions, rowOf(building, query.types));
  return named(query.conditions, `select count(*)::text as total from ${source}`, building.list);
}

/** Shapes with more conditions are asked too seldom to be remembered. */
const mostNamed = 5;
/** Shapes that are remembered by the server's connections: each costs memory in every one of them. */
const mostShapes = 500;
const shapes = new Set<string>();

/** The plan is chosen by the shape of the text, so that PostgreSQL plans each shape once. */
export function named(conditions: readonly Condition[], text: string, list: readonly unknown[]): Statement {
  const name = `search-${hash64(text)}`;
  if (conditions.length > mostNamed || (!shapes.has(name) && shapes.size >= mostShapes)) return { text, values: list };
  shapes.add(name);
  return { text, values: list, name };
}

/** One page in order, with bodies, and one row more when there is another page: rows of PageRow. The next attempt is made when it is asked for. */
export function* compilePage(context: CompileContext, query: Query, position: Position | undefined): Generator<Attempt, void> {
  const columns = columnsOf(query);
  const probe = { types: query.types, statistics: context.statistics() } as Row;
  const driver = chooseDriver(query.conditions, probe);
  const walk = walkOf(query, columns, driver, probe.statistics);
  if (walk) yield walked(context, query, walk, position);
  if (walk && walk.limit === undefined) return;
  yield driven(context, query, driver, position);
}

/** Contained resources have the version of what contains them, which their rows refer to; all others have their own. */
function withContainers({ schema, bind }: Building, inner: string, columns: readonly OrderColumn[], keys: string): string {
  const own = 'select m.rid, m.sk, m.ver, m.tc, m.id where m.rid > 0';
  const tokens = `select i.toks from ${schema}.res i where m.rid < 0 and i.rid = m.rid and i.sk = m.sk offset 0`;
  const container = `select * from ${schema}.res i where i.self = w.k # ${bind(containerKey)}::bigint and i.rid > 0 and not i.del offset 0`;
  const containers = `select i.rid, i.sk, i.ver, i.tc, i.id from (${tokens}) t cross join lateral unnest(t.toks) w(k) cross join lateral (${container}) i`;
  return `select m.rid, m.tc, m.id, c.tc as ctc, c.id as cid, v.ver, v.upd, v.method, v.body${keys} from (${inner}) m
cross join lateral (${own} union all ${containers}) c
cross join lateral (select * from ${schema}.ver i where i.rid = c.rid and i.ver = c.ver and i.sk = c.sk offset 0) v order by ${orderSql(columns, 'm')}`;
}

/** Bodies are looked up one by one, by their key: never by a join that reads more. */
function withBodies(building: Building, { types }: Query, inner: string, columns: readonly OrderColumn[]): string {
  const keys = keysOf(columns);
  if (types.some(isContained)) return withContainers(building, inner, columns, keys);
  return `select m.rid, m.tc, m.id, v.ver, v.upd, v.method, v.body${keys} from (${inner}) m
cross join lateral (select * from ${building.schema}.ver i where i.rid = m.rid and i.ver = m.ver and i.sk = m.sk offset 0) v order by ${orderSql(columns, 'm')}`;
}

/** The order of the page holds for what it is found by as well as for what is looked up by it. */
function numbersOf({ types }: Query, inner: string, columns: readonly OrderColumn[]): string | undefined {
  if (types.some(isContained)) return undefined;
  return `select m.rid, m.ver${keysOf(columns)} from (${inner}) m order by ${orderSql(columns, 'm')}`;
}

const keysOf = (columns: readonly OrderColumn[]): string => columns.map((_, i) => `, m.k${i + 1}::text as k${i + 1}`).join('');

type Statements = Pick<Attempt, 'statement' | 'numbers'>;

function statementsOf(
  building: Building & { readonly list: unknown[] },
  query: Query,
  inner: string,
  columns: readonly OrderColumn[],
): Statements {
  const numbers = numbersOf(query, inner, columns);
  return {
    statement: () => named(query.conditions, withBodies(building, query, inner, columns), building.list),
    ...(numbers === undefined ? {} : { numbers: () => named(query.conditions, numbers, building.list) }),
  };
}

function walked(context: CompileContext, query: Query, walk: Walk, position: Position | undefined): Attempt {
  const building = begin(context);
  const inner = walkSql(building, query, walk, position);
  return {
    ...statementsOf(building, query, inner, columnsOf(query)),
    partial: walk.limit !== undefined,
    plan: `${walk.within ? 'by patient, ' : ''}in the order of the ${walk.by === 'date' ? 'date' : 'update'}, ${walk.limit === undefined ? 'as far as needed' : 'the first rows only'}`,
  };
}

/** Where the words lead to the rows and the best come first, texts are ranked before their rows are looked at. */
function ranked(query: Query, driver: Driver, columns: readonly OrderColumn[], position: Position | undefined) {
  const [first, ...others] = columns;
  const { condition } = driver;
  if (first?.kind !== 'score' || condition?.kind !== 'words') return { driver, columns };
  const from: Driver['from'] = (row) => rankedFrom(condition, ranking(query.conditions), position?.values[0] ?? undefined, row);
  return { driver: { ...driver, from }, columns: [{ ...first, expression: () => rankedScore }, ...others] };
}

/** Any order: the values of the order are computed for every match, then the first are taken. */
function driven(context: CompileContext, query: Query, chosen: Driver, position: Position | undefined): Attempt {
  const building = begin(context);
  const { driver, columns } = ranked(query, chosen, columnsOf(query), position);
  const row = rowOf(building, query.types);
  const source = sourceSql(query.conditions, row, driver);
  const keys = columns.map((column, i) => `, ${column.expression(row)} as k${i + 1}`).join('');
  const behind = position ? ` where ${behindSql(columns, position, 'q', building.bind)}` : '';
  const { alias } = row;
  const select = `select ${alias}.rid, ${alias}.sk, ${alias}.ver, ${alias}.tc, ${alias}.id${keys} from ${source}`;
  // The fence keeps the planner from looking a value up again for each comparison with the position.
  const inner = `select q.* from (${select}${position ? ' offset 0' : ''}) q${behind} order by ${orderSql(columns, 'q')} limit ${building.bind(query.count + 1)}`;
  return { ...statementsOf(building, query, inner, columns), partial: false, plan: `all that match by ${driver.name}, then sorted` };
}
