/** The stamp of the rules that the index is kept by: every change of them, such as another search parameter, gives a new one. */
import { identifier, type Statement } from '../statement.ts';

const name = 'index-version';

/** SQLSTATE of a write whose index rows were made by rules that no longer hold. */
export const indexChanged = 'IX001';

/** SQL that is true while the stamp holds, and fails the statement with `indexChanged` otherwise. */
export const isCurrentSql = (schema: string, parameter: number): string =>
  `(case when exists (select from ${schema}.setting i where i.name = '${name}' and i.value = $${parameter}) then true else ${schema}.index_changed() end)`;

/** The stamp, as SQL for a list of columns. */
export const stampSql = (schema: string): string => `(select i.value from ${schema}.setting i where i.name = '${name}')`;

/** Where no stamp stands yet, the given one. */
export const initialStamp = (schemaName: string, stamp: string): Statement => ({
  text: `insert into ${identifier(schemaName)}.setting (name, value) values ('${name}', $1) on conflict do nothing`,
  values: [stamp],
});

/** One after the other may change the rules: rows of {value}. */
export const lockStamp = (schemaName: string): Statement => ({
  text: `select value from ${identifier(schemaName)}.setting where name = '${name}' for update`,
  values: [],
});

export const setStamp = (schemaName: string, stamp: string): Statement => ({
  text: `update ${identifier(schemaName)}.setting set value = $1 where name = '${name}'`,
  values: [stamp],
});
