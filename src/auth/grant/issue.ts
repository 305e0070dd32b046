/** Makes the tokens of an authorization. https://www.rfc-editor.org/rfc/rfc6749#section-5.1 */
import { insertAccessToken } from '../../store/statement/authorization/access-token.ts';
import { insertRefreshToken } from '../../store/statement/authorization/refresh-token.ts';
import { newSecret } from '../secret.ts';
import type { AuthorizationSettings } from '../setting.ts';
import type { Tables } from '../tables.ts';
import type { TokenResponse } from './grant.ts';

export interface Issue {
  readonly authorization: string;
  /** Of the access token, separated by blanks. */
  readonly scopes: string;
  /** Seconds that the access token counts. */
  readonly seconds: number;
}

export async function issueAccessToken(tables: Tables, { authorization, scopes, seconds }: Issue): Promise<TokenResponse> {
  const { text, hash } = newSecret();
  await tables.run(insertAccessToken(tables.schema, hash, authorization, scopes, seconds));
  return { access_token: text, token_type: 'Bearer', expires_in: seconds, scope: scopes };
}

/** "the refresh token scope MUST be identical to that of the refresh token included by the client in the request" (section 6). */
export async function issueRefreshToken(
  tables: Tables,
  authorization: string,
  scopes: string,
  { refreshTokenLifetime }: AuthorizationSettings,
): Promise<string> {
  const { text, hash } = newSecret();
  await tables.run(insertRefreshToken(tables.schema, hash, authorization, scopes, Math.floor(refreshTokenLifetime / 1000)));
  return text;
}

export const accessSeconds = ({ accessTokenLifetime }: AuthorizationSettings): number => Math.floor(accessTokenLifetime / 1000);
