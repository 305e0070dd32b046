/**
 * A Query as SQL: an inner query over the narrow rows finds and orders one page, an outer join fetches its bodies.
 * https://hl7.org/fhir/R4/search.html
 */
import { bucketOf } from '../fhir/id.ts';
import type { Statement } from '../store/statement.ts';
import { conjunction, readsVersion } from './compile-condition.ts';
import type { Condition } from './condition.ts';
import { compartmentToken } from './extract.ts';
import { hash64 } from './hash.ts';
import { behindSql, type OrderColumn, orderOf, orderSql, type Position, ridDescends } from './order.ts';
import type { Query } from './query.ts';
import { type Bind, schemaSql, values } from './sql.ts';

export interface CompileContext {
  /** Schema of the tenant. */
  readonly schema: string;
  readonly typeCodes: ReadonlyMap<string, number>;
}

/** What the statement of `compilePage` answers; `k1` … `kn` are the values of the order. */
export interface PageRow {
  readonly rid: string;
  readonly id: string;
  readonly ver: number;
  readonly upd: string;
  readonly method: number;
  readonly body: string;
  readonly [sortValue: `k${number}`]: string | null;
}

interface Building {
  readonly schema: string;
  readonly bind: Bind;
  readonly typeCode: string;
  readonly query: Query;
}

const conditionsOf = (query: Query): readonly Condition[] => query.filters.map(({ condition }) => condition);

/** The patient that every match must have as its primary one. */
function knownPatient(query: Query): string | undefined {
  for (const condition of conditionsOf(query)) if (condition.kind === 'tokens' && condition.patient !== undefined) return condition.patient;
  return undefined;
}

/**
 * The rows among which the conditions are tested: of one patient, fenced so that the planner neither joins nor guesses,
 * or of the whole type. Aliases as in compile-condition.
 */
function sourceSql({ schema, bind, typeCode, query }: Building): string {
  const patient = knownPatient(query);
  const version = conditionsOf(query).some(readsVersion) || query.sort.some(({ column }) => column.kind === 'updated');
  const join = version ? ` join ${schema}.ver u on u.rid = r.rid and u.ver = r.ver and u.sk = r.sk` : '';
  if (patient === undefined) return `${schema}.res r${join} where r.tc = ${typeCode} and not r.del`;
  const fence = `sk = ${bind(bucketOf(patient))} and tc = ${typeCode} and pat = ${bind(compartmentToken(patient))}::bigint`;
  return `(select * from ${schema}.res where ${fence} and not del offset 0) r${join} where true`;
}

const andAll = (conditions: readonly string[]): string => conditions.map((each) => ` and ${each}`).join('');

function begin(context: CompileContext, query: Query, offset = 0): Building & { readonly list: unknown[] } {
  const { bind, list } = values(offset);
  const typeCode = context.typeCodes.get(query.type);
  // A type without a code has no resources: no row has the code -1.
  return { schema: schemaSql(context.schema), bind, list, typeCode: String(typeCode ?? -1), query };
}

const whereSql = (building: Building): string => sourceSql(building) + andAll(conjunction(conditionsOf(building.query), building));

/** The current resources that match, at most `limit`, as a select of (rid, id, tc): a member for a UNION ALL of many searches. */
export function matchesFragment(context: CompileContext, query: Query, limit: number, offset: number): Statement {
  const building = begin(context, query, offset);
  const where = whereSql(building);
  return { text: `(select r.rid, r.id, r.tc from ${where} limit ${building.bind(limit)})`, values: building.list };
}

/** How many match: one row {total} with a decimal text. */
export function compileCount(context: CompileContext, query: Query): Statement {
  const building = begin(context, query);
  return prepared(query, `select count(*)::text as total from ${whereSql(building)}`, building.list);
}

const mostPrepared = 4;

/**
 * Searches within one patient by tokens have one good plan whatever the values: they are planned once for each shape.
 * All others are planned with their values, since a common token wants another plan than a rare one.
 */
