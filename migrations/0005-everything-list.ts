/** Lists of versions that $everything tells page by page: each as it was when its first page was told. */
import type { Knex } from 'knex';

const tables = (schema: string): string => `
-- Nothing that was acknowledged is in it: after a crash of the database who turns the page is told to begin again.
create unlogged table ${schema}.everything_list (
  id text primary key,
  expires timestamptz not null,
  rids bigint[] not null,
  vers integer[] not null,
  certificate text
);
create index everything_list_expires on ${schema}.everything_list (expires);
`;

export async function up(knex: Knex, schema: string): Promise<void> {
  await knex.raw(tables(schema));
}
