/** The introspection endpoint. https://www.rfc-editor.org/rfc/rfc7662#section-2 */
import { type Request, type RequestHandler, Router } from 'express';
import { findClient } from '../../auth/client.ts';
import { methodOf } from '../../auth/client-authentication.ts';
import { required } from '../../auth/grant/grant.ts';
import { type Asker, introspect } from '../../auth/introspection.ts';
import { OAuthError } from '../../auth/oauth-error.ts';
import type { AuthContext } from './context.ts';
import { clientOf, record, recordRefusal } from './endpoint.ts';
import { form, formOf } from './form.ts';
import { onlyPost } from './method.ts';
import { refused } from './refused.ts';

/** "To prevent token scanning attacks, the endpoint MUST also require some form of authorization": of a client, or an access token. */
async function askerOf(context: AuthContext, request: Request): Promise<Asker> {
  const { authorization } = request.headers;
  if (authorization?.slice(0, 7).toLowerCase() !== 'bearer ') {
    const client = await clientOf(context, request);
    if (methodOf(client) !== 'none') return { client: client.id, trusted: client.trusted };
    throw new OAuthError('invalid_client', 'A public client cannot prove itself: ask with an access token.');
  }
  const principal = await context.authenticator.principalOf(authorization.slice(7).trim());
  const client = principal?.client === undefined ? undefined : await findClient(context.database, principal.client);
  if (client !== undefined) return { client: client.id, trusted: client.trusted };
  throw new OAuthError('invalid_token', 'The access token of this request does not count.', {
    'WWW-Authenticate': 'Bearer error="invalid_token"',
  });
}

const answer =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const asker = await askerOf(context, request);
    const told = await introspect(context.database, required(formOf(request), 'token'), asker, context.baseOf(request));
    await record(context, request, { kind: 'introspect', outcome: 'success', client: asker.client });
    response.json(told);
  };

export const introspection = (context: AuthContext): Router =>
  Router()
    .post('/', ...form, answer(context))
    .use(onlyPost, recordRefusal(context, 'introspect'), refused);
