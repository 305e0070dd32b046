/** The statements of refresh tokens. */
import { identifier, type Statement } from '../../statement.ts';

export interface RefreshTokenRow {
  readonly authorization_id: string;
  readonly client: string;
  readonly account: string | null;
  readonly scopes: string;
  readonly context: unknown;
  readonly used: boolean;
  /** Its authorization stands, its person may act, and so does the session that online access needs. */
  readonly counts: boolean;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-a-refresh-token */
const isOnline = (schema: string): string =>
  `('offline_access' = any(string_to_array(a.scopes, ' ')) or exists (select from ${schema}.login_session s where s.hash = a.session and s.expires > clock_timestamp()))`;

export function readRefreshToken(schemaName: string, hash: Buffer): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select r.authorization_id, a.client, a.account, r.scopes, a.context, r.used is not null as used, extract(epoch from r.expires)::float8 as expires,
  r.expires > clock_timestamp() and a.revoked is null and not c.disabled and (a.account is null or not p.disabled) and ${isOnline(schema)} as counts
from ${schema}.refresh_token r join ${schema}.authorization a on a.id = r.authorization_id join ${schema}.client c on c.id = a.client
left join ${schema}.account p on p.id = a.account where r.hash = $1`,
    values: [hash],
    name: 'authorization-refresh-token',
  };
}

/** No row when another request was faster. */
export const useRefreshToken = (schemaName: string, hash: Buffer): Statement => ({
  text: `update ${identifier(schemaName)}.refresh_token set used = clock_timestamp() where hash = $1 and used is null returning hash`,
  values: [hash],
});

export const insertRefreshToken = (
  schemaName: string,
  hash: Buffer,
  authorization: string,
  scopes: string,
  seconds: number,
): Statement => ({
  text: `insert into ${identifier(schemaName)}.refresh_token (hash, authorization_id, scopes, expires)
values ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))`,
  values: [hash, authorization, scopes, seconds],
});
