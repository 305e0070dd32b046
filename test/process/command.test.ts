import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { emptyDatabase, type TestDatabase } from '../support/database.ts';
import { runSaying as run } from '../support/terminal.ts';

describe('anamnesis', () => {
  test.each([
    [['--help']],
    [['serve', '--help']],
    [['migrate', '--help']],
    [['load', '--help']],
    [['help', 'load']],
    [['package', '--help']],
    [['package', 'install', '--help']],
    [['package', 'list', '--help']],
  ])('%j explains itself', async (args) => {
    const { code, out } = await run(args);
    expect(code).toBe(0);
    expect(out).toContain('Usage: anamnesis');
  });

  test('names every command in its help, and the settings of each in theirs', async () => {
    expect((await run(['--help'])).out).toMatch(/serve[\s\S]*migrate[\s\S]*load/);
    expect((await run(['serve', '--help'])).out).toMatch(/--port <port>[\s\S]*env: PORT/);
    expect((await run(['load', '--help'])).out).toMatch(/--url <base>[\s\S]*--data-dir/);
    expect((await run(['load', '--help'])).out).not.toContain('--port');
  });

  test('tells its version', async () => {
    expect((await run(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  const refused: [string, string[], NodeJS.ProcessEnv, RegExp][] = [
    ['an unknown command', ['sevre'], {}, /unknown command 'sevre'[\s\S]*serve/],
    ['an unknown flag', ['serve', '--prot', '1'], {}, /unknown option '--prot'[\s\S]*--port/],
    ['a flag of another command', ['migrate', '--port', '1'], {}, /unknown option '--port'/],
    ['too many arguments', ['migrate', 'now'], {}, /too many arguments/],
    ['a load of nothing', ['load'], {}, /missing required argument 'path'/],
    ['a package command that is none', ['package', 'remove'], {}, /unknown command 'remove'/],
    ['an unknown flag of a command of a command', ['package', 'list', '--prot'], {}, /unknown option '--prot'/],
    ['an installation of nothing', ['package', 'install'], {}, /missing required argument 'path'/],
    [
      'a wrong value of a flag',
      ['serve', '--port', 'http'],
      {},
      /^anamnesis: --port is "http", but must be an integer from 0 to 65535\.\n$/,
    ],
    [
      'a wrong value in the environment',
      ['migrate'],
      { LOG_LEVEL: 'loud' },
      /^anamnesis: LOG_LEVEL is "loud", but must be one of fatal, [a-z, ]+\.\n$/,
    ],
    ['a host that others can reach', ['serve', '--host', '0.0.0.0'], {}, /^anamnesis: HOST 0\.0\.0\.0 is not a loopback address[^\n]+\n$/],
    [
      'a database that is not there',
      ['migrate'],
      { DATABASE_URL: 'postgresql://u:secret@127.0.0.1:1/d' },
      /^anamnesis: The database at 127\.0\.0\.1:1\/d \(DATABASE_URL\) cannot be used: nothing listens at that address\.\n$/,
    ],
    [
      'a host name that is not there',
      ['migrate'],
      { DATABASE_URL: 'postgresql://db.invalid/d' },
      /^anamnesis: The database at db\.invalid\/d .*host name[^\n]*\n$/,
    ],
    ['a wrong --url', ['load', '--url', 'here', '.'], {}, /^anamnesis: --url is "here", but must be a URL/],
  ];
  test.each(refused)('refuses %s in one line and fails', async (_, args, env, message) => {
    const { code, err } = await run(args, env);
    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/secret|\n {4}at /);
  });
});

describe('on an external PostgreSQL', () => {
  let database: TestDatabase;
  let folder: string;
  let url: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'anamnesis command '));
    database = await emptyDatabase();
    const { user, password, host, port, database: name } = database.connection;
    url = `postgresql://${user}:${encodeURIComponent(String(password))}@${encodeURIComponent(String(host))}:${port}/${name}`;
    env = { DATABASE_URL: url, DATA_DIR: join(folder, 'never made') };
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  test('migrate makes the tables once', async () => {
    const first = await run(['migrate'], env);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(/^Schema anamnesis in external PostgreSQL: applied .+\.\n$/);
    expect((await run(['migrate'], env)).out).toContain('is up to date');
  });

  test('a wrong password or database is told in one line', async () => {
    const wrong = await run(['migrate'], { ...env, DATABASE_URL: url.replace(/:[^:@/]+@/, ':guess@') });
    expect(wrong.err).toMatch(/^anamnesis: The database at .* cannot be used: user or password is wrong\.\n$/);
    const absent = await run(['migrate'], { ...env, DATABASE_URL: `${url}_absent` });
    expect(absent.err).toMatch(/cannot be used: that database does not exist\.\n$/);
    expect(absent.code).toBe(1);
  });

  test('a missing right is told in one line', async () => {
    const client = new pg.Client(database.connection as pg.ClientConfig);
    await client.connect();
    await client.query('create schema closed; revoke all on schema closed from current_user');
    await client.end();
    const { code, err } = await run(['migrate'], { ...env, DATABASE_SCHEMA: 'closed' });
    expect(code).toBe(1);
    expect(err).toMatch(/this user may not use the schema closed: grant usage and create on it\.\n$/);
  });

  test('load stores what is right, reports what is refused with file, place and reason, and fails', async () => {
    const entry = (resource: object) => ({ resource, request: { method: 'PUT', url: 'Patient/loaded-1' } });
    const good = file('good.json', {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [entry({ resourceType: 'Patient', id: 'loaded-1' })],
    });
    const lines = file(
      'lines.ndjson',
      [
        '{"resourceType":"Patient","id":"loaded-2"}',
        '{"resourceType":"Patint","id":"x"}',
        '{"resourceType":"Observation","id":"loaded-3","status":"final","code":{"text":"c"},"subject":{"reference":"Patient/comes-later"}}',
      ].join('\n'),
    );
    const { code, out, err } = await run(['load', good, lines, join(folder, 'absent.json')], env);
    expect(out).toMatch(/Loaded 3 resources from 3 files in .* s \([\d,]+\/s\), 2 refusals \(listed above\)\.\n$/);
    expect(err).toMatch(/refused: .*lines\.ndjson, line 2: .*Patint/);
    expect(err).toMatch(/refused: .*absent\.json: there is no such file or folder\n/);
    expect(code).toBe(1);
  });

  test('load of the same NDJSON again stores no new version', async () => {
    const again = file('again.ndjson', '{"resourceType":"Patient","id":"loaded-2"}\n');
    expect((await run(['load', again], env)).code).toBe(0);
    const client = new pg.Client(database.connection as pg.ClientConfig);
    await client.connect();
    const { rows } = await client.query(`select ver from anamnesis.res where id = 'loaded-2'`);
    await client.end();
    expect(rows).toEqual([{ ver: 1 }]);
  });

  test('load says when there is nothing to load', async () => {
    const { code, err } = await run(['load', mkdtempSync(join(folder, 'empty'))], env);
    expect(code).toBe(1);
    expect(err).toMatch(/^anamnesis: Nothing to load in .*: no \.json, \.ndjson or \.zip file\.\n$/);
  });
});
