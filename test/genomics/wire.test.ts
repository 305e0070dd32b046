/** Genomic studies over HTTP, in each shape: docs/genomics.md, docs/decisions/0015-shapes-of-a-study.md. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';
import { canonical } from './genomic-study.ts';
import { openServer, type TestServer } from './server.ts';

const reporting = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/';
const laboratory = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] };
const subject = { reference: 'Patient/p' };

const native = (id: string, more: JsonObject = {}): Resource => ({
  resourceType: 'GenomicStudy',
  id,
  identifier: [{ system: 'urn:studies', value: id }],
  status: 'available',
  subject,
  startDate: '2024-05-05',
  description: 'R4 has no element for this',
  analysis: [{ title: 'Exome', date: '2024-05-06', methodType: [{ text: 'sequencing' }] }],
  ...more,
});

const analysis = (id: string, more: JsonObject = {}): Resource => ({
  resourceType: 'Procedure',
  id,
  meta: { profile: [`${reporting}genomic-study-analysis`] },
  status: 'completed',
  category: laboratory,
  subject,
  performedDateTime: '2024-01-02',
  ...more,
});

const study = (id: string, analyses: readonly string[], more: JsonObject = {}): Resource => ({
  ...analysis(id),
  meta: { profile: [`${reporting}genomic-study`] },
  ...(analyses.length === 0
    ? {}
    : { extension: analyses.map((reference) => ({ url: `${reporting}genomic-study-analysis-ext`, valueReference: { reference } })) }),
  ...more,
});

const basic = (id: string): Resource => ({
  resourceType: 'Basic',
  id,
  code: { coding: [{ system: 'http://hl7.org/fhir/fhir-types', code: 'GenomicStudy' }] },
  subject,
  modifierExtension: [{ url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-GenomicStudy.status', valueCode: 'available' }],
  extension: [{ url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-GenomicStudy.startDate', valueDateTime: '2024-01-02' }],
});

const prefer = (shape: string) => ({ prefer: `genomic-study=${shape}` });

/** As it was sent, but for what the server says of the version. */
function content({ meta, ...rest }: Resource): unknown {
  const { versionId: _, lastUpdated: __, ...left } = meta ?? {};
  return canonical({ ...rest, ...(Object.keys(left).length === 0 ? {} : { meta: left }) });
}

interface Entry {
  readonly fullUrl: string;
  readonly resource: Resource;
  readonly search?: { readonly mode: string };
}

let server: TestServer;

beforeAll(async () => {
  server = await openServer();
  await server.put({ resourceType: 'Patient', id: 'p' });
});
afterAll(async () => server.close());

const names = (bundle: { readonly entry?: readonly Entry[] }): string[] =>
  (bundle.entry ?? []).map(({ resource }) => `${resource.resourceType}/${resource.id}`).sort();

