/** The statements of Patient/$everything: the compartment in one index scan, then what it refers to. https://hl7.org/fhir/R4/patient-operation-everything.html */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';

export interface CompartmentFilter {
  /** Compartment token: `pat` of the patient's resources, and one of the tokens of those that belong to several patients. */
  readonly compartment: string;
  /** Type code of Patient: the person is part of the answer whatever the dates. */
  readonly patientType: number;
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
  const values: unknown[] = [filter.compartment, filter.after];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = ['not r.del', 'r.rid > $2::bigint'];
  if (filter.typeCodes) conditions.push(`r.tc = any(${bind(plain(filter.typeCodes))}::smallint[])`);
  if (filter.start !== undefined || filter.end !== undefined) {
    const start = filter.start === undefined ? 'true' : `coalesce(r.hi, 'infinity') > ${bind(filter.start)}::timestamptz`;
    const end = filter.end === undefined ? 'true' : `coalesce(r.lo, '-infinity') <= ${bind(filter.end)}::timestamptz`;
    conditions.push(`(r.tc = ${bind(filter.patientType)} or ${start} and ${end})`);
  }
  const where = conditions.join(' and ');
  const since = filter.since === undefined ? '' : `where v.upd >= ${bind(filter.since)}::timestamptz`;
  const limit = bind(filter.limit);
  const text = `select m.rid, m.tc, m.id, v.ver, v.upd, v.method, v.body from (
  select r.rid, r.tc, r.id, r.ver, r.sk from ${schema}.res r where r.pat = $1::bigint and ${where}
  union
  select r.rid, r.tc, r.id, r.ver, r.sk from ${schema}.res r where r.toks @> array[$1::bigint] and ${where}
) m join ${schema}.ver v on v.rid = m.rid and v.ver = m.ver and v.sk = m.sk ${since} order by m.rid limit ${limit}`;
  return { text, values };
}
