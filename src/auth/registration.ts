/** Clients that register themselves: what they may say of themselves, and how little they get by it. https://www.rfc-editor.org/rfc/rfc7591#section-2 */
import { randomUUID } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import { FhirError } from '../fhir/outcome.ts';
import type { Client } from './client.ts';
import { keysOf } from './key-set.ts';
import { OAuthError } from './oauth-error.ts';
import { intersect, parseScopes, printScope } from './scope.ts';
import { newSecret } from './secret.ts';
import { isShapeName, type ShapeName, shapeNames } from './study-shape.ts';

/** Whoever registers gets by it what a person may allow, and nothing that changes records or needs no person. */
const safeScopes = 'openid fhirUser profile launch launch/patient launch/encounter offline_access online_access patient/*.rs user/*.rs';
const grantTypes = ['authorization_code', 'refresh_token'];
const methods = ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'];
/** What is kept to be shown to people. */
const shownTexts = ['client_name', 'software_id', 'software_version'];
const shownUrls = ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri'];
const most = 10;

export interface Registered {
  readonly client: Client;
  readonly method: string;
  readonly secret?: string;
  /** With which it may read and delete its registration. */
  readonly registrationToken: string;
}

type Metadata = Readonly<Record<string, unknown>>;

const refuse = (name: string, right: string): OAuthError => new OAuthError('invalid_client_metadata', `${name} must be ${right}.`);

function textOf(metadata: Metadata, name: string): string | undefined {
  const value = metadata[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && value.length > 0 && value.length <= 2000 && !value.includes('\0')) return value;
  throw refuse(name, 'a text of 2000 characters at most');
}

function listOf(metadata: Metadata, name: string): readonly string[] | undefined {
  const value = metadata[name];
  if (value === undefined) return undefined;
  const isList = Array.isArray(value) && value.length <= most && value.every((each) => typeof each === 'string' && each.length <= 2000);
  if (isList) return value as string[];
  throw refuse(name, `a list of ${most} texts at most`);
}

function webUrl(metadata: Metadata, name: string): string | undefined {
  const text = textOf(metadata, name);
  if (text === undefined || (URL.canParse(text) && new URL(text).protocol === 'https:')) return text;
  throw refuse(name, 'an https URL');
}

function shapeOf(metadata: Metadata, name: string): ShapeName | undefined {
  const value = metadata[name];
  if (value === undefined || isShapeName(value)) return value;
  throw refuse(name, `one of ${shapeNames.join(', ')}`);
}

const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d{1,5})?(\/|$)/;
/** An application on a phone: a scheme of a name that it has reversed. https://www.rfc-editor.org/rfc/rfc8252#section-7.1 */
const ownScheme = /^[a-z][a-z0-9+-]*(\.[a-z0-9+-]+)+:\/[^\s]*$/;

export function mayBeRedirect(uri: string, isPublic: boolean): boolean {
  if (uri.includes('#') || /[\s*\\]/.test(uri) || !URL.canParse(uri)) return false;
  const { protocol, username, password } = new URL(uri);
  if (username !== '' || password !== '') return false;
  return protocol === 'https:' || (isPublic && (loopback.test(uri) || ownScheme.test(uri)));
}

function redirectsOf(metadata: Metadata, isPublic: boolean): readonly string[] {
  const uris = listOf(metadata, 'redirect_uris') ?? [];
  if (uris.length > 0 && uris.every((uri) => mayBeRedirect(uri, isPublic))) return uris;
  throw new OAuthError(
    'invalid_redirect_uri',
    'redirect_uris must be https URLs without fragment; those of a public client may also be of a loopback address or of a scheme such as com.example.app:/callback.',
  );
}

function methodOf(metadata: Metadata): string {
  const method = textOf(metadata, 'token_endpoint_auth_method') ?? 'client_secret_basic';
  if (methods.includes(method)) return method;
  throw refuse('token_endpoint_auth_method', `one of ${methods.join(', ')}`);
}

