/** The statements that write any number of versions and their index rows as sets. */
import type { IndexRows } from '../../search/index-rows.ts';
import { identifier, type Statement } from '../statement.ts';
import { insertPendingSql, type PendingEntry, pendingValues } from './audit.ts';
import { nullable, plain, split, texts } from './column.ts';
import { containedParts, containedRows, containedTypeParts, dropContained, type WithContained } from './contained.ts';
import { isCurrentSql } from './index-version.ts';
import { missingTargetsSql } from './lock.ts';
import { byContent } from './row-order.ts';
import { type IsKnown, noneIsKnown, textParts } from './shared-text.ts';
import { type Target, targetValues } from './target.ts';

/** One version about to be written. */
export interface VersionRow extends WithContained {
  readonly rid: string;
  readonly typeCode: number;
  readonly id: string;
  readonly versionId: number;
  readonly lastUpdated: string;
  readonly method: number;
  /** Null deletes. */
  readonly body: string | null;
  readonly index: IndexRows;
  /** No row of this id exists yet. */
  readonly isNew: boolean;
}

const newRowTypes = ['bigint', 'bigint', 'bigint', 'timestamptz', 'timestamptz', 'smallint', 'integer', 'smallint'];
const replacedTypes = ['bigint', 'bigint', 'timestamptz', 'timestamptz', 'smallint', 'integer', 'boolean'];
const versionTypes = ['bigint', 'timestamptz', 'smallint', 'integer', 'smallint', 'smallint'];
const numberTypes = ['bigint', 'bigint', 'bigint', 'double precision', 'double precision', 'smallint'];
const stringTypes = ['bigint', 'bigint', 'smallint'];

/** `$3::bigint[], $4::timestamptz[]` from the first number on. */
const arrays = (first: number, types: readonly string[]): string => types.map((type, i) => `$${first + i}::${type}[]`).join(', ');

const insertNew = (schema: string, first: number): string => `
insert into ${schema}.res (rid, self, pat, lo, hi, sk, ver, tc, del, id, toks)
select n.rid, n.self, n.pat, n.lo, n.hi, n.sk, n.ver, n.tc, false, n.id, n.toks::bigint[]
from unnest(${arrays(first, newRowTypes)}, ${split(first + 8)}, ${split(first + 9)})
  as n(rid, self, pat, lo, hi, sk, ver, tc, id, toks)`;

const replace = (schema: string, first: number): string => `
update ${schema}.res r
set pat = n.pat, lo = n.lo, hi = n.hi, sk = n.sk, ver = n.ver, del = n.del, toks = n.toks::bigint[]
from unnest(${arrays(first, replacedTypes)}, ${split(first + 7)})
  as n(rid, pat, lo, hi, sk, ver, del, toks)
where r.rid = n.rid`;

/** The row of the version that stands, where other rules give it another index. */
const reindex = (schema: string, first: number): string =>
  `${replace(schema, first)} and r.ver = n.ver
and (r.pat, r.lo, r.hi, r.toks) is distinct from (n.pat, n.lo, n.hi, n.toks::bigint[])`;

const insertVersions = (schema: string, first: number): string => `
insert into ${schema}.ver (rid, upd, sk, ver, tc, method, body)
select v.rid, v.upd, v.sk, v.ver, v.tc, v.method, v.body
from unnest(${arrays(first, versionTypes)}, ${split(first + 6)})
  as v(rid, upd, sk, ver, tc, method, body)`;

const insertNumbers = (schema: string, first: number): string => `
insert into ${schema}.num (rid, key, unit, lo, hi, sk)
select n.rid, n.key, n.unit, n.lo, n.hi, n.sk
from unnest(${arrays(first, numberTypes)})
  as n(rid, key, unit, lo, hi, sk)
on conflict do nothing`;

const insertStrings = (schema: string, first: number): string => `
insert into ${schema}.str (rid, key, sk, val)
select s.rid, s.key, s.sk, s.val
from unnest(${arrays(first, stringTypes)}, ${split(first + 3)}) as s(rid, key, sk, val)
on conflict do nothing`;

const array = (tokens: readonly string[]): string => `{${tokens.join(',')}}`;

/** What a row of `res` holds, new or replaced. */
const rowValues = (rows: readonly VersionRow[]): unknown[] => [
  plain(rows.map((row) => row.index.patient)),
  nullable(rows.map((row) => row.index.low)),
  nullable(rows.map((row) => row.index.high)),
  plain(rows.map((row) => row.index.bucket)),
  plain(rows.map((row) => row.versionId)),
];

const tokenValues = (rows: readonly VersionRow[]): string => texts(rows.map((row) => array(row.index.tokens)));

const newRowValues = (rows: readonly VersionRow[]): unknown[] => [
  plain(rows.map((row) => row.rid)),
  plain(rows.map((row) => row.index.self)),
  ...rowValues(rows),
  plain(rows.map((row) => row.typeCode)),
  texts(rows.map((row) => row.id)),
  tokenValues(rows),
];