async function stored(resource: Resource, headers = {}): Promise<Resource> {
  const { status, json } = await server.put(resource, headers);
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(json)}`);
  return json as Resource;
}

describe('A native study is told', () => {
  beforeAll(async () => void (await stored(native('told'))));

  test.each([
    ['as it is stored, unless the client chooses', undefined, 'GenomicStudy'],
    ['as it is stored', 'native', 'GenomicStudy'],
    ['as a Procedure of Genomics Reporting', 'procedure', 'Procedure'],
    ['as a Basic of the cross-version extensions', 'basic', 'Basic'],
    ['as the resource of the incubator', 'incubator', 'GenomicStudy'],
  ])('%s', async (_, shape, type) => {
    const headers = shape === undefined ? {} : prefer(shape);
    const { json, status } = await server.get('GenomicStudy/told', headers);
    expect([status, json.resourceType, json.id, json.meta.versionId]).toEqual([200, type, 'told', '1']);
    expect(json.resourceDefinition !== undefined).toBe(shape === 'incubator');
    expect(names((await server.get('GenomicStudy?_id=told', headers)).json)).toEqual([`${type}/told`]);
    const version = await server.get('GenomicStudy/told/_history/1', headers);
    expect(version.json.resourceType).toBe(type);
    const history = await server.get('GenomicStudy/told/_history', headers);
    expect(names(history.json)).toEqual([`${type}/told`]);
    const all = await server.get('Patient/p/$everything', headers);
    expect(names(all.json)).toContain(`${type}/told`);
    const reverse = await server.get('Patient?_id=p&_revinclude=GenomicStudy:patient', headers);
    expect(names(reverse.json)).toContain(`${type}/told`);
    const batch = { resourceType: 'Bundle', type: 'batch', entry: [{ request: { method: 'GET', url: 'GenomicStudy/told' } }] };
    expect(names((await server.send('POST', '', batch, headers)).json)).toEqual([`${type}/told`]);
  });

  test.each(['procedure', 'basic'])('by the name that it has as %s, also to who chose nothing', async (shape) => {
    const type = shape === 'procedure' ? 'Procedure' : 'Basic';
    for (const headers of [{}, prefer(shape), prefer('native')]) {
      const { json, status } = await server.get(`${type}/told`, headers);
      expect([status, json.resourceType, json.id]).toEqual([200, type, 'told']);
      expect((await server.get(`${type}/told/_history/1`, headers)).json.resourceType).toBe(type);
      expect(names((await server.get(`${type}/told/_history`, headers)).json)).toEqual([`${type}/told`]);
    }
  });
});

describe('A choice that is none', () => {
  test.each([['cda'], ['']])('is refused: genomic-study=%s', async (shape) => {
    const { status, json } = await server.get('Patient/p', prefer(shape));
    expect([status, json.issue[0].code]).toEqual([400, 'value']);
    expect(json.issue[0].diagnostics).toContain('native, procedure, basic, incubator');
  });

  test('does not disturb other preferences', async () => {
    const { json } = await server.put(native('other'), { prefer: 'return=representation, genomic-study=basic' });
    expect(json.resourceType).toBe('Basic');
  });
});

describe('A version of FHIR in Accept', () => {
  beforeAll(async () => {
    await server.put({ resourceType: 'DocumentReference', id: 'r', status: 'current', content: [{ attachment: { title: 'r' } }] });
    await stored(native('version', { analysis: [{ regionsStudied: [{ reference: 'DocumentReference/r' }] }] }));
  });

  const json = 'application/fhir+json';

  test.each([
    [json, undefined],
    [`${json}; fhirVersion=4.0`, undefined],
    [`${json}; fhirVersion=5.0`, undefined],
    [`${json}; fhirVersion=6.0`, 'http://hl7.org/fhir/StructureDefinition/GenomicStudy'],
    [`${json}; fhirVersion=6.0;q=0.5, ${json}; fhirVersion=5.0`, undefined],
  ])('chooses among the versions that know GenomicStudy: %s', async (accept, definition) => {
    const answer = await server.get('GenomicStudy/version', { accept });
    expect([answer.status, answer.json.resourceType, answer.json.resourceDefinition]).toEqual([200, 'GenomicStudy', definition]);
    const [version = ''] = /fhirVersion=[\d.]+/.exec(accept.split(', ').at(-1) ?? '') ?? [];
    expect(answer.headers.get('content-type')).toContain(version);
  });

  test('gives way to a preference', async () => {
    const answer = await server.get('GenomicStudy/version', { accept: `${json}; fhirVersion=6.0`, ...prefer('basic') });
    expect(answer.json.resourceType).toBe('Basic');
  });

  test('is that of R4 for all types of R4', async () => {
    for (const path of ['Patient/p', 'Patient/p/$everything', 'Procedure?_id=x'])
      expect([path, (await server.get(path, { accept: `${json}; fhirVersion=5.0` })).status]).toEqual([path, 406]);
    expect((await server.get('GenomicStudy/version', { accept: `${json}; fhirVersion=3.0` })).status).toBe(406);
  });

  test('may be that of what is sent', async () => {
    const type = `${json}; fhirVersion=5.0`;
    const sent = await server.put(native('five'), { 'content-type': type });
    expect(sent.status).toBeLessThan(300);
    expect((await server.put({ resourceType: 'Patient', id: 'p' }, { 'content-type': type })).status).toBe(415);
  });

  test("has no XML for the incubator's shape", async () => {
    const { status } = await server.get('GenomicStudy/version', { accept: 'application/fhir+xml', ...prefer('incubator') });
    expect(status).toBe(406);
    for (const shape of ['procedure', 'basic', 'native'])
      expect((await server.get('GenomicStudy/version', { accept: 'application/fhir+xml', ...prefer(shape) })).status).toBe(200);
  });
});

describe('A study is taken', () => {
  test('as a Procedure, and answered as one', async () => {
    const given = study('proc', ['#a'], { contained: [{ ...analysis('a'), performedDateTime: '2024-03-03' }] });
    const { status, json, headers } = await server.put(given);
    expect([status, json.resourceType]).toEqual([201, 'Procedure']);
    expect(headers.get('location')).toBe(`${server.base}/Procedure/proc/_history/1`);
    expect(content(json)).toEqual(content(given));
    expect((await server.get('GenomicStudy/proc')).json).toMatchObject({ status: 'available', analysis: [{ date: '2024-03-03' }] });
    expect(content((await server.get('Procedure/proc')).json)).toEqual(content(given));
    expect(await server.ids('Procedure?_id=proc')).toEqual([]);
    expect(await server.ids('GenomicStudy?_id=proc')).toEqual(['proc']);
  });

  test('as a Basic, and answered as one', async () => {
    const { status, json } = await server.put(basic('b'));
    expect([status, json.resourceType]).toEqual([201, 'Basic']);
    expect((await server.get('GenomicStudy/b')).json).toMatchObject({ status: 'available', startDate: '2024-01-02' });
    expect(content((await server.get('Basic/b')).json)).toMatchObject(canonical({ ...basic('b') }) as object);
  });

  test('in the shape of the incubator', async () => {
    const given = native('inc', {
      resourceDefinition: 'http://hl7.org/fhir/StructureDefinition/GenomicStudy',
      analysis: [{ genomicSourceClass: { text: 'somatic' }, regionsUncalled: [{ concept: { text: 'ABL1' } }] }],
    });
    expect(content(await stored(given))).toEqual(content(given));
    const { json } = await server.get('GenomicStudy/inc');
    expect(json.analysis[0]).toMatchObject({ extension: [{ url: `${reporting}genomic-study-analysis-regions` }, {}] });
    expect(content((await server.get('GenomicStudy/inc', prefer('incubator'))).json)).toEqual(content(given));
  });

  test('with a new id', async () => {
    const { id: _, ...given } = study('', []);
    const created = await server.send('POST', 'Procedure', given);
    expect([created.status, created.json.resourceType]).toEqual([201, 'Procedure']);
    expect((await server.get(`GenomicStudy/${created.json.id}`)).status).toBe(200);
  });

  test('only when it is valid in the shape in which it came', async () => {
    const { status, json } = await server.put(study('broken', [], { operator: 'a surgeon' }));
    expect([status, json.issue[0].code]).toEqual([422, 'structure']);
    const unprofiled = await server.put(study('broken', [], { category: { text: 'other' } }));
    expect(unprofiled.status).toBe(422);
    expect((await server.get('GenomicStudy/broken')).status).toBe(404);
  });
});

describe('Analyses that stand by themselves', () => {
  const together = (...resources: readonly Resource[]): Resource => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } })),
  });

  test('go into the study that comes with them', async () => {
    const [dna, rna, whole] = [
      analysis('dna'),
      analysis('rna', { performedDateTime: '2024-02-02' }),
      study('whole', ['Procedure/dna', 'Procedure/rna']),
    ];
    const { status, json } = await server.send('POST', '', together(dna, rna, whole));
    expect([status, json.entry?.map((entry: { response: JsonObject }) => entry.response['location'])]).toEqual([
      200,
      ['Procedure/dna/_history/1', 'Procedure/rna/_history/1', 'Procedure/whole/_history/1'],
    ]);
    for (const given of [dna, rna, whole]) expect(content((await server.get(`Procedure/${given.id}`)).json)).toEqual(content(given));
    expect((await server.get('GenomicStudy/whole')).json.analysis).toMatchObject([{ date: '2024-01-02' }, { date: '2024-02-02' }]);
    const all = (await server.get('Patient/p/$everything')).json;
    expect(names(all).filter((name) => /dna|rna|whole/.test(name))).toEqual(['GenomicStudy/whole']);
    const told = (await server.get('Patient/p/$everything', prefer('procedure'))).json;
    expect(names(told).filter((name) => /dna|rna|whole/.test(name))).toEqual(['Procedure/dna', 'Procedure/rna', 'Procedure/whole']);
  });

  test('go into a study that comes later', async () => {
    await stored(analysis('early'));
    await stored(study('late', ['Procedure/early']));
    expect((await server.get('GenomicStudy/late')).json.analysis).toMatchObject([{ date: '2024-01-02' }]);
    expect(content((await server.get('Procedure/early')).json)).toEqual(content(analysis('early')));
    expect(await server.ids('Procedure?_id=early')).toEqual([]);
    await stored(analysis('early', { performedDateTime: '2025-05-05' }));
    expect((await server.get('GenomicStudy/late')).json).toMatchObject({ meta: { versionId: '2' }, analysis: [{ date: '2025-05-05' }] });
    await stored(study('late', ['Procedure/early'], { note: [{ text: 'again' }] }));
    expect((await server.get('GenomicStudy/late')).json.analysis).toMatchObject([{ date: '2025-05-05' }]);
    expect((await server.send('DELETE', 'Procedure/early')).status).toBe(409);
  });

  test('that are not here are refused, as any reference to nothing is', async () => {
    const { status, json } = await server.put(study('lonely', ['Procedure/nowhere']));
    expect([status, json.issue[0].diagnostics]).toEqual([422, expect.stringContaining('Procedure/nowhere')]);
  });

  test('are named by the entries of a transaction', async () => {
    const urn = (end: string): string => `urn:uuid:00000000-0000-4000-8000-00000000000${end}`;
    const without = (resource: Resource): JsonObject => ({ ...resource, id: undefined });
    const entry = (fullUrl: string, resource: JsonObject): JsonObject => ({
      fullUrl,
      resource,
      request: { method: 'POST', url: resource['resourceType'] },
    });
    const observation = {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'a variant' },
      subject,
      partOf: [{ reference: urn('1') }, { reference: urn('2') }],
    };
    const bundle = {
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [entry(urn('1'), without(study('', [urn('2')]))), entry(urn('2'), without(analysis(''))), entry(urn('3'), observation)],
    };
    const { status, json } = await server.send('POST', '', bundle, { prefer: 'return=representation' });
    expect([status, json.entry?.map(({ resource }: Entry) => resource.resourceType)]).toEqual([
      200,
      ['Procedure', 'Procedure', 'Observation'],
    ]);
    const [first, second, third] = (json.entry as Entry[]).map(({ resource }) => resource);
    expect(third?.['partOf']).toEqual([{ reference: `Procedure/${first?.id}` }, { reference: `Procedure/${second?.id}` }]);
    for (const id of [first?.id, second?.id]) expect((await server.get(`Procedure/${id}`)).status).toBe(200);
    // The study is referred to by the name as which it is told.
    expect((await server.send('DELETE', `GenomicStudy/${first?.id}`)).status).toBe(409);
    expect((await stored({ ...third, note: [{ text: 'again' }] } as Resource)).meta?.versionId).toBe('2');
  });
});
