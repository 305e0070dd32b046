/** Exports that cannot be done: they end with a clear state, and nothing of them is to be seen. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { recordNothing } from '../../src/audit/security-event.ts';
import { localPrincipal } from '../../src/auth/principal.ts';
import { type ExportOptions, exportJob } from '../../src/bulk/export-job.ts';
import { localStorage } from '../../src/bulk/local-storage.ts';
import type { BulkStorage } from '../../src/bulk/storage.ts';
import { refusal } from '../../src/fhir/outcome.ts';
import { type ClientJob, type ClientJobs, clientJobs } from '../../src/jobs/client-jobs.ts';
import { workOnce } from '../../src/jobs/runner.ts';
import { type Node, type Nodes, nodes, quiet } from '../support/node.ts';

let all: Nodes;
let node: Node;
let folder: string;
let jobs: ClientJobs;
let storage: BulkStorage;

beforeEach(async () => {
  [all, folder] = await Promise.all([nodes(), mkdtemp(join(tmpdir(), 'anamnesis-fault-'))]);
  node = await all.open();
  storage = localStorage(folder);
  jobs = clientJobs({ database: node.database, storage, wake: () => undefined });
  for (let i = 0; i < 20; i++) await node.put({ resourceType: 'Patient', id: `p${i}` });
});
afterEach(async () => {
  await all.close();
  await rm(folder, { recursive: true, force: true });
});

const base = 'http://localhost/fhir';
const start = (): Promise<string> =>
  jobs.start({
    ...{ kind: 'export', principal: localPrincipal, request: { method: 'GET', url: `${base}/$export`, base } },
    input: { level: 'system', types: ['Patient'], filters: [], base },
  });

const work = (more: Partial<ExportOptions> = {}): Promise<boolean> => {
  const { database, registry, repositories } = node;
  const options = { database, registry, repositories, storage, connection: all.connection, now: () => new Date(), record: recordNothing };
  const kind = exportJob({ ...options, windowRows: 5, ...more });
  return workOnce({ database, kinds: [kind], log: quiet }, new AbortController().signal);
};

const stateOf = async (handle: string): Promise<ClientJob | undefined> => jobs.find(handle, localPrincipal);
const filesOf = (handle: string): Promise<string[]> => readdir(join(folder, handle)).catch(() => []);

/** Has room for so many files. */
const small = (most: number, fault: Error = refusal('no-store', 'There is no room for the files of this job')): BulkStorage => {
  let files = 0;
  return {
    ...storage,
    create: async (job, name, type) => {
      const writer = await storage.create(job, name, type);
      const full = files++ >= most;
      return {
        ...writer,
        write: full ? () => Promise.reject(fault) : writer.write,
      };
    },
  };
};

describe('A full disk', () => {
  test('ends the job with 507, and no file can be fetched', async () => {
    const handle = await start();
    await work({ storage: small(2), lanes: 1 });
    expect(await stateOf(handle)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('no room'),
      result: { status: 507, code: 'no-store' },
    });
    expect(await filesOf(handle)).toEqual([]);
  });
});

describe('A fault of a moment', () => {
  test('is tried again, and what was done is not done anew', async () => {
    const handle = await start();
    await work({ storage: small(2, new Error('a network that failed')), lanes: 1 });
    expect(await stateOf(handle)).toMatchObject({ state: 'queued', error: 'a network that failed', done: '10' });
    expect((await filesOf(handle)).sort()).toEqual(['Patient-1.ndjson', 'Patient-2.ndjson']);
    await node.database.run({
      text: `update anamnesis.job set not_before = now()`,
      values: [],
    });
    const made: string[] = [];
    await work({
      storage: {
        ...storage,
        create: (job, name, type) => {
          made.push(name);
          return storage.create(job, name, type);
        },
      },
    });
    expect(made.sort()).toEqual(['Patient-3.ndjson', 'Patient-4.ndjson']);
    expect(await stateOf(handle)).toMatchObject({ state: 'finished', done: '20', total: '20' });
  });

  test('a version that is gone is noticed, not left out', async () => {
    const handle = await start();
    await work({ storage: small(1, new Error('a network that failed')), lanes: 1 });
    await node.database.run({
      text: `delete from anamnesis.ver where rid = (select max(rid) from anamnesis.res where rid > 0)`,
      values: [],
    });
    await node.database.run({ text: `update anamnesis.job set not_before = now()`, values: [] });
    await work();
    expect(await stateOf(handle)).toMatchObject({
      state: 'queued',
      error: expect.stringMatching(/were to be exported, but \d+ were found/),
    });
    expect((await filesOf(handle)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

test('An export that is cancelled while it goes on stops and leaves nothing when it is cleared away', async () => {
  const handle = await start();
  let cancelled = false;
  await work({
    lanes: 1,
    storage: {
      ...storage,
      create: async (job, name, type) => {
        if (name === 'Patient-2.ndjson') cancelled = await jobs.cancel(handle, localPrincipal);
        return storage.create(job, name, type);
      },
    },
  });
  expect(cancelled).toBe(true);
  expect(await filesOf(handle)).not.toContain('Patient-4.ndjson');
});