const replacedRowValues = (rows: readonly VersionRow[]): unknown[] => [
  plain(rows.map((row) => row.rid)),
  ...rowValues(rows),
  plain(rows.map((row) => row.body === null)),
  tokenValues(rows),
];

const versionValues = (rows: readonly VersionRow[]): unknown[] => [
  plain(rows.map((row) => row.rid)),
  nullable(rows.map((row) => row.lastUpdated)),
  plain(rows.map((row) => row.index.bucket)),
  plain(rows.map((row) => row.versionId)),
  plain(rows.map((row) => row.typeCode)),
  plain(rows.map((row) => row.method)),
  texts(rows.map((row) => row.body)),
];

/** A row that numbers and strings belong to. */
interface IndexedRow {
  readonly rid: string;
  readonly index: Pick<IndexRows, 'bucket' | 'numbers' | 'strings'>;
}

function numberValues(rows: readonly IndexedRow[]): unknown[] {
  const flat = rows.flatMap((row) => row.index.numbers.map((number) => ({ row, number })));
  return [
    plain(flat.map(({ row }) => row.rid)),
    plain(flat.map(({ number }) => number.key)),
    plain(flat.map(({ number }) => number.unit)),
    plain(flat.map(({ number }) => number.low)),
    plain(flat.map(({ number }) => number.high)),
    plain(flat.map(({ row }) => row.index.bucket)),
  ];
}

function stringValues(rows: readonly IndexedRow[]): unknown[] {
  const flat = rows.flatMap((row) => row.index.strings.map((string) => ({ row, string })));
  return [
    plain(flat.map(({ row }) => row.rid)),
    plain(flat.map(({ string }) => string.key)),
    plain(flat.map(({ row }) => row.index.bucket)),
    texts(flat.map(({ string }) => string.value)),
  ];
}

interface Part {
  /** Short, and distinct within a statement: the names of its parts tell one prepared statement from another. */
  readonly name: string;
  readonly sql: (first: number) => string;
  readonly values: unknown[];
}

/** Of the rules that the index rows were made by; a write fails when others hold by now. Absent: nobody changes them meanwhile. */
export type Stamp = string | undefined;

/** Several inserts or updates of different tables as one statement of data-modifying CTEs. */
function joined(schema: string, name: string, parts: readonly Part[], stamp: Stamp): Statement {
  const statement = ctesOf(name, parts, stamp);
  const { values } = statement;
  const last = stamp === undefined ? '' : isCurrentSql(schema, values.push(stamp));
  return { text: `with ${statement.ctes} select ${last}`, values, name: statement.name };
}

function ctesOf(name: string, parts: readonly Part[], stamp: Stamp) {
  const values: unknown[] = [];
  const ctes = parts.map((part) => {
    const text = part.sql(values.length + 1);
    values.push(...part.values);
    return `${part.name} as (${text})`;
  });
  const names = parts.map((part) => part.name).join('');
  return { ctes: ctes.join(','), values, name: `${name}-${names}${stamp === undefined ? '' : '-current'}` };
}

/** Name of the part that inserts versions. */
const versions = 'v';

function insertParts(
  schema: string,
  rows: readonly VersionRow[],
  isKnown: IsKnown = noneIsKnown,
  pending: readonly PendingEntry[] = [],
): Part[] {
  const fresh = rows.filter((row) => row.isNew).sort(byContent);
  const parts: Part[] = [];
  if (fresh.length > 0) parts.push({ name: 'r', sql: (first) => insertNew(schema, first), values: newRowValues(fresh) });
  parts.push({ name: versions, sql: (first) => insertVersions(schema, first), values: versionValues(rows) });
  const indexed = [...rows, ...containedRows(rows)];
  if (indexed.some((row) => row.index.numbers.length > 0)) {
    parts.push({ name: 'n', sql: (first) => insertNumbers(schema, first), values: numberValues(indexed) });
  }
  if (indexed.some((row) => row.index.strings.length > 0)) {
    parts.push({ name: 's', sql: (first) => insertStrings(schema, first), values: stringValues(indexed) });
  }
  return [...parts, ...pendingParts(schema, pending), ...textParts(schema, indexed, isKnown), ...containedParts(schema, rows, isKnown)];
}

const pendingParts = (schema: string, pending: readonly PendingEntry[]): Part[] =>
  pending.length === 0 ? [] : [{ name: 'a', sql: (first) => insertPendingSql(schema, first), values: pendingValues(pending) }];

/** Inserts the versions, the rows of new resources, all index rows and what the log is told, in one statement. */
export function insertStatement(
  schemaName: string,
  rows: readonly VersionRow[],
  stamp?: Stamp,
  isKnown?: IsKnown,
  pending?: readonly PendingEntry[],
): Statement {
  const schema = identifier(schemaName);
  return joined(schema, 'write', insertParts(schema, rows, isKnown, pending), stamp);
}

