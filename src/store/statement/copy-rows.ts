/** Many new versions and their index rows by COPY, where insert statements cost twice as much. https://www.postgresql.org/docs/18/sql-copy.html */
import type { IndexRows } from '../../search/index-rows.ts';
import { identifier, type Statement } from '../statement.ts';
import { type ContainedRow, containedRows } from './contained.ts';
import type { VersionRow } from './write.ts';

/** From here on it pays. */
export const fewestCopied = 50;

const special = /[\\\t\n\r]/;
const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A text in COPY's format. JSON has no tabs and line ends of its own, but backslashes. */
const escaped = (text: string): string => (special.test(text) ? text.replace(/[\\\t\n\r]/g, (found) => escapes[found] as string) : text);

const orNull = (value: string | null): string => value ?? '\\N';

const resourceRow = ({ rid, typeCode, id, versionId, index }: VersionRow): string =>
  `${rid}\t${index.self}\t${index.patient}\t${orNull(index.low)}\t${orNull(index.high)}\t${index.bucket}\t${versionId}\t${typeCode}\tf\t${id}\t{${index.tokens.join(',')}}\n`;

const containedRow = ({ rid, typeCode, id, index }: ContainedRow): string =>
  `${rid}\t${index.self}\t${index.patient}\t${orNull(index.low)}\t${orNull(index.high)}\t${index.bucket}\t0\t${typeCode}\tt\t${escaped(id)}\t{${index.tokens.join(',')}}\n`;

const versionRow = ({ rid, lastUpdated, index, versionId, typeCode, method, body }: VersionRow): string =>
  `${rid}\t${lastUpdated}\t${index.bucket}\t${versionId}\t${typeCode}\t${method}\t${body === null ? '\\N' : escaped(body)}\n`;

interface IndexedRow {
  readonly rid: string;
  readonly index: Pick<IndexRows, 'bucket' | 'numbers' | 'strings'>;
}

function numberRows(rows: readonly IndexedRow[]): string[] {
  const lines: string[] = [];
  for (const { rid, index } of rows)
    for (const { key, unit, low, high } of index.numbers) lines.push(`${rid}\t${key}\t${unit}\t${low}\t${high}\t${index.bucket}\n`);
  return lines;
}

function stringRows(rows: readonly IndexedRow[]): string[] {
  const lines: string[] = [];
  for (const { rid, index } of rows)
    for (const { key, value } of index.strings) lines.push(`${rid}\t${key}\t${index.bucket}\t${escaped(value)}\n`);
  return lines;
}

const columns = {
  res: 'rid, self, pat, lo, hi, sk, ver, tc, del, id, toks',
  ver: 'rid, upd, sk, ver, tc, method, body',
  num: 'rid, key, unit, lo, hi, sk',
  str: 'rid, key, sk, val',
} as const;

/** Rows of which nothing stands yet. */
export function copyStatements(schemaName: string, rows: readonly VersionRow[]): Statement[] {
  const schema = identifier(schemaName);
  const contained = containedRows(rows);
  const indexed = [...rows, ...contained];
  const copies: readonly [keyof typeof columns, readonly string[]][] = [
    ['res', [...rows.map(resourceRow), ...contained.map(containedRow)]],
    ['ver', rows.map(versionRow)],
    ['num', numberRows(indexed)],
    ['str', stringRows(indexed)],
  ];
  return copies
    .filter(([, lines]) => lines.length > 0)
    .map(([table, lines]) => ({ text: `copy ${schema}.${table} (${columns[table]}) from stdin`, values: [], copied: lines }));
}
