/** `anamnesis user`: accounts on the command line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { findAccountByName } from '../../src/auth/account.ts';
import { verifyPassword } from '../../src/auth/password.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { runSaying, type Said } from '../support/terminal.ts';

let own: TestDatabase;
let database: Database;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  own = await testDatabase();
  const { user, password, host, port, database: name } = own.connection as pg.ClientConfig;
  env = {
    DATABASE_URL: `postgresql://${user}:${encodeURIComponent(String(password))}@${encodeURIComponent(String(host))}:${port}/${name}`,
  };
  database = openDatabase({ connection: own.connection, schema: 'anamnesis', poolSize: 2, statementTimeoutMs: 10_000 });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

const user = (args: string, input?: string): Promise<Said> => runSaying(['user', ...args.split(' ')], env, input);

const isPassword = async (name: string, password: string): Promise<boolean> =>
  verifyPassword((await findAccountByName(database, name))?.password, password);

describe('anamnesis user', () => {
  test('add makes a password where none is given, and prints it once', async () => {
    const { code, out } = await user('add Anna --role practitioner --fhir-user Practitioner/7');
    expect(code).toBe(0);
    const [, password = ''] = /^Added anna: practitioner, policy own-patients\.\nPassword, shown this once: (\S+)\n$/.exec(out) ?? [];
    expect(await isPassword('anna', password)).toBe(true);
  });

  test('add reads a password from standard input, and does not print it', async () => {
    const { out } = await user('add berta --role administrator --password-stdin', 'a long enough password\nmore\n');
    expect(out).toBe('Added berta: administrator, policy administrator.\n');
    expect(await isPassword('berta', 'a long enough password')).toBe(true);
  });

  test('list shows everybody and no secret', async () => {
    const { out } = await user('list');
    expect(out).toBe(
      'anna\tpractitioner\tPractitioner/7\town-patients\tpassword\tactive\nberta\tadministrator\t-\tadministrator\tpassword\tactive\n',
    );
  });

  test('password changes it', async () => {
    expect((await user('password berta --password-stdin', 'another long password')).code).toBe(0);
    expect(await isPassword('berta', 'another long password')).toBe(true);
  });

  test('totp prints once what an authenticator app reads, and takes it away again', async () => {
    expect((await user('totp anna')).out).toMatch(/otpauth:\/\/totp\/Anamnesis:anna\?.*secret=[A-Z2-7]{32}/);
    expect((await user('list')).out).toContain('password and second factor');
    await user('totp anna --remove');
    expect((await findAccountByName(database, 'anna'))?.totp).toBeUndefined();
  });

  test('disable shuts an account out, and --undo lets it in', async () => {
    expect((await user('disable anna')).out).toContain('signed out everywhere');
    expect((await findAccountByName(database, 'anna'))?.disabled).toBe(true);
    await user('disable anna --undo');
    expect((await findAccountByName(database, 'anna'))?.disabled).toBe(false);
  });

  test.each([
    ['add anna --role practitioner', /There is an account "anna" already/],
    ['add carla', /required option '--role/],
    ['add carla --role king', /Allowed choices are practitioner, patient, related-person, administrator/],
    ['add carla --role patient', /linked to its Patient/],
    ['add carla --role patient --fhir-user Practitioner/7', /linked to a Patient, such as Patient\/7/],
    ['add <b> --role administrator', /letters, digits/],
    ['add carla --role administrator --password-stdin', /standard input has no password/],
    ['add carla --role practitioner --policy nonsense', /There is no policy "nonsense"/],
    ['password nobody', /There is no account "nobody"/],
    ['disable nobody', /There is no account "nobody"/],
    ['totp nobody', /There is no account "nobody"/],
  ])('%s is refused in one line that says why', async (args, text) => {
    const { code, err } = await user(args);
    expect([code, err]).toEqual([1, expect.stringMatching(text)]);
  });

  test('takes no password as an argument, where others of the machine could read it', async () => {
    expect((await user('add carla --role administrator --password secret-secret-secret')).code).toBe(1);
  });
});

describe('anamnesis policy', () => {
  const policy = (args: readonly string[]): Promise<Said> => runSaying(['policy', ...args], env);

  test('adds, lists, uses and removes a policy', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anamnesis policy '));
    const file = join(folder, 'research.json');
    const rules = [{ types: ['Observation'], rights: 'rs', patients: 'all' }];
    writeFileSync(file, JSON.stringify({ name: 'research', description: 'Measurements of all.', rules }));
    expect((await policy(['add', file])).out).toBe('Policy research stands.\n');
    const { out } = await policy(['list']);
    expect(out).toContain('research\tMeasurements of all.\n');
    expect(out).toContain('own-patients\t');
    expect((await user('add dora --role practitioner --policy research')).out).toContain('policy research');
    expect((await policy(['remove', 'research'])).out).toBe('Policy research is gone: who is under it may do nothing.\n');
    writeFileSync(
      file,
      JSON.stringify({ name: 'research', description: 'x', rules: [{ types: ['Nonsense'], rights: 'rs', patients: 'all' }] }),
    );
    for (const args of [
      ['add', file],
      ['add', join(folder, 'nothing.json')],
      ['remove', 'research'],
      ['remove', 'own-patients'],
    ]) {
      const { code, err } = await policy(args);
      expect([code, err]).toEqual([1, expect.stringMatching(/^anamnesis: .+\n$/)]);
    }
    rmSync(folder, { recursive: true });
  });
});
