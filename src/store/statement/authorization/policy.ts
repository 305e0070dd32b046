/** Policies that operators made: names, and their JSON. */
import { identifier, type Statement } from '../../statement.ts';

export interface PolicyRow {
  readonly name: string;
  readonly body: unknown;
  readonly changed: string;
}

export const readPolicies = (schemaName: string): Statement => ({
  text: `select name, body, changed from ${identifier(schemaName)}.policy order by name`,
  values: [],
  name: 'read-policies',
});

/** `payload` is told to all processes once it holds. */
export const writePolicy = (schemaName: string, name: string, body: string, channel: string, payload: string): Statement => ({
  text: `with written as (
  insert into ${identifier(schemaName)}.policy (name, body, changed) values ($1, $2::jsonb, now())
  on conflict (name) do update set body = excluded.body, changed = excluded.changed returning name)
select pg_notify($3, $4) from written`,
  values: [name, body, channel, payload],
});

/** Rows of {name}: the policy that is gone, or none. */
export const deletePolicy = (schemaName: string, name: string, channel: string, payload: string): Statement => ({
  text: `with gone as (delete from ${identifier(schemaName)}.policy where name = $1 returning name)
select name, pg_notify($2, $3) from gone`,
  values: [name, channel, payload],
});
