/** The statements of jobs: work that goes on behind requests, taken up by whichever process is free, and taken over when it dies. */
import { identifier, type Statement } from '../statement.ts';

export interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly input: unknown;
  readonly state: 'queued' | 'running' | 'finished' | 'failed' | 'cancelled';
  /** How far it got; null = it has not begun. */
  readonly position: unknown;
  readonly done: string;
  readonly total: string | null;
  readonly error: string | null;
  readonly attempts: number;
  readonly created: string;
  readonly started: string | null;
  readonly finished: string | null;
  /** What clients know it by. */
  readonly handle: string;
  /** Who asked, with what they may do; null = the server itself. */
  readonly caller: string | null;
  readonly principal: unknown;
  readonly request: unknown;
  /** What came of it. */
  readonly result: unknown;
  /** From then on it is gone; null while it is not done. */
  readonly expires: string | null;
}

export const jobColumns =
  'id, kind, input, state, position, done, total, error, attempts, created, started, finished, handle, caller, principal, request, result, expires';
const columns = jobColumns;

/** Seconds after which a job whose process says nothing belongs to whoever asks. */
export const leaseSeconds = 30;

const lease = `clock_timestamp() + interval '${leaseSeconds} s'`;

export const readJob = (schemaName: string, id: string): Statement => ({
  text: `select ${columns} from ${identifier(schemaName)}.job where id = $1`,
  values: [id],
});

/** The job that waits with the same input, or a new one: rows of {id}. */
export function submitJob(schemaName: string, kind: string, input: object): Statement {
  const schema = identifier(schemaName);
  return {
    text: `with waiting as (select id from ${schema}.job where kind = $1 and input = $2::jsonb and state = 'queued' and started is null order by id limit 1),
fresh as (insert into ${schema}.job (kind, input, not_before, created) select $1, $2::jsonb, now(), clock_timestamp()
  where not exists (select from waiting) returning id)
select id from waiting union all select id from fresh`,
    values: [kind, JSON.stringify(input)],
  };
}

/** A job with this input that is not done: rows of {id}. */
export const openJob = (schemaName: string, kind: string, input: object): Statement => ({
  text: `select id from ${identifier(schemaName)}.job where kind = $1 and input = $2::jsonb and state in ('queued', 'running') order by id limit 1`,
  values: [kind, JSON.stringify(input)],
});

/**
 * Takes a job of the kinds that nobody works at, first of all one whose process died. Of the server's own at most one of a kind runs, the
 * oldest first. Of clients' jobs the ones go first that nobody has begun, then those of whoever has the fewest under way and has waited longest.
 */
export function claimJob(schemaName: string, kinds: readonly string[], owner: string): Statement {
  const schema = identifier(schemaName);
  const runs = `select from ${schema}.job o where o.kind = j.kind and o.state = 'running'`;
  const underWay = `(select count(*) from ${schema}.job o where o.caller = j.caller and o.state = 'running')`;
  const servedLast = `(select max(o.served) from ${schema}.job o where o.caller = j.caller)`;
  return {
    text: `update ${schema}.job set state = 'running', owner = $2, leased_until = ${lease}, attempts = attempts + 1,
  started = coalesce(started, clock_timestamp()), served = clock_timestamp(), error = null
where id = (select id from ${schema}.job j where j.kind = any($1::text[])
  and (j.state = 'running' and j.leased_until < clock_timestamp()
    or j.state = 'queued' and j.not_before <= clock_timestamp() and (j.caller is not null or not exists (${runs})))
  order by (j.state = 'queued'), (j.caller is not null), (j.caller is null or j.position is not null), ${underWay}, ${servedLast} nulls first, j.served nulls first, j.id
  limit 1 for update skip locked)
returning ${columns}`,
    values: [kinds, owner],
  };
}

/** Keeps a job for its owner: no row when it was taken over. */
export const renewJob = (schemaName: string, id: string, owner: string): Statement => ({
  text: `update ${identifier(schemaName)}.job set leased_until = ${lease} where id = $1 and owner = $2 and state = 'running' returning id`,
  values: [id, owner],
});

export interface Progress {
  readonly position: unknown;
  readonly done: number;
  readonly total: number;
}

/** The same, and how far it got: then it was not in vain, and attempts are counted anew. */
export const saveJob = (schemaName: string, id: string, owner: string, { position, done, total }: Progress): Statement => ({
  text: `update ${identifier(schemaName)}.job set leased_until = ${lease}, position = $3::jsonb, done = $4, total = $5, attempts = 1
where id = $1 and owner = $2 and state = 'running' returning id`,
  values: [id, owner, JSON.stringify(position), done, total],
});

/** Clients' jobs are kept as long as anybody may want to fetch what came of them. */
const kept = (parameter: number): string =>
  `expires = case when caller is null then null else clock_timestamp() + make_interval(secs => $${parameter}) end`;

export const finishJob = (schemaName: string, id: string, owner: string, result: unknown, keptSeconds: number): Statement => ({
  text: `update ${identifier(schemaName)}.job set state = 'finished', finished = clock_timestamp(), leased_until = null, total = done,
  result = $3::jsonb, ${kept(4)}
where id = $1 and owner = $2 and state = 'running' returning id`,
  values: [id, owner, result === undefined ? null : JSON.stringify(result), keptSeconds],
});

/** Back behind the others, after its turn: no row when it was not running any more. */
export const yieldJob = (schemaName: string, id: string, owner: string): Statement => ({
  text: `update ${identifier(schemaName)}.job set state = 'queued', leased_until = null, not_before = clock_timestamp(), served = clock_timestamp(),
  attempts = greatest(attempts - 1, 0)
where id = $1 and owner = $2 and state = 'running' returning id`,
  values: [id, owner],
});

/** Back to the others; `seconds` from now, and with an error when it failed. */
export const releaseJob = (schemaName: string, id: string, owner: string, seconds: number, error: string | null): Statement => ({
  text: `update ${identifier(schemaName)}.job set state = 'queued', leased_until = null, not_before = clock_timestamp() + make_interval(secs => $3),
  error = $4, attempts = case when $4::text is null then greatest(attempts - 1, 0) else attempts end
where id = $1 and owner = $2 and state = 'running'`,
  values: [id, owner, seconds, error],
});

/** `failure` says with which status clients are told. */
export const failJob = (schemaName: string, id: string, owner: string, error: string, failure: object, keptSeconds: number): Statement => ({
  text: `update ${identifier(schemaName)}.job set state = 'failed', finished = clock_timestamp(), leased_until = null, error = $3,
  result = $5::jsonb, ${kept(4)}
where id = $1 and owner = $2 and state = 'running'`,
  values: [id, owner, error, keptSeconds, JSON.stringify(failure)],
});
