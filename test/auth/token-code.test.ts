/** Codes and refresh tokens: https://www.rfc-editor.org/rfc/rfc6749, https://www.rfc-editor.org/rfc/rfc7636, https://www.rfc-editor.org/rfc/rfc9700 */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAuthorization, endAuthorizationsIn, type NewAuthorization } from '../../src/auth/authorization.ts';
import { createCode } from '../../src/auth/authorization-code.ts';
import { hashOf, newSecret } from '../../src/auth/secret.ts';
import { type Answer, basic, createWorld, post, until, type World } from './token-support.ts';

const redirectUri = 'https://app.example.org/callback';
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const challenge = createHash('sha256').update(verifier).digest('base64url');

let world: World;
let origin: string;
const secret = newSecret();
const account = '7d9e2e2e-8e0f-4a55-9d77-0b1f2f3a4b5c';

beforeAll(async () => {
  world = await createWorld();
  await world.client();
  await world.client({ id: 'other' });
  await world.client({ id: 'server side', kind: 'confidential', secret: secret.hash });
  await world.sql(
    `insert into anamnesis.account (id, name, password, role, policy, created) values ('${account}', 'ann', 'x', 'practitioner', 'all-patients', now())`,
  );
  origin = await world.serve();
  const { token } = await world.token({ client: 'other' });
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/fhir+json' };
  const put = await fetch(`${origin}/fhir/Patient/p1`, { method: 'PUT', headers, body: '{"resourceType":"Patient","id":"p1"}' });
  expect(put.status).toBe(201);
});
afterAll(() => world.close());

const offline = ['patient/Observation.rs', 'launch/patient', 'offline_access'];

async function code(more: Partial<NewAuthorization> = {}, made: { challenge?: string; nonce?: string } = {}): Promise<string> {
  const given = { client: 'app', account, scopes: offline, context: { patient: 'p1' }, ...more };
  const authorization = await createAuthorization(world.database, given);
  return createCode(world.database, { authorization, redirectUri, challenge, authenticated: new Date(), ...made });
}

const form = (value: string, more: Record<string, string> = {}) => ({
  ...{ grant_type: 'authorization_code', client_id: 'app', code: value, redirect_uri: redirectUri, code_verifier: verifier },
  ...more,
});
const exchange = (value: string, more: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  post(origin, 'token', form(value, more), headers);
const refresh = (token: unknown, more: Record<string, string> = {}): Promise<Answer> =>
  post(origin, 'token', { grant_type: 'refresh_token', client_id: 'app', refresh_token: String(token), ...more });
const reads = async (token: unknown): Promise<number> =>
  (await fetch(`${origin}/fhir/Observation?patient=p1`, { headers: { authorization: `Bearer ${String(token)}` } })).status;
const refused = ({ status, json }: Answer): unknown[] => [status, json.error];

describe('An authorization code', () => {
  test('is exchanged for what was granted, with the launch context, and never stored by anybody', async () => {
    const context = {
      patient: 'p1',
      encounter: 'e1',
      need_patient_banner: false,
      fhirContext: [{ reference: 'ImagingStudy/1' }],
      intent: 'x',
    };
    const { status, json, headers } = await exchange(await code({ context }));
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: offline.join(' '), ...context });
    expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    expect(json.id_token).toBeUndefined();
    expect(await reads(json.access_token)).toBe(200);
  });

  test('"If an authorization code is used more than once, the authorization server MUST deny the request and SHOULD revoke all tokens" (RFC 6749, 4.1.2)', async () => {
    const value = await code();
    const { json } = await exchange(value);
    expect(await reads(json.access_token)).toBe(200);
    expect(refused(await exchange(value))).toEqual([400, 'invalid_grant']);
    await until(async () => (await reads(json.access_token)) === 401, 1000);
    expect(refused(await refresh(json.refresh_token))).toEqual([400, 'invalid_grant']);
  });

  test('of ten requests at once serves one at most', async () => {
    const value = await code();
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(value)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  });

  test('"is bound to the client identifier and redirection URI" (RFC 6749, 4.1.2)', async () => {
    const theirs = await code();
    expect(refused(await exchange(theirs, { client_id: 'other' }))).toEqual([400, 'invalid_grant']);
    expect(refused(await exchange(theirs, { redirect_uri: `${redirectUri}/` }))).toEqual([400, 'invalid_grant']);
  });

  test.each([
    ['a wrong code_verifier', { code_verifier: verifier.replace('d', 'e') }, 'invalid_grant'],
    ['the challenge itself, as with "plain"', { code_verifier: challenge }, 'invalid_grant'],
    ['a code_verifier of other characters', { code_verifier: `${verifier}!` }, 'invalid_grant'],
    ['no code_verifier: the downgrade of RFC 9700, 4.8.2', { code_verifier: '' }, 'invalid_request'],
    ['no redirect_uri', { redirect_uri: '' }, 'invalid_request'],
    ['no code', { code: '' }, 'invalid_request'],
    ['another grant', { grant_type: 'password' }, 'unsupported_grant_type'],
    ['no grant', { grant_type: '' }, 'invalid_request'],
  ])('is refused with %s', async (_, more, error) => {
    expect(refused(await exchange(await code(), more))).toEqual([400, error]);
  });

  test('is used up by a wrong proof: nobody may try again', async () => {
    const value = await code();
    await exchange(value, { code_verifier: 'a'.repeat(43) });
    expect(refused(await exchange(value))).toEqual([400, 'invalid_grant']);
  });

  test('of which the challenge was made by "plain" is worth nothing', async () => {
    expect(refused(await exchange(await code({}, { challenge: verifier })))).toEqual([400, 'invalid_grant']);
  });

  test('expires after a minute', async () => {
    const value = await code();
    await world.sql(`update anamnesis.code set expires = now() - interval '1 s'`);
    expect(refused(await exchange(value))).toEqual([400, 'invalid_grant']);
  });

  test('brings an id token where openid was granted', async () => {
    const { json } = await exchange(await code({ scopes: ['openid', 'fhirUser'] }, { nonce: 'n1' }));
    const [, body = ''] = String(json.id_token).split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    expect(claims).toMatchObject({ iss: `${origin}/fhir`, aud: 'app', sub: account, nonce: 'n1' });
    expect(json.refresh_token).toBeUndefined();
  });
});

