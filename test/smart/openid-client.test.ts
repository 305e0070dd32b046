/** openid-client, certified and strict, as an application with a login: code flow with PKCE, id token, refresh, introspection, revocation, logout. https://github.com/panva/openid-client */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair } from 'jose';
import * as client from 'openid-client';
import { type Answers, signIn } from './sign-in.ts';
import { password, type SmartWorld, smartWorld } from './smart-world.ts';

const redirect = 'https://app.example.org/callback';
const scope = 'openid fhirUser offline_access launch/patient patient/*.rs';

let world: SmartWorld;
let config: client.Configuration;
const dora: Answers = { name: 'dora', password, patient: 'ann' };

const insecure = { execute: [client.allowInsecureRequests] };

beforeAll(async () => {
  world = await smartWorld();
  await world.account({});
  await world.client({ id: 'relying', name: 'Relying', redirectUris: [redirect], postLogoutRedirectUris: ['https://app.example.org/bye'] });
  config = await client.discovery(new URL(world.base), 'relying', undefined, client.None(), insecure);
}, 120_000);
afterAll(() => world?.close());

async function flow(using = config, answers = dora, scopes = scope): Promise<Awaited<ReturnType<typeof client.authorizationCodeGrant>>> {
  const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(using, {
    redirect_uri: redirect,
    scope: scopes,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...{ state, nonce, aud: world.base },
  });
  const back = await signIn(world.origin, url.href, answers);
  return client.authorizationCodeGrant(using, back, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  });
}

describe('openid-client', () => {
  it('finds all that it needs by discovery', () => {
    const found = config.serverMetadata();
    expect(found.issuer).toBe(world.base);
    expect(found.supportsPKCE('S256')).toBe(true);
    expect(found.authorization_response_iss_parameter_supported).toBe(true);
  });

  it('signs a person in, checks the id token against the published keys, and reads the record in context', async () => {
    client.enableNonRepudiationChecks(config);
    const tokens = await flow();
    expect(tokens.claims()).toMatchObject({ iss: world.base, aud: 'relying', fhirUser: `${world.base}/Practitioner/doctor` });
    expect(tokens).toMatchObject({ patient: 'ann', token_type: 'bearer', scope });
    const read = (path: string) => client.fetchProtectedResource(config, tokens.access_token, new URL(`${world.base}/${path}`), 'GET');
    expect(await (await read('Observation?patient=ann')).json()).toMatchObject({ resourceType: 'Bundle', entry: expect.any(Array) });
    expect(((await (await read('Observation')).json()) as { entry: unknown[] }).entry).toHaveLength(6);
    expect((await read('Patient/ann')).status).toBe(200);
    await expect(read('Patient/bob').then(({ status }) => status)).resolves.toBe(404);
  });

  it('asks who it is by userinfo', async () => {
    const tokens = await flow();
    const info = await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '');
    expect(info).toMatchObject({ fhirUser: `${world.base}/Practitioner/doctor` });
  });

  it('refreshes: a new refresh token each time, the same context, and the old access token goes on', async () => {
    const first = await flow();
    const second = await client.refreshTokenGrant(config, first.refresh_token ?? '');
    const third = await client.refreshTokenGrant(config, second.refresh_token ?? '');
    expect(third).toMatchObject({ patient: 'ann', scope });
    expect(new Set([first, second, third].map(({ refresh_token }) => refresh_token)).size).toBe(3);
    expect(new Set([first, second, third].map(({ access_token }) => access_token)).size).toBe(3);
  });

  it('narrows by refresh and never widens', async () => {
    const first = await flow();
    const narrow = await client.refreshTokenGrant(config, first.refresh_token ?? '', { scope: 'patient/Patient.rs' });
    expect(narrow.scope).toBe('patient/Patient.rs');
    const read = await client
      .fetchProtectedResource(config, narrow.access_token, new URL(`${world.base}/Observation?patient=ann`), 'GET')
      .catch((error: { cause?: unknown }) => error);
    expect(read).toMatchObject({ status: 403 });
    await expect(client.refreshTokenGrant(config, narrow.refresh_token ?? '', { scope: 'user/*.cruds' })).rejects.toMatchObject({
      error: 'invalid_scope',
    });
  });

  it('revokes, and nothing of the authorization goes on', async () => {
    const tokens = await flow();
    await client.tokenRevocation(config, tokens.refresh_token ?? '');
    await expect(client.refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });
    const read = await fetch(`${world.base}/Patient/ann`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(read.status).toBe(401);
  });

  it('hears the no of a person as access_denied', async () => {
    await expect(flow(config, { ...dora, refuse: true })).rejects.toMatchObject({ error: 'access_denied' });
  });

  it('gets what a person left of its scopes', async () => {
    const tokens = await flow(
      config,
      { ...dora, without: ['patient/Observation.rs'] },
      'openid launch/patient patient/Patient.rs patient/Observation.rs',
    );
    expect(tokens.scope).toBe('openid launch/patient patient/Patient.rs');
  });

  it('has an end-session endpoint to send people to', () => {
    const url = client.buildEndSessionUrl(config, { post_logout_redirect_uri: 'https://app.example.org/bye' });
    expect(url.href.startsWith(`${world.origin}/oauth/logout?`)).toBe(true);
  });
});

describe('openid-client as a backend service', () => {
  it.each(['ES384', 'RS384'])('proves itself with a %s key, reads, and asks about its token', async (algorithm) => {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    const key = { ...(await crypto.subtle.exportKey('jwk', publicKey)), kid: algorithm, alg: algorithm, use: 'sig' };
    const id = `service-${algorithm.toLowerCase()}`;
    await world.client({
      id,
      kind: 'confidential',
      jwks: { keys: [key] } as never,
      grantTypes: ['client_credentials'],
      scopes: ['system/*.rs'],
      redirectUris: [],
    });
    const service = await client.discovery(
      new URL(world.base),
      id,
      undefined,
      client.PrivateKeyJwt({ key: privateKey, kid: algorithm }),
      insecure,
    );
    const tokens = await client.clientCredentialsGrant(service, { scope: 'system/Patient.rs' });
    expect(tokens).toMatchObject({ scope: 'system/Patient.rs', token_type: 'bearer' });
    expect(tokens.expires_in).toBeLessThanOrEqual(300);
    expect(tokens.refresh_token).toBeUndefined();
    const bundle = await client.fetchProtectedResource(service, tokens.access_token, new URL(`${world.base}/Patient`), 'GET');
    expect(((await bundle.json()) as { entry: unknown[] }).entry).toHaveLength(2);
    expect(await client.tokenIntrospection(service, tokens.access_token)).toMatchObject({
      active: true,
      client_id: id,
      scope: 'system/Patient.rs',
    });
  });
});
