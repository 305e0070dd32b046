/** What imports told of lines that were not loaded. */
import type { Knex } from 'knex';

const tables = (schema: string): string => `
-- Written in the transaction of what was loaded; read once, when the job makes its files of errors. Line 0 is the file as a whole.
create table ${schema}.import_fault (
  job bigint not null references ${schema}.job (id) on delete cascade,
  file integer not null,
  line bigint not null,
  outcome text not null,
  primary key (job, file, line)
);
`;

export async function up(knex: Knex, schema: string): Promise<void> {
  await knex.raw(tables(schema));
}
