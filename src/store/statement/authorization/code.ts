/** The statements of authorization codes. */
import { identifier, type Statement } from '../../statement.ts';

export interface CodeRow {
  readonly hash: Buffer;
  readonly authorization: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | null;
  readonly authenticated: Date;
}

/** Seconds between the redirect and the request for tokens; RFC 6749 recommends ten minutes at most. */
const lifetime = 60;

export const insertCode = (schemaName: string, row: CodeRow): Statement => ({
  text: `insert into ${identifier(schemaName)}.code (hash, authorization_id, redirect_uri, challenge, nonce, authenticated, expires)
values ($1, $2, $3, $4, $5, $6, clock_timestamp() + interval '${lifetime} s')`,
  values: [row.hash, row.authorization, row.redirectUri, row.challenge, row.nonce, row.authenticated],
});

/** A code that has just been used, and what it stands for. */
export interface UsedCodeRow {
  readonly authorization_id: string;
  readonly redirect_uri: string;
  readonly challenge: string;
  readonly nonce: string | null;
  /** Seconds since 1970. */
  readonly authenticated: number;
  readonly account: string | null;
  readonly scopes: string;
  readonly context: unknown;
}

/** Uses a code of the client, whatever comes of it: no row when it is not its own, has expired, or was used before. */
export function useCode(schemaName: string, hash: Buffer, client: string): Statement {
  const schema = identifier(schemaName);
  return {
    text: `update ${schema}.code c set used = clock_timestamp() from ${schema}.authorization a
where c.hash = $1 and a.id = c.authorization_id and a.client = $2 and a.revoked is null and c.used is null and c.expires > clock_timestamp()
returning c.authorization_id, c.redirect_uri, c.challenge, c.nonce, extract(epoch from c.authenticated)::float8 as authenticated,
  a.account, a.scopes, a.context`,
    values: [hash, client],
  };
}

/** The authorization of a code that was used before: rows of {authorization_id}. */
export const readUsedCode = (schemaName: string, hash: Buffer): Statement => ({
  text: `select authorization_id from ${identifier(schemaName)}.code where hash = $1 and used is not null`,
  values: [hash],
});
