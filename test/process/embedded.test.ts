import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { projectFile, projectRoot } from '../../src/root.ts';
import { birthOf, isAlive } from '../../src/store/embedded/process-identity.ts';
import type { EmbeddedPostgres } from '../../src/store/embedded.ts';
import { DataInUseError, findRunning, startEmbedded } from '../../src/store/embedded.ts';

const said: string[] = [];
const log = { info: (message: string) => void said.push(message), warn: (message: string) => void said.push(message) };

async function ask<Row extends object>(connection: pg.PoolConfig, text: string): Promise<Row[]> {
  const client = new pg.Client(connection as pg.ClientConfig);
  await client.connect();
  try {
    return (await client.query<Row & pg.QueryResultRow>(text)).rows;
  } finally {
    await client.end();
  }
}

async function eventually<T>(what: () => Promise<T>): Promise<T> {
  for (const deadline = Date.now() + 20_000; ; await sleep(50)) {
    try {
      return await what();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}

describe('the embedded PostgreSQL', () => {
  let dataDir: string;
  let running: EmbeddedPostgres | undefined;

  beforeAll(() => {
    dataDir = join(mkdtempSync(join(tmpdir(), 'anamnesis embedded ')), 'closed to others', 'data');
  });
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });
  afterAll(() => rmSync(join(dataDir, '..', '..'), { recursive: true, force: true }));

  const start = async (): Promise<EmbeddedPostgres> => {
    running = await startEmbedded({ dataDir, log });
    return running;
  };

  test('is made at the first start, in a folder with spaces that only this user can walk', async () => {
    const { connection } = await start();
    const [row] = await ask<Record<string, unknown>>(
      connection,
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('data_checksums') as checksums,
        current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as tcp,
        (select rolsuper from pg_roles where rolname = current_user) as super, getdatabaseencoding() as encoding`,
    );
    expect(row).toEqual({ version: 18, checksums: 'on', fsync: 'on', commit: 'on', tcp: '', super: false, encoding: 'UTF8' });
    await ask(connection, 'create table kept (n int); insert into kept values (1)');
  });

  test('keeps its data over a restart and leaves neither socket nor lock behind', async () => {
    const { connection, stop } = await start();
    expect(await ask(connection, 'select n from kept')).toEqual([{ n: 1 }]);
    await stop();
    expect(existsSync(String(connection.host))).toBe(false);
    expect(readdirSync(dataDir).sort()).toEqual(['postgresql', 'postgresql.log', 'postgresql.password']);
    expect(statSync(join(dataDir, 'postgresql.password')).mode & 0o777).toBe(0o600);
  });

  test('needs the password, and nobody can log in as the superuser', async () => {
    const { connection } = await start();
    await expect(ask({ ...connection, password: 'guess' }, 'select 1')).rejects.toThrow(/password authentication failed/);
    await expect(ask({ ...connection, user: 'postgres' }, 'select 1')).rejects.toThrow(/pg_hba/);
  });

  test('gives a new password when the file is lost', async () => {
    rmSync(join(dataDir, 'postgresql.password'));
    const { connection } = await start();
    expect(await ask(connection, 'select n from kept')).toEqual([{ n: 1 }]);
  });

  test('cuts text into trigrams beyond ASCII', async () => {
    const { connection } = await start();
    await ask(connection, 'create extension if not exists pg_trgm');
    const [row] = await ask<{ length: number }>(connection, "select array_length(show_trgm('Ещё'), 1) as length");
    expect(row?.length).toBe(4);
  });

  test('refuses a second server on the same data in one line', async () => {
    await start();
    const second = startEmbedded({ dataDir, log });
    await expect(second).rejects.toThrow(DataInUseError);
    await expect(second).rejects.toThrow(new RegExp(`in use by another Anamnesis \\(serve, process ${process.pid}\\)`));
  });

  test('takes over the lock of a dead process, and of another process that got its number', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => dead.once('exit', resolve));
    writeFileSync(join(dataDir, 'anamnesis.lock'), JSON.stringify({ pid: dead.pid, birth: '1', purpose: 'serve' }));
    await (await start()).stop();
    writeFileSync(join(dataDir, 'anamnesis.lock'), JSON.stringify({ pid: process.ppid, birth: 'another', purpose: 'serve' }));
    await start();
  });

  test('takes over the lock of a killed process that nobody has waited for', async () => {
    // The shell stops itself, so that its killed child stays a zombie.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; kill -9 $!; kill -STOP $$']);
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
    try {
      await eventually(async () => expect(isAlive(pid)).toBe(false));
      process.kill(pid, 0);
      writeFileSync(join(dataDir, 'anamnesis.lock'), JSON.stringify({ pid, birth: birthOf(pid), purpose: 'serve' }));
      writeFileSync(join(dataDir, 'postgresql', 'postmaster.pid'), `${pid}\n${dataDir}\n1\n5432\n/tmp\n\n0 0\nready\n`);
      await start();
    } finally {
      parent.kill('SIGKILL');
    }
  });

  test('overlooks a stale postmaster.pid that names a living stranger', async () => {
    writeFileSync(join(dataDir, 'postgresql', 'postmaster.pid'), `${process.ppid}\n${dataDir}\n1\n5432\n/tmp\n\n0 0\nready\n`);
    const { connection } = await start();
    expect(await ask(connection, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('is found by another command while it runs, and not afterwards', async () => {
    expect(findRunning(dataDir)).toBeUndefined();
    const { connection, stop } = await start();
    expect(findRunning(dataDir)).toEqual(connection);
    await stop();
    expect(findRunning(dataDir)).toBeUndefined();
    expect(findRunning(join(dataDir, 'nowhere'))).toBeUndefined();
  });

  test('is started again when it is killed, with everything committed', async () => {
    const postgres = await start();
    await ask(postgres.connection, 'insert into kept values (2)');
    const killed = postgres.postmasterPid;
    process.kill(killed, 'SIGKILL');
    const rows = await eventually(async () => {
      if (postgres.postmasterPid === killed) throw new Error('not yet restarted');
      return ask(postgres.connection, 'select count(*)::int as n from kept');
    });
    expect(rows).toEqual([{ n: 2 }]);
    expect(said.some((line) => line.includes('ended unexpectedly (SIGKILL)'))).toBe(true);
  });

  describe('whose server was killed with kill -9', () => {
    let other: ChildProcess | undefined;
    afterEach(() => void other?.kill('SIGKILL'));

    async function serverElsewhere(): Promise<{ pid: number; postmaster: number }> {
      const script = `import { startEmbedded } from ${JSON.stringify(projectFile('src/store/embedded.ts'))};
        const postgres = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log: console });
        console.log('postmaster ' + postgres.postmasterPid);
        setInterval(() => {}, 1000);`;
      other = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { cwd: projectRoot });
      let output = '';
      other.stdout?.on('data', (text) => {
        output += text;
      });
      const postmaster = await eventually(async () => {
        const found = /postmaster (\d+)/.exec(output);
        if (found === null) throw new Error(`not started: ${output}`);
        return Number(found[1]);
      });
      return { pid: other.pid ?? 0, postmaster };
    }

    test('is stopped before the next one starts, and loses nothing', async () => {
      const { postmaster } = await serverElsewhere();
      const connection = findRunning(dataDir);
      if (connection === undefined) throw new Error('not found running');
      await ask(connection, 'insert into kept values (3)');
      const exit = new Promise((resolve) => other?.once('exit', resolve));
      other?.kill('SIGKILL');
      await exit;
      expect(isAlive(postmaster)).toBe(true);
      const next = await start();
      expect(isAlive(postmaster)).toBe(false);
      expect(existsSync(String(connection.host))).toBe(false);
      expect(await ask(next.connection, 'select count(*)::int as n from kept')).toEqual([{ n: 3 }]);
    });

    test('and whose PostgreSQL was killed too, recovers', async () => {
      const { postmaster } = await serverElsewhere();
      const exit = new Promise((resolve) => other?.once('exit', resolve));
      other?.kill('SIGKILL');
      process.kill(postmaster, 'SIGKILL');
      await exit;
      const next = await start();
      expect(await ask(next.connection, 'select count(*)::int as n from kept')).toEqual([{ n: 3 }]);
    });
  });

  test('begins anew after a first start that was cut off', async () => {
    const other = join(dataDir, '..', 'cut off');
    const postgres = await startEmbedded({ dataDir: other, log, throwaway: true });
    await postgres.stop();
    // What is left of an unfinished first start: the folder beside the real one.
    rmSync(join(other, 'postgresql', 'global'), { recursive: true });
    const { renameSync } = await import('node:fs');
    renameSync(join(other, 'postgresql'), join(other, 'postgresql.new'));
    const again = await startEmbedded({ dataDir: other, log, throwaway: true });
    expect(await ask(again.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await again.stop();
  });

  test('refuses data of another PostgreSQL version in one line', async () => {
    const other = join(dataDir, '..', 'older');
    const postgres = await startEmbedded({ dataDir: other, log, throwaway: true });
    await postgres.stop();
    writeFileSync(join(other, 'postgresql', 'PG_VERSION'), '15\n');
    await expect(startEmbedded({ dataDir: other, log })).rejects.toThrow(/holds data of PostgreSQL 15, but PostgreSQL 18 is built in/);
    expect(existsSync(join(other, 'anamnesis.lock'))).toBe(false);
  });
});
