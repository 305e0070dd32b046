/** What a token stands for, told to who may know. https://www.rfc-editor.org/rfc/rfc7662, https://hl7.org/fhir/smart-app-launch/token-introspection.html */
import { type AccessTokenRow, readAccessToken } from '../store/statement/authorization/access-token.ts';
import { type RefreshTokenRow, readRefreshToken } from '../store/statement/authorization/refresh-token.ts';
import { hashOf } from './secret.ts';
import type { Tables } from './tables.ts';

export type Introspection = { readonly active: false } | ({ readonly active: true } & Readonly<Record<string, unknown>>);

/** Nothing besides: why it does not count is nobody's business (section 2.2). */
const inactive: Introspection = { active: false };

export interface Asker {
  /** Id of the client that asks. */
  readonly client: string;
  /** It belongs to the house, such as another resource server: tokens of all clients are told to it, to others their own. */
  readonly trusted: boolean;
}

function ofAccessToken(row: AccessTokenRow, issuer: string): Introspection {
  const scopes = row.scopes.split(' ');
  const hasIdentity = row.account !== null && scopes.includes('openid');
  return {
    active: true,
    token_type: 'Bearer',
    scope: row.scopes,
    client_id: row.client,
    exp: Math.floor(row.expires),
    iat: Math.floor(row.created),
    aud: issuer,
    iss: issuer,
    ...(hasIdentity ? { sub: row.account } : {}),
    ...(hasIdentity && row.fhir_user !== null && scopes.includes('fhirUser') ? { fhirUser: `${issuer}/${row.fhir_user}` } : {}),
    ...(row.context as object),
  };
}

const ofRefreshToken = ({ scopes, client, expires, context }: RefreshTokenRow): Introspection => ({
  active: true,
  scope: scopes,
  client_id: client,
  exp: Math.floor(expires),
  ...(context as object),
});

export async function introspect(tables: Tables, token: string, asker: Asker, issuer: string): Promise<Introspection> {
  const hash = hashOf(token);
  const mayKnow = ({ client }: { readonly client: string }): boolean => asker.trusted || client === asker.client;
  const [access] = await tables.run<AccessTokenRow>(readAccessToken(tables.schema, hash));
  if (access !== undefined) return mayKnow(access) ? ofAccessToken(access, issuer) : inactive;
  const [refresh] = await tables.run<RefreshTokenRow>(readRefreshToken(tables.schema, hash));
  return refresh !== undefined && refresh.counts && !refresh.used && mayKnow(refresh) ? ofRefreshToken(refresh) : inactive;
}
