/** Full-text conditions as SQL: documents that have the words, and the rows that carry their tokens. https://www.postgresql.org/docs/current/textsearch.html */
import type { Condition } from '../condition.ts';
import type { Bind } from '../sql.ts';
import type { Phrase, WordQuery } from '../text/word-query.ts';
import { type Row, typeSql } from './row.ts';

export type Words = Condition & { readonly kind: 'words' };

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

const documentsSql = (columns: string, words: Words, row: Row): string =>
  `select ${columns} from ${row.schema}.txt x where x.vec @@ ${querySql(words, row)} and ${typeSql({ ...row, alias: 'x' }, true)}`;

/** Each row has one text at most, so that none comes twice. */
const rowsOfTexts = ({ schema, alias }: Row): string =>
  `cross join lateral (select * from ${schema}.res i where i.toks @> array[d.tok] offset 0) ${alias}`;

export const wordsFrom = (words: Words, row: Row): string => `(${documentsSql('x.tok', words, row)} offset 0) d ${rowsOfTexts(row)}`;

/** A word counts twice in the narrative. https://www.postgresql.org/docs/current/textsearch-controls.html#TEXTSEARCH-RANKING */
const weights = `'{0.5,0.5,0.5,1}'`;
/** The same words weigh more in a shorter text. */
const byLength = 1;

function rankSql(vector: string, ranking: readonly Words[], bind: Bind): string {
  const texts = ranking.map(({ query, narrative }) => tsqueryText(query, narrative));
  return `least(1, ts_rank(${weights}, ${vector}, ${bind(texts.join(' | '))}::tsquery, ${byLength}))`;
}

/** How well a row matches, by its text; 0 where it has none. */
export const scoreSql = (ranking: readonly Words[], { schema, alias, bind }: Row): string =>
  `coalesce((select ${rankSql('x.vec', ranking, bind)} from (select x.vec from ${schema}.txt x where x.tok = any(${alias}.toks) limit 1) x), 0)`;

/** The same of rows that `rankedFrom` gives. */
export const rankedScore = 'd.rank';

/** The best texts first, so that as many of them are followed as the page takes; none that is better than `most`. */
export function rankedFrom(words: Words, ranking: readonly Words[], most: string | undefined, row: Row): string {
  const ranked = documentsSql(`x.tok, ${rankSql('x.vec', ranking, row.bind)} as rank`, words, row);
  const behind = most === undefined ? '' : ` where x.rank <= ${row.bind(most)}::float4`;
  return `(select x.* from (${ranked} offset 0) x${behind} order by x.rank desc offset 0) d ${rowsOfTexts(row)}`;
}

/** The fence keeps the planner from looking up all texts with the words for each row. */
export const wordsSql = (words: Words, row: Row): string =>
  `exists (select from (select x.vec from ${row.schema}.txt x where x.tok = any(${row.alias}.toks) offset 0) x where x.vec @@ ${querySql(words, row)})`;

/** The texts with the words are found once and kept as a set: `coalesce` keeps the planner from joining them to each row instead. */
export const hasOneOf = (words: Words, row: Row): string =>
  `exists (select from unnest(${row.alias}.toks) k(tok) where coalesce(k.tok in (select x.tok from ${row.schema}.txt x where x.vec @@ ${querySql(words, row)}), false))`;
