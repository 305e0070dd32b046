/** oauth4webapi, where every step is the caller's own: it refuses whatever an answer lacks. https://github.com/panva/oauth4webapi */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as oauth from 'oauth4webapi';
import { signIn } from './sign-in.ts';
import { password, type SmartWorld, smartWorld } from './smart-world.ts';

const redirect = 'https://app.example.org/callback';
const insecure = { [oauth.allowInsecureRequests]: true };

let world: SmartWorld;
let server: oauth.AuthorizationServer;
let secret: string;
const confidential: oauth.Client = { client_id: 'confidential' };

beforeAll(async () => {
  world = await smartWorld();
  await world.account({ name: 'ann', role: 'patient', fhirUser: 'Patient/ann', policy: undefined });
  const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'];
  const scopes = ['openid', 'fhirUser', 'online_access', 'launch/patient', 'patient/*.rs', 'system/*.rs'];
  secret = await world.confidential({ id: 'confidential', redirectUris: [redirect], grantTypes, scopes });
  const issuer = new URL(world.base);
  server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...insecure }));
}, 120_000);
afterAll(() => world?.close());

async function code(scope = 'openid fhirUser online_access launch/patient patient/*.rs') {
  const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), oauth.generateRandomNonce()];
  const url = new URL(server.authorization_endpoint ?? '');
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const asked = { client_id: 'confidential', redirect_uri: redirect, response_type: 'code', scope, state, nonce, aud: world.base };
  for (const [name, value] of Object.entries({ ...asked, code_challenge: challenge, code_challenge_method: 'S256' }))
    url.searchParams.set(name, value);
  const back = await signIn(world.origin, url.href, { name: 'ann', password });
  // Checks state and, by RFC 9207, iss.
  return { parameters: oauth.validateAuthResponse(server, confidential, back, state), verifier, nonce };
}

describe.each<[string, () => oauth.ClientAuth]>([
  ['client_secret_basic', () => oauth.ClientSecretBasic(secret)],
  ['client_secret_post', () => oauth.ClientSecretPost(secret)],
])('oauth4webapi with %s', (_, proof) => {
  const exchange = async ({ parameters, verifier, nonce }: Awaited<ReturnType<typeof code>>) => {
    const response = await oauth.authorizationCodeGrantRequest(server, confidential, proof(), parameters, redirect, verifier, insecure);
    return oauth.processAuthorizationCodeResponse(server, confidential, response, { expectedNonce: nonce, requireIdToken: true });
  };

  it('runs the code flow of a patient, whose own record needs no choice', async () => {
    const tokens = await exchange(await code());
    expect(tokens).toMatchObject({ token_type: 'bearer', patient: 'ann', refresh_token: expect.any(String) });
    expect(oauth.getValidatedIdTokenClaims(tokens)).toMatchObject({ fhirUser: `${world.base}/Patient/ann` });
    const read = await oauth.protectedResourceRequest(
      tokens.access_token,
      'GET',
      new URL(`${world.base}/Condition`),
      undefined,
      undefined,
      insecure,
    );
    expect(((await read.json()) as { entry: unknown[] }).entry).toHaveLength(10);
  });

  it('refreshes, asks about the token, revokes it, and asks again', async () => {
    const tokens = await exchange(await code());
    const answer = await oauth.refreshTokenGrantRequest(server, confidential, proof(), tokens.refresh_token ?? '', insecure);
    const fresh = await oauth.processRefreshTokenResponse(server, confidential, answer);
    const about = async () =>
      oauth.processIntrospectionResponse(
        server,
        confidential,
        await oauth.introspectionRequest(server, confidential, proof(), fresh.access_token, insecure),
      );
    expect(await about()).toMatchObject({ active: true, client_id: 'confidential', patient: 'ann', iss: world.base });
    await oauth.processRevocationResponse(await oauth.revocationRequest(server, confidential, proof(), fresh.access_token, insecure));
    expect(await about()).toEqual({ active: false });
  });

  it('gets a token for itself', async () => {
    const response = await oauth.clientCredentialsGrantRequest(server, confidential, proof(), { scope: 'system/Patient.rs' }, insecure);
    expect(await oauth.processClientCredentialsResponse(server, confidential, response)).toMatchObject({ scope: 'system/Patient.rs' });
  });

  it('is refused the second time it uses a code, and what the first use gave ends', async () => {
    const answer = await code();
    const tokens = await exchange(answer);
    await expect(exchange(answer)).rejects.toMatchObject({ error: 'invalid_grant' });
    const read = await fetch(`${world.base}/Patient/ann`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect(read.status).toBe(401);
  });
});
