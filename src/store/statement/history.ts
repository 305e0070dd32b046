/** The statements of history: versions of one resource, one type or all, by time. https://hl7.org/fhir/R4/http.html#history */
import { identifier, type Statement } from '../statement.ts';

export interface HistoryFilter {
  readonly typeCode?: number;
  /** Only together with the type. */
  readonly id?: string;
  readonly since?: string;
  readonly before?: string;
  readonly at?: { readonly from: string; readonly to: string };
  readonly ascending: boolean;
  /** Position of the last version already given. */
  readonly after?: { readonly upd: string; readonly rid: string; readonly ver: number };
  readonly limit: number;
}

/** Newest first unless ascending; ties of time are broken by row and version, so that pages neither repeat nor skip. */
export function history(schemaName: string, filter: HistoryFilter): Statement {
  const schema = identifier(schemaName);
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = Object.entries(conditionsOf(schema, filter, bind)).filter(([, sql]) => sql !== undefined);
  const where = conditions.length === 0 ? '' : `where ${conditions.map(([, sql]) => sql).join(' and ')}`;
  const direction = filter.ascending ? 'asc' : 'desc';
  const text = `select r.rid, r.tc, r.id, v.ver, v.upd, v.method, v.body
from ${schema}.ver v join ${schema}.res r on r.rid = v.rid
${where} order by v.upd ${direction}, v.rid ${direction}, v.ver ${direction} limit ${bind(filter.limit)}`;
  return { text, values, name: `history-${conditions.map(([name]) => name).join('-')}-${direction}` };
}

type Bind = (value: unknown) => string;

/** Each condition under a name of its own: the names tell one prepared statement from another. */
function conditionsOf(schema: string, filter: HistoryFilter, bind: Bind): Readonly<Record<string, string | undefined>> {
  const { typeCode, id, since, before, at, after } = filter;
  return {
    type: typeCode === undefined ? undefined : `v.tc = ${bind(typeCode)}`,
    id: id === undefined ? undefined : `r.tc = v.tc and r.tc = $1 and r.id = ${bind(id)}`,
    since: since === undefined ? undefined : `v.upd >= ${bind(since)}::timestamptz`,
    before: before === undefined ? undefined : `v.upd < ${bind(before)}::timestamptz`,
    at: at === undefined ? undefined : currentWithin(schema, bind(at.from), bind(at.to)),
    after: after === undefined ? undefined : behind(filter, bind, after),
  };
}

const behind = ({ ascending }: HistoryFilter, bind: Bind, { upd, rid, ver }: NonNullable<HistoryFilter['after']>): string =>
  `(v.upd, v.rid, v.ver) ${ascending ? '>' : '<'} (${bind(upd)}::timestamptz, ${bind(rid)}::bigint, ${bind(ver)}::integer)`;

/** Versions that were current at some moment of the interval. */
const currentWithin = (schema: string, from: string, to: string): string =>
  `v.upd <= ${to}::timestamptz and not exists (
    select from ${schema}.ver n where n.rid = v.rid and n.ver > v.ver and n.upd <= ${from}::timestamptz)`;
