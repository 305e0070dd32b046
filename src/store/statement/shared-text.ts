/**
 * The statement parts that write texts which many resources share: words of full-text search (`txt`) and texts of codes (`term`). Each
 * stands once, under the token that the resources carry.
 */
import type { DocumentRow, IndexRows, TermRow } from '../../search/index-rows.ts';
import { identifier, type Statement } from '../statement.ts';
import { plain, split, texts } from './column.ts';

/** Texts are sent only where it is not known that they stand already. */
export type IsKnown = (token: string) => boolean;

export const noneIsKnown: IsKnown = () => false;

interface TextsOfRow {
  readonly typeCode: number;
  readonly index: Pick<IndexRows, 'document' | 'terms'>;
}

/** A part of a statement; `name` is one letter. */
export interface TextPart {
  readonly name: string;
  readonly sql: (first: number) => string;
  readonly values: unknown[];
}

type DocumentOfType = DocumentRow & { readonly typeCode: number };

/** Each once, in one order for all writers: two that bring the same texts wait for each other instead of locking each other out. */
function fresh<T extends { readonly token: string }>(list: readonly T[], isKnown: IsKnown): readonly T[] {
  const found = new Map<string, T>();
  for (const each of list) if (!found.has(each.token) && !isKnown(each.token)) found.set(each.token, each);
  return [...found.values()].sort((a, b) => (a.token < b.token ? -1 : 1));
}

const documentsOf = (rows: readonly TextsOfRow[]): DocumentOfType[] =>
  rows.flatMap(({ typeCode, index: { document } }) => (document === undefined ? [] : [{ ...document, typeCode }]));

const termsOf = (rows: readonly TextsOfRow[]): TermRow[] => rows.flatMap(({ index }) => index.terms ?? []);

/** Tokens of all the texts of a row. */
export const textTokens = ({ index: { document, terms } }: TextsOfRow): readonly string[] => [
  ...(document === undefined ? [] : [document.token]),
  ...(terms ?? []).map(({ token }) => token),
];

const insertDocuments = (schema: string, first: number): string => `
insert into ${schema}.txt (tok, tc, vec)
select t.tok, t.tc, t.vec::tsvector
from unnest($${first}::bigint[], $${first + 1}::smallint[], ${split(first + 2)}) as t(tok, tc, vec)
on conflict do nothing`;

const insertTerms = (schema: string, first: number): string => `
insert into ${schema}.term (tok, key, val)
select t.tok, t.key, t.val
from unnest($${first}::bigint[], $${first + 1}::bigint[], ${split(first + 2)}) as t(tok, key, val)
on conflict do nothing`;

/** What the rows bring that is not known; none when there is nothing. */
export function textParts(schema: string, rows: readonly TextsOfRow[], isKnown: IsKnown): TextPart[] {
  const parts: TextPart[] = [];
  const documents = fresh(documentsOf(rows), isKnown);
  const terms = fresh(termsOf(rows), isKnown);
  if (documents.length > 0) {
    const values = [plain(documents.map(({ token }) => token)), plain(documents.map(({ typeCode }) => typeCode))];
    // One empty text would be no text; a blank is as good a vector without words.
    const vectors = texts(documents.map(({ vector }) => vector() || ' '));
    parts.push({ name: 't', sql: (first) => insertDocuments(schema, first), values: [...values, vectors] });
  }
  if (terms.length > 0) {
    const values = [plain(terms.map(({ token }) => token)), plain(terms.map(({ key }) => key)), texts(terms.map(({ value }) => value))];
    parts.push({ name: 'm', sql: (first) => insertTerms(schema, first), values });
  }
  return parts;
}

/** The texts of many rows by themselves. */
export const textStatements = (schemaName: string, rows: readonly TextsOfRow[], isKnown: IsKnown): Statement[] =>
  textParts(identifier(schemaName), rows, isKnown).map(({ name, sql, values }) => ({ text: sql(1), values, name: `texts-${name}` }));
