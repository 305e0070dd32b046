/** The statements of history: versions of one resource, one type or all, by time. https://hl7.org/fhir/R4/http.html#history */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';
import type { VersionRecord } from './read.ts';

export interface HistoryFilter {
  readonly typeCode?: number;
  /** Only together with the type. `self` is its hash. */
  readonly id?: string;
  readonly self?: string;
  readonly since?: string;
  readonly before?: string;
  readonly at?: { readonly from: string; readonly to: string };
  readonly ascending: boolean;
  /** Position of the last version already given. */
  readonly after?: { readonly upd: string; readonly rid: string; readonly ver: number };
  readonly limit: number;
  readonly typeCodes?: readonly number[];
  /** What must hold of the versions `v`; its parameters come first. Not for one instance. */
  readonly within?: { readonly text: string; readonly values: readonly unknown[] };
}

/** Whether a version stands is told as well: by the number of the one that does, and by whether that is a deletion. */
export interface HistoryRecord extends VersionRecord {
  readonly cur: number;
  readonly del: boolean;
}

/** Newest first unless ascending; ties of time are broken by row and version, so that pages neither repeat nor skip. */
export function history(schemaName: string, filter: HistoryFilter): Statement {
  const schema = identifier(schemaName);
  const { within } = filter;
  const values: unknown[] = [...(within?.values ?? [])];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const { columns, from } = sourceOf(schema, filter);
  const conditions = Object.entries(conditionsOf(schema, filter, bind)).filter(([, sql]) => sql !== undefined);
  const where = conditions.length === 0 ? '' : `where ${conditions.map(([, sql]) => sql).join(' and ')}`;
  const direction = filter.ascending ? 'asc' : 'desc';
  const order = orderOf(filter).map((column) => `${column} ${direction}`);
  const standing = within === undefined ? '' : ', r.ver as cur, r.del';
  const text = `select ${columns}, v.ver, v.upd, v.method, v.body${standing} from ${from}
${where} order by ${order.join(', ')} limit ${bind(filter.limit)}`;
  if (within !== undefined) return { text, values };
  return { text, values, name: `history-${conditions.map(([name]) => name).join('-')}-${direction}` };
}

/** The row of one instance is looked up first, so that its versions come straight from their index. */
const sourceOf = (schema: string, { id }: HistoryFilter): { columns: string; from: string } =>
  id === undefined
    ? { columns: 'r.rid, r.tc, r.id', from: `${schema}.ver v join ${schema}.res r on r.rid = v.rid` }
    : { columns: 'v.rid, v.tc, $2::text as id', from: `${schema}.ver v` };

/** Versions of one instance are numbered in the order of their times. */
const orderOf = ({ id }: HistoryFilter): readonly string[] => (id === undefined ? ['v.upd', 'v.rid', 'v.ver'] : ['v.ver']);

type Bind = (value: unknown) => string;

/** Each condition under a name of its own: the names tell one prepared statement from another. */
function conditionsOf(schema: string, filter: HistoryFilter, bind: Bind): Readonly<Record<string, string | undefined>> {
  const { typeCode, typeCodes, id, self, since, before, at, after, within } = filter;
  return {
    within: within === undefined ? undefined : within.text,
    types: typeCodes === undefined ? undefined : `v.tc = any(${bind(plain(typeCodes))}::smallint[])`,
    type: typeCode === undefined ? undefined : `v.tc = ${bind(typeCode)}`,
    id:
      id === undefined
        ? undefined
        : `v.rid = (select r.rid from ${schema}.res r where r.tc = $1 and r.id = ${bind(id)} and r.self = ${bind(self)}::bigint)`,
    since: since === undefined ? undefined : `v.upd >= ${bind(since)}::timestamptz`,
    before: before === undefined ? undefined : `v.upd < ${bind(before)}::timestamptz`,
    at: at === undefined ? undefined : currentWithin(schema, bind(at.from), bind(at.to)),
    after: after === undefined ? undefined : behind(filter, bind, after),
  };
}

function behind({ ascending, id }: HistoryFilter, bind: Bind, { upd, rid, ver }: NonNullable<HistoryFilter['after']>): string {
  const sign = ascending ? '>' : '<';
  if (id !== undefined) return `v.ver ${sign} ${bind(ver)}::integer`;
  return `(v.upd, v.rid, v.ver) ${sign} (${bind(upd)}::timestamptz, ${bind(rid)}::bigint, ${bind(ver)}::integer)`;
}

/** Versions that were current at some moment of the interval. */
const currentWithin = (schema: string, from: string, to: string): string =>
  `v.upd <= ${to}::timestamptz and not exists (
    select from ${schema}.ver n where n.rid = v.rid and n.ver > v.ver and n.upd <= ${from}::timestamptz)`;
