/** kill -9 of the server and of PostgreSQL in the middle of writes: everything acknowledged is there, nothing is half written. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type KillableServer, killableServer } from '../support/killable-server.ts';

/** CRASH_ROUNDS=20 for the long run; rounds alternate between the server and PostgreSQL. */
const rounds = Number(process.env.CRASH_ROUNDS ?? 4);
const loadMs = 700;

let server: KillableServer;
let base: string;

const killServer = async (): Promise<void> => {
  await server.stop('SIGKILL');
  await server.start();
};

const killPostgres = async (): Promise<void> => {
  const [pid] = readFileSync(join(server.folder, 'postgresql', 'postmaster.pid'), 'utf8').split('\n');
  process.kill(Number(pid), 'SIGKILL');
  await server.untilReady();
};

beforeAll(async () => {
  server = await killableServer('crash');
  base = server.base;
  await server.start();
}, 120_000);

afterAll(() => server.remove(), 60_000);

/** What the server said it has: the value of each counter, and the keys of transactions. */
const counters = new Map<string, number>();
const transactions = new Set<string>();
const sent: string[] = [];

const send = (method: string, path: string, body: object): Promise<boolean> =>
  fetch(`${base}${path}`, { method, headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(body) }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.ok;
    },
    () => false,
  );

async function count(id: string, until: number): Promise<void> {
  for (let value = (counters.get(id) ?? 0) + 1; Date.now() < until; value++) {
    const body = { resourceType: 'Basic', id, code: { text: 'counter' }, identifier: [{ value: String(value) }] };
    if (await send('PUT', `/Basic/${id}`, body)) counters.set(id, value);
  }
}

const entry = (resource: object, fullUrl?: string) => ({
  ...(fullUrl ? { fullUrl } : {}),
  resource,
  request: { method: 'POST', url: (resource as { resourceType: string }).resourceType },
});

async function transact(writer: string, until: number): Promise<void> {
  for (let i = 0; Date.now() < until; i++) {
    const key = `${writer}-${i}`;
    sent.push(key);
    const urn = 'urn:uuid:22222222-2222-4222-8222-222222222222';
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: urn } };
    const patient = { resourceType: 'Patient', identifier: [{ system: 'urn:crash', value: key }] };
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [entry(patient, urn), entry(observation), entry(observation)] };
    if (await send('POST', '', bundle)) transactions.add(key);
  }
}

interface Found {
  readonly total?: number;
  readonly entry?: { readonly resource: { readonly id: string } }[];
}
const get = async (path: string): Promise<Found> => (await fetch(`${base}${path}`)).json() as Promise<Found>;

test(
  `kills in the middle of writes, ${rounds} times, lose nothing and leave nothing half`,
  async () => {
    for (let round = 0; round < rounds; round++) {
      const until = Date.now() + loadMs + 300;
      const writers = [count('a', until), count('b', until), transact(`r${round}x`, until), transact(`r${round}y`, until)];
      await sleep(loadMs * (0.3 + 0.7 * Math.random()));
      await (round % 2 === 0 ? killServer() : killPostgres());
      await Promise.all(writers);
    }
    await server.untilReady();
    for (const [id, value] of counters) {
      const kept = (await (await fetch(`${base}/Basic/${id}`)).json()) as { identifier: { value: string }[] };
      expect(Number(kept.identifier[0]?.value)).toBeGreaterThanOrEqual(value);
    }
    expect(transactions.size).toBeGreaterThan(rounds);
    for (const key of sent) {
      const found = (await get(`/Patient?identifier=urn:crash|${key}`)).entry ?? [];
      expect(found.length).toBeLessThanOrEqual(1);
      if (transactions.has(key)) expect(found).toHaveLength(1);
      const [patient] = found;
      if (patient) expect((await get(`/Observation?subject=Patient/${patient.resource.id}&_summary=count`)).total).toBe(2);
    }
  },
  60_000 + rounds * 15_000,
);
