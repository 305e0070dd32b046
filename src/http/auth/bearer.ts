/** The access token of a FHIR request. https://www.rfc-editor.org/rfc/rfc6750 */
import type { IncomingMessage } from 'node:http';
import type { Authenticator } from '../../auth/authenticate.ts';
import { anonymousPrincipal, type Principal } from '../../auth/principal.ts';
import { type FhirError, refusal } from '../../fhir/outcome.ts';
import type { Target } from '../target.ts';

/** A JWT of a trusted issuer with many claims is shorter. */
const longest = 16_384;
const syntax = /^[A-Za-z0-9._~+/-]+=*$/;

interface Fault {
  /** Absent: the request carries no credentials at all, and is told nothing but that it needs some (section 3.1). */
  readonly error?: 'invalid_request' | 'invalid_token';
  readonly text: string;
}

const missing: Fault = {
  text: 'This server answers no request without an access token: send Authorization: Bearer, with a token of the token endpoint.',
};
const inUrl: Fault = {
  error: 'invalid_request',
  text: 'An access token must not stand in the URL, where logs and histories keep it; take it as known to others, and send a new one as Authorization: Bearer.',
};
const twice: Fault = { error: 'invalid_request', text: 'The request carries the header Authorization more than once.' };
const unusable: Fault = {
  error: 'invalid_token',
  text: 'The access token is malformed, has expired, was revoked, or is not of this server.',
};

function refuse({ error, text }: Fault, realm: string): FhirError {
  const code = error === undefined ? '' : `, error="${error}", error_description="${text}"`;
  const headers = { 'www-authenticate': `Bearer realm="${realm}"${code}` };
  return refusal('login', text, { status: error === 'invalid_request' ? 400 : 401, headers });
}

const isAuthorization = (name: string): boolean => name.length === 13 && name.toLowerCase() === 'authorization';

/** Node keeps the first of several lines and drops the others. */
function hasTwo({ rawHeaders }: IncomingMessage): boolean {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) if (isAuthorization(rawHeaders[i] as string)) count++;
  return count > 1;
}

/** What the server says of itself is for everybody. */
const isOpen = ({ path }: Target, method: string | undefined): boolean =>
  path.length === 1 && path[0] === 'metadata' && (method === 'GET' || method === 'HEAD');

/** The token of a header; undefined = there is none. */
function tokenOf(header: string | undefined): string | undefined {
  if (header === undefined || header.slice(0, 7).toLowerCase() !== 'bearer ') return undefined;
  return header.slice(7).trim();
}

export type Authenticate = (request: IncomingMessage, target: Target) => Principal | Promise<Principal>;

export function authenticateBearer(authenticator: Authenticator, baseOf: (request: IncomingMessage) => string): Authenticate {
  const later = async (found: Promise<Principal | undefined>, request: IncomingMessage): Promise<Principal> => {
    const principal = await found;
    if (principal === undefined) throw refuse(unusable, baseOf(request));
    return principal;
  };
  return (request, target) => {
    if (target.query.length > 0 && target.query.some(([name]) => name === 'access_token')) throw refuse(inUrl, baseOf(request));
    if (isOpen(target, request.method)) return anonymousPrincipal;
    const token = tokenOf(request.headers.authorization);
    if (token === undefined) throw refuse(missing, baseOf(request));
    if (hasTwo(request)) throw refuse(twice, baseOf(request));
    if (token.length > longest || !syntax.test(token)) throw refuse(unusable, baseOf(request));
    const found = authenticator.principalOf(token);
    return found instanceof Promise || found === undefined ? later(Promise.resolve(found), request) : found;
  };
}
