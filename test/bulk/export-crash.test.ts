/** kill -9 in the middle of an export: it goes on where it was, without loss or repetition. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KillableServer, killableServer } from '../support/killable-server.ts';
import { bulkClient, namesOf } from './bulk-client.ts';

/** CRASH_ROUNDS=20 for the long run. */
const rounds = Number(process.env.CRASH_ROUNDS ?? 1);
const resources = 400;

let server: KillableServer;
let base: string;

beforeAll(async () => {
  server = await killableServer('export-crash', { settings: { EXPORT_FILE_ROWS: '5' } });
  base = server.base;
  await server.start();
}, 120_000);

afterAll(() => server.remove(), 60_000);

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
    await server.stop('SIGKILL');
    await server.start();
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
