/** kill -9 in the middle of reads and writes: everything answered has its entry, every version that stands is told of, and the chain is whole. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import type { RequestEntry } from '../../src/audit/entry.ts';
import { linesOf } from '../../src/audit/sheet.ts';
import { findRunning } from '../../src/store/embedded.ts';
import { type KillableServer, killableServer } from '../support/killable-server.ts';
import { runSaying } from '../support/terminal.ts';

const rounds = Number(process.env.CRASH_ROUNDS ?? 3);
/** Answers before each kill. */
const least = 25;

let server: KillableServer;
let folder: string;
let base: string;

beforeAll(async () => {
  // A question for the CapabilityStatement leaves no entry.
  server = await killableServer('audit-crash', { settings: { AUDIT: 'on' }, probe: '/metadata' });
  ({ folder, base } = server);
  await server.start();
}, 180_000);

afterAll(() => server.remove(), 60_000);

/** Ids of requests that were answered. */
const answered: string[] = [];
let count = 0;

async function ask(method: string, path: string, body?: object): Promise<void> {
  const id = `crash-${count++}`;
  const headers = { 'x-request-id': id, 'content-type': 'application/fhir+json' };
  await fetch(`${base}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }).then(
    async (response) => {
      await response.arrayBuffer();
      if (response.status < 500) answered.push(id);
    },
    () => undefined,
  );
}

const patient = (id: string, language: number) => ({ resourceType: 'Patient', id, language: `x-${language}` });
const created = { resourceType: 'Basic', code: { text: 'x' } };

async function work(id: string, isOver: () => boolean): Promise<void> {
  for (let i = 0; !isOver(); i++) {
    await ask('PUT', `/Patient/${id}`, patient(id, i + count));
    await ask('GET', `/Patient/${id}`);
    await ask('POST', '/Basic', created);
    const entry = [{ resource: created, request: { method: 'POST', url: 'Basic' } }];
    await ask('POST', '', { resourceType: 'Bundle', type: i % 2 === 0 ? 'transaction' : 'batch', entry });
    if (i % 7 === 0) await ask('GET', `/AuditEvent?patient=${id}`);
  }
}

async function query<Row extends object>(text: string): Promise<Row[]> {
  const client = new pg.Client(findRunning(folder) as pg.ClientConfig);
  await client.connect();
  try {
    return (await client.query(text)).rows as Row[];
  } finally {
    await client.end();
  }
}

const logged = async (): Promise<RequestEntry[]> =>
  (await query<{ entries: string }>('select entries from anamnesis.audit where seq > 0'))
    .flatMap(linesOf)
    .map(({ entry }) => JSON.parse(entry) as RequestEntry);

const pending = async (): Promise<RequestEntry[]> =>
  (await query<{ entry: string }>('select entry from anamnesis.audit_pending')).map(({ entry }) => JSON.parse(entry) as RequestEntry);

const told = (list: readonly RequestEntry[]): Set<string> => new Set(list.flatMap(({ i = [] }) => i.map(([, reference]) => reference)));

/** Answered requests of which nothing is told. */
const unknown = (entries: readonly RequestEntry[]): string[] => {
  const known = new Set(entries.map(({ x }) => x));
  return answered.filter((id) => !known.has(id));
};

test(
  `kills in the middle of reads and writes, ${rounds} times, lose no entry`,
  async () => {
    for (let round = 0; round < rounds; round++) {
      let over = false;
      const before = answered.length;
      const workers = ['a', 'b', 'c', 'd'].map((id) => work(id, () => over));
      const enough = before + least + 20 * Math.random();
      for (const end = Date.now() + 60_000; answered.length < enough && Date.now() < end; ) await sleep(5);
      await server.stop('SIGKILL');
      over = true;
      await Promise.all(workers);
      await server.start();
    }
    expect(answered.length).toBeGreaterThanOrEqual(least * rounds);
    // A write that was answered may not have come to the chain: then its entry stands where the write has put it.
    const entries = [...(await logged()), ...(await pending())];
    expect(unknown(entries)).toEqual([]);
    const references = told(entries);
    const versions = await query<{ reference: string }>(
      `select case when starts_with(r.id, 'log-') then null else t.name || '/' || r.id || '/_history/' || v.ver end as reference
       from anamnesis.ver v join anamnesis.res r on r.rid = v.rid join anamnesis.type_code t on t.tc = v.tc`,
    );
    const written = versions.flatMap(({ reference }) => reference ?? []);
    expect(written.length).toBeGreaterThan(least);
    expect(written.filter((reference) => !references.has(reference))).toEqual([]);
    await query(`update anamnesis.audit_pending set at = at - interval '1 hour'`);
    for (let i = 0; i < 200 && (await pending()).length > 0; i++) await sleep(100);
    expect(await pending()).toEqual([]);
    expect(unknown(await logged())).toEqual([]);
    const { code, out } = await runSaying(['audit', 'verify', '--data-dir', folder]);
    expect([code, out]).toEqual([0, expect.stringMatching(/^The log is whole: [\d,]+ entries/)]);
  },
  60_000 + rounds * 120_000,
);
