/** Which client asks, and how it proves that. https://www.rfc-editor.org/rfc/rfc6749#section-2.3, https://www.rfc-editor.org/rfc/rfc6749#section-3.2.1 */
import { timingSafeEqual } from 'node:crypto';
import { type RefreshTokenRow, readRefreshToken } from '../store/statement/authorization/refresh-token.ts';
import { type Client, findClient } from './client.ts';
import { type AssertionContext, assertionType, checkAssertion, clientOfAssertion } from './client-assertion.ts';
import { OAuthError } from './oauth-error.ts';
import { hashOf } from './secret.ts';

export interface ClientCredentials {
  /** The header Authorization. */
  readonly authorization?: string | undefined;
  /** Parameters of the body. */
  readonly form: Readonly<Record<string, string | undefined>>;
}

type Method = 'none' | 'secret' | 'assertion';

interface Claim {
  readonly id: string;
  readonly method: Method;
  readonly proof: string;
}

/** The same for an unknown client and a wrong proof. */
const refuse = (): OAuthError =>
  new OAuthError('invalid_client', 'The client is unknown, or did not prove itself in the way it is registered for.');

const isBasic = (authorization: string | undefined): authorization is string => authorization?.slice(0, 6).toLowerCase() === 'basic ';

/** "If the client attempted to authenticate via the Authorization request header field", it is told the scheme: section 5.2. */
const withScheme = (error: unknown, { authorization }: ClientCredentials): unknown =>
  error instanceof OAuthError && error.error === 'invalid_client' && isBasic(authorization)
    ? new OAuthError(error.error, error.message, { 'WWW-Authenticate': 'Basic realm="clients"' })
    : error;

const decoded = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

/** Both parts are form-encoded before they are joined: section 2.3.1. */
function basic(header: string): Claim {
  const text = Buffer.from(header.slice(6).trim(), 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) throw refuse();
  try {
    return { id: decoded(text.slice(0, colon)), method: 'secret', proof: decoded(text.slice(colon + 1)) };
  } catch {
    throw refuse();
  }
}

function assertion(form: ClientCredentials['form']): Claim {
  const { client_assertion: proof, client_assertion_type: type } = form;
  if (type !== assertionType) throw new OAuthError('invalid_request', `client_assertion_type must be ${assertionType}.`);
  if (proof === undefined) throw new OAuthError('invalid_request', 'client_assertion is missing.');
  return { id: clientOfAssertion(proof), method: 'assertion', proof };
}

/** "The client MUST NOT use more than one authentication method in each request." */
function claimOf({ authorization, form }: ClientCredentials): Claim {
  const { client_id: id, client_secret: secret } = form;
  const isAssertion = form.client_assertion !== undefined || form.client_assertion_type !== undefined;
  if ([isBasic(authorization), isAssertion, secret !== undefined].filter(Boolean).length > 1)
    throw new OAuthError('invalid_request', 'The client proves itself in more than one way: choose one.');
  const claim = isBasic(authorization) ? basic(authorization) : isAssertion ? assertion(form) : undefined;
  if (claim !== undefined && id !== undefined && id !== claim.id)
    throw new OAuthError('invalid_request', 'client_id is another one than that of the credentials.');
  if (claim !== undefined) return claim;
  if (id === undefined) throw refuse();
  return secret === undefined ? { id, method: 'none', proof: '' } : { id, method: 'secret', proof: secret };
}

/** How a client is registered to prove itself: by keys where it has any. */
export const methodOf = ({ kind, jwks, jwksUri }: Client): Method =>
  kind === 'public' ? 'none' : jwks !== undefined || jwksUri !== undefined ? 'assertion' : 'secret';

/** A refresh of a public client may leave out who asks: the token tells. https://hl7.org/fhir/smart-app-launch/app-launch.html#request-5 */
async function named(credentials: ClientCredentials, { tables }: AssertionContext): Promise<ClientCredentials> {
  const { authorization, form } = credentials;
  const { grant_type: grant, refresh_token: token, client_id: id, client_assertion: signed } = form;
  if (grant !== 'refresh_token' || token === undefined || id !== undefined || signed !== undefined || isBasic(authorization))
    return credentials;
  const [row] = await tables.run<RefreshTokenRow>(readRefreshToken(tables.schema, hashOf(token)));
  return row === undefined ? credentials : { form: { ...form, client_id: row.client } };
}

async function authenticate(credentials: ClientCredentials, context: AssertionContext): Promise<Client> {
  const { id, method, proof } = claimOf(await named(credentials, context));
  const client = await findClient(context.tables, id);
  if (client === undefined || methodOf(client) !== method) throw refuse();
  if (method === 'assertion') await checkAssertion(proof, client, context);
  if (method === 'secret' && !(client.secret !== undefined && timingSafeEqual(hashOf(proof), client.secret))) throw refuse();
  return client;
}

/** Throws OAuthError. A public client proves nothing: it only says who it is. */
export const authenticateClient = (credentials: ClientCredentials, context: AssertionContext): Promise<Client> =>
  authenticate(credentials, context).catch((error: unknown) => {
    throw withScheme(error, credentials);
  });
