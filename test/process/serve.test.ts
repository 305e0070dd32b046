import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { projectFile, projectRoot } from '../../src/root.ts';
import { findRunning } from '../../src/store/embedded.ts';

interface Running {
  readonly process: ChildProcess;
  readonly base: string;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

describe('a server with embedded PostgreSQL', () => {
  let dataDir: string;
  const started: ChildProcess[] = [];

  beforeAll(() => {
    dataDir = join(mkdtempSync(join(tmpdir(), 'anamnesis serve ')), 'data');
  });
  afterEach(async () => {
    for (const child of started.splice(0)) if (child.exitCode === null && child.signalCode === null) await end(child);
  });
  afterAll(() => rmSync(join(dataDir, '..'), { recursive: true, force: true }));

  const end = (child: ChildProcess): Promise<number | null> => {
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    return ended;
  };

  function command(...args: string[]): { child: ChildProcess; output: () => string; ended: Promise<number | null> } {
    const env = { ...process.env, DATA_DIR: dataDir, PORT: '0', HOST: '', DATABASE_URL: '', SAMPLE_DATA: '', AUTHORIZATION: 'off' };
    const child = spawn(process.execPath, ['--import', 'tsx', projectFile('src', 'main.ts'), ...args], { cwd: projectRoot, env });
    started.push(child);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => (text += String(piece)));
    return { child, output: () => text, ended: new Promise((resolve) => child.once('exit', resolve)) };
  }

  async function serve(...flags: string[]): Promise<Running> {
    const { child, output, ended } = command('serve', ...flags);
    for (const deadline = Date.now() + 60_000; Date.now() < deadline && child.exitCode === null; await sleep(50)) {
      const base = /FHIR base +(\S+)/.exec(output())?.[1];
      if (base !== undefined && output().includes('Stop ')) return { process: child, base, output, ended };
    }
    throw new Error(`The server did not start: ${output()}`);
  }

  const read = async (url: string): Promise<Record<string, unknown>> => (await fetch(url)).json() as Promise<Record<string, unknown>>;

  test('loads the sample patients at the first start and shows where they are and how to stop', async () => {
    const { base, output, process: child } = await serve();
    expect(output()).toMatch(/Loading 5 sample patients[\s\S]*is ready[\s\S]*AUTHORIZATION IS OFF/);
    const tried = /curl -s '([^']+)'/.exec(output())?.[1] ?? '';
    expect(await read(tried)).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
    for (const [id] of output().matchAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(?= {2})/g)) {
      expect(await read(`${base}/Patient/${id}`)).toMatchObject({ resourceType: 'Patient', id });
    }
    expect(await read(`${base}/Patient?_summary=count`)).toMatchObject({ total: 5 });
    expect(await end(child)).toBe(0);
  });

  test('refuses a second one on the same data in one line, while load joins the first', async () => {
    const { base } = await serve('--log-level', 'silent');
    const second = command('serve');
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(
      /^anamnesis: The data in .* is in use by another Anamnesis \(serve, process \d+\)\. Stop it, or choose another DATA_DIR\.\n$/,
    );
    const file = join(dataDir, '..', 'p.ndjson');
    writeFileSync(file, '{"resourceType":"Patient","id":"joined"}\n');
    const loaded = command('load', file);
    expect(await loaded.ended).toBe(0);
    expect(await read(`${base}/Patient/joined`)).toMatchObject({ id: 'joined' });
  });

  test('does not load the samples again, and keeps everything over kill -9 of both processes', async () => {
    const { base, process: child, ended } = await serve('--log-level', 'silent');
    const answer = await fetch(`${base}/Patient/kept`, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: '{"resourceType":"Patient","id":"kept"}',
    });
    expect(answer.status).toBe(201);
    child.kill('SIGKILL');
    await ended;
    const again = await serve('--log-level', 'silent');
    expect(again.output()).not.toContain('Loading');
    expect(await read(`${again.base}/Patient/kept`)).toMatchObject({ id: 'kept' });
    expect(await read(`${again.base}/Patient?_summary=count`)).toMatchObject({ total: 7 });
  });

  test('finishes a request under way when it is told to stop, and stops its PostgreSQL', async () => {
    const { base, process: child, ended } = await serve('--log-level', 'silent');
    const asked = fetch(`${base}/Patient/9bf59715-246f-4ce2-85a6-58c1757f8d21/$everything`);
    const answer = await asked;
    child.kill('SIGTERM');
    expect(((await answer.json()) as { entry: unknown[] }).entry.length).toBeGreaterThan(700);
    expect(await ended).toBe(0);
    expect(findRunning(dataDir)).toBeUndefined();
  });

  test('starts empty with SAMPLE_DATA=false', async () => {
    const before = dataDir;
    dataDir = join(before, '..', 'empty');
    try {
      const { base, process: child } = await serve('--sample-data', 'false', '--log-level', 'silent');
      expect(await read(`${base}/Patient?_summary=count`)).toMatchObject({ total: 0 });
      await end(child);
    } finally {
      dataDir = before;
    }
  });
});
