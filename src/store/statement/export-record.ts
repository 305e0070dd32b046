/**
 * The statements that gather the records of the patients of an export, all of them at once: what docs/record.md says, set by set. They
 * fill tables of one connection alone. https://hl7.org/fhir/R4/patient-operation-everything.html
 */
import { identifier, type Statement } from '../statement.ts';

const member = 'rid bigint not null, sk smallint not null, ver integer not null, tc smallint not null, id text collate "C" not null';

/**
 * Patients, each with the token of the person who they are; rows that belong to their records; those that were just found; whom rows are
 * about that are in nobody's compartment; and what may be looked at.
 */
export const recordTables: readonly Statement[] = [
  'create temporary table export_patient (tok bigint primary key, person bigint not null, id text collate "C" not null) on commit drop',
  `create temporary table export_member (${member}, primary key (rid)) on commit drop`,
  `create temporary table export_found (${member}) on commit drop`,
  'create temporary table export_about (rid bigint not null, sk smallint not null, tok bigint not null) on commit drop',
  'create temporary table export_seen (rid bigint not null, sk smallint not null, self bigint not null) on commit drop',
].map((text) => ({ text, values: [] }));

const columns = 'r.rid, r.sk, r.ver, r.tc, r.id';
const stands = 'not r.del and r.rid > 0';

const plainText = (text: string): Statement => ({ text, values: [] });

/** What was found belongs to the records; answers how many rows were not known before. */
export const takeFound: Statement = plainText(
  `with taken as (insert into export_member select distinct on (f.rid) f.* from export_found f on conflict do nothing returning rid), none as (delete from export_found)
select count(*)::integer as rows from taken`,
);
export const clearFound: Statement = plainText('delete from export_found');
export const analyzed = (table: string): Statement => plainText(`analyze ${identifier(table)}`);

/** Patients who are linked with one of those that were just added, in either direction, and are not among them. */
export function findLinked(schemaName: string, patientType: number, linkKey: string): Statement {
  const schema = identifier(schemaName);
  return {
    text: `insert into export_found
select ${columns} from export_patient p join ${schema}.res s on s.self = p.tok cross join lateral unnest(s.toks) u(k) join ${schema}.res r on r.self = u.k # $2::bigint
where r.tc = $1::smallint and ${stands} and not exists (select from export_patient o where o.tok = r.self)
union select ${columns} from export_patient p cross join lateral (select * from ${schema}.res t where t.toks @> array[p.tok # $2::bigint] offset 0) r
where r.tc = $1::smallint and ${stands} and not exists (select from export_patient o where o.tok = r.self)`,
    values: [patientType, linkKey],
  };
}

/** Whoever is linked with somebody is the same person: answers how many patients changed. */
export function joinPersons(schemaName: string, linkKey: string): Statement {
  const schema = identifier(schemaName);
  return {
    text: `with pair as materialized (
  select p.tok as a, o.tok as b from export_patient p join ${schema}.res s on s.self = p.tok cross join lateral unnest(s.toks) u(k) join export_patient o on o.tok = u.k # $1::bigint
), least as (
  select tok, min(person) as person from (
    select x.a as tok, p.person from pair x join export_patient p on p.tok = x.b union all select x.b, p.person from pair x join export_patient p on p.tok = x.a
  ) q group by tok
), changed as (update export_patient p set person = l.person from least l where l.tok = p.tok and l.person < p.person returning 1)
select count(*)::integer as rows from changed`,
    values: [linkKey],
  };
}

export interface MemberTypes {
  /** Types that are wanted, or all of them; Patients are taken by themselves. */
  readonly typeCodes: readonly number[];
  readonly patientType: number;
  /** AuditEvents that the server makes of its own log are left out: their type and what their ids begin with. */
  readonly log?: { readonly typeCode: number; readonly idPrefix: string };
}

/** Everything in the compartments of the patients; what several of them have is found more than once. */
export function findMembers(schemaName: string, { typeCodes, patientType, log }: MemberTypes): Statement {
  const schema = identifier(schemaName);
  const isTaken = `${stands} and r.tc = any($1::smallint[])${log === undefined ? '' : ' and (r.tc <> $3::smallint or not starts_with(r.id, $4))'}`;
  return {
    text: `insert into export_found
select ${columns} from export_patient p join ${schema}.res r on r.pat = p.tok where ${isTaken} and r.tc <> $2
union all select ${columns} from export_patient p join ${schema}.res r on r.self = p.tok where ${isTaken}
union all select ${columns} from export_patient p cross join lateral (select * from ${schema}.res t where t.toks @> array[p.tok] offset 0) r where ${isTaken}`,
    values: [`{${typeCodes.join(',')}}`, patientType, ...(log === undefined ? [] : [log.typeCode, log.idPrefix])],
  };
}

