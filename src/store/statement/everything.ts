/**
 * The statements of $everything: the compartments of some patients together with what points at them from outside, what points at
 * resources that were found, and versions by number. https://hl7.org/fhir/R4/patient-operation-everything.html
 */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';
import type { VersionRecord } from './read.ts';
import { isTarget, type Target, targetsSql, targetValues } from './target.ts';

/** Why a row was found: in a compartment, by an element that is known to point at a patient, by any other, or as another's Patient.link. */
export const found = { member: 0, pointing: 1, mentioning: 2, linking: 3 } as const;

export interface MemberRecord extends Omit<VersionRecord, 'upd' | 'method'> {
  /** Compartment token of the patient whose record the row is in; '0' = of none. */
  readonly pat: string;
  readonly found: number;
  /** Whether it carries one of the marks of its type; null where it has none, absent where nothing is marked. */
  readonly marked?: boolean | null;
  /** Whether there are Provenances that are in nobody's compartment. */
  readonly loose: boolean;
  /** Absent, with the body, for rows behind the first ones. */
  readonly upd: string | null;
  readonly method: number | null;
}

/** Tokens that are to be told of rows of some types. */
export interface Marks {
  readonly typeCodes: readonly number[];
  /** Of each type. */
  readonly tokens: readonly (readonly string[])[];
}

/** Tokens of the patients, and what is looked for by them. */
export interface MemberFilter {
  /** Compartment tokens: `pat` of the patients' resources, and a token of those that belong to several patients. */
  readonly compartments: readonly string[];
  /** Tokens of a reference in any element. */
  readonly references: readonly string[];
  /** Tokens of references by the elements that point at a patient. */
  readonly pointing: readonly string[];
  /** Tokens of Patient.link. */
  readonly links: readonly string[];
  /** Types that hold copies of other resources: a reference in them says nothing of themselves. */
  readonly holders: readonly number[];
  readonly patientType: number;
  readonly provenanceType: number;
  /** Types whose dates are not those of care: they are part of the answer whatever the dates. */
  readonly undated: readonly number[];
  /** Types whose date of care does not stand in their rows, and the keys under which it does. */
  readonly datedApart: { readonly typeCodes: readonly number[]; readonly keys: readonly string[] };
  readonly typeCodes?: readonly number[];
  /** AuditEvents that the server makes of its own log are left out: their type and what their ids begin with. */
  readonly log?: { readonly typeCode: number; readonly idPrefix: string };
  /** Clinical dates; resources without any are always in. */
  readonly start?: string;
  readonly end?: string;
  /** So many rows come with their bodies. */
  readonly bodies: number;
  readonly marks?: Marks;
}

const columns = 'r.rid, r.tc, r.id, r.ver, r.pat';

/** The version of a row by its key, whatever the planner thinks of how many rows there are. */
export const versionSql = (schema: string, row: string): string =>
  `select v.ver, v.upd, v.method, v.body from ${schema}.ver v where v.rid = ${row}.rid and v.ver = ${row}.ver`;

const withVersion = (schema: string): string => `cross join lateral (${versionSql(schema, 'r')} offset 0) v`;

export type Bind = (value: unknown) => string;

/** Joins the marks of the type to rows `r`, and whether one of them is there. */
function marksSql(marks: Marks | undefined, bind: Bind): { readonly column: string; readonly join: string } {
  if (marks === undefined) return { column: '', join: '' };
  const [codes, tokens] = [bind(plain(marks.typeCodes)), bind(marks.tokens.map(plain))];
  const join = `left join (select tc, toks::bigint[] as toks from unnest(${codes}::smallint[], ${tokens}::text[]) as u(tc, toks)) k on k.tc = r.tc`;
  return { column: ', r.toks && k.toks as marked', join };
}

/** A set of rows `c` as text, its parameters, and what names the statement. */
export interface MemberRows {
  readonly text: string;
  readonly values: unknown[];
  readonly bind: Bind;
  readonly isMarked: boolean;
  readonly names: readonly string[];
}

