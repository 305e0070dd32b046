/** Access tokens at the FHIR API: https://www.rfc-editor.org/rfc/rfc6750 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createAuthenticator } from '../../src/auth/authenticate.ts';
import { endAuthorization } from '../../src/auth/authorization.ts';
import { disableClient } from '../../src/auth/client.ts';
import { newSecret } from '../../src/auth/secret.ts';
import { raw } from '../http/support.ts';
import { createWorld, until, type World } from './token-support.ts';

let world: World;
let one: string;
let other: string;

beforeAll(async () => {
  world = await createWorld();
  await world.client();
  [one, other] = [await world.serve(), await world.serve()];
});
afterAll(() => world.close());

const read = (origin: string, token?: string, path = 'Patient'): Promise<Response> =>
  fetch(`${origin}/fhir/${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });
const challenge = (response: Response): string => response.headers.get('www-authenticate') ?? '';
const port = (origin: string): number => Number(new URL(origin).port);

describe('A FHIR request', () => {
  test('without a token: "the resource server SHOULD NOT include an error code" (RFC 6750, 3.1)', async () => {
    for (const path of ['Patient', 'Patient/1', '', '_history', '$reindex', 'Nonsense', 'Patient/1/_history/1', 'metadata/x']) {
      const response = await read(one, undefined, path);
      expect([path, response.status, challenge(response)]).toEqual([path, 401, `Bearer realm="${one}/fhir"`]);
      expect(await response.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'login' }] });
    }
  });

  test('with a token that counts is answered', async () => {
    const { token } = await world.token({});
    expect((await read(one, token)).status).toBe(200);
    expect((await fetch(`${one}/fhir/Patient`, { headers: { authorization: `bearer ${token}` } })).status).toBe(200);
  });

  test.each([
    ['unknown', () => newSecret().text],
    ['of other characters', () => 'a b'],
    ['far too long', () => 'a'.repeat(20_000)],
    ['like a JWT of nobody', () => 'eyJhbGciOiJub25lIn0.e30.'],
    ['like SQL', () => "x'--"],
  ])('with a token that is %s: "invalid_token … SHOULD respond with 401"', async (_, make) => {
    const response = await read(one, make());
    expect(response.status).toBe(401);
    expect(challenge(response)).toMatch(/^Bearer realm="[^"]+", error="invalid_token", error_description="[^"]+"$/);
  });

  test('with a token that has expired is refused', async () => {
    const { token } = await world.token({ seconds: 0.2 });
    expect((await read(one, token)).status).toBe(200);
    const ms = await until(async () => (await read(one, token)).status === 401);
    expect(ms).toBeLessThan(1000);
  });

  test('with a token in the URL: "SHOULD NOT be used … high likelihood that the URL will be logged" (2.3)', async () => {
    const { token } = await world.token({});
    for (const path of [`Patient?access_token=${token}`, `metadata?access_token=${token}`]) {
      const response = await read(one, token, path);
      expect(response.status).toBe(400);
      expect(challenge(response)).toContain('error="invalid_request"');
      expect(await response.text()).not.toContain(token);
    }
  });

  test('with the header twice: "repeats the same parameter … invalid_request … 400" (3.1)', async () => {
    const { token } = await world.token({});
    const header = `Authorization: Bearer ${token}\r\n`;
    const { text } = await raw(port(one), `GET /fhir/Patient HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n${header}${header}\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 400/);
    expect(text).toContain('error="invalid_request"');
  });

  test('with other credentials is told to bring a token', async () => {
    const response = await fetch(`${one}/fhir/Patient`, { headers: { authorization: 'Basic YTpi' } });
    expect([response.status, challenge(response)]).toEqual([401, `Bearer realm="${one}/fhir"`]);
  });

  test('for metadata and a preflight needs no token', async () => {
    expect((await read(one, undefined, 'metadata')).status).toBe(200);
    expect((await read(one, newSecret().text, 'metadata')).status).toBe(200);
    expect((await fetch(`${one}/fhir/Patient`, { method: 'OPTIONS' })).status).toBe(204);
    expect((await fetch(`${one}/fhir/metadata`, { method: 'POST', body: '{}' })).status).toBe(401);
  });

  test('never shows the names of patients on the page for people', async () => {
    expect(await (await fetch(one)).text()).not.toContain('Sample patients');
  });
});

describe('Withdrawn access', () => {
  test('ends within a second in every process', async () => {
    const { token, authorization } = await world.token({});
    for (const origin of [one, other]) expect((await read(origin, token)).status).toBe(200);
    await endAuthorization(world.database, authorization);
    for (const origin of [one, other]) expect(await until(async () => (await read(origin, token)).status === 401)).toBeLessThan(1000);
  });

  test('of a client that is disabled ends with it', async () => {
    await world.client({ id: 'short' });
    const { token } = await world.token({ client: 'short' });
    expect((await read(one, token)).status).toBe(200);
    await disableClient(world.database, 'short');
    expect(await until(async () => (await read(one, token)).status === 401)).toBeLessThan(1000);
  });

  test('is noticed though the connection that hears of it was lost', async () => {
    const { token, authorization } = await world.token({});
    expect((await read(one, token)).status).toBe(200);
    await world.sql(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%' and datname = current_database()`);
    await endAuthorization(world.database, authorization);
    expect(await until(async () => (await read(one, token)).status === 401)).toBeLessThan(1000);
  });
});

describe('The check of a token', () => {
  test('gives the same principal while it is remembered, and asks the database once', async () => {
    let asked = 0;
    const counting = {
      ...world.database,
      run: (...given: Parameters<typeof world.database.run>) => (asked++, world.database.run(...given)),
    };
    const authenticator = createAuthenticator({ database: counting as typeof world.database });
    authenticator.hearing(true);
    const { token, authorization } = await world.token({ scopes: ['patient/*.rs'], context: { patient: 'p1' } });
    const [first, same] = await Promise.all([authenticator.principalOf(token), authenticator.principalOf(token)]);
    expect(first).toEqual({ id: authorization, scopes: ['patient/*.rs'], client: 'app', patient: 'p1', policies: {} });
    expect(same).toBe(first);
    expect(authenticator.principalOf(token)).toBe(first);
    expect(asked).toBe(1);
  });

  test('remembers a minute at most, and no more tokens than it may', async () => {
    let time = 0;
    const authenticator = createAuthenticator({ database: world.database, clock: () => time, most: 2 });
    authenticator.hearing(true);
    const tokens = await Promise.all([1, 2, 3].map(async () => (await world.token({})).token));
    for (const token of tokens) await authenticator.principalOf(token);
    expect(tokens.map((token) => authenticator.principalOf(token) instanceof Promise)).toEqual([true, false, false]);
    time = 60_000;
    expect(authenticator.principalOf(tokens[2] as string)).toBeInstanceOf(Promise);
  });

  test('does not remember what was looked up before a withdrawal', async () => {
    const authenticator = createAuthenticator({ database: world.database });
    authenticator.hearing(true);
    const { token, authorization } = await world.token({});
    const looking = authenticator.principalOf(token);
    authenticator.withdrawn({ kind: 'authorization', id: authorization });
    await looking;
    expect(authenticator.principalOf(token)).toBeInstanceOf(Promise);
  });
});
