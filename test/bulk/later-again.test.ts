/** What is asked later and was interrupted begins anew: nothing of the first time is seen, and nothing is lost or told twice. https://hl7.org/fhir/R4/async.html */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localPrincipal } from '../../src/auth/principal.ts';
import { localStorage } from '../../src/bulk/local-storage.ts';
import { type AnswerLater, requestJob, requestKind } from '../../src/bulk/request-job.ts';
import { clientJobs } from '../../src/jobs/client-jobs.ts';
import type { JobResult } from '../../src/jobs/job.ts';
import { workOnce } from '../../src/jobs/runner.ts';
import { type Node, type Nodes, nodes, quiet } from '../support/node.ts';

let all: Nodes;
let node: Node;
let folder: string;

beforeAll(async () => {
  [all, folder] = await Promise.all([nodes(), mkdtemp(join(tmpdir(), 'anamnesis-again-'))]);
  node = await all.open();
});
afterAll(async () => {
  await all.close();
  await rm(folder, { recursive: true, force: true });
});

const base = 'http://localhost/fhir';

/** Pages of two, of whatever stands when it is asked. */
function answering(list: () => readonly string[], before: (page: number) => void): AnswerLater {
  return async ({ query }) => {
    const page = Number(query.find(([name]) => name === 'page')?.[1] ?? 0);
    before(page);
    const ids = list().slice(page * 2, page * 2 + 2);
    const entry = ids.map((id) => ({ resource: { resourceType: 'Patient', id } }));
    const link = (page + 1) * 2 < list().length ? [{ relation: 'next', url: `${base}/Patient?page=${page + 1}` }] : [];
    return JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: list().length, link, entry });
  };
}

test('a search that is taken over after its process died is asked anew, whole', async () => {
  const storage = localStorage(folder);
  const jobs = clientJobs({ database: node.database, storage, wake: () => undefined });
  const request = { method: 'GET', url: `${base}/Patient`, base };
  const input = { path: ['Patient'], query: [], headers: {} };
  const handle = await jobs.start({ kind: requestKind, principal: localPrincipal, request, input });
  let standing = ['a', 'b', 'c', 'd', 'e'];
  const run = (before: (page: number) => void, signal = new AbortController().signal) => {
    const kind = requestJob({ database: node.database, storage, now: () => new Date(), answer: answering(() => standing, before) });
    return workOnce({ database: node.database, kinds: [kind], log: quiet, keptSeconds: 60 }, signal);
  };
  const stopping = new AbortController();
  await run((page) => {
    if (page === 1) stopping.abort();
  }, stopping.signal);
  expect(await jobs.find(handle, localPrincipal)).toMatchObject({ state: 'queued', result: null });
  expect(await readdir(join(folder, handle)).catch(() => [])).toEqual([]);
  // As a process that is killed leaves it: the job runs, and nobody is there; a piece of a file stays.
  const writer = await storage.create(handle, 'Patient.ndjson', 'application/fhir+ndjson');
  await writer.write(Buffer.from('{"resourceType":"Patient","id":"half'));
  await node.database.run({
    text: `update anamnesis.job set state = 'running', owner = gen_random_uuid(), leased_until = now() - interval '1 s' where handle = $1`,
    values: [handle],
  });
  expect((await jobs.find(handle, localPrincipal))?.result).toBeNull();
  standing = ['b', 'c', 'd', 'e', 'f'];
  await run(() => undefined);
  const job = await jobs.find(handle, localPrincipal);
  expect(job).toMatchObject({ state: 'finished', result: { output: [{ name: 'Patient.ndjson', count: 5 }], error: [] } });
  const pieces: Buffer[] = [];
  const [file] = (job as { readonly result: JobResult }).result.output;
  for await (const piece of await storage.read(handle, 'Patient.ndjson', { first: 0, last: (file?.bytes ?? 0) - 1 })) pieces.push(piece);
  const ids = Buffer.concat(pieces)
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { id: string }).id);
  expect(ids).toEqual(standing);
  await writer.abort();
});
