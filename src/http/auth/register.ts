/** The registration endpoint. https://www.rfc-editor.org/rfc/rfc7591#section-3, https://www.rfc-editor.org/rfc/rfc7592 */
import { timingSafeEqual } from 'node:crypto';
import express, { type Request, type RequestHandler, Router } from 'express';
import { addClient, type Client, deleteRegistered, findClient } from '../../auth/client.ts';
import { methodOf } from '../../auth/client-authentication.ts';
import { OAuthError } from '../../auth/oauth-error.ts';
import { originOf } from '../../auth/origin.ts';
import { metadataOf, type Registered, registrationOf } from '../../auth/registration.ts';
import { hashOf } from '../../auth/secret.ts';
import type { AuthContext } from './context.ts';
import { forEverybody } from './cross-origin.ts';
import { record, recordRefusal } from './endpoint.ts';
import { refused } from './refused.ts';

const bearerOf = ({ headers: { authorization } }: Request): string =>
  authorization?.slice(0, 7).toLowerCase() === 'bearer ' ? authorization.slice(7).trim() : '';

const isToken = (text: string, hash: Buffer | undefined): boolean => hash !== undefined && timingSafeEqual(hashOf(text), hash);

const noToken = (): OAuthError =>
  new OAuthError('invalid_token', 'This needs the token for registrations as Authorization: Bearer.', {
    'WWW-Authenticate': 'Bearer error="invalid_token"',
  });

/** Open to all, to who has the token of the house (section 1.2, initial access token), or to nobody. */
function mayRegister({ settings }: AuthContext): RequestHandler {
  const { registration, registrationToken = '' } = settings;
  const hash = registrationToken === '' ? undefined : hashOf(registrationToken);
  return (request, _, next) => {
    if (registration === 'closed') throw new OAuthError('access_denied', 'Clients are registered here by who runs the server.');
    if (registration === 'token' && !isToken(bearerOf(request), hash)) throw noToken();
    next();
  };
}

const shown = (
  context: AuthContext,
  request: Request,
  { client, method, registrationToken, secret }: Omit<Registered, 'registrationToken'> & Partial<Registered>,
) => ({
  ...metadataOf(client, method),
  ...(secret === undefined ? {} : { client_secret: secret, client_secret_expires_at: 0 }),
  ...(registrationToken === undefined ? {} : { registration_access_token: registrationToken }),
  registration_client_uri: `${originOf(context.baseOf(request))}/oauth/register/${client.id}`,
});

const register =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const registered = registrationOf(request.body);
    await addClient(context.database, registered.client);
    await record(context, request, { kind: 'register', outcome: 'success', client: registered.client.id });
    response.status(201).json({ ...shown(context, request, registered), client_id_issued_at: Math.floor(context.now().getTime() / 1000) });
  };

/** The same answer for a client that never was and for a wrong token (RFC 7592, section 2.1). */
async function ownClient(context: AuthContext, request: Request): Promise<Client> {
  const client = await findClient(context.database, String(request.params['id']));
  if (client === undefined || !isToken(bearerOf(request), client.registrationToken)) throw noToken();
  return client;
}

const methodNames = { none: 'none', secret: 'client_secret_basic', assertion: 'private_key_jwt' } as const;

const readOwn =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const client = await ownClient(context, request);
    response.json(shown(context, request, { client, method: methodNames[methodOf(client)] }));
  };

const deleteOwn =
  (context: AuthContext): RequestHandler =>
  async (request, response) => {
    const client = await ownClient(context, request);
    await deleteRegistered(context.database, client.id);
    await record(context, request, { kind: 'register', outcome: 'success', detail: 'deleted', client: client.id });
    response.status(204).end();
  };

export const registration = (context: AuthContext): Router =>
  Router()
    .use(...forEverybody)
    .post('/', mayRegister(context), express.json({ limit: 65_536 }), register(context))
    .get('/:id', readOwn(context))
    .delete('/:id', deleteOwn(context))
    .use(recordRefusal(context, 'register'), refused);
