/** Genomic studies in lines of NDJSON are stored as any write of them is, whatever their shape and order. docs/genomics.md */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';
import { openServer, type TestServer } from '../genomics/server.ts';
import { errorsOf, type FileServer, fileServer, importOf, linesOf, type Manifest } from './import-client.ts';

let server: TestServer;
let files: FileServer;
let folder: string;

beforeAll(async () => {
  [files, folder] = await Promise.all([fileServer(), mkdtemp(join(tmpdir(), 'anamnesis-studies-'))]);
  server = await openServer({ DATA_DIR: folder, AUDIT: 'off', INTERNAL_HOSTS: files.host });
  await server.put({ resourceType: 'Patient', id: 'p' });
}, 120_000);
afterAll(async () => {
  await server?.close();
  files?.close();
  await rm(folder, { recursive: true, force: true });
});

const profile = (name: string): JsonObject => ({ profile: [`http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/${name}`] });
const procedure = (id: string, more: JsonObject = {}): Resource => ({
  ...{ resourceType: 'Procedure', id, meta: profile('genomic-study-analysis'), status: 'completed' },
  category: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
  subject: { reference: 'Patient/p' },
  ...more,
});
const linkTo = (id: string) => ({
  url: 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/genomic-study-analysis-ext',
  valueReference: { reference: `Procedure/${id}` },
});
const study = (id: string, analyses: readonly string[], more: JsonObject = {}): Resource =>
  procedure(id, { meta: profile('genomic-study'), extension: analyses.map(linkTo), ...more });
const finding = (id: string, of: string): Resource => ({
  ...{ resourceType: 'Observation', id, status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/p' } },
  partOf: [{ reference: `Procedure/${of}` }],
});
const load = (...contents: readonly (readonly Resource[])[]): Promise<Manifest> =>
  importOf(
    server.base,
    contents.map((content, i) => ({ url: files.serve(`/${i}.ndjson`, linesOf(...content)) })),
  );
const stored = async (name: string): Promise<JsonObject> => (await server.get(name, { prefer: 'genomic-study=native' })).json;

test('a study as a Procedure becomes one with its analyses, in whichever files and order these stand, and again nothing changes', async () => {
  const contents = [
    [finding('o-1', 's-1'), study('s-1', ['a-1', 'a-2'])],
    [procedure('a-2', { performedDateTime: '2024-01-03' }), procedure('a-1', { performedDateTime: '2024-01-02' })],
  ];
  const manifest = await load(...contents);
  expect(await errorsOf(manifest)).toEqual([]);
  expect(manifest.extension.counts).toEqual([expect.objectContaining({ created: 2 }), expect.objectContaining({ created: 2 })]);
  const native = await stored('GenomicStudy/s-1');
  expect((native['analysis'] as JsonObject[]).map(({ date }) => date)).toEqual(['2024-01-02', '2024-01-03']);
  expect(await server.ids('Procedure?subject=Patient/p&_count=100')).toEqual([]);
  const again = await load(...contents);
  expect(again.extension.counts).toEqual([expect.objectContaining({ unchanged: 2 }), expect.objectContaining({ unchanged: 2 })]);
  expect((await stored('GenomicStudy/s-1'))['meta']).toMatchObject({ versionId: '1' });
});

test("a study in HL7's Basic becomes one, as the server itself told it", async () => {
  await server.put({ resourceType: 'GenomicStudy', id: 'b-1', status: 'available', subject: { reference: 'Patient/p' } });
  const basic = (await server.get('Basic/b-1')).json as Resource;
  const { id: _, ...rest } = basic;
  const manifest = await load([{ ...rest, id: 'b-2' } as Resource]);
  expect([await errorsOf(manifest), manifest.extension.counts[0]]).toMatchObject([[], { created: 1 }]);
  expect(await stored('GenomicStudy/b-2')).toMatchObject({ status: 'available', subject: { reference: 'Patient/p' } });
});

test('a study that is refused is told with its parts, as a write of it would be; what refers to it is refused as well', async () => {
  const wrong = study('r-1', ['r-a'], { status: 'nonsense' });
  const manifest = await load([finding('r-o', 'r-1'), wrong, procedure('r-a')]);
  const told = (await errorsOf(manifest)).map(({ diagnostics }) => diagnostics);
  const alone = (await server.put(wrong)).json.issue[0].diagnostics;
  expect(told[0]).toMatch(/^Line 1 \(Observation\/r-o\): The reference to Procedure\/r-1 leads to nothing/);
  expect(told.find((text) => text.startsWith('Line 2'))).toBe(`Line 2 (Procedure/r-1): ${alone}`);
  expect(told.find((text) => text.startsWith('Line 3'))).toMatch(
    /^Line 3 \(Procedure\/r-a\): It belongs to Procedure\/r-1, which was refused/,
  );
  expect(manifest.extension.counts[0]).toMatchObject({ created: 0, refused: 3 });
});

test('an analysis that no study names stands for itself, as a write of it does', async () => {
  const manifest = await load([procedure('alone')]);
  expect([await errorsOf(manifest), (await server.get('Procedure/alone')).status]).toEqual([[], 200]);
});

test('a study that refers to a line that waits as well is stored once that one stands', async () => {
  const visit: Resource = {
    ...{ resourceType: 'Encounter', id: 'visit', status: 'finished', class: { code: 'AMB' } },
    subject: { reference: 'Patient/later' },
  };
  // 501 lines: the patient comes in another chunk than what refers to it.
  const between = Array.from({ length: 501 }, (_, i): Resource => ({ resourceType: 'Basic', id: `between-${i}`, code: { text: 'x' } }));
  const manifest = await load(
    [study('w-1', ['w-a'], { encounter: { reference: 'Encounter/visit' } }), procedure('w-a'), visit, ...between],
    [{ resourceType: 'Patient', id: 'later' }],
  );
  expect(await errorsOf(manifest)).toEqual([]);
  expect(await stored('GenomicStudy/w-1')).toMatchObject({ encounter: { reference: 'Encounter/visit' } });
});
