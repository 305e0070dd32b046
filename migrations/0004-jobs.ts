/** Jobs that clients ask for: who asked for what, what came of it, and until when it is kept. */
import type { Knex } from 'knex';

const changes = (schema: string): string => `
alter table ${schema}.job drop constraint job_state_check;
alter table ${schema}.job add constraint job_state_check check (state in ('queued', 'running', 'finished', 'failed', 'cancelled'));

-- handle is what clients know a job by: it cannot be guessed, and is never used again. caller, principal and request are null for the
-- server's own jobs; served says when somebody last worked at it, so that callers take turns.
alter table ${schema}.job
  add column handle uuid not null default gen_random_uuid(),
  add column caller text,
  add column principal jsonb,
  add column request jsonb,
  add column result jsonb,
  add column expires timestamptz,
  add column served timestamptz;
create unique index job_handle on ${schema}.job (handle);
create index job_caller on ${schema}.job (caller, id) where caller is not null;
create index job_expires on ${schema}.job (expires) where expires is not null;

-- One of the server's own jobs of a kind runs at a time; those of clients run side by side.
drop index ${schema}.job_running;
create unique index job_running on ${schema}.job (kind) where state = 'running' and caller is null;
`;

export async function up(knex: Knex, schema: string): Promise<void> {
  await knex.raw(changes(schema));
}