function prepared(query: Query, text: string, list: readonly unknown[]): Statement {
  const conditions = conditionsOf(query);
  const isPlain = conditions.length <= mostPrepared && conditions.every(({ kind }) => kind === 'tokens');
  const isByDate = query.sort.every(({ column }) => column.kind === 'date');
  const isFenced = knownPatient(query) !== undefined;
  return isFenced && isPlain && isByDate && query.sort.length <= 1
    ? { text, values: list, name: `search-${hash64(text)}` }
    : { text, values: list };
}

/** Newest first, by the index on type and date, when nothing else is asked for. */
const newestFirst: OrderColumn = { expression: 'r.lo', type: 'timestamptz', descending: true, nullable: true };

export const columnsOf = (query: Query, schema: string): readonly OrderColumn[] =>
  query.sort.length === 0 ? [newestFirst] : orderOf(query, schema);

/** One page in order, with bodies, and one row more when there is another page: rows of PageRow. */
export function compilePage(context: CompileContext, query: Query, position: Position | undefined): Statement {
  const building = begin(context, query);
  const columns = columnsOf(query, building.schema);
  const limit = building.bind(query.count + 1);
  const inner = runsByDate(query, columns)
    ? dateOrdered(building, columns[0] as OrderColumn, position, limit)
    : ordered(building, columns, position, limit);
  const keys = columns.map((_, i) => `, m.k${i + 1}::text as k${i + 1}`).join('');
  const text = `select m.rid, m.id, v.ver, v.upd, v.method, v.body${keys} from (${inner}) m
join ${building.schema}.ver v on v.rid = m.rid and v.ver = m.ver and v.sk = m.sk order by ${orderSql(columns, 'm')}`;
  return prepared(query, text, building.list);
}

/**
 * Whether the index on type and date gives the order. Not where the matches are few: those of one patient, or found by text, number
 * or id. They are all taken and sorted, which is cheaper to plan and to run than looking for them in the order of their dates.
 */
function runsByDate(query: Query, columns: readonly OrderColumn[]): boolean {
  const isNarrow = conditionsOf(query).some(({ kind }) => kind === 'text' || kind === 'number' || kind === 'id');
  return columns.length === 1 && columns[0]?.expression === 'r.lo' && !isNarrow && knownPatient(query) === undefined;
}

/** Any order: the values of the order are computed for every match, then the first are taken. */
function ordered(building: Building, columns: readonly OrderColumn[], position: Position | undefined, limit: string): string {
  const keys = columns.map(({ expression }, i) => `, ${expression} as k${i + 1}`).join('');
  const where = whereSql(building);
  const behind = position ? ` where ${behindSql(columns, position, 'q', building.bind)}` : '';
  return `select q.* from (select r.rid, r.sk, r.ver, r.id${keys} from ${where}) q${behind} order by ${orderSql(columns, 'q')} limit ${limit}`;
}

/**
 * Ordered by the date of the row: first the rows that have one, straight from the index (an order with NULLS LAST could not use it),
 * then those without; the second part runs only when the first does not fill the page.
 */
function dateOrdered(building: Building, { descending }: OrderColumn, position: Position | undefined, limit: string): string {
  const { bind } = building;
  const where = whereSql(building);
  const way = ridDescends([{ descending }]) ? 'desc' : 'asc';
  const sign = descending ? '<' : '>';
  const last = position?.values[0] ?? undefined;
  const select = `select r.rid, r.sk, r.ver, r.id, r.lo as k1 from ${where}`;
  const inDated = position === undefined || last !== undefined;
  const afterDated =
    last === undefined || !position ? '' : ` and (r.lo, r.rid) ${sign} (${bind(last)}::timestamptz, ${bind(position.rid)}::bigint)`;
  const afterUndated = inDated ? '' : ` and r.rid ${sign} ${bind(position.rid)}::bigint`;
  const dated = `(${select} and r.lo is not null${afterDated} order by r.lo ${way}, r.rid ${way} limit ${limit})`;
  const undated = `(${select} and r.lo is null${afterUndated} order by r.rid ${way} limit ${limit})`;
  return inDated ? `${dated} union all ${undated} limit ${limit}` : undated;
}
