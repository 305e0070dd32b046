/** kill -9 in the middle of an export: it goes on where it was, without loss or repetition. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { projectFile } from '../../src/root.ts';
import { bulkClient, namesOf } from './bulk-client.ts';

/** CRASH_ROUNDS=20 for the long run. */
const rounds = Number(process.env.CRASH_ROUNDS ?? 1);
const resources = 400;

let folder: string;
let base: string;
let port: number;
let server: ChildProcess | undefined;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

async function start(): Promise<void> {
  const settings = {
    PORT: String(port),
    DATA_DIR: folder,
    SAMPLE_DATA: 'false',
    LOG_LEVEL: 'fatal',
    AUTHORIZATION: 'off',
    EXPORT_FILE_ROWS: '5',
  };
  server = spawn(process.execPath, [projectFile('scripts', 'anamnesis.mjs'), 'serve'], {
    env: { ...process.env, ...settings },
    stdio: 'ignore',
  });
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
    const ready = await fetch(`${base}/Patient?_summary=count`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
  }
  throw new Error('the server did not come back');
}

async function kill(signal: NodeJS.Signals): Promise<void> {
  const gone = new Promise((resolve) => server?.once('exit', resolve));
  server?.kill(signal);
  await gone;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anamnesis-export-crash-'));
  port = await freePort();
  base = `http://127.0.0.1:${port}/fhir`;
  await start();
}, 120_000);

afterAll(async () => {
  await kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

async function fill(): Promise<void> {
  const entry = Array.from({ length: resources }, (_, i) => ({
    resource: { resourceType: i % 2 === 0 ? 'Basic' : 'Patient', id: `r${i}`, ...(i % 2 === 0 ? { code: { text: 'x' } } : {}) },
    request: { method: 'PUT', url: `${i % 2 === 0 ? 'Basic' : 'Patient'}/r${i}` },
  }));
  const body = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry });
  const response = await fetch(base, { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body });
  if (!response.ok) throw new Error(await response.text());
}

test('an export goes on after each death, and has everything once', async () => {
  await fill();
  const client = bulkClient(base);
  const url = await client.kickOff('$export?_type=Basic,Patient');
  let seen = 0;
  const progress = async (): Promise<number> => {
    const { status, headers } = await client.status(url);
    return status === 200 ? resources : Number(/\((\d+) of/.exec(headers.get('x-progress') ?? '')?.[1] ?? 0);
  };
  for (let round = 0; round < rounds; round++) {
    for (let done = await progress(); done <= seen && done < resources; done = await progress()) await sleep(5);
    await kill('SIGKILL');
    await start();
    const after = await progress();
    // What was done once stays done.
    expect(after).toBeGreaterThanOrEqual(seen);
    seen = after;
    // What was added meanwhile is not of the moment.
    await fetch(`${base}/Patient/late-${round}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Patient', id: `late-${round}` }),
    });
  }
  const lines = await client.all(await client.manifest(url));
  expect(namesOf(lines)).toEqual(Array.from({ length: resources }, (_, i) => `${i % 2 === 0 ? 'Basic' : 'Patient'}/r${i}/1`).sort());
}, 300_000);
