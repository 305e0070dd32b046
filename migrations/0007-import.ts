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
-- Lines that are valid, but refer to what does not stand yet, and genomic studies that are stored in another shape: settled when all files are read.
create table ${schema}.import_waiting (
  job bigint not null references ${schema}.job (id) on delete cascade,
  file integer not null,
  line bigint not null,
  -- Type/id of the resource, and of what it refers to.
  name text not null,
  refs text[] not null,
  shaped boolean not null,
  body text not null,
  primary key (job, file, line)
);
create index import_waiting_name on ${schema}.import_waiting (job, name);
create index import_waiting_refs on ${schema}.import_waiting using gin (refs);
`;

export async function up(knex: Knex, schema: string): Promise<void> {
  await knex.raw(tables(schema));
}
