/** The GIN indexes gather new entries in a list while much is loaded, and put them in by sorted masses. https://www.postgresql.org/docs/18/gin.html#GIN-FAST-UPDATE */
import { identifier, type Statement } from '../statement.ts';

/** Each with many entries for a row. */
const indexes = ['res_toks', 'txt_vec'] as const;

const statement = (text: string): Statement => ({ text, values: [] });

/** Whoever cannot have an index at once goes on without: nobody is to wait behind it. */
export const waitLittle: Statement = statement(`set local lock_timeout = '250ms'`);

/** The list may become so many kilobytes long before an insert itself puts it in. */
const longestList = 32_768;

export const gather = (schemaName: string): Statement[] =>
  indexes.map((index) =>
    statement(`alter index ${identifier(schemaName)}.${index} set (fastupdate = on, gin_pending_list_limit = ${longestList})`),
  );

export const stopGathering = (schemaName: string): Statement[] =>
  indexes.flatMap((index) => [
    statement(`alter index ${identifier(schemaName)}.${index} set (fastupdate = off)`),
    statement(`alter index ${identifier(schemaName)}.${index} reset (gin_pending_list_limit)`),
  ]);

/** Puts in what is gathered. */
export const putIn = (schemaName: string): Statement =>
  statement(`select ${indexes.map((index) => `gin_clean_pending_list('${identifier(schemaName)}.${index}'::regclass)`).join(', ')}`);

/** Rows of {name}: the indexes that gather. */
export const gathering = (schemaName: string): Statement => ({
  text: `select c.relname as name from pg_class c where c.relnamespace = $1::regnamespace and c.relname = any($2::text[])
and 'fastupdate=on' = any(c.reloptions)`,
  values: [identifier(schemaName), `{${indexes.join(',')}}`],
});
