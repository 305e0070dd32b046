/** The statements of the log of accesses: append to the chain, and what was prepared by writes. */
import { identifier, type Statement } from '../statement.ts';
import { nullable, plain, split, texts } from './column.ts';

export interface SheetRow {
  /** Number of its first entry. */
  readonly seq: string;
  readonly count: number;
  /** A line each. */
  readonly entries: string;
  /** Hexadecimal. */
  readonly hash: string;
}

/** One process appends at a time; the others wait for its commit. */
const turn = (schema: string): string => `pg_advisory_xact_lock(hashtextextended('anamnesis audit ${schema}', 0))`;

/** Appends behind the sheet where the chain is thought to end: no row comes back when it does not end there. */
export function appendSheet(
  schemaName: string,
  end: { readonly sheet: number; readonly hash: string },
  { seq, count, entries, hash }: { readonly seq: number; readonly count: number; readonly entries: string; readonly hash: string },
): Statement {
  const schema = identifier(schemaName);
  return {
    text: `insert into ${schema}.audit (seq, count, entries, hash)
select $1::bigint, $2::integer, $3, decode($4, 'hex') from (select ${turn(schema)}) as held
where exists (select from ${schema}.audit e where e.seq = $5 and e.hash = decode($6, 'hex'))
on conflict (seq) do nothing returning 1`,
    values: [seq, count, entries, hash, end.sheet, end.hash],
    name: 'audit-append',
  };
}

/** Nobody else appends until the end of the transaction. */
export const takeAuditTurn = (schemaName: string): Statement => ({
  text: `select ${turn(identifier(schemaName))}`,
  values: [],
  name: 'audit-turn',
});

const sheetColumns = `seq, count, encode(hash, 'hex') as hash`;

/** The last sheet, without its entries. */
export const readAuditEnd = (schemaName: string): Statement => ({
  text: `select ${sheetColumns} from ${identifier(schemaName)}.audit order by seq desc limit 1`,
  values: [],
  name: 'audit-end',
});

/** One row when a sheet with this hash is there, or was given up since. */
export const hasSheet = (schemaName: string, { sheet, hash }: { readonly sheet: number; readonly hash: string }): Statement => {
  const schema = identifier(schemaName);
  return {
    text: `select 1 from ${schema}.audit where seq = $1 and hash = decode($2, 'hex') union all select 1 from ${schema}.audit_base where seq >= $1`,
    values: [sheet, hash],
    name: 'audit-has',
  };
};

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

/** Of an entry one of those whom an AuditEvent is still to be made for. */
export interface OpenRow {
  readonly patient: string;
  readonly seq: string;
}

const ofPatients = (patients: readonly string[] | undefined, parameter: number): string =>
  patients === undefined ? '' : ` where o.patient = any(${split(parameter)})`;

/** Takes entries without an AuditEvent, and waits for those that others have taken: whoever took them makes it in the same transaction. */
export function takeOpen(schemaName: string, patients: readonly string[] | undefined, limit: number): Statement {
  const schema = identifier(schemaName);
  return {
    text: `with taken as (select o.patient, o.seq from ${schema}.audit_open o${ofPatients(patients, 2)} order by o.patient, o.seq limit $1 for update)
delete from ${schema}.audit_open o using taken s where o.patient = s.patient and o.seq = s.seq returning o.patient, o.seq`,
    values: patients === undefined ? [limit] : [limit, texts(patients)],
  };
}

/** The sheets that these entries are in, each once. */
export function sheetsWith(schemaName: string, entries: readonly number[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select distinct on (s.seq) s.seq, s.count, s.entries, encode(s.hash, 'hex') as hash from unnest($1::bigint[]) as q(seq)
cross join lateral (select * from ${schema}.audit a where a.seq <= q.seq order by a.seq desc limit 1) as s`,
    values: [plain(entries)],
    name: 'audit-sheets-with',
  };
}

/** Up to which entry the chain is sorted; until the end of the transaction nobody else sorts. `tryOnly` answers nothing instead of waiting. */
export const lockSorted = (schemaName: string, tryOnly: boolean): Statement => ({
  text: `select seq from ${identifier(schemaName)}.audit_sorted for update${tryOnly ? ' skip locked' : ''}`,
  values: [],
  name: tryOnly ? 'audit-try-sorted' : 'audit-lock-sorted',
});

export const readSorted = (schemaName: string): Statement => ({
  text: `select seq from ${identifier(schemaName)}.audit_sorted`,
  values: [],
  name: 'audit-sorted',
});

/** What is known of the chain up to an entry: for whom AuditEvents are to be made, and what writes need not keep any longer. */
export function sortAudit(
  schemaName: string,
  upTo: number,
  open: readonly { readonly patient: string; readonly seq: number }[],
  written: readonly string[],
): Statement[] {
  const schema = identifier(schemaName);
  return [
    {
      text: `insert into ${schema}.audit_open (patient, seq) select o.patient, o.seq from unnest(${split(1)}, $2::bigint[]) as o(patient, seq)`,
      values: [texts(open.map(({ patient }) => patient)), plain(open.map(({ seq }) => seq))],
      name: 'audit-open',
    },
    ...(written.length === 0
      ? []
      : [{ text: `delete from ${schema}.audit_pending where id = any($1::uuid[])`, values: [plain(written)], name: 'audit-written' }]),
    { text: `update ${schema}.audit_sorted set seq = $1`, values: [upTo], name: 'audit-sort' },
  ];
}

/** One row when there are entries without AuditEvent. */
export const anyOpen = (schemaName: string, patients: readonly string[] | undefined): Statement => ({
  text: `select 1 from ${identifier(schemaName)}.audit_open o${ofPatients(patients, 1)} limit 1`,
  values: patients === undefined ? [] : [texts(patients)],
});

/** Sheets behind an entry in their order. */
export const sheetPage = (schemaName: string, after: number, limit: number): Statement => ({
  text: `select seq, count, entries, encode(hash, 'hex') as hash from ${identifier(schemaName)}.audit where seq > $1 order by seq limit $2`,
  values: [after, limit],
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

/** Deletes sheets up to an entry, the last of one, with the AuditEvents that were made of them, and lets the chain begin there. */
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