export interface AboutKeys {
  /** Parts of tokens of references by elements that say whom a resource is about. */
  readonly pointing: readonly string[];
  /** Of those the one of a type that is in compartments too. */
  readonly focus: string;
  readonly any: string;
  /** Types that hold or list others: who is named in them says nothing of themselves. */
  readonly holders: readonly number[];
  /** Absolute base of this server. */
  readonly base: string;
}

/** Characters that mean something to a regular expression. */
const literal = (text: string): string => text.replace(/[^A-Za-z0-9/:_-]/g, '\\$&');

const named = (base: string): string => `"reference":"(?:${literal(base)}/)?Patient/([A-Za-z0-9\\-.]{1,64})["/#|?]`;

/** Patients that the text names who are not the person; a text without any is not looked at further. */
const namesOthers = (body: string, pattern: string, person: string): string =>
  `(${body} like '%Patient/%' and exists (select from regexp_matches(${body}, ${pattern}, 'g') m(ids) left join export_patient q on q.id = m.ids[1] where q.person is distinct from ${person}))`;

/**
 * What is about the patients outside of their compartments: what points at one of them, whoever else it names, and what is in nobody's
 * compartment and names one of them by any element and nobody else.
 */
export function findAbout(schemaName: string, typeCodes: readonly number[], keys: AboutKeys): readonly Statement[] {
  const schema = identifier(schemaName);
  const types = `{${typeCodes.join(',')}}`;
  const found = `insert into export_found select ${columns} from export_about a join ${schema}.res r on r.rid = a.rid and r.sk = a.sk`;
  return [
    {
      text: `insert into export_about
select r.rid, r.sk, p.tok from export_patient p cross join lateral (select * from ${schema}.res t where t.toks @> array[p.tok # $2::bigint] offset 0) r
where ${stands} and r.tc = any($1::smallint[])`,
      values: [types, keys.focus],
    },
    {
      text: `with token as materialized (
  select r.rid, r.sk, r.ver, x.key, p.tok, p.person from ${schema}.res r cross join lateral unnest(r.toks) u(k) cross join unnest($2::bigint[]) x(key) join export_patient p on p.tok = u.k # x.key
  where r.pat = 0 and ${stands} and r.tc = any($1::smallint[]) and r.tc <> all($4::smallint[])
)
insert into export_about select distinct t.rid, t.sk, t.tok from token t
where t.key <> $3::bigint or not exists (select from ${schema}.ver v where v.rid = t.rid and v.ver = t.ver and v.sk = t.sk and ${namesOthers('v.body', '$5', 't.person')})`,
      values: [types, `{${[...keys.pointing, keys.any].join(',')}}`, keys.any, `{${keys.holders.join(',')}}`, named(keys.base)],
    },
    { text: found, values: [] },
  ];
}

/** Resources outside of compartments that what was seen refers to, and that name nobody but one person of the export. */
export function findReferred(schemaName: string, outside: readonly number[], { any, base }: Pick<AboutKeys, 'any' | 'base'>): Statement {
  const schema = identifier(schemaName);
  return {
    text: `with outer_row as materialized (
  select ${columns}, r.self from ${schema}.res r where r.tc = any($1::smallint[]) and ${stands} and not exists (select from export_member m where m.rid = r.rid)
), told as materialized (
  select distinct o.self from export_seen s join ${schema}.res r on r.rid = s.rid and r.sk = s.sk cross join lateral unnest(r.toks) u(k) join outer_row o on o.self = u.k # $2::bigint
)
insert into export_found select ${columns} from told t join outer_row r on r.self = t.self join ${schema}.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk
where v.body not like '%Patient/%' or not exists (
  select from regexp_matches(v.body, $3, 'g') m(ids) left join export_patient q on q.id = m.ids[1] having count(*) <> count(q.person) or count(distinct q.person) > 1)`,
    values: [`{${outside.join(',')}}`, any, named(base)],
  };
}

/** Provenances in nobody's compartment of what was seen. */
export function findProvenances(schemaName: string, provenanceType: number, targetKey: string): Statement {
  const schema = identifier(schemaName);
  return {
    text: `with loose as materialized (
  select ${columns}, r.toks from ${schema}.res r where r.pat = 0 and r.tc = $1::smallint and ${stands} and not exists (select from export_member m where m.rid = r.rid)
)
insert into export_found select distinct ${columns} from loose r cross join lateral unnest(r.toks) u(k) join export_seen s on s.self = u.k # $2::bigint`,
    values: [provenanceType, targetKey],
  };
}
