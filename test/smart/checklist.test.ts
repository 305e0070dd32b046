/**
 * Lines of RFC 9700 (section 2), OpenID Connect Core, RFC 7591, 8414 and SMART App Launch 2.2 that no other test holds, one by one, against the
 * running server. docs/oauth-checklist.md says of each line where it is proved.
 */
import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { type Browsing, browse } from '../auth/pages-support.ts';
import { signIn } from './sign-in.ts';
import { password, type SmartWorld, smartWorld } from './smart-world.ts';

const callback = 'https://app.example.org/callback';
const stranger = 'https://evil.example';
const dora = { name: 'dora', password, patient: 'ann' };

let world: SmartWorld;
let system: string;

beforeAll(async () => {
  world = await smartWorld({ REGISTRATION: 'open', CORS_ORIGINS: 'https://portal.example.org' });
  await world.account({});
  await world.account({ name: 'eva', fhirUser: undefined });
  const scopes = ['launch', 'launch/patient', 'patient/*.rs', 'offline_access', 'openid', 'fhirUser', 'profile'];
  await world.client({ scopes });
  await world.client({ id: 'house', scopes, trusted: true });
  system = (await world.token({ client: 'house', scopes: ['system/*.cruds'] })).token;
}, 180_000);
afterAll(async () => {
  expect(world?.faults()).toEqual([]);
  await world?.close();
});

type Parameters = Readonly<Record<string, string | undefined>>;

const verifier = randomBytes(32).toString('base64url');
const challenge = createHash('sha256').update(verifier).digest('base64url');

const given = (parameters: Parameters): URLSearchParams =>
  new URLSearchParams(Object.entries(parameters).filter((pair): pair is [string, string] => pair[1] !== undefined));

const request = (changed: Parameters = {}): string =>
  `${world.origin}/oauth/authorize?${given({
    ...{ response_type: 'code', client_id: 'house', redirect_uri: callback, scope: 'openid fhirUser' },
    ...{ state: 'the-state', aud: world.base, code_challenge: challenge, code_challenge_method: 'S256', ...changed },
  })}`;

async function post(path: string, parameters: Parameters, headers: Record<string, string> = {}) {
  const response = await fetch(`${world.origin}/oauth/${path}`, { method: 'POST', body: given(parameters), headers });
  const text = await response.text();
  const body = (text.startsWith('{') ? JSON.parse(text) : {}) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, body };
}

/** The tokens of a person who signs in with this browser. */
async function tokensOf(changed: Parameters = {}, answers = dora, browser = browse(world.origin)): Promise<Record<string, unknown>> {
  const answered = await signIn(world.origin, request(changed), answers, browser);
  const code = answered.searchParams.get('code') ?? '';
  const form = { grant_type: 'authorization_code', code, redirect_uri: callback, client_id: 'house', code_verifier: verifier };
  return (await post('token', { ...form, client_id: changed['client_id'] ?? 'house' })).body;
}

const told = async (browser: Browsing, changed: Parameters): Promise<Record<string, string>> => {
  const { location } = await browser.get(request(changed));
  return location === undefined ? {} : Object.fromEntries(new URL(location).searchParams);
};

