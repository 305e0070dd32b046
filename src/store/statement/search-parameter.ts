/** The statements that keep the search parameters which clients and files define. */
import { identifier, type Statement } from '../statement.ts';
import { stampSql } from './index-version.ts';

export interface SearchParameterRow {
  readonly generation: string;
  readonly owner: string;
  /** The parameter as JSON text. */
  readonly definition: string;
  readonly state: 'building' | 'active' | 'retired';
  readonly job: string | null;
  /** Milliseconds until nobody can search by a retired one any more. */
  readonly fades: number | null;
}

/** Seconds for which the rows of a retired definition are still written: other processes may search by it until they have heard. */
const fading = 60;

/** The stamp and all parameters that leave rows, in one look: rows of {stamp} with or without a parameter. */
export function readRegistered(schemaName: string): Statement {
  const schema = identifier(schemaName);
  const left = `extract(epoch from p.changed + interval '${fading} s' - clock_timestamp()) * 1000`;
  return {
    text: `select s.stamp, p.generation, p.owner, p.definition, p.state, p.job, case when p.state = 'retired' then ${left} end::float8 as fades
from (select ${stampSql(schema)} as stamp) s
left join ${schema}.search_parameter p on p.state <> 'retired' or p.changed > clock_timestamp() - interval '${fading} s'
order by p.generation`,
    values: [],
  };
}

/** The definition of an owner that is being built, else the one that is searched by, else the last one, in one look with its job. */
export function latestOf(schemaName: string, owner: string): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select p.state as parameter, j.* from ${schema}.search_parameter p left join ${schema}.job j on j.id = p.job where p.owner = $1
order by array_position(array['building', 'active', 'retired'], p.state), p.generation desc limit 1`,
    values: [owner],
  };
}

export const retireParameters = (schemaName: string, generations: readonly string[]): Statement => ({
  text: `update ${identifier(schemaName)}.search_parameter set state = 'retired', changed = clock_timestamp() where generation = any($1::bigint[])`,
  values: [generations],
});

export const amendParameter = (schemaName: string, generation: string, definition: string): Statement => ({
  text: `update ${identifier(schemaName)}.search_parameter set definition = $2 where generation = $1`,
  values: [generation, definition],
});

interface NewParameter {
  readonly owner: string;
  readonly definition: string;
}

const newRows = (parameters: readonly NewParameter[]): readonly unknown[] => [
  parameters.map(({ owner }) => owner),
  parameters.map(({ definition }) => definition),
];

/** Where there are no resources yet nothing has to be built: they take the place of what their owners defined before. */
export function insertActive(schemaName: string, parameters: readonly NewParameter[]): Statement[] {
  const schema = identifier(schemaName);
  const [owners] = newRows(parameters);
  return [
    {
      text: `update ${schema}.search_parameter set state = 'retired', changed = clock_timestamp() where state = 'active' and owner = any($1::text[])`,
      values: [owners],
    },
    {
      text: `insert into ${schema}.search_parameter (owner, definition, state, changed)
select n.owner, n.definition, 'active', clock_timestamp() from unnest($1::text[], $2::text[]) n(owner, definition)`,
      values: newRows(parameters),
    },
  ];
}

/** To be built by the job that waits already for such work, or by a new one. */
export function insertBuilding(schemaName: string, parameters: readonly NewParameter[], job: { kind: string; input: object }): Statement {
  const schema = identifier(schemaName);
  return {
    text: `with waiting as (select id from ${schema}.job where kind = $3 and input = $4::jsonb and state = 'queued' and started is null order by id limit 1),
fresh as (insert into ${schema}.job (kind, input, not_before, created) select $3, $4::jsonb, now(), clock_timestamp()
  where not exists (select from waiting) returning id)
insert into ${schema}.search_parameter (owner, definition, state, job, changed)
select n.owner, n.definition, 'building', (select id from waiting union all select id from fresh), clock_timestamp()
from unnest($1::text[], $2::text[]) n(owner, definition)`,
    values: [...newRows(parameters), job.kind, JSON.stringify(job.input)],
  };
}

/** Gives the job what others did not finish. */
export function adoptParameters(schemaName: string, job: string): Statement {
  const schema = identifier(schemaName);
  return {
    text: `update ${schema}.search_parameter p set job = $1 where p.state = 'building'
and not exists (select from ${schema}.job j where j.id = p.job and j.state in ('queued', 'running'))`,
    values: [job],
  };
}

/** What the job has built is searched by from now on, and what stood before no longer: each gives rows of {generation}. */
export function switchParameters(schemaName: string, job: string): Statement[] {
  const schema = identifier(schemaName);
  const own = `select owner from ${schema}.search_parameter where job = $1 and state = 'building'`;
  return [
    {
      text: `update ${schema}.search_parameter set state = 'retired', changed = clock_timestamp() where state = 'active' and owner in (${own}) returning generation`,
      values: [job],
    },
    {
      text: `update ${schema}.search_parameter set state = 'active', changed = clock_timestamp() where job = $1 and state = 'building' returning generation`,
      values: [job],
    },
  ];
}

/** Nothing can be written to the resources by others until the transaction ends. */
export const lockResources = (schemaName: string): Statement => ({
  text: `lock table ${identifier(schemaName)}.res in share row exclusive mode`,
  values: [],
});

export const anyResource = (schemaName: string): Statement => ({
  text: `select exists (select from ${identifier(schemaName)}.res) as found`,
  values: [],
});

/** Told to all processes on the database when the transaction is committed. */
export const notify = (channel: string, payload: string): Statement => ({ text: 'select pg_notify($1, $2)', values: [channel, payload] });
