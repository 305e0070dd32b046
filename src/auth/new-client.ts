/** A client as an administrator describes it: unlike one that registers itself, it may have whatever scopes, a policy and purposes. https://www.rfc-editor.org/rfc/rfc7591#section-2 */
import { randomUUID } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import { FhirError } from '../fhir/outcome.ts';
import type { Client } from './client.ts';
import { keysOf } from './key-set.ts';
import { OAuthError } from './oauth-error.ts';
import { parsePurposes } from './purpose.ts';
import { mayBeRedirect } from './registration.ts';
import { parseScopes, printScope } from './scope.ts';
import { newSecret } from './secret.ts';

type Given = Readonly<Record<string, unknown>>;

export const clientFields = [
  ...['id', 'name', 'kind', 'redirectUris', 'postLogoutRedirectUris', 'launchUri', 'grantTypes', 'scopes', 'policy', 'purposes'],
  ...['jwks', 'jwksUri', 'trusted'],
];

const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'];
const most = 20;

const refuse = (name: string, right: string): OAuthError => new OAuthError('invalid_client_metadata', `${name} must be ${right}.`);

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= 2000 && !value.includes('\0');

function textOf(given: Given, name: string): string | undefined {
  const value = given[name];
  if (value === undefined || isText(value)) return value;
  throw refuse(name, 'a text of 2000 characters at most');
}

function listOf(given: Given, name: string): readonly string[] {
  const value = given[name] ?? [];
  if (Array.isArray(value) && value.length <= most && value.every(isText)) return value;
  throw refuse(name, `a list of ${most} texts at most`);
}

function webUrl(given: Given, name: string): string | undefined {
  const text = textOf(given, name);
  if (text === undefined || (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol))) return text;
  throw refuse(name, 'an absolute URL');
}

function redirectsOf(given: Given, name: string): readonly string[] {
  const uris = listOf(given, name);
  if (uris.every((uri) => mayBeRedirect(uri, true))) return uris;
  throw new OAuthError(
    'invalid_redirect_uri',
    `${name} must be https URLs without fragment, of a loopback address, or of a scheme such as com.example.app:/callback.`,
  );
}

function scopesOf(given: Given): readonly string[] {
  try {
    const scopes = parseScopes(listOf(given, 'scopes').join(' ')).map(printScope);
    if (scopes.length > 0) return scopes;
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    throw refuse('scopes', `a list of scopes: ${error.message}`);
  }
  throw refuse('scopes', 'a list of scopes, such as ["system/*.rs"]');
}

function keysFor(given: Given): Pick<Client, 'jwks' | 'jwksUri'> {
  const jwksUri = webUrl(given, 'jwksUri');
  const { jwks } = given;
  if (jwksUri !== undefined && jwks !== undefined) throw refuse('jwks or jwksUri', 'given, not both');
  if (jwksUri !== undefined) return { jwksUri };
  if (jwks === undefined) return {};
  if (keysOf(jwks)?.every((key) => key.d === undefined && typeof key.kid === 'string') === true) return { jwks: jwks as JSONWebKeySet };
  throw refuse('jwks', 'a set of public keys, each with its kid');
}

function purposesOf(given: Given): Pick<Client, 'purposes'> {
  const words = listOf(given, 'purposes');
  if (words.length === 0) return {};
  const purposes = parsePurposes(words.join(' '));
  if (purposes !== undefined) return { purposes };
  throw refuse('purposes', 'codes of v3-ActReason, such as ["TREAT", "HRESCH"], and not BTG');
}

function grantsOf(given: Given, kind: Client['kind'], redirects: readonly string[]): readonly string[] {
  const asked = listOf(given, 'grantTypes');
  const grants = asked.length > 0 ? asked : redirects.length > 0 ? ['authorization_code', 'refresh_token'] : ['client_credentials'];
  if (!grants.every((grant) => grantTypes.includes(grant))) throw refuse('grantTypes', `of ${grantTypes.join(', ')}`);
  if (grants.includes('client_credentials') && kind === 'public') throw refuse('kind', 'confidential for a client that acts for itself');
  if (grants.includes('authorization_code') === (redirects.length === 0))
    throw refuse('redirectUris', 'given for authorization_code, and for nothing else');
  return grants;
}

export interface NewClient {
  readonly client: Client;
  /** Shown once; absent where it proves itself by keys, or is public. */
  readonly secret?: string;
}

/** Throws OAuthError that names the property. Whether there is a policy of the name is asked elsewhere. */
export function newClient(given: Given): NewClient {
  const kind = given['kind'] ?? 'confidential';
  if (kind !== 'public' && kind !== 'confidential') throw refuse('kind', 'public or confidential');
  const { trusted = false } = given;
  if (typeof trusted !== 'boolean') throw refuse('trusted', 'true or false');
  const name = textOf(given, 'name');
  if (name === undefined) throw refuse('name', 'given, as people see it');
  const keys = keysFor(given);
  const secret = kind === 'public' || Object.keys(keys).length > 0 ? undefined : newSecret();
  const [redirectUris, launchUri, policy] = [redirectsOf(given, 'redirectUris'), webUrl(given, 'launchUri'), textOf(given, 'policy')];
  const id = textOf(given, 'id') ?? randomUUID();
  if (!/^[\x21-\x7e]{1,255}$/.test(id)) throw refuse('id', 'of 255 visible characters of ASCII at most');
  const client: Client = {
    ...{ id, name, kind, ...keys, redirectUris, postLogoutRedirectUris: redirectsOf(given, 'postLogoutRedirectUris') },
    ...(secret === undefined ? {} : { secret: secret.hash }),
    ...(launchUri === undefined ? {} : { launchUri }),
    ...{ grantTypes: grantsOf(given, kind, redirectUris), scopes: scopesOf(given) },
    ...(policy === undefined ? {} : { policy }),
    ...purposesOf(given),
    ...{ trusted, details: {}, disabled: false },
  };
  return { client, ...(secret === undefined ? {} : { secret: secret.text }) };
}
