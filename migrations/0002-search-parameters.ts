/** Search parameters that are defined at run time, and the jobs that work behind requests. */
import type { Knex } from 'knex';

const tables = (schema: string): string => `
-- Every definition that was ever registered, each under a number of its own that is part of the text of its index rows.
create table ${schema}.search_parameter (
  generation bigint primary key generated always as identity,
  owner text not null,
  definition text not null,
  state text not null check (state in ('building', 'active', 'retired')),
  job bigint,
  changed timestamptz not null
);
create unique index search_parameter_current on ${schema}.search_parameter (owner, state) where state <> 'retired';
create index search_parameter_job on ${schema}.search_parameter (job);

create table ${schema}.job (
  id bigint primary key generated always as identity,
  kind text not null,
  input jsonb not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'finished', 'failed')),
  position jsonb,
  done bigint not null default 0,
  total bigint,
  error text,
  owner text,
  leased_until timestamptz,
  attempts integer not null default 0,
  not_before timestamptz not null,
  created timestamptz not null,
  started timestamptz,
  finished timestamptz
);
-- One job of a kind runs at a time.
create unique index job_running on ${schema}.job (kind) where state = 'running';
create index job_open on ${schema}.job (id) where state in ('queued', 'running');

-- Fails a write whose index rows were made by rules that no longer hold: the writer makes them anew and tries again.
create function ${schema}.index_changed() returns boolean language plpgsql stable as
$$begin raise exception 'the index is kept by other rules now' using errcode = 'IX001'; end$$;
`;

export async function up(knex: Knex, schema: string): Promise<void> {
  await knex.raw(tables(schema));
}
