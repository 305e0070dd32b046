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