/** `$1` are the compartments, `$6` is the type of patients, `$7` that of Provenances, `$8` how many rows come with bodies. */
export function memberRows(schema: string, filter: MemberFilter): MemberRows {
  const { compartments, references, pointing, links, holders, patientType, provenanceType, bodies } = filter;
  const values: unknown[] = [
    plain(compartments),
    plain([...compartments, ...references]),
    plain(pointing),
    plain(links),
    plain(holders),
    patientType,
    provenanceType,
    bodies,
  ];
  const bind: Bind = (value) => `$${values.push(value)}`;
  const conditions = conditionsOf(schema, filter, bind);
  const marked = marksSql(filter.marks, bind);
  const where = ['not r.del', ...Object.values(conditions)].join(' and ');
  const isMarked = filter.marks !== undefined;
  return {
    text: membersSql(schema, where, marked),
    ...{ values, bind, isMarked, names: [...Object.keys(conditions), ...(isMarked ? ['marked'] : [])] },
  };
}

/** Patients first, then in the order of row numbers. */
export const numberedRows = (rows: string): string =>
  `(select c.*, row_number() over (order by c.tc <> $6::smallint, c.rid) as n from (${rows}) c) m`;

/** There are Provenances in nobody's compartment. */
export const looseProvenances = (schema: string): string =>
  `exists (select from ${schema}.res r where r.pat = 0 and r.tc = $7::smallint and not r.del)`;

/** Versions of the first rows `m`, as many as come with bodies. */
export const firstVersions = (schema: string): string =>
  `left join lateral (${versionSql(schema, 'm')} and m.n <= $8::integer offset 0) v on true`;

/** All in one statement. */
export function membersOf(schemaName: string, filter: MemberFilter): Statement {
  const schema = identifier(schemaName);
  const { text: rows, values, isMarked, names } = memberRows(schema, filter);
  const text = `
select m.rid, m.tc, m.id, m.ver, m.pat, m.found${isMarked ? ', m.marked' : ''}, v.upd, v.method, v.body, ${looseProvenances(schema)} as loose
from ${numberedRows(rows)}
${firstVersions(schema)}
order by m.n`;
  return { text, values, name: ['members', ...names].join('-') };
}

const membersSql = (schema: string, where: string, { column, join }: ReturnType<typeof marksSql>): string => `
  select ${columns}, ${found.member} as found${column} from ${schema}.res r ${join} where r.pat = any($1::bigint[]) and ${where}
  union all
  select ${columns}, case when r.toks && $1::bigint[] then ${found.member} when r.toks && $3::bigint[] then ${found.pointing}
    when r.tc = $6::smallint then ${found.linking} else ${found.mentioning} end${column}
  from (select * from ${schema}.res t where t.toks && $2::bigint[] offset 0) r ${join}
  where r.pat <> all($1::bigint[]) and ${where}
    and (r.toks && $1::bigint[] or r.toks && $3::bigint[] or (r.pat = 0 and r.tc <> all($5::smallint[]))
      or (r.tc = $6::smallint and r.toks && $4::bigint[]))`;

/** Conditions by name: the names tell one prepared statement from another. */
function conditionsOf(schema: string, filter: MemberFilter, bind: Bind): Readonly<Record<string, string>> {
  const { typeCodes, log, start, end, undated } = filter;
  const conditions: Record<string, string> = {};
  if (typeCodes) conditions['types'] = `r.tc = any(${bind(plain(typeCodes))}::smallint[])`;
  if (log) conditions['log'] = `(r.tc <> ${bind(log.typeCode)}::smallint or not starts_with(r.id, ${bind(log.idPrefix)}))`;
  const isUndated = start === undefined && end === undefined ? '' : `r.tc = any(${bind(plain(undated))}::smallint[])`;
  if (start !== undefined)
    conditions['start'] =
      `(${isUndated} or coalesce(r.hi, 'infinity') > ${bind(start)}::timestamptz) and ${notApart(schema, filter, bind, `n.hi <= ${bind(Date.parse(start))}::double precision`)}`;
  if (end !== undefined)
    conditions['end'] =
      `(${isUndated} or coalesce(r.lo, '-infinity') <= ${bind(end)}::timestamptz) and ${notApart(schema, filter, bind, `n.lo > ${bind(Date.parse(end))}::double precision`)}`;
  return conditions;
}

/** No date of care that stands beside the row is outside. */
function notApart(schema: string, { datedApart: { typeCodes, keys } }: MemberFilter, bind: Bind, outside: string): string {
  const [types, dates] = [`${bind(plain(typeCodes))}::smallint[]`, `${bind(plain(keys))}::bigint[]`];
  return `(r.tc <> all(${types}) or not exists (select from ${schema}.num n where n.rid = r.rid and n.key = any(${dates}) and ${outside}))`;
}

