/** References of imported lines hold as those of any write do, whatever comes first. https://hl7.org/fhir/R4/http.html#integrity */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openServer, type TestServer } from '../genomics/server.ts';
import { errorsOf, type FileServer, fileServer, importOf, linesOf } from './import-client.ts';

let server: TestServer;
let free: TestServer;
let files: FileServer;
let folder: string;

beforeAll(async () => {
  [files, folder] = await Promise.all([fileServer(), mkdtemp(join(tmpdir(), 'anamnesis-references-'))]);
  const settings = { DATA_DIR: folder, AUDIT: 'off', INTERNAL_HOSTS: files.host };
  [server, free] = await Promise.all([openServer(settings), openServer({ ...settings, REFERENTIAL_INTEGRITY: 'off' })]);
}, 120_000);
afterAll(async () => {
  await Promise.all([server?.close(), free?.close()]);
  files?.close();
  await rm(folder, { recursive: true, force: true });
});

const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, ...more });
const observation = (id: string, of: string, more: object = {}) => ({
  ...{ resourceType: 'Observation', id, status: 'final', code: { text: 'x' }, subject: { reference: `Patient/${of}` }, ...more },
});
const member = (...ids: readonly string[]) => ({ hasMember: ids.map((id) => ({ reference: `Observation/${id}` })) });
/** Files whose types are not told are read in their order. */
const load = (...contents: readonly string[]) =>
  importOf(
    server.base,
    contents.map((content, i) => ({ url: files.serve(`/${i}.ndjson`, content) })),
  );
const versionOf = async (name: string): Promise<string | undefined> => (await server.get(name)).json?.meta?.versionId;

test('a line that refers to what comes in a later file waits for it', async () => {
  const manifest = await load(linesOf(observation('w-1', 'w'), observation('w-2', 'w')), linesOf(patient('w')));
  expect(manifest.error).toEqual([]);
  expect(manifest.extension.counts).toEqual([
    expect.objectContaining({ created: 2, refused: 0 }),
    expect.objectContaining({ created: 1, refused: 0 }),
  ]);
  expect(await server.ids('Observation?subject=Patient/w')).toEqual(['w-1', 'w-2']);
});

test('lines of several files that refer to each other are all loaded', async () => {
  const manifest = await load(
    linesOf(patient('c'), observation('c-1', 'c', member('c-2'))),
    linesOf(observation('c-2', 'c', member('c-3'))),
    linesOf(observation('c-3', 'c', member('c-1'))),
  );
  expect([manifest.error, await server.ids('Observation?subject=Patient/c')]).toEqual([[], ['c-1', 'c-2', 'c-3']]);
});

test('what leads nowhere in the end is refused as a write of it alone would be, and so is what refers to that; the rest is loaded', async () => {
  const manifest = await load(
    linesOf(patient('d'), observation('d-1', 'd', member('d-2')), observation('d-2', 'nobody'), observation('d-3', 'd')),
    linesOf(observation('d-4', 'd', member('d-1')), observation('d-5', 'd', member('d-3'))),
  );
  const alone = await server.put(observation('d-2', 'nobody'));
  const text = alone.json.issue[0].diagnostics;
  const told = await errorsOf(manifest);
  expect(told.map(({ diagnostics }) => diagnostics)).toEqual([
    `Line 2 (Observation/d-1): ${text.replace('Patient/nobody', 'Observation/d-2')}`,
    `Line 3 (Observation/d-2): ${text}`,
    `Line 1 (Observation/d-4): ${text.replace('Patient/nobody', 'Observation/d-1')}`,
  ]);
  expect(told[1]).toMatchObject({ code: alone.json.issue[0].code, expression: alone.json.issue[0].expression });
  expect(manifest.extension.counts).toEqual([
    expect.objectContaining({ created: 2, refused: 2 }),
    expect.objectContaining({ created: 1, refused: 1 }),
  ]);
  expect(await server.ids('Observation?subject=Patient/d')).toEqual(['d-3', 'd-5']);
});

test('a later line of one that waits is its later version', async () => {
  const manifest = await load(
    linesOf(observation('v-1', 'v', { status: 'preliminary' })),
    linesOf(observation('v-1', 'v-other', { status: 'final' }), patient('v-other'), patient('v')),
    linesOf(patient('v-third'), observation('v-1', 'v-third', { status: 'amended' })),
  );
  expect(manifest.error).toEqual([]);
  const { json } = await server.get('Observation/v-1');
  expect([json.meta.versionId, json.status]).toEqual(['3', 'amended']);
});

test('the same files again change nothing, whatever waits', async () => {
  const contents = [linesOf(observation('s-1', 's'), observation('s-2', 'no-s')), linesOf(patient('s'))];
  await load(...contents);
  const manifest = await load(...contents);
  expect(manifest.extension.counts).toEqual([
    { inputUrl: expect.any(String), created: 0, updated: 0, unchanged: 1, refused: 1 },
    { inputUrl: expect.any(String), created: 0, updated: 0, unchanged: 1, refused: 0 },
  ]);
  expect([await versionOf('Observation/s-1'), await versionOf('Observation/s-2')]).toEqual(['1', undefined]);
});

test('many lines that wait are loaded in their order, and nothing of them stays behind', async () => {
  const ids = Array.from({ length: 1300 }, (_, i) => `m-${i}`);
  const manifest = await load(
    linesOf(...ids.map((id, i) => observation(id, 'm', i === 0 ? {} : member(`m-${i - 1}`)))),
    linesOf(patient('m')),
  );
  expect(manifest.extension.counts[0]).toMatchObject({ created: 1300, refused: 0 });
  const { json } = await server.get('Observation?subject=Patient/m&_summary=count');
  expect(json.total).toBe(1300);
});

test('where references are not enforced, they are not looked at', async () => {
  const manifest = await importOf(free.base, linesOf(observation('f-1', 'nobody')));
  expect([manifest.error, (await free.get('Observation/f-1')).status]).toEqual([[], 200]);
});
