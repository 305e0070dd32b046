/** Jobs of clients: whose they are, whose turn it is, and how they end. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Principal } from '../../src/auth/principal.ts';
import { localStorage } from '../../src/bulk/local-storage.ts';
import type { BulkStorage } from '../../src/bulk/storage.ts';
import { refusal } from '../../src/fhir/outcome.ts';
import { assertCovers, standing } from '../../src/jobs/caller.ts';
import { type ClientJobs, clientJobs, sweepJobs } from '../../src/jobs/client-jobs.ts';
import { type JobKind, type JobRun, LeaseLost } from '../../src/jobs/job.ts';
import { startRunner, workOnce } from '../../src/jobs/runner.ts';
import { type Node, type Nodes, nodes, quiet } from '../support/node.ts';

let all: Nodes;
let node: Node;
let folder: string;
let storage: BulkStorage;
let jobs: ClientJobs;

beforeEach(async () => {
  [all, folder] = await Promise.all([nodes(), mkdtemp(join(tmpdir(), 'anamnesis-jobs-'))]);
  node = await all.open();
  storage = localStorage(folder);
  jobs = clientJobs({ database: node.database, storage, wake: () => undefined, mostOfCaller: 3 });
});
afterEach(async () => {
  await all.close();
  await rm(folder, { recursive: true });
});

const ann: Principal = { id: 'a', client: 'ann', scopes: ['system/*.rs'] };
const bob: Principal = { id: 'b', client: 'bob', scopes: ['system/*.rs'] };
const base = 'http://localhost/fhir';
const request = { method: 'GET', url: `${base}/$knit`, base };
const start = (principal = ann, input: object = {}) => jobs.start({ kind: 'knit', principal, request, input });
const sql = (text: string, ...values: unknown[]) => node.database.run<Record<string, unknown>>({ text, values });
const signal = new AbortController().signal;
const kindOf = (run: JobKind['run']): JobKind => ({ name: 'knit', run });
const work = (kind: JobKind, turnMs = 0) =>
  workOnce({ database: node.database, kinds: [kind], log: quiet, turnMs, keptSeconds: 60 }, signal);
const result = { transactionTime: '2026-01-01T00:00:00.000Z', output: [], error: [] };
const finishing = kindOf(({ finish }) => finish(node.database, result));

describe('A job of a client', () => {
  test('is found by the same client with another token, and by nobody else', async () => {
    const handle = await start();
    expect(await jobs.find(handle, { ...ann, id: 'another authorization' })).toMatchObject({ handle, state: 'queued', request });
    expect(await jobs.find(handle, bob)).toBeUndefined();
    expect(await jobs.find(handle, { ...ann, account: 'a person' })).toBeUndefined();
    expect(await jobs.find('1', ann)).toBeUndefined();
    expect(await jobs.find("'; drop table", ann)).toBeUndefined();
  });

  test('that tells AuditEvents waits a little while they are made of the log, any other not at all', async () => {
    const waited: number[] = [];
    const settle = async (patience: number): Promise<void> => void waited.push(patience);
    const waiting = clientJobs({ database: node.database, storage, wake: () => undefined, settle });
    const job = { kind: 'knit', principal: ann, request, input: {} };
    await waiting.startNow(job, false);
    expect(waited).toEqual([]);
    await waiting.startNow(job, true);
    expect(waited).toEqual([5000]);
  });

  test('is one more each time, up to a number that are not done', async () => {
    expect(new Set([await start(), await start(), await start()]).size).toBe(3);
    await expect(start()).rejects.toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
    await start(bob);
    await work(finishing);
    await work(finishing);
    await start();
  });

  test('keeps what came of it until it expires, and is gone with its files then', async () => {
    const handle = await start();
    await work(finishing);
    expect(await jobs.find(handle, ann)).toMatchObject({ state: 'finished', result });
    const writer = await storage.create(handle, 'a.ndjson', 'text/plain');
    await writer.write(Buffer.from('x'));
    await writer.finish();
    expect(await sweepJobs({ database: node.database, storage, kinds: [finishing] })).toBe(0);
    await sql(`update anamnesis.job set expires = now() - interval '1 s'`);
    expect(await jobs.find(handle, ann)).toBeUndefined();
    expect(await sweepJobs({ database: node.database, storage, kinds: [finishing] })).toBe(1);
    expect(await sql('select from anamnesis.job')).toEqual([]);
    await expect(storage.read(handle, 'a.ndjson', { first: 0, last: 0 })).rejects.toMatchObject({ status: 404 });
  });

  test('that is cancelled is gone at once, and whoever works at it can write no more', async () => {
    const handle = await start();
    const faults: unknown[] = [];
    const cancelled = kindOf(async ({ save, finish }: JobRun) => {
      expect(await jobs.cancel(handle, bob)).toBe(false);
      expect(await jobs.cancel(handle, ann)).toBe(true);
      for (const write of [() => save(node.database, { position: {}, done: 1, total: 1 }), () => finish(node.database)])
        await write().catch((error: unknown) => faults.push(error));
      throw faults[0];
    });
    await work(cancelled);
    expect(faults.map((fault) => fault instanceof LeaseLost)).toEqual([true, true]);
    expect(await jobs.find(handle, ann)).toBeUndefined();
    expect(await jobs.cancel(handle, ann)).toBe(false);
    expect(await work(finishing)).toBe(false);
    expect(await sweepJobs({ database: node.database, storage, kinds: [finishing] })).toBe(0);
    await sql(`update anamnesis.job set leased_until = now() - interval '1 s'`);
    expect(await sweepJobs({ database: node.database, storage, kinds: [finishing] })).toBe(1);
  });

  test('that is refused says with which status', async () => {
    const handle = await start();
    await work(
      kindOf(async () => {
        throw refusal('no-store', 'The disk is full');
      }),
    );
    expect(await jobs.find(handle, ann)).toMatchObject({
      state: 'failed',
      error: 'The disk is full',
      result: { status: 507, code: 'no-store' },
    });
    expect((await jobs.find(handle, ann))?.expires).not.toBeNull();
  });

  test('is told to operators whoever asked, the newest first, and counted', async () => {
    const [one, two] = [await start(), await start(bob)];
    expect((await jobs.list(10)).map(({ handle }) => handle)).toEqual([two, one]);
    expect(await jobs.counts()).toEqual([{ kind: 'knit', state: 'queued', count: 2 }]);
  });
});

describe('Turns', () => {
  const order: unknown[] = [];
  const stepping = kindOf(async ({ job, save, finish, isTurnOver }: JobRun) => {
    const { name, steps } = job.input as { name: string; steps: number };
    for (let done = Number(job.done); ; ) {
      order.push(name);
      await save(node.database, { position: {}, done: ++done, total: steps });
      if (done === steps) return finish(node.database, result);
      if (isTurnOver()) return;
    }
  });
  const worked = async (turnMs = 0): Promise<string> => {
    order.length = 0;
    while (await work(stepping, turnMs)) await sleep(2);
    return order.join('');
  };

  test('a job goes on where it was when its turn was over, and what has not begun goes first', async () => {
    await start(ann, { name: 'a', steps: 3 });
    await work(stepping, -1);
    await start(ann, { name: 'b', steps: 2 });
    expect(await worked(-1)).toBe('baba');
    expect(await sql('select done, attempts, state from anamnesis.job order by id')).toEqual([
      { done: '3', attempts: 1, state: 'finished' },
      { done: '2', attempts: 1, state: 'finished' },
    ]);
  });

  test('callers take turns, however many jobs one of them has', async () => {
    await start(ann, { name: 'a', steps: 4 });
    await start(ann, { name: 'b', steps: 4 });
    await start(ann, { name: 'c', steps: 4 });
    await start(bob, { name: 'X', steps: 4 });
    const text = await worked(-1);
    expect(text.slice(0, 4).split('').sort().join('')).toBe('Xabc');
    expect(text.lastIndexOf('X')).toBeLessThan(11);
    expect(text.slice(4, 10)).toMatch(/^(?:[abc]X){3}$|^(?:X[abc]){3}$/);
  });

  test('without others, nothing is given up before it is done', async () => {
    await start(ann, { name: 'a', steps: 3 });
    await work(stepping, 60_000);
    expect(await sql('select state from anamnesis.job')).toEqual([{ state: 'finished' }]);
  });

  test('several slots work side by side', async () => {
    await start(ann);
    await start(bob);
    let most = 0;
    let now = 0;
    const slow = kindOf(async ({ finish }) => {
      most = Math.max(most, ++now);
      for (let i = 0; i < 100 && most < 2; i++) await sleep(10);
      now--;
      await finish(node.database, result);
    });
    const runner = startRunner({ database: node.database, kinds: [slow], log: quiet, slots: 2, pollMs: 20 });
    for (let i = 0; i < 200 && (await jobs.counts()).some(({ state }) => state !== 'finished'); i++) await sleep(10);
    await runner.stop();
    expect(most).toBe(2);
  });
});

describe('What a job was asked with', () => {
  const authorization = '11111111-1111-4111-8111-111111111111';
  const granted: Principal = { id: authorization, client: 'growth', scopes: ['system/*.rs'], policies: { system: 'old' } };
  const seed = async (): Promise<void> => {
    await sql(`insert into anamnesis.client (id, name, kind, redirect_uris, post_logout_redirect_uris, grant_types, scopes, policy, details, created)
values ('growth', 'Growth', 'confidential', '{}', '{}', '{client_credentials}', 'system/*.rs', 'new', '{}', now())`);
    await sql(
      `insert into anamnesis.authorization (id, client, scopes, context, created) values ('${authorization}', 'growth', 'system/*.rs', '{}', now())`,
    );
  };
  const standsNow = () => standing(node.database, 'anamnesis', granted);

  test('stands with the policies of the moment', async () => {
    await seed();
    expect(await standsNow()).toEqual({ ...granted, policies: { system: 'new' } });
    expect(await standing(node.database, 'anamnesis', ann)).toBe(ann);
  });

  test('ends when it is revoked, and with its client', async () => {
    await seed();
    await sql('update anamnesis."authorization" set revoked = now()');
    await expect(standsNow()).rejects.toMatchObject({ status: 403 });
    await sql('delete from anamnesis."authorization"');
    expect(await standsNow()).toMatchObject({ client: 'growth' });
    await sql('update anamnesis.client set disabled = true');
    await expect(standsNow()).rejects.toMatchObject({ status: 403 });
    await sql('delete from anamnesis.client');
    await expect(standsNow()).rejects.toMatchObject({ status: 403 });
  });

  test('is needed for what it made: less is not enough, another purpose neither', () => {
    expect(() => assertCovers({ ...ann, scopes: ['system/Patient.rs', 'system/*.rs'] }, ann)).not.toThrow();
    expect(() => assertCovers({ ...ann, scopes: ['system/Patient.rs'] }, ann)).toThrow(/system\/\*\.rs is missing/);
    expect(() => assertCovers({ ...ann, purpose: 'HRESCH' }, ann)).toThrow(/purpose/);
  });
});