describe('A client', () => {
  test('that has a secret must prove it, by header or in the body', async () => {
    const theirs = () => code({ client: 'server side' });
    const id = { client_id: 'server side' };
    expect((await exchange(await theirs(), id, basic('server side', secret.text))).status).toBe(200);
    expect((await exchange(await theirs(), { ...id, client_secret: secret.text })).status).toBe(200);
    expect(refused(await exchange(await theirs(), id))).toEqual([401, 'invalid_client']);
    expect(refused(await exchange(await theirs(), { ...id, client_secret: newSecret().text }))).toEqual([401, 'invalid_client']);
  });

  test('"If the client attempted to authenticate via the Authorization header, … include the WWW-Authenticate response header" (RFC 6749, 5.2)', async () => {
    const answer = await exchange(await code(), { client_id: '' }, basic('server side', 'wrong'));
    expect(refused(answer)).toEqual([401, 'invalid_client']);
    expect(answer.headers.get('www-authenticate')).toBe('Basic realm="clients"');
    expect((await exchange(await code(), { client_id: 'nobody' })).headers.get('www-authenticate')).toBeNull();
  });

  test('"MUST NOT use more than one authentication method in each request" (RFC 6749, 2.3)', async () => {
    const both = await exchange(await code(), { client_id: 'server side', client_secret: secret.text }, basic('server side', secret.text));
    expect(refused(both)).toEqual([400, 'invalid_request']);
  });

  test('that is public must not pretend to have a secret, and one that is unknown is told no more', async () => {
    const wrong = await exchange(await code(), { client_secret: 'x' });
    expect(refused(wrong)).toEqual([401, 'invalid_client']);
    expect((await exchange(await code(), { client_id: 'nobody' })).json).toEqual(wrong.json);
  });

  test('may use the grants alone that it is registered for', async () => {
    await world.client({ id: 'no-refresh', grantTypes: ['authorization_code'] });
    const { json } = await exchange(await code({ client: 'no-refresh' }), { client_id: 'no-refresh' });
    expect(json.refresh_token).toBeUndefined();
    expect(refused(await refresh(newSecret().text, { client_id: 'no-refresh' }))).toEqual([400, 'unauthorized_client']);
    expect(refused(await post(origin, 'token', { grant_type: 'client_credentials', client_id: 'app' }))).toEqual([
      400,
      'unauthorized_client',
    ]);
  });
});

