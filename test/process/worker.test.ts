/** `anamnesis worker` beside a server that works at no job. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ClientConfig } from 'pg';
import { projectFile } from '../../src/root.ts';
import { type AuditedServer, auditedServer, patient } from '../audit/server.ts';
import { bulkClient, namesOf } from '../bulk/bulk-client.ts';

let folder: string;
let server: AuditedServer;
let worker: ChildProcess | undefined;

const urlOf = ({ user, password, host, port, database }: ClientConfig): string => {
  const at = String(host).startsWith('/')
    ? `localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`
    : `${host}:${port}/${database}`;
  return `postgresql://${user}:${encodeURIComponent(String(password))}@${at}`;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'anamnesis-worker-'));
  server = await auditedServer({ settings: { DATA_DIR: folder, JOB_SLOTS: '0', AUDIT: 'off' } });
}, 60_000);
afterAll(async () => {
  worker?.kill('SIGKILL');
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a worker does what the server was asked for, tells how it stands, and ends when it is told to', async () => {
  await server.ask('PUT', '/Patient/ann', patient('ann'));
  const client = bulkClient(`${server.url}/fhir`);
  const url = await client.kickOff('$export?_type=Patient');
  await sleep(500);
  expect((await client.status(url)).status).toBe(202);
  const figures = async (): Promise<string> => (await fetch(`${server.url}/metrics`)).text();
  expect(await figures()).toContain('jobs{kind="export",state="queued"} 1');
  expect((await server.ask('GET', '/_job')).json()).toMatchObject({ jobs: [{ kind: 'export', state: 'queued' }] });
  const settings = {
    DATABASE_URL: urlOf(server.database.connection as ClientConfig),
    DATA_DIR: folder,
    LOG_LEVEL: 'fatal',
    AUTHORIZATION: 'off',
  };
  worker = spawn(process.execPath, [projectFile('scripts', 'anamnesis.mjs'), 'worker'], {
    env: { ...process.env, ...settings },
    stdio: 'ignore',
  });
  expect(namesOf(await client.all(await client.manifest(url)))).toEqual(['Patient/ann/1']);
  expect(await figures()).toContain('jobs{kind="export",state="finished"} 1');
  const ended = new Promise((resolve) => worker?.once('exit', resolve));
  worker.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 120_000);
