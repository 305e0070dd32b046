/** The statements of the log of accesses: append to the chain, and what was prepared by writes. */
import { identifier, type Statement } from '../statement.ts';
import { nullable, plain, split, texts } from './column.ts';

export interface AuditHeadRow {
  readonly seq: string;
  /** Hexadecimal. */
  readonly hash: string;
}

/** One row of the log with its place in the chain. */
export interface AuditRow {
  readonly seq: number;
  /** FHIR instant. */
  readonly at: string;
  readonly entry: string;
  /** Hexadecimal. */
  readonly hash: string;
  /** Whom its AuditEvents speak of. */
  readonly patients: readonly string[];
  /** Of what a write had prepared. */
  readonly pending?: readonly string[] | undefined;
}

const rowsSql = (schema: string, first: number, where: string): string => `
insert into ${schema}.audit (seq, at, entry, hash)
select a.seq, a.at, a.entry, decode(a.hash, 'hex')
from unnest($${first}::bigint[], $${first + 1}::timestamptz[], ${split(first + 2)}, $${first + 3}::text[]) as a(seq, at, entry, hash)${where}`;

const openSql = (schema: string, first: number, where: string): string => `
insert into ${schema}.audit_open (patient, seq)
select o.patient, o.seq from unnest(${split(first)}, $${first + 1}::bigint[]) as o(patient, seq)${where}`;

const goneSql = (schema: string, first: number, where: string): string =>
  `delete from ${schema}.audit_pending where id = any($${first}::uuid[])${where}`;

function valuesOf(rows: readonly AuditRow[]): unknown[] {
  const open = rows.flatMap(({ seq, patients }) => patients.map((patient) => ({ seq, patient })));
  return [
    plain(rows.map(({ seq }) => seq)),
    nullable(rows.map(({ at }) => at)),
    texts(rows.map(({ entry }) => entry)),
    plain(rows.map(({ hash }) => hash)),
    texts(open.map(({ patient }) => patient)),
    plain(open.map(({ seq }) => seq)),
  ];
}

/** Moves the head and appends, all or nothing: no row comes back when the head is not where it was thought to be. */
export function appendAudit(
  schemaName: string,
  from: { readonly seq: number; readonly hash: string },
  rows: readonly AuditRow[],
): Statement {
  const schema = identifier(schemaName);
  const last = rows.at(-1);
  const moved = '\nwhere exists (select from head)';
  const pending = rows.flatMap(({ pending: ids = [] }) => ids);
  const gone = pending.length === 0 ? '' : `,\ng as (${goneSql(schema, 11, ' and exists (select from head)')})`;
  return {
    text: `with head as (update ${schema}.audit_head set seq = $1, hash = decode($2, 'hex') where seq = $3 and hash = decode($4, 'hex') returning seq),
r as (${rowsSql(schema, 5, moved)}),
o as (${openSql(schema, 9, moved)})${gone}
select seq from head`,
    values: [
      last?.seq ?? from.seq,
      last?.hash ?? from.hash,
      from.seq,
      from.hash,
      ...valuesOf(rows),
      ...(pending.length === 0 ? [] : [plain(pending)]),
    ],
    name: pending.length === 0 ? 'audit-append' : 'audit-append-written',
  };
}

export const readAuditHead = (schemaName: string): Statement => ({
  text: `select seq, encode(hash, 'hex') as hash from ${identifier(schemaName)}.audit_head`,
  values: [],
  name: 'audit-head',
});

/** Nobody else appends until the end of the transaction. */
export const lockAuditHead = (schemaName: string): Statement => ({
  text: `select seq, encode(hash, 'hex') as hash from ${identifier(schemaName)}.audit_head for update`,
  values: [],
  name: 'audit-lock',
});

/** An entry that a write stores together with what it writes. */
export interface PendingEntry {
  /** UUID */
  readonly id: string;
  /** FHIR instant. */
  readonly at: string;
  readonly entry: string;
}

/** An `insert … select`, so that a guard can be put behind it. */
export const insertPendingSql = (schema: string, first: number): string => `
insert into ${schema}.audit_pending (id, at, entry)
select p.id, p.at, p.entry from unnest($${first}::uuid[], $${first + 1}::timestamptz[], ${split(first + 2)}) as p(id, at, entry)`;

export const pendingValues = (entries: readonly PendingEntry[]): unknown[] => [
  plain(entries.map(({ id }) => id)),
  nullable(entries.map(({ at }) => at)),
  texts(entries.map(({ entry }) => entry)),
];