function grantsOf(metadata: Metadata): readonly string[] {
  const given = listOf(metadata, 'grant_types') ?? ['authorization_code'];
  if (given.includes('authorization_code') && given.every((each) => grantTypes.includes(each))) return given;
  throw refuse('grant_types', `authorization_code, and refresh_token where it is needed`);
}

function scopesOf(metadata: Metadata): readonly string[] {
  const asked = textOf(metadata, 'scope') ?? safeScopes;
  try {
    const scopes = intersect(parseScopes(asked), parseScopes(safeScopes)).map(printScope);
    if (scopes.length > 0) return scopes;
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
  }
  throw refuse('scope', `scopes of which some are within "${safeScopes}"`);
}

function keysFor(metadata: Metadata, method: string): Pick<Client, 'jwks' | 'jwksUri'> {
  const jwksUri = webUrl(metadata, 'jwks_uri');
  const { jwks } = metadata;
  if ((jwksUri === undefined) === (jwks === undefined) && method === 'private_key_jwt')
    throw refuse('jwks_uri or jwks', 'given for private_key_jwt, one of the two');
  if (method !== 'private_key_jwt') return {};
  if (jwksUri !== undefined) return { jwksUri };
  const keys = keysOf(jwks);
  const isPublic = keys?.every((key) => (key.kty === 'RSA' || key.kty === 'EC') && key.d === undefined && typeof key.kid === 'string');
  if (isPublic !== true) throw refuse('jwks', 'a set of public RSA or EC keys, each with its kid');
  return { jwks: jwks as JSONWebKeySet };
}

const given = (names: readonly string[], read: (name: string) => unknown): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, read(name)]).filter(([, value]) => value !== undefined));

/** Throws OAuthError `invalid_redirect_uri` or `invalid_client_metadata`. */
export function registrationOf(metadata: unknown): Registered {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) throw refuse('The body', 'a JSON object');
  const asked = metadata as Metadata;
  const method = methodOf(asked);
  const isPublic = method === 'none';
  const secret = method.startsWith('client_secret') ? newSecret() : undefined;
  const token = newSecret();
  const launchUri = webUrl(asked, 'launch_uri') ?? webUrl(asked, 'initiate_login_uri');
  const id = randomUUID();
  const client: Client = {
    id,
    name: textOf(asked, 'client_name') ?? id,
    kind: isPublic ? 'public' : 'confidential',
    ...(secret === undefined ? {} : { secret: secret.hash }),
    ...keysFor(asked, method),
    redirectUris: redirectsOf(asked, isPublic),
    postLogoutRedirectUris: (listOf(asked, 'post_logout_redirect_uris') ?? []).filter((uri) => mayBeRedirect(uri, isPublic)),
    ...(launchUri === undefined ? {} : { launchUri }),
    grantTypes: grantsOf(asked),
    scopes: scopesOf(asked),
    trusted: false,
    details: {
      ...given(shownTexts, (name) => textOf(asked, name)),
      ...given(shownUrls, (name) => webUrl(asked, name)),
      ...given(['contacts'], (name) => listOf(asked, name)),
      ...given(['genomic_study'], (name) => shapeOf(asked, name)),
    },
    registrationToken: token.hash,
    disabled: false,
  };
  return { client, method, ...(secret === undefined ? {} : { secret: secret.text }), registrationToken: token.text };
}

/** https://www.rfc-editor.org/rfc/rfc7591#section-3.2.1 */
export const metadataOf = (client: Client, method: string): Record<string, unknown> => ({
  client_id: client.id,
  ...client.details,
  client_name: client.name,
  token_endpoint_auth_method: method,
  redirect_uris: client.redirectUris,
  ...(client.postLogoutRedirectUris.length === 0 ? {} : { post_logout_redirect_uris: client.postLogoutRedirectUris }),
  ...(client.launchUri === undefined ? {} : { launch_uri: client.launchUri }),
  grant_types: client.grantTypes,
  response_types: ['code'],
  scope: client.scopes.join(' '),
  ...(client.jwksUri === undefined ? {} : { jwks_uri: client.jwksUri }),
  ...(client.jwks === undefined ? {} : { jwks: client.jwks }),
});
