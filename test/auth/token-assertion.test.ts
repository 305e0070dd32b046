/** Clients that prove themselves by a signature: https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html, https://hl7.org/fhir/smart-app-launch/backend-services.html */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose';
import { createWorld, post, until, type World } from './token-support.ts';

let world: World;
let origin: string;
let keyHost: Server;
let jwksUri: string;
/** What the client's key set is served as, and how often it was fetched. */
let served: { keys: JWK[]; cacheControl: string; fetched: number };

interface Pair {
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

const pair = async (alg: string, kid: string): Promise<Pair> => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg } };
};

let rsa: Pair;
let ec: Pair;
let stranger: Pair;

beforeAll(async () => {
  [rsa, ec, stranger] = [await pair('RS384', 'r1'), await pair('ES384', 'e1'), await pair('ES384', 'e1')];
  served = { keys: [ec.jwk], cacheControl: 'max-age=60', fetched: 0 };
  keyHost = createServer((_, response) => {
    served.fetched++;
    response.setHeader('cache-control', served.cacheControl).end(JSON.stringify({ keys: served.keys }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => keyHost.once('listening', resolve));
  const host = `127.0.0.1:${(keyHost.address() as AddressInfo).port}`;
  jwksUri = `http://${host}/jwks.json`;
  world = await createWorld();
  const backend = {
    kind: 'confidential' as const,
    grantTypes: ['client_credentials'],
    scopes: ['system/Patient.rs', 'system/Observation.rs'],
  };
  await world.client({ ...backend, id: 'by-value', jwks: { keys: [rsa.jwk, ec.jwk] } });
  await world.client({ ...backend, id: 'by-url', jwksUri });
  await world.client({ ...backend, id: 'twins', jwks: { keys: [ec.jwk, { ...stranger.jwk }] } });
  origin = await world.serve({ INTERNAL_HOSTS: host });
});
afterAll(async () => {
  await world.close();
  keyHost.close();
});

const time = (): number => Math.floor(Date.now() / 1000);

interface Made {
  readonly key?: CryptoKey | Uint8Array;
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
}

function assertion(id: string, { key = ec.privateKey, header = {}, claims = {} }: Made = {}): Promise<string> {
  const standard = { iss: id, sub: id, aud: `${origin}/oauth/token`, exp: time() + 240, jti: crypto.randomUUID() };
  const all = Object.fromEntries(Object.entries({ ...standard, ...claims }).filter(([, value]) => value !== undefined));
  return new SignJWT(all).setProtectedHeader({ alg: 'ES384', kid: 'e1', typ: 'JWT', ...header }).sign(key);
}

const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ask = (client_assertion: string, more: Record<string, string> = {}) =>
  post(origin, 'token', {
    ...{ grant_type: 'client_credentials', scope: 'system/Patient.rs', client_assertion_type: type, client_assertion },
    ...more,
  });
const outcome = async (client_assertion: string, more: Record<string, string> = {}): Promise<unknown[]> => {
  const { status, json } = await ask(client_assertion, more);
  return [status, json.error];
};
const wrong = [401, 'invalid_client'];

describe('A signed assertion', () => {
  test('of RS384 and of ES384 is enough: "bearer", five minutes at most, no refresh token', async () => {
    const { status, json } = await ask(await assertion('by-value'));
    expect([status, json]).toEqual([
      200,
      { access_token: expect.any(String), token_type: 'Bearer', expires_in: 300, scope: 'system/Patient.rs' },
    ]);
    const other = await assertion('by-value', { key: rsa.privateKey, header: { alg: 'RS384', kid: 'r1' } });
    expect((await ask(other)).status).toBe(200);
    const headers = { authorization: `Bearer ${String(json.access_token)}` };
    expect((await fetch(`${origin}/fhir/Patient`, { headers })).status).toBe(200);
  });

  test('may name the issuer as its audience', async () => {
    expect((await ask(await assertion('by-value', { claims: { aud: `${origin}/fhir` } }))).status).toBe(200);
    expect((await ask(await assertion('by-value', { claims: { aud: [`${origin}/fhir`] } }))).status).toBe(200);
  });

  test('"check that the jti value has not been previously encountered": is good once, in every process', async () => {
    const once = await assertion('by-value');
    const other = await world.serve({ BASE_URL: `${origin}/fhir` });
    expect((await ask(once)).status).toBe(200);
    expect(await outcome(once)).toEqual(wrong);
    const elsewhere = await post(other, 'token', {
      ...{ grant_type: 'client_credentials', scope: 'system/Patient.rs', client_assertion_type: type, client_assertion: once },
    });
    expect(elsewhere.status).toBe(401);
    const many = await assertion('by-value');
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(many)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('with the same jti is another client’s own affair', async () => {
    const jti = crypto.randomUUID();
    expect((await ask(await assertion('by-value', { claims: { jti } }))).status).toBe(200);
    expect((await ask(await assertion('by-url', { claims: { jti } }))).status).toBe(200);
  });

  test.each<[string, () => Made]>([
    ['by a stranger’s key with the same kid', () => ({ key: stranger.privateKey })],
    ['with a kid that is not registered', () => ({ header: { kid: 'e2' } })],
    ['with a kid like SQL', () => ({ header: { kid: "e1' or '1'='1" } })],
    ['with a kid like a path', () => ({ header: { kid: '../../../../dev/null' } })],
    ['without kid', () => ({ header: { kid: undefined } })],
    ['with another typ', () => ({ header: { typ: 'at+jwt' } })],
    ['with a jku that is not registered', () => ({ header: { jku: 'https://evil.example.org/jwks.json' } })],
    ['with a key of its own in the header', () => ({ key: stranger.privateKey, header: { jwk: stranger.jwk } })],
    ['with a critical header nobody knows', () => ({ header: { crit: ['exp2'], exp2: 1 } })],
    ['that expired: exp', () => ({ claims: { exp: time() - 40 } })],
    ['of more than five minutes: "no more than five minutes in the future"', () => ({ claims: { exp: time() + 400 } })],
    ['without exp', () => ({ claims: { exp: undefined } })],
    ['without jti', () => ({ claims: { jti: undefined } })],
    ['with an empty jti', () => ({ claims: { jti: '' } })],
    ['without aud', () => ({ claims: { aud: undefined } })],
    ['for another server', () => ({ claims: { aud: 'https://other.example.org/oauth/token' } })],
    ['for this server and another', () => ({ claims: { aud: [`${origin}/oauth/token`, 'https://other.example.org/oauth/token'] } })],
    ['that begins later: nbf', () => ({ claims: { nbf: time() + 90 } })],
    ['from the future: iat', () => ({ claims: { iat: time() + 90 } })],
    ['where iss is not sub', () => ({ claims: { sub: 'by-url' } })],
    ['without iss', () => ({ claims: { iss: undefined } })],
    ['of a client that does not exist', () => ({ claims: { iss: 'nobody', sub: 'nobody' } })],
  ])('%s is refused as invalid_client', async (_, made) => {
    // SignJWT refuses to write a critical header that it does not know unless it is told to.
    const { header, ...rest } = made();
    if (header?.crit !== undefined) {
      const claims = { iss: 'by-value', sub: 'by-value', aud: `${origin}/oauth/token`, exp: time() + 60, jti: crypto.randomUUID() };
      const jwt = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES384', kid: 'e1', ...header })
        .sign(ec.privateKey, { crit: { exp2: true } });
      return expect(await outcome(jwt)).toEqual(wrong);
    }
    expect(await outcome(await assertion('by-value', { ...rest, ...(header && { header }) }))).toEqual(wrong);
  });

  test.each([
    ['exp', -20],
    ['exp', 310],
    ['nbf', 20],
    ['iat', 20],
  ])('is accepted from a clock that differs a little: %s by %i s', async (claim, seconds) => {
    expect((await ask(await assertion('by-value', { claims: { [claim]: time() + seconds } }))).status).toBe(200);
  });

  test('with HS256 and the public key as its secret (algorithm confusion, RFC 8725, 2.1) is refused', async () => {
    const secret = new TextEncoder().encode(await exportSPKI(rsa.publicKey));
    for (const alg of ['HS256', 'HS384'])
      expect(await outcome(await assertion('by-value', { key: secret, header: { alg, kid: 'r1' } }))).toEqual(wrong);
  });

  test('with alg none, or with weaker algorithms than SMART names, is refused', async () => {
    const claims = { iss: 'by-value', sub: 'by-value', aud: `${origin}/oauth/token`, exp: time() + 60, jti: crypto.randomUUID() };
    expect(await outcome(new UnsecuredJWT(claims).encode())).toEqual(wrong);
    const weak = await pair('ES256', 'e1');
    expect(await outcome(await assertion('by-value', { key: weak.privateKey, header: { alg: 'ES256' } }))).toEqual(wrong);
    expect(
      await outcome(await assertion('by-value', { key: rsa.privateKey, header: { alg: 'PS384', kid: 'r1' } }).catch(() => 'x.y.z')),
    ).toEqual(wrong);
  });

  test('whose kty is not that of its algorithm is refused', async () => {
    expect(await outcome(await assertion('by-value', { header: { kid: 'r1' } }))).toEqual(wrong);
  });

  test('"If no keys match, or more than one key matches, the verification fails"', async () => {
    expect(await outcome(await assertion('twins'))).toEqual(wrong);
  });

  test('whose text was changed is refused', async () => {
    const [head, body = '', signature] = (await assertion('by-value')).split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...claims, jti: 'other' })).toString('base64url');
    expect(await outcome(`${head}.${changed}.${signature}`)).toEqual(wrong);
    for (const nonsense of ['a', 'a.b.c', '{}', 'e30.e30.']) expect(await outcome(nonsense)).toEqual(wrong);
  });

  test('cannot be replaced by the name alone, nor go with a secret, nor with another client_id', async () => {
    const named = { grant_type: 'client_credentials', scope: 'system/Patient.rs', client_id: 'by-value' };
    expect((await post(origin, 'token', named)).status).toBe(401);
    expect(await outcome(await assertion('by-value'), { client_secret: 'x' })).toEqual([400, 'invalid_request']);
    expect(await outcome(await assertion('by-value'), { client_id: 'by-url' })).toEqual([400, 'invalid_request']);
    expect(await outcome(await assertion('by-value'), { client_assertion_type: 'x' })).toEqual([400, 'invalid_request']);
  });
});

describe('A key set at an address', () => {
  test('is fetched as its owner says: kept for its max-age, looked at again for a key that is new', async () => {
    served = { keys: [ec.jwk], cacheControl: 'max-age=3600', fetched: 0 };
    await world.client({
      id: 'cached',
      kind: 'confidential',
      grantTypes: ['client_credentials'],
      scopes: ['system/*.rs'],
      jwksUri: `${jwksUri}?1`,
    });
    expect((await ask(await assertion('cached', { header: { jku: `${jwksUri}?1` } }))).status).toBe(200);
    expect((await ask(await assertion('cached'))).status).toBe(200);
    expect(served.fetched).toBe(1);
  });

  test('is not fetched again and again for keys that do not exist', async () => {
    const before = served.fetched;
    for (let i = 0; i < 5; i++) expect(await outcome(await assertion('cached', { header: { kid: `x${i}` } }))).toEqual(wrong);
    expect(served.fetched).toBe(before);
  });

  test('that is none is told as such', async () => {
    served = { keys: [{ notAKey: true } as unknown as JWK], cacheControl: '', fetched: 0 };
    await world.client({
      id: 'broken',
      kind: 'confidential',
      grantTypes: ['client_credentials'],
      scopes: ['system/*.rs'],
      jwksUri: `${jwksUri}?2`,
    });
    const { status, json } = await ask(await assertion('broken'));
    expect([status, json.error]).toEqual(wrong);
  });

  test.each(['http://169.254.169.254/latest', 'https://127.0.0.1:1/x', 'file:///etc/passwd', 'https://[::1]/x', 'http://localhost:80/'])(
    'at %s is never fetched (server-side request forgery)',
    async (uri) => {
      const id = `ssrf ${uri}`;
      await world.client({ id, kind: 'confidential', grantTypes: ['client_credentials'], scopes: ['system/*.rs'], jwksUri: uri });
      const started = performance.now();
      const { status, json } = await ask(await assertion(id));
      expect([status, json.error]).toEqual(wrong);
      expect(String(json.error_description)).toMatch(/cannot be used: (it is not https|its address is not public)/);
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});

describe('The scope of a client for itself', () => {
  test.each([
    ['nothing', ''],
    ['no scope', 'nonsense'],
    ['an unknown type', 'system/Nonsense.rs'],
    ['what is not allowed', 'system/Condition.rs'],
    ['another right', 'system/Patient.cud'],
    ['a person’s', 'user/*.rs'],
    ['a patient’s', 'patient/*.rs'],
    ['a mixture', 'system/Patient.rs openid'],
    ['a search that rows cannot tell', 'system/Observation.rs?subject.name=x'],
  ])('is refused as invalid_scope for %s', async (_, scope) => {
    expect(await outcome(await assertion('by-value'), { scope })).toEqual([400, 'invalid_scope']);
  });

  test('is what was allowed beforehand, though more is asked for: "this can be different from the scopes requested"', async () => {
    const { json } = await ask(await assertion('by-value'), { scope: 'system/*.cruds' });
    expect(String(json.scope).split(' ').sort()).toEqual(['system/Observation.rs', 'system/Patient.rs']);
    const fine = (await ask(await assertion('by-value'), { scope: 'system/Observation.rs?category=laboratory' })).json;
    expect(fine.scope).toBe('system/Observation.rs?category=laboratory');
    const headers = { authorization: `Bearer ${String(fine.access_token)}` };
    await until(async () => (await fetch(`${origin}/fhir/Observation`, { headers })).status === 200);
    expect(world.log.join('')).not.toContain(String(fine.access_token));
  });
});
