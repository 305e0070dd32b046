/** Who holds the access token of a request to an endpoint. https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
import type { Request } from 'express';
import { OAuthError } from '../../auth/oauth-error.ts';
import type { Principal } from '../../auth/principal.ts';
import type { AuthContext } from './context.ts';

const header = /^bearer +([A-Za-z0-9._~+/-]{1,16384}=*)$/i;

/** Throws OAuthError. */
export async function tokenHolder({ authenticator, baseOf }: AuthContext, request: Request): Promise<Principal> {
  const realm = `Bearer realm="${baseOf(request)}"`;
  const { authorization } = request.headers;
  if (authorization === undefined)
    throw new OAuthError('invalid_token', 'This endpoint needs an access token: send Authorization: Bearer.', {
      'WWW-Authenticate': realm,
    });
  const [, token] = header.exec(authorization) ?? [];
  const principal = token === undefined ? undefined : await authenticator.principalOf(token);
  if (principal !== undefined) return principal;
  const description = 'The access token is malformed, has expired, was revoked, or is not of this server.';
  throw new OAuthError('invalid_token', description, {
    'WWW-Authenticate': `${realm}, error="invalid_token", error_description="${description}"`,
  });
}

/** Throws OAuthError. */
export function insufficient({ baseOf }: AuthContext, request: Request, scope: string, description: string): OAuthError {
  return new OAuthError('insufficient_scope', description, {
    'WWW-Authenticate': `Bearer realm="${baseOf(request)}", error="insufficient_scope", scope="${scope}"`,
  });
}
