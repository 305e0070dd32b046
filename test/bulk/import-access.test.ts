/** Who may import what, and that it is told to the log of accesses. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createAccess } from '../../src/auth/create-access.ts';
import type { GuardedFiles } from '../../src/auth/guarded-fetch.ts';
import type { Principal } from '../../src/auth/principal.ts';
import { importJob } from '../../src/bulk/import-job.ts';
import { uploadName } from '../../src/bulk/import-source.ts';
import { localStorage } from '../../src/bulk/local-storage.ts';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { FhirRequest, Services } from '../../src/interactions/interaction.ts';
import { dispatch } from '../../src/interactions/routes.ts';
import { clientJobs } from '../../src/jobs/client-jobs.ts';
import { workOnce } from '../../src/jobs/runner.ts';
import { auditedServer } from '../audit/server.ts';
import { fakeJobs } from '../support/fake-jobs.ts';
import { type Node, type Nodes, nodes, quiet } from '../support/node.ts';
import { definitions } from '../support/repository.ts';

let all: Nodes;
let node: Node;
let folder: string;

beforeAll(async () => {
  [all, folder] = await Promise.all([nodes(), mkdtemp(join(tmpdir(), 'anamnesis-import-'))]);
  node = await all.open();
});
afterAll(async () => {
  await all.close();
  await rm(folder, { recursive: true });
});

const base = 'http://localhost/fhir';
const noFiles: GuardedFiles = { file: () => Promise.reject(new Error('nothing is fetched here')), close: async () => undefined };

/** Loads lines as the principal, and answers what was told. */
async function load(principal: Principal, lines: readonly object[]): Promise<string[]> {
  const storage = localStorage(folder);
  const jobs = clientJobs({ database: node.database, storage, wake: () => undefined } as Parameters<typeof clientJobs>[0]);
  const [upload, text] = [randomUUID(), Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))];
  const writer = await storage.create(upload, uploadName, 'text/plain');
  await writer.write(text);
  await writer.finish();
  const request = { method: 'POST', url: `${base}/$import`, base };
  const handle = await jobs.start({ kind: 'import', principal, request, input: { files: [{}], upload, bytes: text.length } });
  const kind = importJob({ ...node, storage, files: noFiles, now: () => new Date() });
  await workOnce({ database: node.database, kinds: [kind], log: quiet, keptSeconds: 60 }, new AbortController().signal);
  const job = await jobs.find(handle, principal);
  expect(job).toMatchObject({ state: 'finished' });
  const rows = await node.database.run<{ outcome: string }>({
    text: 'select outcome from anamnesis.import_fault where job = $1 order by line',
    values: [job?.id],
  });
  return rows.map(({ outcome }) => (JSON.parse(outcome) as { issue: { diagnostics: string }[] }).issue[0]?.diagnostics ?? '');
}

const patient = { resourceType: 'Patient', id: 'a-1' };
const observation = { resourceType: 'Observation', id: 'a-2', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/a-1' } };

test('system/*.cu is enough, also for references to what comes later', async () => {
  const principal: Principal = { id: 'one', client: 'one', scopes: ['system/*.cu'] };
  expect(await load(principal, [observation, patient])).toEqual([]);
  expect((await node.repository.read('Observation', 'a-2'))?.versionId).toBe('1');
});

test('a line of a type that was not granted is refused by itself', async () => {
  const principal: Principal = { id: 'two', client: 'two', scopes: ['system/Patient.cu'] };
  const told = await load(principal, [
    { ...patient, id: 'b-1' },
    { resourceType: 'Organization', id: 'b-2', name: 'x' },
  ]);
  expect(told).toEqual([expect.stringMatching(/^Line 2 \(Organization\/b-2\): .*user\/Organization\.u/)]);
  expect([(await node.repository.read('Patient', 'b-1'))?.versionId, await node.repository.read('Organization', 'b-2')]).toEqual([
    '1',
    undefined,
  ]);
});

async function kickOff(scopes: readonly string[], type = 'Patient'): Promise<number> {
  const principal: Principal = { id: 'x', client: 'x', scopes };
  const manifest = { inputFormat: 'application/fhir+ndjson', input: [{ type, url: 'https://example.org/a' }] };
  const bytes = Buffer.from(JSON.stringify(manifest));
  const body = { contentType: 'application/json', bytes, json: () => manifest, resource: () => Promise.reject(new Error()) };
  const headers = { prefer: 'respond-async' };
  const request = { method: 'POST', path: ['$import'], query: [], headers, base, principal, body } as unknown as FhirRequest;
  const services: Partial<Services> = {
    definitions,
    settings: { updateCreate: true, softwareVersion: '1', defaultCount: 1, maxCount: 1 },
    jobs: fakeJobs(),
    access: (asked) => createAccess(asked, definitions, { policies: new Map(), now: () => new Date() }),
  };
  try {
    return (await dispatch(request, services as Services)).status;
  } catch (error) {
    if (error instanceof FhirError) return error.status;
    throw error;
  }
}

test('who has no scope of system/ that creates and updates the type is refused at kick-off', async () => {
  expect(await kickOff(['system/*.cu'])).toBe(202);
  expect(await kickOff(['system/Patient.cruds'])).toBe(202);
  expect(await kickOff(['system/Patient.cu'], 'Observation')).toBe(403);
  for (const scopes of [['user/*.cruds'], ['patient/*.cruds'], ['system/*.rs'], ['system/*.c', 'system/*.u'], []])
    expect(await kickOff(scopes)).toBe(403);
});

test('what is loaded is on the log of accesses, with its patients', async () => {
  const server = await auditedServer({ settings: { DATA_DIR: folder } });
  try {
    const rows = await server.left(async () => {
      const started = await fetch(`${server.url}/fhir/$import`, {
        ...{ method: 'POST', headers: { prefer: 'respond-async', 'content-type': 'application/fhir+ndjson' } },
        body: [
          { ...patient, id: 'l-1' },
          { ...observation, id: 'l-2', subject: { reference: 'Patient/l-1' } },
        ]
          .map((line) => JSON.stringify(line))
          .join('\n'),
      });
      const url = started.headers.get('content-location') ?? '';
      while ((await fetch(url)).status === 202) await sleep(20);
    });
    const entries = rows.map(({ entry }) => entry as unknown as { p?: string[]; i?: [string, string][] });
    const found = entries.find(({ i }) => i?.some(([, reference]) => reference.startsWith('Patient/l-1')));
    expect(found?.p).toEqual(['l-1']);
    expect(found?.i?.map(([, reference]) => reference).sort()).toEqual(['Observation/l-2/_history/1', 'Patient/l-1/_history/1']);
  } finally {
    await server.close();
  }
}, 60_000);
