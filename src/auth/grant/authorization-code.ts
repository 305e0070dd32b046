/** authorization_code: what the authorize endpoint gave, with the proof that it was given to whoever asks. https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3, https://www.rfc-editor.org/rfc/rfc7636#section-4.6 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { readUsedCode, type UsedCodeRow, useCode } from '../../store/statement/authorization/code.ts';
import { endAuthorization } from '../authorization.ts';
import { makeIdToken } from '../id-token.ts';
import type { LaunchContext } from '../launch-context.ts';
import { OAuthError } from '../oauth-error.ts';
import { hashOf } from '../secret.ts';
import { inOneTransaction } from '../tables.ts';
import { type Grant, type GrantContext, type GrantRequest, required, type TokenResponse } from './grant.ts';
import { accessSeconds, issueAccessToken, issueRefreshToken } from './issue.ts';

const refuse = (why: string): OAuthError => new OAuthError('invalid_grant', why);

/** https://www.rfc-editor.org/rfc/rfc7636#section-4.1 */
const verifierSyntax = /^[A-Za-z0-9._~-]{43,128}$/;

function isProof(verifier: string, challenge: string): boolean {
  const computed = Buffer.from(createHash('sha256').update(verifier).digest('base64url'));
  const expected = Buffer.from(challenge);
  return computed.length === expected.length && timingSafeEqual(computed, expected);
}

/** "If an authorization code is used more than once, the authorization server … SHOULD revoke … all tokens previously issued based on that code" (4.1.2). */
async function used({ database }: GrantContext, code: string, client: string): Promise<UsedCodeRow> {
  const hash = hashOf(code);
  const [row] = await database.run<UsedCodeRow>(useCode(database.schema, hash, client));
  if (row !== undefined) return row;
  const [before] = await database.run<{ authorization_id: string }>(readUsedCode(database.schema, hash));
  if (before !== undefined) await endAuthorization(database, before.authorization_id);
  throw refuse('The code is unknown, has expired, was used before, or is not of this client.');
}

/** For as long as the person is signed in, or longer where that was allowed. */
export const mayRefresh = (scopes: string, { grantTypes }: GrantRequest['client']): boolean =>
  grantTypes.includes('refresh_token') && scopes.split(' ').some((scope) => scope === 'offline_access' || scope === 'online_access');

function idToken({ database, issuer, now, box }: GrantContext, client: string, row: UsedCodeRow): Promise<string | undefined> {
  if (row.account === null) return Promise.resolve(undefined);
  const { account, nonce, authenticated, scopes } = row;
  const at = new Date(authenticated * 1000);
  return makeIdToken(database, { issuer, client, account, scopes: scopes.split(' '), nonce, authenticated: at, now: now() }, box);
}

async function issue(context: GrantContext, { client }: GrantRequest, row: UsedCodeRow): Promise<TokenResponse> {
  const { database, settings } = context;
  const { authorization_id: authorization, scopes } = row;
  const identity = await idToken(context, client.id, row);
  return inOneTransaction(database, async (tables) => {
    const tokens = await issueAccessToken(tables, { authorization, scopes, seconds: accessSeconds(settings) });
    const refresh = mayRefresh(scopes, client) ? await issueRefreshToken(tables, authorization, scopes, settings) : undefined;
    return {
      ...tokens,
      ...(refresh === undefined ? {} : { refresh_token: refresh }),
      ...(identity === undefined ? {} : { id_token: identity }),
      ...(row.context as LaunchContext),
    };
  });
}

export const authorizationCode: Grant = async (context, request) => {
  const { client, form } = request;
  const code = required(form, 'code');
  const redirectUri = required(form, 'redirect_uri');
  const verifier = required(form, 'code_verifier');
  const row = await used(context, code, client.id);
  if (row.redirect_uri !== redirectUri) throw refuse('redirect_uri is not the one to which the code was sent.');
  if (!verifierSyntax.test(verifier) || !isProof(verifier, row.challenge)) throw refuse('code_verifier does not fit the code_challenge.');
  return issue(context, request, row);
};
