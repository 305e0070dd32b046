/** Full-text conditions as SQL: documents that have the words, and the rows that carry their tokens. https://www.postgresql.org/docs/current/textsearch.html */
import type { Condition } from '../condition.ts';
import type { Phrase, WordQuery } from '../text/word-query.ts';
import { type Row, typeSql } from './row.ts';

type Words = Condition & { readonly kind: 'words' };

/** Words are letters and digits only: nothing in them can end the quotes. */
function phraseText({ words, open }: Phrase, weight: string): string {
  const lexemes = words.map((word, i) => {
    const label = `${open && i === words.length - 1 ? '*' : ''}${weight}`;
    return `'${word}'${label === '' ? '' : `:${label}`}`;
  });
  return lexemes.length === 1 ? (lexemes[0] as string) : `(${lexemes.join(' <-> ')})`;
}

/** In the grammar of PostgreSQL's type tsquery; the narrative has the weight A. */
export function tsqueryText(query: WordQuery, narrative: boolean): string {
  switch (query.kind) {
    case 'phrase':
      return phraseText(query, narrative ? 'A' : '');
    case 'not':
      return `!${tsqueryText(query.of, narrative)}`;
    case 'all':
    case 'any':
      return `(${query.of.map((each) => tsqueryText(each, narrative)).join(query.kind === 'all' ? ' & ' : ' | ')})`;
  }
}

const querySql = ({ query, narrative }: Words, { bind }: Row): string => `${bind(tsqueryText(query, narrative))}::tsquery`;

/** Each row has one document at most, so that none comes twice. */
export function wordsFrom(words: Words, row: Row): string {
  const { schema, alias } = row;
  const documents = `select x.tok from ${schema}.txt x where x.vec @@ ${querySql(words, row)} and ${typeSql({ ...row, alias: 'x' }, true)} offset 0`;
  return `(${documents}) d cross join lateral (select * from ${schema}.res i where i.toks @> array[d.tok] offset 0) ${alias}`;
}

/** The fence keeps the planner from looking up all texts with the words for each row. */
export const wordsSql = (words: Words, row: Row): string =>
  `exists (select from (select x.vec from ${row.schema}.txt x where x.tok = any(${row.alias}.toks) offset 0) x where x.vec @@ ${querySql(words, row)})`;

/** The texts with the words are found once and kept as a set: `coalesce` keeps the planner from joining them to each row instead. */
export const hasOneOf = (words: Words, row: Row): string =>
  `exists (select from unnest(${row.alias}.toks) k(tok) where coalesce(k.tok in (select x.tok from ${row.schema}.txt x where x.vec @@ ${querySql(words, row)}), false))`;