/** Entries that their writers have not come back for. */
export const oldPending = (schemaName: string, before: string, limit: number): Statement => ({
  text: `select id, at, entry from ${identifier(schemaName)}.audit_pending where at < $1::timestamptz order by at limit $2 for update skip locked`,
  values: [before, limit],
});

/** An entry and one of those whom an AuditEvent is still to be made for. */
export interface OpenRow {
  readonly patient: string;
  readonly seq: string;
  readonly at: string;
  readonly entry: string;
  readonly hash: string;
}

const ofPatients = (patients: readonly string[] | undefined, parameter: number): string =>
  patients === undefined ? '' : ` where o.patient = any(${split(parameter)})`;

/** Takes entries without an AuditEvent, and waits for those that others have taken: whoever took them makes it in the same transaction. */
export function takeOpen(schemaName: string, patients: readonly string[] | undefined, limit: number): Statement {
  const schema = identifier(schemaName);
  return {
    text: `with taken as (select o.patient, o.seq from ${schema}.audit_open o${ofPatients(patients, 2)} order by o.patient, o.seq limit $1 for update),
gone as (delete from ${schema}.audit_open o using taken s where o.patient = s.patient and o.seq = s.seq)
select s.patient, s.seq, a.at, a.entry, encode(a.hash, 'hex') as hash from taken s join ${schema}.audit a on a.seq = s.seq`,
    values: patients === undefined ? [limit] : [limit, texts(patients)],
  };
}

/** One row when there are entries without AuditEvent. */
export const anyOpen = (schemaName: string, patients: readonly string[] | undefined): Statement => ({
  text: `select 1 from ${identifier(schemaName)}.audit_open o${ofPatients(patients, 1)} limit 1`,
  values: patients === undefined ? [] : [texts(patients)],
});

/** Rows in their order. */
export const auditPage = (schemaName: string, after: number, upTo: number, limit: number): Statement => ({
  text: `select seq, at, entry, encode(hash, 'hex') as hash from ${identifier(schemaName)}.audit where seq > $1 and seq <= $2 order by seq limit $3`,
  values: [after, upTo, limit],
  name: 'audit-page',
});

/** Where the chain begins. */
export const readAuditBase = (schemaName: string): Statement => ({
  text: `select seq, encode(hash, 'hex') as hash from ${identifier(schemaName)}.audit_base`,
  values: [],
});

/** Of these AuditEvents those that are still to be made: rows of {patient, seq}. */
export function openAmong(schemaName: string, events: readonly { readonly patient: string; readonly seq: number }[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select o.patient, o.seq from unnest(${split(1)}, $2::bigint[]) as q(patient, seq)
join ${schema}.audit_open o on o.patient = q.patient and o.seq = q.seq`,
    values: [texts(events.map(({ patient }) => patient)), plain(events.map(({ seq }) => seq))],
    name: 'audit-open-among',
  };
}

/** How many AuditEvents of the log stand in the store: one row {count}. */
export const countLogEvents = (schemaName: string, typeCode: number, idPrefix: string): Statement => ({
  text: `select count(*) from ${identifier(schemaName)}.res r where r.tc = $1 and starts_with(r.id, $2) and not r.del`,
  values: [typeCode, idPrefix],
});

/** The last row before an instant from which on all are younger: one row {seq, hash}, or none. */
export function lastBefore(schemaName: string, before: string): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select seq, encode(hash, 'hex') as hash from ${schema}.audit
where seq = (select coalesce(min(seq) - 1, (select seq from ${schema}.audit_head)) from ${schema}.audit where at >= $1::timestamptz)`,
    values: [before],
  };
}

/** Deletes rows up to a number, with the AuditEvents that were made of them, and lets the chain begin there. */
export function giveUpAudit(
  schemaName: string,
  base: { readonly seq: number; readonly hash: string },
  selves: readonly string[],
): Statement[] {
  const schema = identifier(schemaName);
  const events = `with gone as (delete from ${schema}.res where self = any($1::bigint[]) and rid > 0 returning rid, sk),
v as (delete from ${schema}.ver d using gone g where d.rid = g.rid and d.sk = g.sk),
n as (delete from ${schema}.num d using gone g where d.rid = g.rid and d.sk = g.sk)
delete from ${schema}.str d using gone g where d.rid = g.rid and d.sk = g.sk`;
  return [
    { text: events, values: [plain(selves)] },
    { text: `delete from ${schema}.audit_open where seq <= $1`, values: [base.seq] },
    { text: `delete from ${schema}.audit where seq <= $1`, values: [base.seq] },
    { text: `update ${schema}.audit_base set seq = $1, hash = decode($2, 'hex')`, values: [base.seq, base.hash] },
  ];
}
