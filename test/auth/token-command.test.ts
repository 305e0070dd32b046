/** `anamnesis token` and `anamnesis client` beside a running server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair } from 'jose';
import { runSaying, type Said } from '../support/terminal.ts';
import { basic, createWorld, post, until, type World } from './token-support.ts';

let world: World;
let origin: string;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anamnesis-client-'));
  world = await createWorld();
  origin = await world.serve();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

function run(...args: string[]): Promise<Said> {
  const { user, password, host, port, database } = world.connection;
  const secret = typeof password === 'string' ? `:${encodeURIComponent(password)}` : '';
  return runSaying(args, {
    DATABASE_URL: `postgresql://${user}${secret}@localhost:${port}/${database}?host=${encodeURIComponent(host ?? '')}`,
  });
}
const read = async (token: string, path: string): Promise<number> =>
  (await fetch(`${origin}/fhir/${path}`, { headers: { authorization: `Bearer ${token}` } })).status;

describe('anamnesis token', () => {
  test('prints one token that works, and nothing else', async () => {
    const { code, out, err } = await run('token', '--scope', 'system/*.rs');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^[\w-]{43}\n$/);
    expect(await read(out.trim(), 'Patient')).toBe(200);
    expect((await run('token', '--scope', 'patient/*.rs', '--patient', 'p1')).code).toBe(0);
  });

  test('counts as long as it was asked to', async () => {
    const { out } = await run('token', '--scope', 'system/*.rs', '--lifetime', '1');
    await until(async () => (await read(out.trim(), 'Patient')) === 401, 3000);
  });

  test.each([
    ['no scope', ['--scope', 'nonsense'], /"nonsense" is no scope/],
    ['an unknown type', ['--scope', 'system/Nonsense.rs'], /Nonsense is no resource type/],
    ['a patient’s scope without a patient', ['--scope', 'patient/*.rs'], /give --patient/],
    ['a person’s scope without a person', ['--scope', 'user/*.rs'], /give --user/],
    ['an unknown person', ['--scope', 'user/*.rs', '--user', 'nobody'], /There is no account nobody/],
    ['no id', ['--scope', 'patient/*.rs', '--patient', 'a/b'], /must be the id of a patient/],
    ['no time', ['--scope', 'system/*.rs', '--lifetime', 'x'], /must be seconds/],
    ['nothing', [], /--scope/],
  ])('refuses %s in one line', async (_, args, text) => {
    const { code, out, err } = await run('token', ...args);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(text);
  });
});

describe('anamnesis client', () => {
  test('adds a backend whose secret works at once, lists it without the secret, and disables it with its tokens', async () => {
    const { out } = await run('client', 'add', 'Night shift', '--backend', '--id', 'night', '--scope', 'system/Patient.rs');
    const secret = /client_secret {2}([\w-]{43})/.exec(out)?.[1] ?? '';
    const asked = await post(origin, 'token', { grant_type: 'client_credentials', scope: 'system/Patient.rs' }, basic('night', secret));
    expect(asked.status).toBe(200);
    const token = String(asked.json.access_token);
    expect(await read(token, 'Patient')).toBe(200);

    const listed = (await run('client', 'list')).out;
    expect(listed).toContain('night\tNight shift\tsecret\tactive\tsystem/Patient.rs\n');
    expect(listed).not.toContain(secret);

    expect((await run('client', 'disable', 'night')).out).toBe('Client night is disabled.\n');
    await until(async () => (await read(token, 'Patient')) === 401, 1000);
    expect(
      (await post(origin, 'token', { grant_type: 'client_credentials', scope: 'system/Patient.rs' }, basic('night', secret))).status,
    ).toBe(401);
    expect((await run('client', 'list')).out).toContain('night\tNight shift\tsecret\tdisabled');
  });

  test('adds one with keys, and one that is public, without a secret', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES384', { extractable: true });
    const [good, bad] = [join(folder, 'good.json'), join(folder, 'bad.json')];
    writeFileSync(good, JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'a' }] }));
    writeFileSync(bad, JSON.stringify({ keys: [{ ...(await exportJWK(privateKey)), kid: 'a' }] }));
    expect((await run('client', 'add', 'Keys', '--backend', '--jwks', good)).out).toMatch(/^client_id {6}\S+\n$/);
    expect((await run('client', 'add', 'Keys', '--backend', '--jwks', bad)).err).toMatch(/must be a JSON Web Key Set of public keys/);
    expect((await run('client', 'add', 'App', '--public', '--redirect', 'https://a.example.org/cb')).out).toMatch(/^client_id {6}\S+\n$/);
  });

  test.each([
    ['an application without a redirect', ['add', 'A'], /needs --redirect/],
    ['a redirect that is a script', ['add', 'A', '--redirect', 'javascript:x'], /--redirect javascript:x must be/],
    ['a public backend', ['add', 'A', '--public', '--backend'], /exclude each other/],
    ['no scope', ['add', 'A', '--backend', '--scope', 'x'], /is no scope/],
    ['an unknown client', ['disable', 'nobody'], /There is no client nobody/],
  ])('refuses %s in one line', async (_, args, text) => {
    const { code, out, err } = await run('client', ...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(text);
  });

  test('does not replace one that is there', async () => {
    await run('client', 'add', 'A', '--backend', '--id', 'same');
    expect((await run('client', 'add', 'B', '--backend', '--id', 'same')).err).toMatch(/There is a client same already/);
  });
});
