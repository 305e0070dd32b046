/** Clients that an administrator registers over HTTP, and names of policies that have to be known. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { addAccount } from '../../src/auth/account.ts';
import { basic, createWorld, post, type World } from './token-support.ts';

let world: World;
let origin: string;
let token: string;

beforeAll(async () => {
  world = await createWorld();
  await world.client({ id: 'house', trusted: true });
  const root = await addAccount(world.database, { name: 'root', password: 'correct horse battery staple', role: 'administrator' });
  token = (await world.token({ client: 'house', account: root?.id, scopes: ['user/*.cruds'] })).token;
  origin = await world.serve();
});
afterAll(() => world.close());

async function call(path: string, body: unknown, method = 'POST', by = token) {
  const headers = { authorization: `Bearer ${by}`, 'content-type': 'application/json' };
  const response = await fetch(`${origin}/oauth/admin/${path}`, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}

describe('A client that an administrator adds', () => {
  test('for itself has a secret that is shown once, its policy and its purposes, and gets tokens', async () => {
    const asked = { id: 'lab', name: 'Laboratory', scopes: ['system/Observation.rs'], policy: 'custodian', purposes: ['TREAT', 'HRESCH'] };
    const { status, json } = await call('clients', asked);
    expect([status, json]).toEqual([
      201,
      expect.objectContaining({ ...asked, kind: 'confidential', grantTypes: ['client_credentials'], secret: expect.any(String) }),
    ]);
    const form = { grant_type: 'client_credentials', purpose_of_use: 'HRESCH' };
    const answer = await post(origin, 'token', form, basic('lab', String(json['secret'])));
    expect(answer).toMatchObject({ status: 200, json: { scope: 'system/Observation.rs' } });
    const list = JSON.stringify(
      (await (await fetch(`${origin}/oauth/admin/clients`, { headers: { authorization: `Bearer ${token}` } })).json()) as object,
    );
    expect(list).toContain('"lab"');
    expect(list).not.toContain(String(json['secret']));
  });

  test('for people has redirects, and a secret unless it is public', async () => {
    const asked = { name: 'App', redirectUris: ['https://app.example.org/callback'], scopes: ['patient/*.rs', 'launch/patient'] };
    const grantTypes = ['authorization_code', 'refresh_token'];
    expect((await call('clients', asked)).json).toMatchObject({ ...asked, grantTypes, secret: expect.any(String), trusted: false });
    const open = await call('clients', { ...asked, kind: 'public' });
    expect([open.status, open.json['secret']]).toEqual([201, undefined]);
  });

  test('with keys has no secret', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true });
    const about = { kid: 'k', alg: 'ES384' };
    const good = { name: 'Keys', scopes: ['system/*.rs'], jwks: { keys: [{ ...(await exportJWK(publicKey)), ...about }] } };
    const made = await call('clients', good);
    expect([made.status, made.json['secret']]).toEqual([201, undefined]);
    const bad = { ...good, jwks: { keys: [{ ...(await exportJWK(privateKey)), ...about }] } };
    expect(await call('clients', bad)).toMatchObject({ status: 400, json: { error: 'invalid_client_metadata' } });
  });

  const service = { name: 'x', scopes: ['system/*.rs'] };
  const app = { ...service, redirectUris: ['https://app.example.org/'] };
  test.each<[string, object, string]>([
    ['no name', { scopes: ['system/*.rs'] }, 'name'],
    ['an unknown kind', { ...service, kind: 'secret' }, 'kind'],
    ['an unknown property', { ...service, admin: true }, 'not known'],
    ['no scopes', { name: 'x' }, 'scopes'],
    ['what is no scope', { ...service, scopes: ['everything'] }, 'scopes'],
    ['a scope of an unknown type', { ...service, scopes: ['system/Nonsense.rs'] }, 'Nonsense'],
    ['an unknown policy', { ...service, policy: 'nobodys' }, 'policy must be one of'],
    ['a purpose that is none', { ...service, purposes: ['BTG'] }, 'purposes'],
    ['a public client that acts for itself', { ...service, kind: 'public' }, 'confidential'],
    ['redirects without the grant for them', { ...app, grantTypes: ['client_credentials'] }, 'redirectUris'],
    ['a redirect with a fragment', { ...app, redirectUris: ['https://app.example.org/#x'] }, 'redirectUris'],
    ['a redirect that runs something', { ...app, redirectUris: ['javascript:alert(1)'] }, 'redirectUris'],
    ['an id with a blank', { ...service, id: 'a b' }, 'id'],
    ['keys in two ways', { ...service, jwks: { keys: [] }, jwksUri: 'https://a.example/jwks' }, 'jwks'],
  ])('with %s is refused, and told where', async (_, body, where) => {
    const { status, json } = await call('clients', body);
    expect([status, json['error_description']]).toEqual([400, expect.stringContaining(where)]);
  });

  test('whose id is taken is refused', async () => {
    expect((await call('clients', { ...service, id: 'house' })).status).toBe(409);
  });

  test('is not added by others', async () => {
    const { token: other } = await world.token({ client: 'house', scopes: ['system/*.cruds'] });
    expect((await call('clients', service, 'POST', other)).status).toBe(403);
  });
});

describe('A policy of an account', () => {
  test('has to be known, as its language has, when the account is added and when it is changed', async () => {
    const asked = { name: 'eva', role: 'practitioner', fhirUser: 'Practitioner/e' };
    const refused = {
      status: 400,
      json: { error: 'invalid_request', error_description: expect.stringContaining('policy must be one of') },
    };
    expect(await call('accounts', { ...asked, policy: 'nobodys' })).toMatchObject(refused);
    const { status, json } = await call('accounts', { ...asked, language: 'xx' });
    expect([status, json['error_description']]).toEqual([400, 'language must be one of en, es, de, fr.']);
    expect((await call('accounts', { ...asked, policy: 'emergency', language: 'de' })).status).toBe(201);
    expect(await call('accounts/eva', { policy: 'nobodys' }, 'PATCH')).toMatchObject(refused);
    expect(await call('accounts/eva', { policy: 'own-patients' }, 'PATCH')).toMatchObject({
      status: 200,
      json: { policy: 'own-patients' },
    });
  });
});