const register = async (metadata: object) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${world.origin}/oauth/register`, { method: 'POST', headers, body: JSON.stringify(metadata) });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
};

const discovery = async (): Promise<Record<string, string[] & string>> =>
  (await (await fetch(`${world.base}/.well-known/smart-configuration`)).json()) as Record<string, string[] & string>;

describe('RFC 9700, section 2', () => {
  it('2.1.1 "Authorization servers MUST provide a way to detect their support for PKCE": S256 in the metadata, and plain is not', async () => {
    expect((await discovery())['code_challenge_methods_supported']).toEqual(['S256']);
  });

  it('2.4 "The resource owner password credentials grant MUST NOT be used"', async () => {
    const { status, body } = await post('token', { grant_type: 'password', username: 'dora', password, client_id: 'house' });
    expect([status, body['error']]).toEqual([400, 'unsupported_grant_type']);
    expect((await discovery())['grant_types_supported']).not.toContain('password');
  });

  it.each([
    'http://app.example.org/callback',
    'http://10.0.0.1/callback',
    'http://localhost.evil.example/',
    'http://127.0.0.1.evil.example/',
  ])('2.6 "MUST NOT allow redirection URIs that use the http scheme" but of this machine: %s is registered by nobody', async (uri) => {
    const self = await register({ redirect_uris: [uri], token_endpoint_auth_method: 'none' });
    expect([self.status, self.body['error']]).toEqual([400, 'invalid_redirect_uri']);
  });

  it.each(['https://app.example.org', 'https://portal.example.org', stranger, 'null'])(
    '2.6 "MUST NOT support CORS at the authorization endpoint": not for pages of %s either',
    async (origin) => {
      for (const [method, path] of [
        ['GET', ''],
        ['POST', ''],
        ['OPTIONS', ''],
        ['GET', '/x'],
        ['OPTIONS', '/x/login'],
      ]) {
        const url = path === '' ? request() : `${world.origin}/oauth/authorize${path}`;
        const headers = { origin, 'access-control-request-method': 'GET' };
        const answer = await fetch(url, { method: method as string, headers, redirect: 'manual' });
        expect([method, path, answer.headers.get('access-control-allow-origin')]).toEqual([method, path, null]);
      }
    },
  );

  it('4.14.2 a refresh token that nobody uses ends by itself', async () => {
    const { refresh_token } = await tokensOf({ scope: 'launch/patient patient/*.rs offline_access' });
    await world.sql(`update anamnesis.refresh_token set expires = clock_timestamp()`);
    const { body } = await post('token', { grant_type: 'refresh_token', refresh_token: String(refresh_token), client_id: 'house' });
    expect(body['error']).toBe('invalid_grant');
  });

  it('4.15.1 "SHOULD NOT allow clients to influence their client_id": not by registration', async () => {
    const { body } = await register({ client_id: 'dora', redirect_uris: [callback], token_endpoint_auth_method: 'none', sub: 'dora' });
    expect(body['client_id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(body).not.toHaveProperty('sub');
  });
});

describe('OpenID Connect Core', () => {
  it('2 an id token has iss, sub, aud, exp, iat, auth_time and the nonce of the request, signed with RS256 by a published key', async () => {
    const before = Math.floor(Date.now() / 1000) - 1;
    const { id_token } = await tokensOf({ nonce: 'n-0S6_WzA2Mj', max_age: '600' });
    const keys = createRemoteJWKSet(new URL((await discovery())['jwks_uri'] as string));
    const { payload, protectedHeader } = await jwtVerify(String(id_token), keys, { issuer: world.base, audience: 'house' });
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: expect.any(String), typ: 'JWT' });
    expect(payload).toMatchObject({ nonce: 'n-0S6_WzA2Mj', aud: 'house', fhirUser: `${world.base}/Practitioner/doctor` });
    expect(payload['auth_time']).toBeGreaterThanOrEqual(before);
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBeLessThanOrEqual(600);
    // What was not promised is not said: an acr that nobody defined would be taken for a strength of the login.
    expect([payload['acr'], payload['amr'], payload['azp']]).toEqual([undefined, undefined, undefined]);
  });

  it('2 a request without nonce gets none, and the sub of a person is the same for ever and for all clients', async () => {
    const [one, two] = [decodeJwt(String((await tokensOf())['id_token'])), decodeJwt(String((await tokensOf())['id_token']))];
    expect(one.sub).toBe(two.sub);
    expect(one).not.toHaveProperty('nonce');
    expect(one.sub).toMatch(/^[\x21-\x7e]{1,255}$/);
  });

  it('3.1.2.1 auth_time is that of the login and not of the request: max_age measures from it', async () => {
    const browser = browse(world.origin);
    const first = decodeJwt(String((await tokensOf({}, dora, browser))['id_token']));
    await world.sql(`update anamnesis.login_session set authenticated = authenticated - interval '100 s'`);
    const second = decodeJwt(String((await tokensOf({ max_age: '1000' }, dora, browser))['id_token']));
    expect(Number(first['auth_time']) - Number(second['auth_time'])).toBe(100);
    expect(await told(browser, { prompt: 'none', max_age: '50' })).toMatchObject({ error: 'login_required' });
  });

  it('3.1.2.1 prompt=select_account and prompt=login let somebody else sign in', async () => {
    for (const prompt of ['select_account', 'login', 'login select_account']) {
      const browser = browse(world.origin);
      const first = decodeJwt(String((await tokensOf({}, dora, browser))['id_token']));
      const page = await browser.get(request({ prompt }));
      expect([prompt, page.location, page.text.includes('name="password"')]).toEqual([prompt, undefined, true]);
      const second = decodeJwt(String((await tokensOf({ prompt }, { ...dora, name: 'eva' }, browser))['id_token']));
      expect(second.sub).not.toBe(first.sub);
    }
  });

  it('3.1.2.1 id_token_hint: whoever it names, or login_required', async () => {
    const browser = browse(world.origin);
    const { id_token: hint } = await tokensOf({}, dora, browser);
    const other = browse(world.origin);
    await tokensOf({}, { ...dora, name: 'eva' }, other);
    const asked = { prompt: 'none', id_token_hint: String(hint) };
    expect((await told(browser, asked))['code']).toBeDefined();
    expect(await told(other, asked)).toMatchObject({ error: 'login_required' });
    const page = await other.get(request({ id_token_hint: String(hint) }));
    expect(page.text).toContain('name="password"');
    const wrong = await other.post(page, 'login', { name: 'eva', password });
    expect(Object.fromEntries(new URL(wrong.location ?? '').searchParams)).toMatchObject({ error: 'login_required', state: 'the-state' });
    for (const forged of ['nonsense', `${String(hint).split('.').slice(0, 2).join('.')}.AAAA`])
      expect(await told(browser, { ...asked, id_token_hint: forged })).toMatchObject({ error: 'invalid_request' });
  });

  it('3.1.2.1 what is voluntary is passed over: acr_values, display, claims_locales', async () => {
    const { id_token } = await tokensOf({ acr_values: 'urn:mace:incommon:iap:gold', display: 'popup', claims_locales: 'fr' });
    expect(decodeJwt(String(id_token))).not.toHaveProperty('acr');
  });

  it('3.1.3.3 without openid there is no id token, and userinfo says nothing', async () => {
    const tokens = await tokensOf({ scope: 'launch/patient patient/*.rs' });
    expect(tokens).not.toHaveProperty('id_token');
    const headers = { authorization: `Bearer ${String(tokens['access_token'])}` };
    const answer = await fetch(`${world.origin}/oauth/userinfo`, { headers });
    expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([403, expect.stringContaining('insufficient_scope')]);
  });

  it('5.3.2 the sub of userinfo is that of the id token', async () => {
    const tokens = await tokensOf();
    const headers = { authorization: `Bearer ${String(tokens['access_token'])}` };
    const found = (await (await fetch(`${world.origin}/oauth/userinfo`, { headers })).json()) as { sub: string };
    expect(found.sub).toBe(decodeJwt(String(tokens['id_token'])).sub);
  });

  it('an id token is no access token, and an access token no id token', async () => {
    const { id_token, access_token } = await tokensOf();
    const read = async (token: unknown) =>
      (await fetch(`${world.base}/Patient/ann`, { headers: { authorization: `Bearer ${String(token)}` } })).status;
    expect(await read(id_token)).toBe(401);
    expect(() => decodeProtectedHeader(String(access_token))).toThrow();
    expect((await browse(world.origin).get(`${world.origin}/oauth/logout?id_token_hint=${String(access_token)}`)).status).toBe(400);
  });
});

describe('RFC 7591', () => {
  it('3.2.1 an answer with a secret is kept by no cache, says when it ends, and names no more than was registered', async () => {
    const { status, headers, body } = await register({ redirect_uris: [callback], client_name: 'New', software_statement: undefined });
    expect([status, headers.get('cache-control')]).toEqual([201, expect.stringContaining('no-store')]);
    expect(body).toMatchObject({ client_secret: expect.any(String), client_secret_expires_at: 0, client_id_issued_at: expect.any(Number) });
    expect(body).toMatchObject({ redirect_uris: [callback], grant_types: ['authorization_code'], response_types: ['code'] });
    expect(body).not.toHaveProperty('trusted');
  });

  it('2 metadata that is not understood is ignored, and gives nothing: neither trust, nor a policy, nor a purpose', async () => {
    const more = { trusted: true, policy: 'all-patients', purposes: ['HRESCH'], kind: 'confidential', disabled: false };
    const { body } = await register({ redirect_uris: [callback], token_endpoint_auth_method: 'none', ...more });
    const [row] = await world.database.run<object>({
      text: 'select kind, trusted, policy, purpose from anamnesis.client where id = $1',
      values: [body['client_id']],
    });
    expect(row).toEqual({ kind: 'public', trusted: false, policy: null, purpose: null });
  });

  it('5 a client that registered itself is never answered without the person: prompt=none is consent_required', async () => {
    const { body } = await register({ redirect_uris: [callback], token_endpoint_auth_method: 'none' });
    const browser = browse(world.origin);
    await tokensOf({}, dora, browser);
    expect(await told(browser, { client_id: String(body['client_id']), prompt: 'none' })).toMatchObject({ error: 'consent_required' });
  });
});

describe('RFC 8414', () => {
  it('3.3 "The issuer value returned MUST be identical to the authorization server’s issuer identifier value", at each of its places', async () => {
    for (const path of [
      '/fhir/.well-known/smart-configuration',
      '/fhir/.well-known/openid-configuration',
      '/fhir/.well-known/oauth-authorization-server',
      '/.well-known/oauth-authorization-server/fhir',
      '/.well-known/openid-configuration/fhir',
    ]) {
      const answer = await fetch(`${world.origin}${path}`, { headers: { accept: 'text/html' } });
      expect([path, answer.headers.get('content-type')]).toEqual([path, expect.stringMatching(/^application\/json/)]);
      expect([path, ((await answer.json()) as { issuer: string }).issuer]).toEqual([path, world.base]);
    }
  });

  it('2 everything that it names there is, and nothing else is taken', async () => {
    const found = await discovery();
    expect(found).toMatchObject({
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      authorization_response_iss_parameter_supported: true,
    });
    for (const name of ['token_endpoint', 'introspection_endpoint', 'revocation_endpoint'])
      expect([name, (await fetch(found[name] as string, { method: 'POST' })).status]).toEqual([name, expect.any(Number)]);
    for (const scope of found['scopes_supported'] as string[])
      expect([scope, /^(openid|fhirUser|profile|launch|(patient|user|system)\/|o(ff|n)line_access)/.test(scope)]).toEqual([scope, true]);
  });
});

describe('SMART App Launch', () => {
  it('conformance: the document has all that is REQUIRED, and capabilities of the specification alone', async () => {
    const found = await discovery();
    for (const name of [
      'issuer',
      'jwks_uri',
      'authorization_endpoint',
      'token_endpoint',
      'grant_types_supported',
      'capabilities',
      'code_challenge_methods_supported',
    ])
      expect([name, found[name]]).toEqual([name, expect.anything()]);
    for (const name of ['introspection_endpoint', 'revocation_endpoint', 'scopes_supported', 'response_types_supported'])
      expect([name, found[name]]).toEqual([name, expect.anything()]);
    expect([...(found['capabilities'] ?? [])].sort()).toEqual(
      [
        ...['launch-ehr', 'launch-standalone', 'authorize-post', 'client-public', 'client-confidential-symmetric'],
        ...['client-confidential-asymmetric', 'sso-openid-connect', 'context-banner', 'context-style', 'context-ehr-patient'],
        ...['context-ehr-encounter', 'context-standalone-patient', 'context-standalone-encounter', 'permission-offline'],
        ...['permission-online', 'permission-patient', 'permission-user', 'permission-v1', 'permission-v2'],
      ].sort(),
    );
  });

  it('CORS: every page may read the discovery and the CapabilityStatement, pages of registered clients the token endpoint and the API', async () => {
    const allowed = async (url: string, origin: string): Promise<string | null> =>
      (await fetch(url, { headers: { origin } })).headers.get('access-control-allow-origin');
    for (const origin of ['https://app.example.org', stranger]) {
      expect(await allowed(`${world.base}/.well-known/smart-configuration`, origin)).toBe('*');
      for (const path of ['/metadata', '/metadata?_format=json'])
        expect([path, await allowed(`${world.base}${path}`, origin)]).toEqual([path, '*']);
      const asked = { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' };
      const preflight = await fetch(`${world.base}/metadata`, { method: 'OPTIONS', headers: asked });
      expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    }
    for (const path of ['/metadatax', '/Patient/metadata', '/metadata/x'])
      expect([path, await allowed(`${world.base}${path}`, stranger)]).toEqual([path, null]);
    expect(
      (await fetch(`${world.base}/metadata`, { headers: { origin: stranger } })).headers.get('access-control-allow-credentials'),
    ).toBeNull();
    for (const url of [`${world.origin}/oauth/token`, `${world.base}/Patient/ann`]) {
      expect([url, await allowed(url, 'https://app.example.org')]).toEqual([url, 'https://app.example.org']);
      expect([url, await allowed(url, stranger)]).toEqual([url, null]);
    }
  });

  it('the answer of the token endpoint has what is required, as Bearer, for an hour at most, kept by no cache', async () => {
    const answered = await signIn(world.origin, request({ scope: 'launch/patient patient/*.rs' }), dora);
    const form = { grant_type: 'authorization_code', redirect_uri: callback, client_id: 'house', code_verifier: verifier };
    const { headers, body } = await post('token', { ...form, code: answered.searchParams.get('code') ?? '' });
    expect(body).toMatchObject({ token_type: 'Bearer', scope: 'launch/patient patient/*.rs', patient: 'ann' });
    expect(Number(body['expires_in'])).toBeLessThanOrEqual(3600);
    expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    expect(body).not.toHaveProperty('refresh_token');
  });

  it('"If … patient/*.rs, and the authorization results in the EHR granting that scope, the EHR SHALL establish a patient in context"', async () => {
    expect(await tokensOf({ scope: 'patient/*.rs' })).toMatchObject({ patient: 'ann', scope: 'patient/*.rs' });
  });

  const launch = async (context: object) => {
    const headers = { authorization: `Bearer ${system}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ client: 'house', patient: 'ann', ...context });
    const response = await fetch(`${world.origin}/oauth/launch`, { method: 'POST', headers, body });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  it.each([
    ['a role that is empty: "SHALL NOT be the empty string"', { reference: 'List/1', role: '' }],
    ['a relative role that the specification does not define', { reference: 'List/1', role: 'med-list' }],
    ['the patient in the role launch', { reference: 'Patient/bob', role: 'launch' }],
    ['the patient without a role', { reference: 'Patient/bob' }],
    ['an encounter by its identifier', { identifier: { value: '1' }, type: 'Encounter' }],
    ['an absolute reference', { reference: 'https://evil.example/fhir/List/1' }],
    ['a reference that is none', { reference: '../admin' }],
    ['a canonical that is no URL', { canonical: 'Questionnaire/1' }],
    ['none of reference, canonical and identifier', { type: 'List' }],
    ['a member that is not known', { reference: 'List/1', display: 'x' }],
  ])('fhirContext has not %s', async (_, entry) => {
    const { status, body } = await launch({ fhirContext: [entry] });
    expect([status, body['error'], body['error_description']]).toEqual([400, 'invalid_request', expect.stringContaining('fhirContext')]);
  });

  it('fhirContext comes with the tokens as the EHR gave it, and is told by introspection', async () => {
    const fhirContext = [
      { reference: 'ImagingStudy/123' },
      { reference: 'List/1', role: 'https://example.org/med-list-at-home' },
      { reference: 'Patient/bob', role: 'https://example.org/sibling' },
      { canonical: 'https://example.org/Questionnaire/123|v1', type: 'Questionnaire', role: 'launch' },
      { identifier: { system: 'https://example.org/acc', value: '7' }, type: 'ServiceRequest' },
    ];
    const more = {
      fhirContext,
      intent: 'summary',
      need_patient_banner: false,
      smart_style_url: 'https://ehr.example.org/s.json',
      tenant: 't',
    };
    const { status, body } = await launch(more);
    expect(status).toBe(201);
    const tokens = await tokensOf({ scope: 'launch patient/*.rs openid', launch: String(body['launch']) });
    expect(tokens).toMatchObject({ patient: 'ann', ...more });
    const token = String(tokens['access_token']);
    const about = await post('introspect', { token }, { authorization: `Bearer ${token}` });
    expect(about.body).toMatchObject({ active: true, client_id: 'house', scope: tokens['scope'], patient: 'ann', ...more });
    expect([about.body['iss'], about.body['sub']]).toEqual([world.base, decodeJwt(String(tokens['id_token'])).sub]);
  });

  it('introspection: a client that is permitted asks about tokens of any client, by a token of its own', async () => {
    const { access_token } = await tokensOf({ client_id: 'app', scope: 'launch/patient patient/*.rs' });
    const about = await post('introspect', { token: String(access_token) }, { authorization: `Bearer ${system}` });
    expect(about.body).toMatchObject({ active: true, client_id: 'app', exp: expect.any(Number) });
  });
});
