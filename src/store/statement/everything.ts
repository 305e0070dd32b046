/** The statements of Patient/$everything: the compartment in one index scan, then what it refers to. https://hl7.org/fhir/R4/patient-operation-everything.html */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';

export interface CompartmentFilter {
  /** Hash of the compartment patient. */
  readonly patient: string;
  /** Compartment token, carried by resources that belong to several patients. */
  readonly token: string;
  readonly typeCodes?: readonly number[];
  readonly since?: string;
  /** Clinical dates; resources without any are always in. */
  readonly start?: string;
  readonly end?: string;
  /** Row number after which to go on. */
  readonly after: string;
  readonly limit: number;
}

/** Members of the compartment in the order of their row numbers. */
export function compartment(schemaName: string, filter: CompartmentFilter): Statement {
  const schema = identifier(schemaName);
  const values: unknown[] = [filter.patient, filter.token, filter.after];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['not r.del', 'r.rid > $3::bigint'];
  if (filter.typeCodes) conditions.push(`r.tc = any(${bind(plain(filter.typeCodes))}::smallint[])`);
  if (filter.start !== undefined) conditions.push(`(r.hi is null and r.lo is null or coalesce(r.hi, 'infinity') >= ${bind(filter.start)}::timestamptz)`);
  if (filter.end !== undefined) conditions.push(`(r.lo is null or r.lo <= ${bind(filter.end)}::timestamptz)`);
  const where = conditions.join(' and ');
  const since = filter.since === undefined ? '' : `where v.upd >= ${bind(filter.since)}::timestamptz`;
  const limit = bind(filter.limit);
  const text = `select m.rid, m.tc, m.id, v.ver, v.upd, v.method, v.body from (
  select r.rid, r.tc, r.id, r.ver, r.sk from ${schema}.res r where r.pat = $1::bigint and ${where}
  union
  select r.rid, r.tc, r.id, r.ver, r.sk from ${schema}.res r where r.toks @> array[$2::bigint] and ${where}
) m join ${schema}.ver v on v.rid = m.rid and v.ver = m.ver and v.sk = m.sk ${since} order by m.rid limit ${limit}`;
  return { text, values };
}
