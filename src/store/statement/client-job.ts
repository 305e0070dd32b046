/** The statements of jobs that clients ask for. https://hl7.org/fhir/R4/async.html */
import { identifier, type Statement } from '../statement.ts';
import { jobColumns } from './job.ts';

export interface NewClientJob {
  readonly kind: string;
  readonly caller: string;
  readonly principal: object;
  readonly request: object;
  readonly input: object;
}

/** A job of its own, whatever waits already: rows of {id, handle}; none when the caller has `most` that are not done. */
export function submitClientJob(schemaName: string, { kind, caller, principal, request, input }: NewClientJob, most: number): Statement {
  const schema = identifier(schemaName);
  return {
    text: `insert into ${schema}.job (kind, caller, principal, request, input, not_before, created)
select $1, $2, $3::jsonb, $4::jsonb, $5::jsonb, now(), clock_timestamp()
where (select count(*) from ${schema}.job where caller = $2 and state in ('queued', 'running')) < $6
returning id, handle`,
    values: [kind, caller, JSON.stringify(principal), JSON.stringify(request), JSON.stringify(input), most],
  };
}

const isHandle = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Nothing for what is cancelled, has expired, or is none. */
export const readClientJob = (schemaName: string, handle: string): Statement => ({
  text: `select ${jobColumns} from ${identifier(schemaName)}.job
where handle = $1::uuid and caller is not null and state <> 'cancelled' and (expires is null or expires > clock_timestamp())`,
  values: [isHandle.test(handle) ? handle : '00000000-0000-0000-0000-000000000000'],
});

/** From then on it is gone for its caller; whoever works at it sees that its lease is lost. */
export const cancelClientJob = (schemaName: string, id: string): Statement => ({
  text: `update ${identifier(schemaName)}.job set state = 'cancelled', expires = clock_timestamp(), finished = coalesce(finished, clock_timestamp())
where id = $1 and state <> 'cancelled' returning id`,
  values: [id],
});

/** The newest first: for operators. */
export const listClientJobs = (schemaName: string, limit: number): Statement => ({
  text: `select ${jobColumns} from ${identifier(schemaName)}.job where caller is not null order by id desc limit $1`,
  values: [limit],
});

/** Jobs that nobody may ask for any more and nobody works at, to be cleared away. */
export const expiredClientJobs = (schemaName: string, kinds: readonly string[], limit: number): Statement => ({
  text: `select ${jobColumns} from ${identifier(schemaName)}.job
where kind = any($1::text[]) and expires < clock_timestamp() and (leased_until is null or leased_until < clock_timestamp()) order by expires limit $2`,
  values: [kinds, limit],
});

export const deleteJob = (schemaName: string, id: string): Statement => ({
  text: `delete from ${identifier(schemaName)}.job where id = $1`,
  values: [id],
});

/** Numbers by kind and state: rows of {kind, state, count}. */
export const countJobs = (schemaName: string): Statement => ({
  text: `select kind, state, count(*)::int as count from ${identifier(schemaName)}.job group by kind, state`,
  values: [],
});

export interface GrantRow {
  readonly client_policy: string | null;
  readonly account_policy: string | null;
  readonly account_role: 'practitioner' | 'patient' | 'related-person' | 'administrator' | null;
}

/**
 * What stands of an authorization under which a job runs: nothing once it was revoked, or its client or person may act no more. Its row is
 * swept a day after its last token, which says nothing: then client and person alone are asked.
 */
export function readJobGrant(schemaName: string, authorization: string, client: string, account: string | null): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select c.policy as client_policy, p.policy as account_policy, p.role as account_role
from ${schema}.client c left join ${schema}.account p on p.id = $3::uuid
where c.id = $2 and not c.disabled and ($3::uuid is null or not p.disabled)
and not exists (select from ${schema}.authorization a where a.id = $1::uuid and a.revoked is not null)`,
    values: [authorization, client, account],
  };
}
