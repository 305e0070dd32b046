/** The statements of access tokens. */
import { identifier, type Statement } from '../../statement.ts';
import { tellEachSql } from './notice.ts';

/** A token that counts, with everything it stands for. */
export interface AccessTokenRow {
  readonly authorization_id: string;
  readonly client: string;
  readonly account: string | null;
  readonly scopes: string;
  readonly context: unknown;
  readonly purpose: string | null;
  readonly client_policy: string | null;
  readonly client_purpose: string | null;
  readonly client_study: string | null;
  readonly fhir_user: string | null;
  readonly account_name: string | null;
  readonly account_policy: string | null;
  readonly account_role: 'practitioner' | 'patient' | 'related-person' | 'administrator' | null;
  /** Seconds. */
  readonly created: number;
  readonly expires: number;
  readonly remaining: number;
}

const epoch = (column: string): string => `extract(epoch from ${column})::float8`;

/** Nothing for one that expired, whose authorization ended, or whose client or person may act no more. */
export function readAccessToken(schemaName: string, hash: Buffer): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select t.authorization_id, a.client, a.account, t.scopes, a.context, a.purpose, c.policy as client_policy, c.purpose as client_purpose,
  c.details->>'genomic_study' as client_study,
  p.fhir_user, p.name as account_name, p.policy as account_policy, p.role as account_role,
  ${epoch('t.created')} as created, ${epoch('t.expires')} as expires, ${epoch('t.expires - clock_timestamp()')} as remaining
from ${schema}.access_token t join ${schema}.authorization a on a.id = t.authorization_id join ${schema}.client c on c.id = a.client
left join ${schema}.account p on p.id = a.account
where t.hash = $1 and t.expires > clock_timestamp() and a.revoked is null and not c.disabled and (a.account is null or not p.disabled)`,
    values: [hash],
    name: 'authorization-access-token',
  };
}

export const insertAccessToken = (schemaName: string, hash: Buffer, authorization: string, scopes: string, seconds: number): Statement => ({
  text: `insert into ${identifier(schemaName)}.access_token (hash, authorization_id, scopes, created, expires)
values ($1, $2, $3, clock_timestamp(), clock_timestamp() + make_interval(secs => $4))`,
  values: [hash, authorization, scopes, seconds],
});

/** Only one of the client's own: what was deleted is told to all processes. */
export function deleteAccessToken(schemaName: string, hash: Buffer, client: string): Statement {
  const schema = identifier(schemaName);
  return {
    text: `with gone as (delete from ${schema}.access_token t using ${schema}.authorization a
  where a.id = t.authorization_id and t.hash = $1 and a.client = $2 returning a.id)
${tellEachSql(schema, 'authorization', 'gone')}`,
    values: [hash, client],
  };
}
