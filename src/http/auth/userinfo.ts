/** Who signed in, for the holder of an access token. https://openid.net/specs/openid-connect-core-1_0.html#UserInfo */
import { type RequestHandler, Router } from 'express';
import { findAccount } from '../../auth/account.ts';
import { identityClaims } from '../../auth/id-token.ts';
import { OAuthError } from '../../auth/oauth-error.ts';
import type { AuthContext } from './context.ts';
import { forRegisteredOrigins } from './cross-origin.ts';
import { refused } from './refused.ts';
import { insufficient, tokenHolder } from './token-holder.ts';

const answer =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const { account: id, scopes } = await tokenHolder(context, request);
    if (!scopes.includes('openid')) throw insufficient(context, request, 'openid', 'The access token was not granted the scope openid.');
    const account = id === undefined ? undefined : await findAccount(context.database, id);
    if (account === undefined) throw new OAuthError('invalid_token', 'The access token stands for no person.');
    response.json(identityClaims(account, scopes, context.baseOf(request)));
  };

export const userinfo = (context: AuthContext): Router =>
  Router().use(forRegisteredOrigins(context)).get('/', answer(context)).post('/', answer(context)).use(refused);
