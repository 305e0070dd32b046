/** What exports keep for a while is not compressed: trying to costs more than all else that is done with it. */
import type { Knex } from 'knex';

export async function up(knex: Knex, schema: string): Promise<void> {
  const columns = ['rids', 'sks', 'vers', 'ids', 'labels'].map((column) => `alter column ${column} set storage external`);
  await knex.raw(`alter table ${schema}.export_window ${columns.join(', ')}`);
}
