/** The statements of history: versions of one resource, one type or all, by time. https://hl7.org/fhir/R4/http.html#history */
import { identifier, type Statement } from '../statement.ts';

export interface HistoryFilter {
  readonly typeCode?: number;
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
  const conditions: string[] = [];
  if (filter.typeCode !== undefined) conditions.push(`v.tc = ${bind(filter.typeCode)}`);
  if (filter.id !== undefined) conditions.push(`r.tc = v.tc and r.id = ${bind(filter.id)}`);
  if (filter.since !== undefined) conditions.push(`v.upd >= ${bind(filter.since)}::timestamptz`);
  if (filter.before !== undefined) conditions.push(`v.upd < ${bind(filter.before)}::timestamptz`);
  if (filter.at) conditions.push(...currentWithin(schema, bind(filter.at.from), bind(filter.at.to)));
  if (filter.after) {
    const { upd, rid, ver } = filter.after;
    conditions.push(
      `(v.upd, v.rid, v.ver) ${filter.ascending ? '>' : '<'} (${bind(upd)}::timestamptz, ${bind(rid)}::bigint, ${bind(ver)}::integer)`,
    );
  }
  const direction = filter.ascending ? 'asc' : 'desc';
  const text = `select r.rid, r.tc, r.id, v.ver, v.upd, v.method, v.body
from ${schema}.ver v join ${schema}.res r on r.rid = v.rid
${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
order by v.upd ${direction}, v.rid ${direction}, v.ver ${direction} limit ${bind(filter.limit)}`;
  return { text, values };
}

/** Versions that were current at some moment of the interval. */
const currentWithin = (schema: string, from: string, to: string): string[] => [
  `v.upd <= ${to}::timestamptz`,
  `not exists (select from ${schema}.ver n where n.rid = v.rid and n.ver > v.ver and n.upd <= ${from}::timestamptz)`,
];
