/** Introspection, revocation, registration, discovery: https://www.rfc-editor.org/rfc/rfc7662, rfc7009, rfc7591, rfc8414 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newSecret } from '../../src/auth/secret.ts';
import { insertRefreshToken } from '../../src/store/statement/authorization/refresh-token.ts';
import { basic, createWorld, post, until, type World } from './token-support.ts';

let world: World;
let origin: string;
const [ours, house] = [newSecret(), newSecret()];
const account = '7d9e2e2e-8e0f-4a55-9d77-0b1f2f3a4b5c';
const lasting = ['patient/*.rs', 'system/Patient.rs', 'offline_access'];
const house32 = 'x'.repeat(40);

beforeAll(async () => {
  world = await createWorld();
  await world.client();
  await world.client({ id: 'ours', kind: 'confidential', secret: ours.hash });
  await world.client({ id: 'house', kind: 'confidential', secret: house.hash, trusted: true });
  await world.sql(
    `insert into anamnesis.account (id, name, password, role, fhir_user, created) values ('${account}', 'ann', 'x', 'practitioner', 'Practitioner/7', now())`,
  );
  origin = await world.serve({ REGISTRATION: 'open' });
});
afterAll(() => world.close());

const introspect = (token: string, headers: Record<string, string>) => post(origin, 'introspect', { token }, headers);
const asHouse = basic('house', house.text);
const asOurs = basic('ours', ours.text);
const reads = async (token: string): Promise<number> =>
  (await fetch(`${origin}/fhir/Patient`, { headers: { authorization: `Bearer ${token}` } })).status;

async function refreshTokenOf(authorization: string): Promise<string> {
  const { text, hash } = newSecret();
  await world.database.run(insertRefreshToken('anamnesis', hash, authorization, 'patient/*.rs offline_access', 600));
  return text;
}

describe('Introspection', () => {
  test('tells scope, client_id, exp, launch context, iss, sub and fhirUser', async () => {
    const scopes = ['openid', 'fhirUser', 'patient/*.rs', 'launch/patient'];
    const { token } = await world.token({ account, scopes, context: { patient: 'p1', intent: 'x' } });
    const { status, json } = await introspect(token, asHouse);
    expect(status).toBe(200);
    expect(json).toEqual({
      ...{ active: true, token_type: 'Bearer', scope: scopes.join(' '), client_id: 'app', patient: 'p1', intent: 'x' },
      ...{ iss: `${origin}/fhir`, aud: `${origin}/fhir`, sub: account, fhirUser: `${origin}/fhir/Practitioner/7` },
      ...{ exp: expect.any(Number), iat: expect.any(Number) },
    });
    expect(Number(json.exp) - Number(json.iat)).toBe(600);
  });

  test('of a refresh token tells when it ends', async () => {
    const { authorization } = await world.token({ scopes: lasting });
    const { json } = await introspect(await refreshTokenOf(authorization), asHouse);
    expect(json).toMatchObject({ active: true, client_id: 'app', exp: expect.any(Number) });
  });

  test('"If the … token is not active … the authorization server MUST return … active … false" and nothing more', async () => {
    const expired = (await world.token({ seconds: 0 })).token;
    for (const token of [newSecret().text, expired, 'x', "' or 1=1"])
      expect((await introspect(token, asHouse)).json).toEqual({ active: false });
  });

  test('tells a client of its own tokens alone, whether it shows a secret or a token', async () => {
    const [theirs, own] = [await world.token({}), await world.token({ client: 'ours' })];
    expect((await introspect(theirs.token, asOurs)).json).toEqual({ active: false });
    expect((await introspect(own.token, asOurs)).json).toMatchObject({ active: true });
    const bearer = { authorization: `Bearer ${own.token}` };
    expect((await introspect(theirs.token, bearer)).json).toEqual({ active: false });
    expect((await introspect(own.token, bearer)).json).toMatchObject({ active: true });
  });

  test('"the endpoint MUST also require some form of authorization"', async () => {
    const { token } = await world.token({});
    for (const headers of [{}, basic('house', 'wrong'), basic('app', ''), { authorization: `Bearer ${newSecret().text}` }])
      expect((await introspect(token, headers)).status).toBe(401);
    expect((await post(origin, 'introspect', { token, client_id: 'app' })).status).toBe(401);
    expect((await post(origin, 'introspect', {}, asHouse)).json.error).toBe('invalid_request');
    expect((await fetch(`${origin}/oauth/introspect?token=${token}`, { headers: asHouse })).status).toBe(405);
  });
});

describe('Revocation', () => {
  test('of an access token ends it everywhere, and leaves the refresh token', async () => {
    const { token, authorization } = await world.token({ scopes: lasting });
    const refresh = await refreshTokenOf(authorization);
    expect(await reads(token)).toBe(200);
    expect((await post(origin, 'revoke', { token, client_id: 'app' })).status).toBe(200);
    await until(async () => (await reads(token)) === 401, 1000);
    expect((await introspect(refresh, asHouse)).json.active).toBe(true);
  });

  test('of a refresh token "SHOULD also invalidate all access tokens based on the same authorization grant" (2.1)', async () => {
    const { token, authorization } = await world.token({ scopes: lasting });
    const refresh = await refreshTokenOf(authorization);
    expect(await reads(token)).toBe(200);
    expect((await post(origin, 'revoke', { token: refresh, client_id: 'app', token_type_hint: 'access_token' })).status).toBe(200);
    await until(async () => (await reads(token)) === 401, 1000);
    expect((await introspect(refresh, asHouse)).json).toEqual({ active: false });
  });

  test('of what is no token, or another client’s, is answered the same and changes nothing: "invalid tokens do not cause an error"', async () => {
    const { token, authorization } = await world.token({ scopes: lasting });
    const refresh = await refreshTokenOf(authorization);
    for (const each of [token, refresh, 'nonsense']) {
      const { status, json } = await post(origin, 'revoke', { token: each }, asOurs);
      expect([status, json]).toEqual([200, {}]);
    }
    expect(await reads(token)).toBe(200);
    expect((await introspect(refresh, asHouse)).json.active).toBe(true);
    expect((await post(origin, 'revoke', { token }, basic('ours', 'wrong'))).status).toBe(401);
  });
});

describe('Registration', () => {
  const ask = async (body: unknown, headers: Record<string, string> = {}, at = origin) => {
    const all = { 'content-type': 'application/json', ...headers };
    const response = await fetch(`${at}/oauth/register`, { method: 'POST', body: JSON.stringify(body), headers: all });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  const redirect_uris = ['https://new.example.org/callback'];

  test('gives a public client an id and no secret, and no more than a person may allow', async () => {
    const { status, json } = await ask({
      redirect_uris,
      token_endpoint_auth_method: 'none',
      client_name: 'New',
      scope: 'system/*.cruds patient/*.cruds openid',
    });
    expect(status).toBe(201);
    expect(json).toMatchObject({ client_name: 'New', redirect_uris, scope: 'patient/*.rs openid', grant_types: ['authorization_code'] });
    expect(json.client_secret).toBeUndefined();
  });

  test('gives a secret that works, a token for the registration, and takes it back with it (RFC 7592)', async () => {
    const { json } = await ask({ redirect_uris });
    const id = String(json.client_id);
    const proof = basic(id, String(json.client_secret));
    expect((await introspect('x', proof)).json).toEqual({ active: false });
    const own = { headers: { authorization: `Bearer ${String(json.registration_access_token)}` } };
    const uri = String(json.registration_client_uri);
    const read = (await (await fetch(uri, own)).json()) as object;
    expect(read).toMatchObject({ client_id: id, redirect_uris });
    expect(JSON.stringify(read)).not.toContain('secret":');
    expect((await fetch(uri, { headers: { authorization: `Bearer ${newSecret().text}` } })).status).toBe(401);
    expect((await fetch(uri, { method: 'DELETE', ...own })).status).toBe(204);
    expect((await fetch(uri, own)).status).toBe(401);
    expect((await introspect('x', proof)).status).toBe(401);
  });

  test.each([
    ['no redirect', { redirect_uris: [] }, 'invalid_redirect_uri'],
    ['plain http', { redirect_uris: ['http://new.example.org/'] }, 'invalid_redirect_uri'],
    ['a fragment', { redirect_uris: ['https://new.example.org/#x'] }, 'invalid_redirect_uri'],
    ['a script', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
    ['a wildcard', { redirect_uris: ['https://*.example.org/'] }, 'invalid_redirect_uri'],
    ['credentials', { redirect_uris: ['https://good.example@evil.example/'] }, 'invalid_redirect_uri'],
    ['a loopback address of a confidential client', { redirect_uris: ['http://127.0.0.1/x'] }, 'invalid_redirect_uri'],
    ['access without a person', { redirect_uris, grant_types: ['client_credentials'] }, 'invalid_client_metadata'],
    ['scopes beyond', { redirect_uris, scope: 'system/*.rs' }, 'invalid_client_metadata'],
    ['a logo that is a script', { redirect_uris, logo_uri: 'javascript:alert(1)' }, 'invalid_client_metadata'],
    ['another method', { redirect_uris, token_endpoint_auth_method: 'client_secret_jwt' }, 'invalid_client_metadata'],
    ['keys that are missing', { redirect_uris, token_endpoint_auth_method: 'private_key_jwt' }, 'invalid_client_metadata'],
    [
      'secret keys',
      { redirect_uris, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ kty: 'EC', kid: 'a', d: 'x' }] } },
      'invalid_client_metadata',
    ],
    [
      'symmetric keys',
      { redirect_uris, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ kty: 'oct', kid: 'a', k: 'x' }] } },
      'invalid_client_metadata',
    ],
    ['a list', [], 'invalid_client_metadata'],
  ])('with %s is refused', async (_, body, error) => {
    const { status, json } = await ask(body);
    expect([status, json.error]).toEqual([400, error]);
  });

  test('is closed unless a setting opens it, or opens it to who has the token', async () => {
    const closed = await world.serve();
    expect((await ask({ redirect_uris }, {}, closed)).status).toBe(403);
    const guarded = await world.serve({ REGISTRATION: 'token', REGISTRATION_TOKEN: house32 });
    expect((await ask({ redirect_uris }, {}, guarded)).status).toBe(401);
    expect((await ask({ redirect_uris }, { authorization: `Bearer ${house32}x` }, guarded)).status).toBe(401);
    expect((await ask({ redirect_uris }, { authorization: `Bearer ${house32}` }, guarded)).status).toBe(201);
    expect(world.log.join('')).not.toContain(house32);
  });
});

describe('Discovery', () => {
  const document = async (path: string, headers: Record<string, string> = {}): Promise<Record<string, unknown>> => {
    const response = await fetch(`${origin}${path}`, { headers });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    return (await response.json()) as Record<string, unknown>;
  };

  test('"Responses for /.well-known/smart-configuration requests SHALL be JSON, regardless of Accept headers"', async () => {
    const smart = await document('/fhir/.well-known/smart-configuration', { accept: 'text/html' });
    expect(smart).toMatchObject({
      ...{ issuer: `${origin}/fhir`, token_endpoint: `${origin}/oauth/token`, authorization_endpoint: `${origin}/oauth/authorize` },
      ...{ code_challenge_methods_supported: ['S256'], response_types_supported: ['code'], jwks_uri: `${origin}/oauth/jwks` },
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    });
    for (const capability of ['launch-ehr', 'client-confidential-asymmetric', 'sso-openid-connect', 'permission-v2'])
      expect(smart.capabilities).toContain(capability);
  });

  test('names no endpoint that does not answer', async () => {
    const smart = await document('/fhir/.well-known/smart-configuration');
    const named = Object.entries(smart).filter(([name]) => name.endsWith('_endpoint') || name === 'jwks_uri');
    expect(named.length).toBeGreaterThan(4);
    for (const [name, url] of named)
      expect([name, (await fetch(String(url), { method: name === 'jwks_uri' ? 'GET' : 'POST' })).status]).not.toEqual([name, 404]);
  });

  test('of OpenID Connect and OAuth say the same, at both of their places', async () => {
    const places = [
      ...['/fhir/.well-known/openid-configuration', '/.well-known/openid-configuration/fhir'],
      ...['/fhir/.well-known/oauth-authorization-server', '/.well-known/oauth-authorization-server/fhir'],
    ];
    const [first, ...others] = await Promise.all(places.map((place) => document(place)));
    for (const other of others) expect(other).toEqual(first);
    expect(first).toMatchObject({
      issuer: `${origin}/fhir`,
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
    const keys = await document('/oauth/jwks');
    expect((keys.keys as object[]).length).toBeGreaterThan(0);
  });

  test('in the CapabilityStatement names SMART and its endpoints', async () => {
    const statement = (await (await fetch(`${origin}/fhir/metadata`)).json()) as { rest: { security: Record<string, unknown> }[] };
    const { security } = statement.rest[0] as { security: { extension: { extension: object[] }[] } };
    expect(security).toMatchObject({ cors: true, service: [{ coding: [{ code: 'SMART-on-FHIR' }] }] });
    expect(security.extension[0]?.extension).toContainEqual({ url: 'token', valueUri: `${origin}/oauth/token` });
  });

  test('is not there where nobody is asked who they are', async () => {
    const open = await world.serve({ AUTHORIZATION: 'off' });
    expect((await fetch(`${open}/fhir/.well-known/smart-configuration`)).status).toBe(404);
    expect((await fetch(`${open}/oauth/token`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${open}/fhir/Patient`)).status).toBe(200);
    expect((await (await fetch(`${open}/fhir/metadata`)).text()).includes('oauth-uris')).toBe(false);
  });
});
