/** How often what says whose patients are whose was changed: the sum tells whether what was found out before still holds. */
import type { Knex } from 'knex';

/** Writers at the same time count in rows of their own, so that none waits for another. */
const slots = 32;

const tables = (schema: string): string => `
create table ${schema}.relating_change (
  slot smallint primary key,
  n bigint not null
) with (fillfactor = 20);
insert into ${schema}.relating_change select slot, 0 from generate_series(0, ${slots - 1}) slot;
`;

export async function up(knex: Knex, schema: string): Promise<void> {
  await knex.raw(tables(schema));
}