/** The Patients with these ids' hashes, and those that link to them: patients who may be the same person. */
export function linkedPatients(
  schemaName: string,
  asked: { readonly selves: readonly string[]; readonly links: readonly string[] },
): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select r.rid, r.tc, r.id, v.ver, v.upd, v.method, v.body, r.pat
from (select * from ${schema}.res s where s.self = any($1::bigint[]) union select * from ${schema}.res l where l.toks && $2::bigint[]) r
${withVersion(schema)} where not r.del order by r.rid`,
    values: [plain(asked.selves), plain(asked.links)],
    name: 'linked-patients',
  };
}

/** The same of resources that are named. */
export function standing(schemaName: string, list: readonly Target[], marks?: Marks): Statement {
  const schema = identifier(schemaName);
  const values = targetValues(list);
  const { column, join } = marksSql(marks, (value) => `$${values.push(value)}`);
  return {
    text: `select r.rid, r.tc, r.id, v.ver, v.upd, v.method, v.body, r.pat${column} from ${targetsSql(1)}
join ${schema}.res r on ${isTarget('r')} ${withVersion(schema)} ${join} where not r.del`,
    values,
    name: `standing${marks === undefined ? '' : '-marked'}`,
  };
}

/** Rows of a type in nobody's compartment that carry one of the tokens. */
export function carrying(schemaName: string, typeCode: number, tokens: readonly string[], marks?: Marks): Statement {
  const schema = identifier(schemaName);
  const values: unknown[] = [plain(tokens), typeCode];
  const { column, join } = marksSql(marks, (value) => `$${values.push(value)}`);
  // Fenced: the tokens lead to few rows, and the type to many.
  return {
    text: `select r.rid, r.tc, r.id, v.ver, v.upd, v.method, v.body, r.pat${column}
from (select * from ${schema}.res s where s.toks && $1::bigint[] offset 0) r
${withVersion(schema)} ${join} where r.tc = $2::smallint and r.pat = 0 and not r.del order by r.rid`,
    values,
    name: `carrying${marks === undefined ? '' : '-marked'}`,
  };
}

/** Rows that carry one of the tokens and are in nobody's compartment but that of the patient. */
export function carryingOf(schemaName: string, pat: string, tokens: readonly string[], marks?: Marks): Statement {
  const schema = identifier(schemaName);
  const values: unknown[] = [plain(tokens), pat];
  const { column, join } = marksSql(marks, (value) => `$${values.push(value)}`);
  return {
    text: `select r.rid, r.tc, r.id, v.ver, v.upd, v.method, v.body, r.pat${column}
from (select * from ${schema}.res s where s.toks && $1::bigint[] offset 0) r
${withVersion(schema)} ${join} where r.pat in (0, $2::bigint) and not r.del order by r.rid`,
    values,
    name: `carrying-of${marks === undefined ? '' : '-marked'}`,
  };
}

/** Versions by row and number, in the order asked. */
export function versionsOf(schemaName: string, rids: readonly (string | number)[], versions: readonly number[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select r.rid, r.tc, r.id, v.ver, v.upd, v.method, v.body, r.pat
from unnest($1::bigint[], $2::integer[]) with ordinality as q(rid, ver, n)
join ${schema}.res r on r.rid = q.rid join ${schema}.ver v on v.rid = q.rid and v.ver = q.ver order by q.n`,
    values: [plain(rids), plain(versions)],
    name: 'versions-of',
  };
}

/** Ids of patients that stand, in the order of their rows. `within` is what must hold of the row `r`; its parameters come first. */
export function patientIds(
  schemaName: string,
  patientType: number,
  after: string,
  limit: number,
  within: { readonly text: string; readonly values: readonly unknown[] } = { text: 'true', values: [] },
): Statement {
  const schema = identifier(schemaName);
  const values: unknown[] = [...within.values];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  return {
    text: `select r.rid, r.id from ${schema}.res r
where r.tc = ${bind(patientType)}::smallint and not r.del and r.rid > ${bind(after)}::bigint and ${within.text} order by r.rid limit ${bind(limit)}`,
    values,
  };
}

/** Of what the transaction sees: transactions before the first number, and those before the second that are not listed. */
export const snapshotText: Statement = { text: 'select pg_current_snapshot()::text as snapshot', values: [], name: 'snapshot-text' };
