/** What exports are going to send, as it was when they were asked for. */
import type { Knex } from 'knex';

const tables = (schema: string): string => `
-- Versions in the order of their row numbers, so many to a window: what one step of an export reads. label tells which files they go to.
create table ${schema}.export_window (
  job bigint not null,
  n integer not null,
  rids bigint[] not null,
  sks smallint[] not null,
  vers integer[] not null,
  ids text[] not null,
  labels smallint[] not null,
  primary key (job, n)
);
`;

export async function up(knex: Knex, schema: string): Promise<void> {
  await knex.raw(tables(schema));
}
