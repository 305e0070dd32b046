/**
 * The authorization request: every rule in its order, those of the client and its redirect URI first, for until these hold nothing may be
 * sent anywhere. https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1, https://hl7.org/fhir/smart-app-launch/app-launch.html#obtain-authorization-code
 */
import type { Client } from './client.ts';
import { purposeFor, treatment } from './purpose.ts';
import { isRegistered } from './redirect-uri.ts';
import { intersect, parseScope, type Scope } from './scope.ts';

/** https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1, https://openid.net/specs/openid-connect-core-1_0.html#AuthError */
export type AuthorizationErrorCode =
  | 'invalid_request'
  | 'unauthorized_client'
  | 'access_denied'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'server_error'
  | 'login_required'
  | 'interaction_required'
  | 'consent_required'
  | 'request_not_supported'
  | 'request_uri_not_supported'
  | 'registration_not_supported';

/** Told to the client, by way of the browser. */
export class AuthorizationError extends Error {
  readonly error: AuthorizationErrorCode;

  constructor(error: AuthorizationErrorCode, description: string) {
    super(description);
    this.name = 'AuthorizationError';
    this.error = error;
  }
}

/** Told to the person alone: where an answer would have to go cannot be trusted. */
export class UntrustedRequest extends Error {
  /** A key of the texts. */
  readonly reason: 'client-unknown' | 'redirect-unknown' | 'parameter-repeated' | 'not-allowed';

  constructor(reason: UntrustedRequest['reason']) {
    super(reason);
    this.name = 'UntrustedRequest';
    this.reason = reason;
  }
}

export type Prompt = 'none' | 'login' | 'consent' | 'select_account';

export interface AuthorizationRequest {
  readonly client: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly challenge: string;
  /** What was asked for, is known and is allowed to the client. */
  readonly scopes: readonly string[];
  readonly nonce?: string;
  readonly prompt: readonly Prompt[];
  /** Seconds since the person proved who they are, at most. */
  readonly maxAge?: number;
  readonly launch?: string;
  readonly loginHint?: string;
  /** Names whom the client expects to sign in. */
  readonly idTokenHint?: string;
  readonly uiLocales?: string;
  /** Why records are looked at, where the client said so. */
  readonly purpose?: string;
}

/** By name; undefined = given more than once. */
export type Parameters = ReadonlyMap<string, string | undefined>;

/** Parameters sent without a value MUST be treated as if they were omitted. */
export function parametersOf(text: string): Parameters {
  const found = new Map<string, string | undefined>();
  for (const [name, value] of new URLSearchParams(text)) if (value !== '') found.set(name, found.has(name) ? undefined : value);
  return found;
}

/** The client by its id, and the redirect URI that it has registered. Throws UntrustedRequest. */
export async function trustedTarget(
  parameters: Parameters,
  find: (id: string) => Promise<Client | undefined>,
): Promise<{ readonly client: Client; readonly redirectUri: string }> {
  for (const name of ['client_id', 'redirect_uri'])
    if (parameters.has(name) && parameters.get(name) === undefined) throw new UntrustedRequest('parameter-repeated');
  const client = await find(parameters.get('client_id') ?? '');
  if (client === undefined) throw new UntrustedRequest('client-unknown');
  const redirectUri = parameters.get('redirect_uri');
  if (redirectUri === undefined || !isRegistered(client, redirectUri)) throw new UntrustedRequest('redirect-unknown');
  return { client, redirectUri };
}

const refuse = (error: AuthorizationErrorCode, description: string): never => {
  throw new AuthorizationError(error, description);
};

const unsupported: Readonly<Record<string, AuthorizationErrorCode>> = {
  request: 'request_not_supported',
  request_uri: 'request_uri_not_supported',
  registration: 'registration_not_supported',
};

/** Request parameters MUST NOT be included more than once (RFC 6749, section 3.1). */
function checkForm(parameters: Parameters): void {
  for (const [name, value] of parameters) {
    if (value === undefined) refuse('invalid_request', 'A parameter is given more than once.');
    else if (value.includes('\0')) refuse('invalid_request', 'A parameter holds the character NUL.');
    const code = Object.hasOwn(unsupported, name) ? unsupported[name] : undefined;
    if (code !== undefined) refuse(code, `The parameter ${name} is not supported: send each parameter by itself.`);
  }
}

function checkResponse(parameters: Parameters): void {
  const type = parameters.get('response_type');
  if (type === undefined) refuse('invalid_request', 'response_type is missing: it must be code.');
  if (type !== 'code') refuse('unsupported_response_type', 'response_type must be code.');
  if ((parameters.get('response_mode') ?? 'query') !== 'query') refuse('invalid_request', 'response_mode must be query, or be left out.');
}

/** base64url of a SHA-256, and no plain challenge: RFC 9700, section 2.1.1. */
function challengeOf(parameters: Parameters): string {
  const challenge = parameters.get('code_challenge');
  if (challenge === undefined)
    return refuse('invalid_request', 'code_challenge is missing: this server takes no code request without PKCE.');
  if (parameters.get('code_challenge_method') !== 'S256') return refuse('invalid_request', 'code_challenge_method must be S256.');
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge))
    return refuse('invalid_request', 'code_challenge must be the SHA-256 of the verifier in base64url: 43 characters.');
  return challenge;
}

const mostState = 2048;

