/** The statements that write any number of versions and their index rows as sets. */
import type { IndexRows } from '../../search/index-rows.ts';
import { identifier, type Statement } from '../statement.ts';
import { nullable, plain, split, texts } from './column.ts';

/** One version about to be written. */
export interface VersionRow {
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

const insertNew = (schema: string): string => `
insert into ${schema}.res (rid, pat, lo, hi, sk, ver, tc, del, id, toks)
select n.rid, n.pat, n.lo, n.hi, n.sk, n.ver, n.tc, false, n.id, n.toks::bigint[]
from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::smallint[], $6::integer[], $7::smallint[], ${split(8)}, ${split(9)})
  as n(rid, pat, lo, hi, sk, ver, tc, id, toks)`;

const replace = (schema: string): string => `
update ${schema}.res r
set pat = n.pat, lo = n.lo, hi = n.hi, sk = n.sk, ver = n.ver, del = n.del, toks = n.toks::bigint[]
from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::smallint[], $6::integer[], $7::boolean[], ${split(8)})
  as n(rid, pat, lo, hi, sk, ver, del, toks)
where r.rid = n.rid`;

const insertVersions = (schema: string, first: number): string => `
insert into ${schema}.ver (rid, upd, sk, ver, tc, method, body)
select v.rid, v.upd, v.sk, v.ver, v.tc, v.method, v.body
from unnest($${first}::bigint[], $${first + 1}::timestamptz[], $${first + 2}::smallint[], $${first + 3}::integer[], $${first + 4}::smallint[], $${first + 5}::smallint[], ${split(first + 6)})
  as v(rid, upd, sk, ver, tc, method, body)`;

const insertNumbers = (schema: string, first: number): string => `
insert into ${schema}.num (rid, key, unit, lo, hi, sk)
select n.rid, n.key, n.unit, n.lo, n.hi, n.sk
from unnest($${first}::bigint[], $${first + 1}::bigint[], $${first + 2}::bigint[], $${first + 3}::double precision[], $${first + 4}::double precision[], $${first + 5}::smallint[])
  as n(rid, key, unit, lo, hi, sk)
on conflict do nothing`;

const insertStrings = (schema: string, first: number): string => `
insert into ${schema}.str (rid, key, sk, val)
select s.rid, s.key, s.sk, s.val
from unnest($${first}::bigint[], $${first + 1}::bigint[], $${first + 2}::smallint[], ${split(first + 3)}) as s(rid, key, sk, val)
on conflict do nothing`;

const array = (tokens: readonly string[]): string => `{${tokens.join(',')}}`;

const newRowValues = (rows: readonly VersionRow[]): unknown[] => [
  plain(rows.map((row) => row.rid)),
  plain(rows.map((row) => row.index.patient)),
  nullable(rows.map((row) => row.index.low)),
  nullable(rows.map((row) => row.index.high)),
  plain(rows.map((row) => row.index.bucket)),
  plain(rows.map((row) => row.versionId)),
  plain(rows.map((row) => row.typeCode)),
  texts(rows.map((row) => row.id)),
  texts(rows.map((row) => array(row.index.tokens))),
];

const replacedRowValues = (rows: readonly VersionRow[]): unknown[] => [
  plain(rows.map((row) => row.rid)),
  plain(rows.map((row) => row.index.patient)),
  nullable(rows.map((row) => row.index.low)),
  nullable(rows.map((row) => row.index.high)),
  plain(rows.map((row) => row.index.bucket)),
  plain(rows.map((row) => row.versionId)),
  plain(rows.map((row) => row.body === null)),
  texts(rows.map((row) => array(row.index.tokens))),
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

function numberValues(rows: readonly VersionRow[]): unknown[] {
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

function stringValues(rows: readonly VersionRow[]): unknown[] {
  const flat = rows.flatMap((row) => row.index.strings.map((string) => ({ row, string })));
  return [
    plain(flat.map(({ row }) => row.rid)),
    plain(flat.map(({ string }) => string.key)),
    plain(flat.map(({ row }) => row.index.bucket)),
    texts(flat.map(({ string }) => string.value)),
  ];
}

interface Part {
  readonly name: string;
  readonly sql: (first: number) => string;
  readonly values: unknown[];
}

/** The inserts of a write as one statement of data-modifying CTEs; parts without rows are left out. */
function joined(parts: readonly Part[]): Statement {
  const values: unknown[] = [];
  const sql = parts.map((part) => {
    const text = part.sql(values.length + 1);
    values.push(...part.values);
    return text;
  });
  const ctes = sql.slice(1).map((text, i) => `w${i} as (${text})`);
  const text = ctes.length === 0 ? (sql[0] ?? '') : `with ${ctes.join(',')}${sql[0]}`;
  return { text, values, name: `write-${parts.map((part) => part.name).join('')}` };
}

/** Inserts the versions, the rows of new resources and all index rows, in one statement. */
export function insertStatement(schemaName: string, rows: readonly VersionRow[]): Statement {
  const schema = identifier(schemaName);
  const fresh = rows.filter((row) => row.isNew);
  const parts: Part[] = [];
  if (fresh.length > 0) parts.push({ name: 'r', sql: () => insertNew(schema), values: newRowValues(fresh) });
  parts.push({ name: 'v', sql: (first) => insertVersions(schema, first), values: versionValues(rows) });
  if (rows.some((row) => row.index.numbers.length > 0)) {
    parts.push({ name: 'n', sql: (first) => insertNumbers(schema, first), values: numberValues(rows) });
  }
  if (rows.some((row) => row.index.strings.length > 0)) {
    parts.push({ name: 's', sql: (first) => insertStrings(schema, first), values: stringValues(rows) });
  }
  return joined(parts);
}

const dropNumbers = (schema: string): string => `
delete from ${schema}.num d
where d.rid = any($1::bigint[]) and not exists (
  select from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::double precision[], $6::double precision[], $7::smallint[]) as n(rid, key, unit, lo, hi, sk)
  where n.rid = d.rid and n.key = d.key and n.unit = d.unit and n.lo = d.lo and n.hi = d.hi and n.sk = d.sk)`;

const dropStrings = (schema: string): string => `
delete from ${schema}.str d
where d.rid = any($1::bigint[]) and not exists (
  select from unnest($2::bigint[], $3::bigint[], $4::smallint[], ${split(5)}) as s(rid, key, sk, val)
  where s.rid = d.rid and s.key = d.key and s.val = d.val and s.sk = d.sk)`;

/** What must run before the inserts when rows are replaced: index rows that no longer hold go, rows that still hold are not touched. */
export function replaceStatements(schemaName: string, rows: readonly VersionRow[]): Statement[] {
  const replaced = rows.filter((row) => !row.isNew);
  if (replaced.length === 0) return [];
  const schema = identifier(schemaName);
  const rids = plain(replaced.map((row) => row.rid));
  return [
    { text: replace(schema), values: replacedRowValues(replaced), name: 'write-replace' },
    { text: dropNumbers(schema), values: [rids, ...numberValues(replaced)], name: 'write-drop-numbers' },
    { text: dropStrings(schema), values: [rids, ...stringValues(replaced)], name: 'write-drop-strings' },
  ];
}