describe('A refresh token', () => {
  const first = async (more: Partial<NewAuthorization> = {}) => (await exchange(await code(more))).json;

  test('brings new tokens with the same context, and is good once: "refresh token rotation" (RFC 9700, 4.14.2)', async () => {
    const { refresh_token: old } = await first();
    const { status, json } = await refresh(old);
    expect(status).toBe(200);
    expect(json).toMatchObject({ scope: offline.join(' '), patient: 'p1' });
    expect(json.refresh_token).not.toBe(old);
    expect(await reads(json.access_token)).toBe(200);
  });

  test('that comes back ends the authorization: "cannot determine which party submitted the invalid refresh token … revoke the active refresh token"', async () => {
    const { refresh_token: stolen } = await first();
    const { json } = await refresh(stolen);
    expect(refused(await refresh(stolen))).toEqual([400, 'invalid_grant']);
    expect(refused(await refresh(json.refresh_token))).toEqual([400, 'invalid_grant']);
    await until(async () => (await reads(json.access_token)) === 401, 1000);
  });

  test('used twice at once serves one at most, and the authorization ends', async () => {
    const { refresh_token: token } = await first();
    const answers = await Promise.all([refresh(token), refresh(token), refresh(token)]);
    const served = answers.filter(({ status }) => status === 200);
    expect(served.length).toBeLessThanOrEqual(1);
    for (const { json } of served) expect(refused(await refresh(json.refresh_token))).toEqual([400, 'invalid_grant']);
  });

  test('"is bound to the client to which it was issued" (RFC 6749, 10.4)', async () => {
    const { refresh_token: token } = await first();
    expect(refused(await refresh(token, { client_id: 'other' }))).toEqual([400, 'invalid_grant']);
  });

  test('may ask for less, "MUST NOT include any scope not originally granted", and the next one is whole again', async () => {
    const { refresh_token: token } = await first();
    const less = (await refresh(token, { scope: 'patient/Observation.r' })).json;
    expect(less.scope).toBe('patient/Observation.r');
    for (const scope of ['patient/*.rs', 'patient/Observation.cruds', 'system/*.rs', 'nonsense'])
      expect(refused(await refresh(less.refresh_token, { scope }))).toEqual([400, 'invalid_scope']);
    expect((await refresh(less.refresh_token)).json.scope).toBe(offline.join(' '));
  });

  test('for online access ends with the session of the person, for offline access it does not', async () => {
    const session = hashOf(newSecret().text);
    await world.sql(
      `insert into anamnesis.login_session values ('\\x${session.toString('hex')}', '${account}', now(), now() + interval '1 h')`,
    );
    const online = await first({ session, scopes: ['patient/Observation.rs', 'online_access'] });
    const lasting = await first({ session });
    const next = await refresh(online.refresh_token);
    expect(next.status).toBe(200);
    await world.sql('delete from anamnesis.login_session');
    expect(refused(await refresh(next.json.refresh_token))).toEqual([400, 'invalid_grant']);
    await endAuthorizationsIn(world.database, session);
    await until(async () => (await reads(next.json.access_token)) === 401, 1000);
    expect(await reads(lasting.access_token)).toBe(200);
    expect((await refresh(lasting.refresh_token)).status).toBe(200);
  });

  test('of a person who is disabled, or that has expired, is refused', async () => {
    const [one, two] = [await first(), await first()];
    await world.sql(`update anamnesis.account set disabled = true`);
    expect(refused(await refresh(one.refresh_token))).toEqual([400, 'invalid_grant']);
    expect(await reads(two.access_token)).toBe(401);
    await world.sql(`update anamnesis.account set disabled = false`);
    await world.sql(`update anamnesis.refresh_token set expires = now() - interval '1 s'`);
    expect(refused(await refresh(two.refresh_token))).toEqual([400, 'invalid_grant']);
  });
});

describe('The token endpoint', () => {
  test('"The client MUST use the HTTP POST method" (RFC 6749, 3.2)', async () => {
    const response = await fetch(`${origin}/oauth/token?grant_type=authorization_code`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  test('"Request and response parameters MUST NOT be included more than once" (3.2)', async () => {
    const body = `${new URLSearchParams(form(await code())).toString()}&code=x`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${origin}/oauth/token`, { method: 'POST', body, headers });
    expect([response.status, ((await response.json()) as { error: string }).error]).toEqual([400, 'invalid_request']);
  });

  test('takes a form alone, of a modest size', async () => {
    const json = await fetch(`${origin}/oauth/token`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect([json.status, ((await json.json()) as { error: string }).error]).toEqual([400, 'invalid_request']);
    expect((await post(origin, 'token', { code: 'x'.repeat(100_000) })).status).toBe(413);
  });

  test('lets pages of registered clients read its answers, without cookies, and no others', async () => {
    const cors = async (from: string): Promise<(string | null)[]> => {
      const { headers } = await exchange('x', {}, { origin: from });
      return [headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')];
    };
    await until(async () => (await cors('https://app.example.org'))[0] !== null);
    expect(await cors('https://app.example.org')).toEqual(['https://app.example.org', null]);
    expect(await cors('https://evil.example.org')).toEqual([null, null]);
    const preflight = await fetch(`${origin}/oauth/token`, { method: 'OPTIONS', headers: { origin: 'https://app.example.org' } });
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'Accept, Authorization, Content-Type']);
    const read = await fetch(`${origin}/fhir/Patient`, { headers: { origin: 'https://app.example.org' } });
    expect(read.headers.get('access-control-allow-origin')).toBe('https://app.example.org');
  });

  test('writes no secret into logs, not even of requests that fail', () => {
    const text = world.log.join('');
    expect(text).not.toBe('');
    expect(text).not.toContain(secret.text);
    expect(text).not.toContain(verifier);
    expect(text).not.toMatch(/Bearer |Basic /);
    // No secret of 256 bits in base64url at all.
    expect(text).not.toMatch(/(?<![\w-])[\w-]{43}(?![\w-])/);
  });

  test('keeps nothing but hashes', async () => {
    const value = await code();
    const { json } = await exchange(value);
    const rows = await world.database.run<{ row: string }>({
      text: `select row_to_json(t)::text as row from (select 1 as a, c.* from anamnesis.code c) t union all select row_to_json(t)::text from anamnesis.access_token t
union all select row_to_json(t)::text from anamnesis.refresh_token t`,
      values: [],
    });
    const text = rows.map(({ row }) => row).join('');
    for (const held of [value, json.access_token, json.refresh_token]) expect(text).not.toContain(String(held));
    expect(text).toContain(hashOf(value).toString('hex'));
  });
});
