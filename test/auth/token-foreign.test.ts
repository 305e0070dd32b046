/** Access tokens of trusted issuers elsewhere: https://www.rfc-editor.org/rfc/rfc9068#section-4, https://www.rfc-editor.org/rfc/rfc8725 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { foreignTokens } from '../../src/auth/foreign-token.ts';
import { createGuardedFetch } from '../../src/auth/guarded-fetch.ts';
import { createKeySets } from '../../src/auth/key-set.ts';
import type { Principal } from '../../src/auth/principal.ts';
import { trustedIssuers } from '../../src/auth/trusted-issuer.ts';
import { createLog } from '../../src/log.ts';
import { createWorld, type World } from './token-support.ts';

const base = 'https://fhir.example.org/fhir';
const iss = 'https://idp.example.org';

let keyHost: Server;
let host: string;
let key: CryptoKey;
let publicKey: CryptoKey;
let stranger: CryptoKey;
let principalOf: (token: string) => Promise<Principal | undefined>;
let close: () => Promise<void>;

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  [key, publicKey] = [pair.privateKey, pair.publicKey];
  stranger = (await generateKeyPair('RS256')).privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k' };
  keyHost = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] }))).listen(0, '127.0.0.1');
  await new Promise((resolve) => keyHost.once('listening', resolve));
  host = `127.0.0.1:${(keyHost.address() as AddressInfo).port}`;
  const fetch = createGuardedFetch({ internalHosts: [host] });
  const file = [
    { issuer: iss, jwks_uri: `http://${host}/`, scopes: 'patient/*.rs user/*.rs' },
    { issuer: 'https://far.example.org', jwks_uri: 'https://127.0.0.1:1/keys' },
  ];
  const issuers = trustedIssuers(JSON.stringify(file), base);
  const foreign = foreignTokens({ issuers, keySets: createKeySets(fetch), log: createLog('silent') });
  principalOf = async (token) => (await foreign(token))?.principal;
  close = fetch.close;
});
afterAll(async () => {
  await close();
  keyHost.close();
});

const time = (): number => Math.floor(Date.now() / 1000);

interface Made {
  readonly claims?: Record<string, unknown>;
  readonly header?: Record<string, unknown>;
  readonly by?: CryptoKey | Uint8Array;
}

function token({ claims = {}, header = {}, by = key }: Made = {}): Promise<string> {
  const standard = { iss, aud: base, sub: 'ann', exp: time() + 300, client_id: 'app', scope: 'patient/Observation.rs', patient: 'p1' };
  const all = Object.fromEntries(Object.entries({ ...standard, ...claims }).filter(([, value]) => value !== undefined));
  return new SignJWT(all).setProtectedHeader({ alg: 'RS256', kid: 'k', typ: 'at+jwt', ...header }).sign(by);
}

describe('A token of a trusted issuer', () => {
  test('stands for what its claims say', async () => {
    const claims = { fhirUser: `${base}/Practitioner/7`, patient: `${base}/Patient/p1`, aud: ['x', base] };
    const found = await principalOf(await token({ claims }));
    expect(found).toEqual({
      ...{ id: expect.stringMatching(/^foreign:/), scopes: ['patient/Observation.rs'], client: `${iss} app` },
      ...{ patient: 'p1', fhirUser: 'Practitioner/7', policies: { user: 'own-patients' } },
    });
    expect((await principalOf(await token({ claims: { ...claims, exp: time() + 60 } })))?.id).toBe(found?.id);
  });

  test('gives no more than the operator lets it', async () => {
    const scopes = async (scope: unknown) => (await principalOf(await token({ claims: { scope } })))?.scopes;
    expect(await scopes('system/*.cruds patient/*.cruds openid nonsense')).toEqual(['patient/*.rs']);
    expect(await scopes(['user/Patient.r', 7, null])).toEqual(['user/Patient.r']);
    expect(await scopes('system/*.cruds')).toEqual([]);
    expect(await scopes(undefined)).toEqual([]);
  });

  test('is never taken for a client, a person or a patient of this server that it only names', async () => {
    const claims = {
      client_id: 'house',
      fhirUser: 'https://other.example.org/fhir/Practitioner/7',
      patient: 'https://other.example.org/Patient/1',
    };
    const found = await principalOf(await token({ claims }));
    expect(found?.client).toBe(`${iss} house`);
    expect(found).not.toHaveProperty('fhirUser');
    expect(found).not.toHaveProperty('patient');
    expect(found).not.toHaveProperty('account');
    expect(found?.policies).toEqual({});
  });

  test.each<[string, Made]>([
    ['of an issuer that is not trusted', { claims: { iss: 'https://evil.example.org' } }],
    ['of an issuer spelt otherwise', { claims: { iss: `${iss}/` } }],
    ['without issuer', { claims: { iss: undefined } }],
    ['for another audience, such as an id token for its client', { claims: { aud: 'app' } }],
    ['without audience', { claims: { aud: undefined } }],
    ['that has expired', { claims: { exp: 1_000_000_000 } }],
    ['without exp', { claims: { exp: undefined } }],
    ['without sub', { claims: { sub: undefined } }],
    ['that begins later', { claims: { nbf: 9_999_999_999 } }],
    ['from the future', { claims: { iat: 9_999_999_999 } }],
    ['with another kid', { header: { kid: 'other' } }],
    ['without kid', { header: { kid: undefined } }],
    ['that is something else by its typ', { header: { typ: 'logout+jwt' } }],
    ['of an issuer whose keys cannot be fetched', { claims: { iss: 'https://far.example.org' } }],
  ])('%s does not count', async (_, made) => expect(await principalOf(await token(made))).toBeUndefined());

  test('signed by another, by the public key as a secret, by nobody, or by a key in its header does not count', async () => {
    expect(await principalOf(await token({ by: stranger }))).toBeUndefined();
    const secret = new TextEncoder().encode(await exportSPKI(publicKey));
    expect(await principalOf(await token({ by: secret, header: { alg: 'HS256' } }))).toBeUndefined();
    expect(await principalOf(new UnsecuredJWT({ iss, aud: base, sub: 'a', exp: time() + 60 }).encode())).toBeUndefined();
    const jwk = await exportJWK(publicKey);
    expect(await principalOf(await token({ by: stranger, header: { jwk, jku: 'https://evil.example.org/keys' } }))).toBeUndefined();
    for (const nonsense of ['a.b', 'a.b.c', '..', 'e30.e30.e30']) expect(await principalOf(nonsense)).toBeUndefined();
  });

  test.each([20, -20])('is accepted from a clock that differs by %i s', async (seconds) => {
    expect(await principalOf(await token({ claims: seconds > 0 ? { nbf: time() + seconds } : { exp: time() + seconds } }))).toBeDefined();
  });
});

describe('The file of trusted issuers', () => {
  const one = { issuer: iss, jwks_uri: 'https://idp.example.org/keys' };

  test.each([
    ['{', /JSON/],
    ['{}', /must be a list/],
    ['[1]', /must be an object/],
    [JSON.stringify([{ issuer: iss }]), /jwks_uri must be a text/],
    [JSON.stringify([{ ...one, algorithms: ['HS256'] }]), /algorithms must be some of RS256/],
    [JSON.stringify([{ ...one, algorithms: ['none'] }]), /algorithms must be some of/],
    [JSON.stringify([{ ...one, scopes: 'x' }]), /is no scope/],
    [JSON.stringify([{ ...one, jwksUri: 'x' }]), /"jwksUri" is not known/],
    [JSON.stringify([one, one]), /twice/],
  ])('%s is refused', (text, message) => expect(() => trustedIssuers(text, base)).toThrow(message));

  test('needs an audience where the base is not fixed', () => {
    expect(() => trustedIssuers(JSON.stringify([one]), undefined)).toThrow(/audience is needed/);
  });
});

describe('At the FHIR API', () => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    world = await createWorld();
    folder = mkdtempSync(join(tmpdir(), 'anamnesis-issuers-'));
  });
  afterAll(async () => {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('such a token reads what it may, and cannot learn of tokens of this server', async () => {
    const file = join(folder, 'issuers.json');
    writeFileSync(file, JSON.stringify([{ issuer: iss, jwks_uri: `http://${host}/` }]));
    const origin = await world.serve({ TRUSTED_ISSUERS: file, BASE_URL: base, INTERNAL_HOSTS: host });
    const headers = { authorization: `Bearer ${await token()}` };
    expect((await fetch(`${origin}/fhir/Observation?patient=p1`, { headers })).status).toBe(200);
    expect((await fetch(`${origin}/fhir/Condition`, { headers })).status).toBe(403);
    await world.client({ id: 'house', trusted: true });
    const ours = await world.token({ client: 'house' });
    const asHouse = { authorization: `Bearer ${await token({ claims: { client_id: 'house' } })}` };
    const asked = await fetch(`${origin}/oauth/introspect`, {
      method: 'POST',
      headers: asHouse,
      body: new URLSearchParams({ token: ours.token }),
    });
    expect(asked.status).toBe(401);
    await expect(world.serve({ TRUSTED_ISSUERS: join(folder, 'none.json') })).rejects.toThrow(/TRUSTED_ISSUERS is .*ENOENT/);
  });
});