/** What else goes with rows that are copied: texts, types of what they contain, what the log is told; and the check of the stamp. */
export function besideCopies(
  schemaName: string,
  rows: readonly VersionRow[],
  stamp: Stamp,
  isKnown: IsKnown,
  pending: readonly PendingEntry[],
): Statement[] {
  const schema = identifier(schemaName);
  const indexed = [...rows, ...containedRows(rows)];
  const parts = [...pendingParts(schema, pending), ...textParts(schema, indexed, isKnown), ...containedTypeParts(schema, rows, isKnown)];
  if (parts.length > 0) return [joined(schema, 'beside', parts, stamp)];
  return stamp === undefined ? [] : [{ text: `select ${isCurrentSql(schema, 1)}`, values: [stamp], name: 'is-current' }];
}

/** The same, but nothing is written when one of the targets does not stand: those are the rows of the answer. */
export function guardedInsertStatement(
  schemaName: string,
  rows: readonly VersionRow[],
  targets: readonly Target[],
  stamp?: Stamp,
  isKnown?: IsKnown,
  pending?: readonly PendingEntry[],
): Statement {
  const schema = identifier(schemaName);
  const guarded = insertParts(schema, rows, isKnown, pending).map((part) => ({
    ...part,
    sql: (first: number) => unlessMissing(part.sql(first)),
  }));
  const { ctes, values, name } = ctesOf('guarded', [missingPart(schema, targets, stamp), ...guarded], stamp);
  return { text: `with ${ctes} select tc, id from missing`, values, name };
}

function missingPart(schema: string, targets: readonly Target[], stamp: Stamp): Part {
  const values = targetValues(targets);
  if (stamp === undefined) return { name: 'missing', sql: (first) => missingTargetsSql(schema, first), values };
  const stale = (parameter: number): string => `select null, null where not ${isCurrentSql(schema, parameter)}`;
  return {
    name: 'missing',
    sql: (first) => `${missingTargetsSql(schema, first)} union all ${stale(first + values.length)}`,
    values: [...values, stamp],
  };
}

/** Adds the condition to an `insert … select`, before its `on conflict`. */
function unlessMissing(insert: string): string {
  const [select = '', conflict] = insert.split('\non conflict');
  return `${select}\nwhere not exists (select from missing)${conflict === undefined ? '' : `\non conflict${conflict}`}`;
}

const dropNumbers = (schema: string, first: number): string => `
delete from ${schema}.num d
where d.rid = any($${first}::bigint[]) and not exists (
  select from unnest(${arrays(first + 1, numberTypes)}) as n(rid, key, unit, lo, hi, sk)
  where n.rid = d.rid and n.key = d.key and n.unit = d.unit and n.lo = d.lo and n.hi = d.hi and n.sk = d.sk)`;

const dropStrings = (schema: string, first: number): string => `
delete from ${schema}.str d
where d.rid = any($${first}::bigint[]) and not exists (
  select from unnest(${arrays(first + 1, stringTypes)}, ${split(first + 4)}) as s(rid, key, sk, val)
  where s.rid = d.rid and s.key = d.key and s.val = d.val and s.sk = d.sk)`;

/** What must run before the inserts when rows are replaced: index rows that no longer hold go, rows that still hold are not touched. */
export function replaceStatements(schemaName: string, rows: readonly VersionRow[], stamp?: Stamp): Statement[] {
  const replaced = rows.filter((row) => !row.isNew);
  if (replaced.length === 0) return [];
  const schema = identifier(schemaName);
  const update: Part = { name: 'u', sql: (first) => replace(schema, first), values: replacedRowValues(replaced) };
  return [joined(schema, 'replace', [update, ...dropParts(schema, replaced)], stamp)];
}

function dropParts(schema: string, rows: readonly VersionRow[]): Part[] {
  const rids = plain(rows.map((row) => row.rid));
  return [
    { name: 'n', sql: (first) => dropNumbers(schema, first), values: [rids, ...numberValues(rows)] },
    { name: 's', sql: (first) => dropStrings(schema, first), values: [rids, ...stringValues(rows)] },
    ...dropContained(schema, rows),
  ];
}

/** Gives versions that stand already the index rows of other rules; what is right already is not touched. */
export function reindexStatements(schemaName: string, rows: readonly VersionRow[], stamp: Stamp, isKnown?: IsKnown): Statement[] {
  if (rows.length === 0) return [];
  const schema = identifier(schemaName);
  const update: Part = { name: 'x', sql: (first) => reindex(schema, first), values: replacedRowValues(rows) };
  const inserts = insertParts(schema, rows, isKnown).filter(({ name }) => name !== versions);
  const statements = [joined(schema, 'replace', [update, ...dropParts(schema, rows)], stamp)];
  return inserts.length === 0 ? statements : [...statements, joined(schema, 'write', inserts, stamp)];
}
