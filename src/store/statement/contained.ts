/**
 * Contained resources as rows of their own: negative row numbers, and del set, so that whatever looks for resources passes them by. They
 * have no version: their text stands in that of their container. https://hl7.org/fhir/R4/search.html#contained
 */
import type { ContainedRows, IndexRows } from '../../search/index-rows.ts';
import { identifier, type Statement } from '../statement.ts';
import { nullable, plain, split, texts } from './column.ts';
import type { IsKnown } from './shared-text.ts';

export interface ContainedRow {
  readonly rid: string;
  readonly typeCode: number;
  readonly id: string;
  /** Patient and bucket are those of the container. */
  readonly index: ContainedRows & Pick<IndexRows, 'patient' | 'bucket'>;
}

/** What a resource contains, or contained before. */
export interface ContainedOf {
  /** Stands on all of them. */
  readonly token: string;
  readonly rows: readonly ContainedRow[];
}

export interface WithContained {
  readonly contained?: ContainedOf;
}

export interface ContainedPart {
  readonly name: string;
  readonly sql: (first: number) => string;
  readonly values: unknown[];
}

const rowTypes = ['bigint', 'bigint', 'bigint', 'timestamptz', 'timestamptz', 'smallint', 'smallint'];

const insertRows = (schema: string, first: number): string => `
insert into ${schema}.res (rid, self, pat, lo, hi, sk, ver, tc, del, id, toks)
select n.rid, n.self, n.pat, n.lo, n.hi, n.sk, 0, n.tc, true, n.id, n.toks::bigint[]
from unnest(${rowTypes.map((type, i) => `$${first + i}::${type}[]`).join(', ')}, ${split(first + 7)}, ${split(first + 8)})
  as n(rid, self, pat, lo, hi, sk, tc, id, toks)`;

const rowValues = (rows: readonly ContainedRow[]): unknown[] => [
  plain(rows.map(({ rid }) => rid)),
  plain(rows.map(({ index }) => index.self)),
  plain(rows.map(({ index }) => index.patient)),
  nullable(rows.map(({ index }) => index.low)),
  nullable(rows.map(({ index }) => index.high)),
  plain(rows.map(({ index }) => index.bucket)),
  plain(rows.map(({ typeCode }) => typeCode)),
  texts(rows.map(({ id }) => id)),
  texts(rows.map(({ index }) => `{${index.tokens.join(',')}}`)),
];

/** Of the setting that says that a type has been contained in something. */
const settingOf = (type: string): string => `contained ${type}`;

const insertTypes = (schema: string, first: number): string => `
insert into ${schema}.setting (name, value)
select n.name, 'yes' from unnest($${first}::text[]) as n(name)
on conflict do nothing`;

export const containedRows = (rows: readonly WithContained[]): readonly ContainedRow[] =>
  rows.flatMap(({ contained }) => contained?.rows ?? []);

/** Under these names the types of what is contained are known to be recorded. */
export const recordedTypes = (rows: readonly WithContained[]): readonly string[] => [
  ...new Set(containedRows(rows).map(({ index }) => settingOf(index.type))),
];

export function containedParts(schema: string, rows: readonly WithContained[], isKnown: IsKnown): ContainedPart[] {
  const contained = containedRows(rows);
  if (contained.length === 0) return [];
  const inserted = { name: 'k', sql: (first: number) => insertRows(schema, first), values: rowValues(contained) };
  return [inserted, ...containedTypeParts(schema, rows, isKnown)];
}

/** Records the types of what is contained. */
export function containedTypeParts(schema: string, rows: readonly WithContained[], isKnown: IsKnown): ContainedPart[] {
  const names = recordedTypes(rows)
    .filter((name) => !isKnown(name))
    .sort();
  return names.length === 0 ? [] : [{ name: 'y', sql: (first) => insertTypes(schema, first), values: [names] }];
}

/** Takes away all that the rows contained; what they contain now is inserted afterwards. */
export function dropContained(schema: string, rows: readonly WithContained[]): ContainedPart[] {
  const tokens = rows.flatMap(({ contained }) => contained?.token ?? []);
  if (tokens.length === 0) return [];
  const gone = (first: number): string => `
delete from ${schema}.res d using unnest($${first}::bigint[]) as t(token) where d.toks @> array[t.token] and d.rid < 0 returning d.rid`;
  const dropOf = (table: string) => (): string => `delete from ${schema}.${table} d using gone g where d.rid = g.rid`;
  return [
    { name: 'gone', sql: gone, values: [plain(tokens)] },
    { name: 'gn', sql: dropOf('num'), values: [] },
    { name: 'gs', sql: dropOf('str'), values: [] },
  ];
}

/** Types of rows that are, or were, contained in something: rows of {name}. */
export const containedTypes = (schemaName: string): Statement => ({
  text: `select substr(s.name, length('contained ') + 1) as name from ${identifier(schemaName)}.setting s where s.name like 'contained %'`,
  values: [],
});
