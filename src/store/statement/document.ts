/** The statement part that writes texts of full-text search: each once, however many resources share it. */
import type { DocumentRow } from '../../search/index-rows.ts';
import { identifier, type Statement } from '../statement.ts';
import { plain, split, texts } from './column.ts';

interface DocumentOfType extends DocumentRow {
  readonly typeCode: number;
}

interface WithDocument {
  readonly typeCode: number;
  readonly index: { readonly document?: DocumentRow };
}

/** In one order for all writers: two that bring the same texts wait for each other instead of locking each other out. */
export function newDocuments(rows: readonly WithDocument[], isKnown: (token: string) => boolean): readonly DocumentOfType[] {
  const found = new Map<string, DocumentOfType>();
  for (const { typeCode, index } of rows) {
    const { document } = index;
    if (document !== undefined && !found.has(document.token) && !isKnown(document.token))
      found.set(document.token, { ...document, typeCode });
  }
  return [...found.values()].sort((a, b) => (a.token < b.token ? -1 : 1));
}

export const insertDocuments = (schema: string, first: number): string => `
insert into ${schema}.txt (tok, tc, vec)
select t.tok, t.tc, t.vec::tsvector
from unnest($${first}::bigint[], $${first + 1}::smallint[], ${split(first + 2)}) as t(tok, tc, vec)
on conflict do nothing`;

export const documentValues = (documents: readonly DocumentOfType[]): unknown[] => [
  plain(documents.map(({ token }) => token)),
  plain(documents.map(({ typeCode }) => typeCode)),
  texts(documents.map(({ vector }) => vector())),
];

/** The texts of many rows by themselves; none where all are known. */
export function documentStatements(schemaName: string, rows: readonly WithDocument[], isKnown: (token: string) => boolean): Statement[] {
  const documents = newDocuments(rows, isKnown);
  if (documents.length === 0) return [];
  return [{ text: insertDocuments(identifier(schemaName), 1), values: documentValues(documents), name: 'documents' }];
}
