/** Prefer: respond-async for searches and $everything. https://hl7.org/fhir/R4/async.html */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AuditedServer, auditedServer, observation, patient } from '../audit/server.ts';

let server: AuditedServer;
let folder: string;
const count = 25;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anamnesis-later-'));
  server = await auditedServer({ settings: { DATA_DIR: folder, MAX_COUNT: '10', DEFAULT_COUNT: '10' } });
  const entry = [
    patient('ann'),
    patient('bob'),
    ...Array.from({ length: count }, (_, i) => observation(`o-${i}`, 'ann', { valueQuantity: { value: '@1.50@' } })),
  ].map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }));
  const bundle = JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }).replaceAll('"@1.50@"', '1.50');
  await server.ask('POST', '', bundle, { 'content-type': 'application/fhir+json' });
}, 60_000);
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const later = { prefer: 'respond-async' };
type Manifest = { output: { type: string; url: string; count: number }[]; error: unknown[]; request: string };

async function end(url: string): Promise<Response> {
  for (;;) {
    const status = await fetch(url);
    if (status.status !== 202) return status;
    await sleep(20);
  }
}
async function manifestOf(
  method: string,
  path: string,
  body?: object | string,
  headers: Record<string, string> = later,
): Promise<Manifest> {
  const started = await server.ask(method, path, body, headers);
  expect([started.status, started.text]).toEqual([202, '']);
  return (await (await end(started.headers.get('content-location') ?? '')).json()) as Manifest;
}
async function linesOf({ output }: Manifest): Promise<string[]> {
  const texts = await Promise.all(output.map(async ({ url }) => (await fetch(url)).text()));
  return texts.flatMap((text) => text.trimEnd().split('\n'));
}
const idsOf = (lines: readonly string[]): string[] => lines.map((line) => (JSON.parse(line) as { id: string }).id).sort();
const all = Array.from({ length: count }, (_, i) => `o-${i}`);

test('a search is answered later with all its pages, each resource once, as it is read', async () => {
  const manifest = await manifestOf('GET', '/Observation?subject=Patient/ann&_count=3');
  expect(manifest).toMatchObject({ request: `${server.url}/fhir/Observation?subject=Patient%2Fann&_count=3`, error: [] });
  expect(manifest.output).toEqual([{ type: 'Observation', count, url: expect.stringContaining('/Observation.ndjson') }]);
  const lines = await linesOf(manifest);
  expect(idsOf(lines)).toEqual([...all].sort());
  expect(lines.every((line) => line.includes('"value":1.50'))).toBe(true);
});

test('a search by POST, and what it includes, is answered in files of one type each', async () => {
  const manifest = await manifestOf('POST', '/Observation/_search', '_id=o-1&_include=Observation:subject');
  expect(manifest.output.map(({ type, count: of }) => [type, of])).toEqual([
    ['Observation', 1],
    ['Patient', 1],
  ]);
});

test('$everything is answered later, by GET and by POST', async () => {
  expect(idsOf(await linesOf(await manifestOf('GET', '/Patient/ann/$everything')))).toEqual([...all, 'ann'].sort());
  const parameters = { resourceType: 'Parameters', parameter: [{ name: '_type', valueString: 'Patient' }] };
  expect(idsOf(await linesOf(await manifestOf('POST', '/Patient/ann/$everything', parameters)))).toEqual(['ann']);
});

test('a search that finds nothing has an empty manifest', async () => {
  expect((await manifestOf('GET', '/Patient?_id=nobody')).output).toEqual([]);
});

test.each([
  ['GET', '/Patient?birthdate=soon', undefined, 'birthdate'],
  ['GET', '/Patient?zzz=1', undefined, 'zzz'],
  ['POST', '/Patient/_search', 'zzz=1', 'zzz'],
  ['GET', '/Patient/ann/$everything?zzz=1', undefined, 'zzz'],
  ['POST', '/Patient/$everything', { resourceType: 'Parameters', parameter: [{ name: '_since', valueString: 'soon' }] }, '_since'],
])('%s %s is wrongly asked, and refused at once', async (method, path, body, name) => {
  const { status, text } = await server.ask(method, path, body, later);
  expect([status, text]).toEqual([400, expect.stringContaining(name)]);
});

test.each(['respond-async=1', 'respond-async; wait=10', 'Respond-Async,respond-async', 'handling=lenient;respond-async=""'])(
  'Prefer: %s makes one job, which makes none',
  async (prefer) => {
    const jobs = async (): Promise<number> => Number((await server.sql<{ n: string }>('select count(*) n from anamnesis.job'))[0]?.n);
    const before = await jobs();
    expect((await manifestOf('GET', '/Observation?_id=o-1', undefined, { prefer })).output).toMatchObject([{ count: 1 }]);
    expect(await jobs()).toBe(before + 1);
  },
);

test('what cannot be answered is told by its status, as it would have been', async () => {
  const unknown = await server.ask('GET', '/Patient/nobody/$everything', undefined, later);
  expect((await end(unknown.headers.get('content-location') ?? '')).status).toBe(404);
});

test('what is quick is answered at once, whatever is preferred', async () => {
  expect((await server.ask('GET', '/Patient/ann', undefined, later)).status).toBe(200);
  expect((await server.ask('PUT', '/Patient/eve', patient('eve'), later)).status).toBe(201);
  expect((await server.ask('GET', '/metadata', undefined, later)).status).toBe(200);
});

test('what is answered later is on the log of accesses, with the patients it told of', async () => {
  const rows = await server.left(() => manifestOf('GET', '/Observation?_id=o-1,o-2'));
  expect(rows.map(({ entry }) => entry)).toContainEqual(
    expect.objectContaining({ k: 'search-type', t: expect.stringContaining('/Observation?'), p: ['ann'] }),
  );
});
