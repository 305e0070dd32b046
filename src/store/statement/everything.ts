/** The statements of Patient/$everything: the compartment in one index scan, then what it refers to. https://hl7.org/fhir/R4/patient-operation-everything.html */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';

export interface CompartmentFilter {
  /** Compartment token: `pat` of the patient's resources, and one of the tokens of those that belong to several patients. */
  readonly compartment: string;
  /** Type code of Patient: the person is part of the answer whatever the dates. */
  readonly patientType: number;
  readonly typeCodes?: readonly number[];
  /** AuditEvents that the server makes of its own log are left out: their type and what their ids begin with. */
  readonly log?: { readonly typeCode: number; readonly idPrefix: string };
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
  const conditions = conditionsOf(filter, bind);
  const members = membersSql(schema, ['not r.del', 'r.rid > $2::bigint', ...Object.values(conditions)].join(' and '));
  const limit = `order by m.rid limit ${bind(filter.limit)}`;
  // The limit stands inside unless the time of the version decides, so that bodies beyond it are not fetched.
  const text =
    filter.since === undefined
      ? `select ${columns} from (select * from (${members}) m ${limit}) m ${joinVersion(schema)} order by m.rid`
      : `select ${columns} from (${members}) m ${joinVersion(schema)} where v.upd >= ${bind(filter.since)}::timestamptz ${limit}`;
  const name = ['compartment', ...Object.keys(conditions), ...(filter.since === undefined ? [] : ['since'])].join('-');
  return { text, values, name };
}

const columns = 'm.rid, m.tc, m.id, v.ver, v.upd, v.method, v.body';

const joinVersion = (schema: string): string => `join ${schema}.ver v on v.rid = m.rid and v.ver = m.ver and v.sk = m.sk`;

const membersSql = (schema: string, where: string): string => `
  select r.rid, r.tc, r.id, r.ver, r.sk from ${schema}.res r where r.pat = $1::bigint and ${where}
  union
  select r.rid, r.tc, r.id, r.ver, r.sk from ${schema}.res r where r.toks @> array[$1::bigint] and ${where}`;

/** Conditions by name: the names tell one prepared statement from another. */
function conditionsOf(filter: CompartmentFilter, bind: (value: unknown) => string): Readonly<Record<string, string>> {
  const { typeCodes, log, start, end, patientType } = filter;
  const conditions: Record<string, string> = {};
  if (typeCodes) conditions['types'] = `r.tc = any(${bind(plain(typeCodes))}::smallint[])`;
  if (log) conditions['log'] = `(r.tc <> ${bind(log.typeCode)}::smallint or not starts_with(r.id, ${bind(log.idPrefix)}))`;
  if (start !== undefined) {
    conditions['start'] = `(r.tc = ${bind(patientType)}::smallint or coalesce(r.hi, 'infinity') > ${bind(start)}::timestamptz)`;
  }
  if (end !== undefined) {
    conditions['end'] = `(r.tc = ${bind(patientType)}::smallint or coalesce(r.lo, '-infinity') <= ${bind(end)}::timestamptz)`;
  }
  return conditions;
}