function stateOf(parameters: Parameters): string {
  const state = parameters.get('state');
  if (state === undefined) return refuse('invalid_request', 'state is missing: SMART App Launch requires one.');
  return state.length > mostState ? refuse('invalid_request', `state is longer than ${mostState} characters.`) : state;
}

const withoutSlash = (url: string): string => url.replace(/\/$/, '');

/** So that an application is not led by a false server to hand it a token of this one. */
function checkAudience(parameters: Parameters, base: string): void {
  const audience = parameters.get('aud') ?? parameters.get('resource');
  if (audience === undefined) refuse('invalid_request', 'aud is missing: it must be the FHIR base of this server.');
  else if (withoutSlash(audience) !== base) refuse('invalid_request', `aud must be the FHIR base of this server, ${base}.`);
}

/** What the server knows of scopes. */
export interface KnownScopes {
  readonly isType: (name: string) => boolean;
  /** Throws a FhirError for a scope whose search cannot be granted. */
  readonly check: (scope: Scope) => void;
}

function readScope(text: string): readonly Scope[] {
  try {
    return [parseScope(text)];
  } catch {
    // What is not known is not granted; the token response says what was: RFC 6749, section 3.3.
    return [];
  }
}

/** Scopes of `system/` are for clients that act for themselves. */
const isForPeople = (scope: Scope): boolean => scope.kind === 'plain' || scope.level !== 'system';

const known = (text: string, { isType }: KnownScopes): readonly Scope[] =>
  readScope(text).filter((scope) => isForPeople(scope) && (scope.kind === 'plain' || scope.type === '*' || isType(scope.type)));

function checked(scope: Scope, { check }: KnownScopes): string {
  try {
    check(scope);
    return scope.text;
  } catch (error) {
    return refuse('invalid_scope', error instanceof Error ? error.message : 'A scope cannot be granted.');
  }
}

function scopesOf(parameters: Parameters, client: Client, server: KnownScopes): readonly string[] {
  const text = parameters.get('scope');
  if (text === undefined) return refuse('invalid_scope', 'scope is missing: say what the application wants to do.');
  if (text.length > 8192) return refuse('invalid_scope', 'scope is longer than 8192 characters.');
  const asked = [...new Set(text.split(' ').filter((each) => each !== ''))].flatMap((each) => known(each, server));
  const allowed = intersect(asked, client.scopes.flatMap(readScope)).map((scope) => checked(scope, server));
  return allowed.length === 0 ? refuse('invalid_scope', 'None of the scopes is known here and allowed to this client.') : allowed;
}

const prompts: readonly Prompt[] = ['none', 'login', 'consent', 'select_account'];

function promptOf(parameters: Parameters): readonly Prompt[] {
  const words = (parameters.get('prompt') ?? '').split(' ').filter((word) => word !== '');
  const known = prompts.filter((prompt) => words.includes(prompt));
  if (known.length !== new Set(words).size) return refuse('invalid_request', `prompt must be of ${prompts.join(', ')}.`);
  return known.includes('none') && known.length > 1 ? refuse('invalid_request', 'prompt=none stands alone.') : known;
}

function maxAgeOf(parameters: Parameters): number | undefined {
  const text = parameters.get('max_age');
  if (text === undefined) return undefined;
  return /^\d{1,9}$/.test(text) ? Number(text) : refuse('invalid_request', 'max_age must be a number of seconds.');
}

/** As IHE IUA lets clients say it. https://profiles.ihe.net/ITI/IUA/index.html */
function purposeOf(parameters: Parameters, { purposes = [] }: Client): string | undefined {
  const asked = parameters.get('purpose_of_use');
  if (asked === undefined) return undefined;
  const purpose = purposeFor(purposes, asked);
  return purpose ?? refuse('invalid_request', `purpose_of_use must be one of those of the client: ${purposes.join(', ') || treatment}.`);
}

const optional = <Name extends string, T>(name: Name, value: T | undefined): { readonly [N in Name]?: T } =>
  value === undefined ? {} : ({ [name]: value } as { readonly [N in Name]: T });

/** Throws AuthorizationError, for a client and redirect URI that are trusted. */
export function readRequest(
  parameters: Parameters,
  client: Client,
  redirectUri: string,
  base: string,
  server: KnownScopes,
): AuthorizationRequest {
  checkForm(parameters);
  checkResponse(parameters);
  if (!client.grantTypes.includes('authorization_code'))
    throw new AuthorizationError(
      'unauthorized_client',
      'This client may not act for people: the grant authorization_code is not among its own.',
    );
  const state = stateOf(parameters);
  const challenge = challengeOf(parameters);
  checkAudience(parameters, base);
  const scopes = scopesOf(parameters, client, server);
  return {
    ...{ client: client.id, redirectUri, state, challenge, scopes, prompt: promptOf(parameters) },
    ...optional('nonce', parameters.get('nonce')?.slice(0, mostState)),
    ...optional('maxAge', maxAgeOf(parameters)),
    ...optional('launch', parameters.get('launch')),
    ...optional('loginHint', parameters.get('login_hint')?.slice(0, 100)),
    ...optional('idTokenHint', parameters.get('id_token_hint')),
    ...optional('purpose', purposeOf(parameters, client)),
    ...optional('uiLocales', parameters.get('ui_locales')?.slice(0, 200)),
  };
}
