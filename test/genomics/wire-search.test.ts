/** Searches and writes by criteria of clients that are told genomic studies as other resources: what is exact, and what is refused. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';
import { openServer, type TestServer } from './server.ts';

const subject = { reference: 'Patient/p' };
const reporting = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/';
const procedure = { prefer: 'genomic-study=procedure' };
const basic = { prefer: 'genomic-study=basic' };

const study = (id: string, more: JsonObject = {}): Resource => ({
  resourceType: 'GenomicStudy',
  id,
  identifier: [{ system: 'urn:both', value: id }],
  status: 'available',
  subject,
  startDate: '2024-05-05',
  encounter: { reference: 'Encounter/e' },
  analysis: [{ methodType: [{ coding: [{ code: 'sequencing' }] }] }],
  ...more,
});
const operation = (id: string, more: JsonObject = {}): Resource => ({
  resourceType: 'Procedure',
  id,
  identifier: [{ system: 'urn:both', value: id }],
  status: 'completed',
  subject,
  performedDateTime: '2023-01-01',
  ...more,
});

let server: TestServer;

beforeAll(async () => {
  server = await openServer({ REFERENTIAL_INTEGRITY: 'off' });
  const resources: readonly Resource[] = [
    { resourceType: 'Patient', id: 'p' },
    { resourceType: 'Patient', id: 'q' },
    { resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' }, subject },
    study('s1'),
    study('s2', { startDate: '2022-02-02', encounter: { reference: 'Encounter/f' }, subject: { reference: 'Patient/q' } }),
    operation('o1'),
    operation('o2', { subject: { reference: 'Patient/q' } }),
    { resourceType: 'Basic', id: 'b1', code: { coding: [{ code: 'referral' }] }, subject },
  ];
  for (const resource of resources) expect([resource.id, (await server.put(resource)).status]).toEqual([resource.id, 201]);
});
afterAll(async () => server.close());

interface Entry {
  readonly fullUrl: string;
  readonly resource: Resource;
  readonly search: { readonly mode: string };
}

async function found(path: string, headers = {}): Promise<string[]> {
  const { json, status } = await server.get(path, headers);
  if (status !== 200) throw new Error(`${status}: ${json.issue[0].diagnostics}`);
  return ((json.entry ?? []) as Entry[]).map(({ resource, fullUrl }) => {
    expect(fullUrl).toBe(`${server.base}/${resource.resourceType}/${resource.id}`);
    return `${resource.resourceType}/${resource.id}`;
  });
}

describe('A client that chose Procedures finds studies among them', () => {
  test.each<[string, string[]]>([
    ['Procedure', ['Procedure/o1', 'Procedure/o2', 'Procedure/s1', 'Procedure/s2']],
    ['Procedure?patient=p', ['Procedure/o1', 'Procedure/s1']],
    ['Procedure?subject=Patient/q', ['Procedure/o2', 'Procedure/s2']],
    ['Procedure?identifier=urn:both|s1', ['Procedure/s1']],
    ['Procedure?identifier=urn:both|o1,urn:both|s2', ['Procedure/o1', 'Procedure/s2']],
    ['Procedure?_id=s1,o2', ['Procedure/o2', 'Procedure/s1']],
    ['Procedure?date=ge2024', ['Procedure/s1']],
    ['Procedure?date=lt2024', ['Procedure/o1', 'Procedure/o2', 'Procedure/s2']],
    ['Procedure?encounter=Encounter/e', ['Procedure/s1']],
    [`Procedure?_profile=${reporting}genomic-study`, ['Procedure/s1', 'Procedure/s2']],
    [`Procedure?_profile=${reporting}genomic-study&patient=p`, ['Procedure/s1']],
    ['Patient/p/Procedure', ['Procedure/o1', 'Procedure/s1']],
    ['Patient/p/*?_type=Procedure', ['Procedure/o1', 'Procedure/s1']],
    ['?_type=Procedure&patient=q', ['Procedure/o2', 'Procedure/s2']],
    ['GenomicStudy?method=sequencing', ['Procedure/s1', 'Procedure/s2']],
    ['Encounter?_id=e&_revinclude=GenomicStudy:encounter', ['Encounter/e', 'Procedure/s1']],
    ['Procedure?_id=s1&_include=Procedure:patient', ['Patient/p', 'Procedure/s1']],
    ['Procedure?_id=o1&_include=Procedure:subject', ['Patient/p', 'Procedure/o1']],
    ['Basic', ['Basic/b1']],
  ])('%s', async (path, names) => {
    expect((await found(path, procedure)).sort()).toEqual(names);
  });

  test('in one order, page by page', async () => {
    const pages: string[] = [];
    for (let path: string | undefined = 'Procedure?_sort=-identifier&_count=1&_include=Procedure:patient'; path !== undefined; ) {
      const { json, status } = await server.get(path, procedure);
      expect([path, status, json.issue]).toEqual([path, 200, undefined]);
      pages.push(...(json.entry as Entry[]).filter(({ search }) => search.mode === 'match').map(({ resource }) => `${resource.id}`));
      const next = (json.link as { relation: string; url: string }[]).find(({ relation }) => relation === 'next')?.url;
      path = next?.slice(server.base.length + 1);
    }
    expect(pages).toEqual(['s2', 's1', 'o2', 'o1']);
  });

  test('with a self link that says what was asked', async () => {
    const { json } = await server.get(`Procedure?_profile=${reporting}genomic-study&patient=p&_total=accurate`, procedure);
    const [self] = json.link as { url: string }[];
    expect([json.total, decodeURIComponent(self?.url ?? '')]).toEqual([
      1,
      `${server.base}/Procedure?_profile=${reporting}genomic-study&patient=p&_total=accurate`,
    ]);
  });

  test.each([
    'status=completed',
    'code=x',
    'category=laboratory',
    'performer=Practitioner/1',
    '_has:Provenance:target:agent=Practitioner/1',
    '_filter=status eq completed',
    '_sort=status',
    '_sort=date',
    '_include=Procedure:performer',
    '_revinclude=Provenance:target',
    '_content=exome',
  ])('and what cannot be exact is refused: %s', async (text) => {
    const { status, json } = await server.get(`Procedure?${text}`, procedure);
    expect([text, status, json.issue[0].code]).toEqual([text, 400, 'not-supported']);
    expect([text, (await server.get(`Procedure?${text}`)).status]).toEqual([text, 200]);
  });
});

describe('A client that chose Basics finds studies among them', () => {
  test.each<[string, string[]]>([
    ['Basic?patient=p', ['Basic/b1', 'Basic/s1']],
    ['Basic?code=GenomicStudy', ['Basic/s1', 'Basic/s2']],
    ['Basic?code=http://hl7.org/fhir/fhir-types|GenomicStudy&patient=q', ['Basic/s2']],
    ['Procedure?patient=p', ['Procedure/o1']],
  ])('%s', async (path, names) => {
    expect((await found(path, basic)).sort()).toEqual(names);
  });

  test('and what cannot be exact is refused', async () => {
    expect((await server.get('Basic?author=Practitioner/1', basic)).status).toBe(400);
  });
});

describe('Writes by criteria', () => {
  const given = (value: string): JsonObject => ({
    resourceType: 'Procedure',
    identifier: [{ system: 'urn:criteria', value }],
    meta: { profile: [`${reporting}genomic-study`] },
    status: 'completed',
    category: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] },
    subject,
  });

  test('find the study that came as a Procedure', async () => {
    const created = await server.send('POST', 'Procedure', given('a'), { 'if-none-exist': 'identifier=urn:criteria|a' });
    const again = await server.send('POST', 'Procedure', given('a'), { 'if-none-exist': 'identifier=urn:criteria|a' });
    expect([created.status, again.status, again.headers.get('location')]).toEqual([201, 200, created.headers.get('location')]);
    const updated = await server.send('PUT', 'Procedure?identifier=urn:criteria|a', { ...given('a'), note: [{ text: 'x' }] });
    expect([updated.status, updated.json.id, updated.json.meta.versionId]).toEqual([200, created.json.id, '2']);
    expect(updated.json.meta.profile).toEqual([`${reporting}genomic-study`]);
  });

  test('are refused where they would not mean the same', async () => {
    const { status, json } = await server.send('PUT', 'Procedure?status=completed', given('b'));
    expect([status, json.issue[0].code]).toEqual([400, 'not-supported']);
    expect((await server.send('DELETE', 'Procedure?identifier=urn:criteria|a', undefined, procedure)).status).toBe(400);
  });
});

describe('A study is changed by the name as which it is told', () => {
  const patch = (operations: readonly JsonObject[], path: string, headers = {}) =>
    server.send('PATCH', path, JSON.stringify(operations), { 'content-type': 'application/json-patch+json', ...headers });

  test('by a patch', async () => {
    await server.put(study('patched'));
    const { status, json } = await patch([{ op: 'add', path: '/note', value: [{ text: 'seen' }] }], 'Procedure/patched');
    expect([status, json.resourceType, json.note]).toEqual([200, 'Procedure', [{ text: 'seen' }]]);
    expect((await server.get('GenomicStudy/patched')).json).toMatchObject({ note: [{ text: 'seen' }], meta: { versionId: '2' } });
  });

  test('but not into something else', async () => {
    for (const [operation, status] of [
      [{ op: 'remove', path: '/meta/profile' }, 422],
      [{ op: 'add', path: '/surgeon', value: 'x' }, 422],
    ] as const)
      expect([operation, (await patch([operation], 'Procedure/patched')).status]).toEqual([operation, status]);
    const { status } = await server.put(operation('patched'), procedure);
    expect(status).toBe(422);
  });

  test('by a delete', async () => {
    await server.put(study('deleted'));
    expect((await server.send('DELETE', 'Basic/deleted')).status).toBe(204);
    for (const type of ['GenomicStudy', 'Basic', 'Procedure'])
      expect([type, (await server.get(`${type}/deleted`)).status]).toEqual([type, 410]);
    const history = await server.get('GenomicStudy/deleted/_history', procedure);
    expect(history.json.entry.map(({ request }: { request: JsonObject }) => request)).toEqual([
      { method: 'DELETE', url: 'Procedure/deleted' },
      { method: 'PUT', url: 'Procedure/deleted' },
    ]);
  });
});

describe('A study that names an analysis which is not here', () => {
  const laboratory = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] };
  const claimed = (id: string, name: string, more: JsonObject): Resource => ({
    ...operation(id, { category: laboratory, meta: { profile: [`${reporting}${name}`] } }),
    ...more,
  });

  test('says that there is one, and holds it when it comes', async () => {
    const extension = ['Procedure/later', 'https://elsewhere.example/fhir/Procedure/other'].map((reference) => ({
      url: `${reporting}genomic-study-analysis-ext`,
      valueReference: { reference, display: 'An analysis' },
    }));
    expect((await server.put(claimed('waiting', 'genomic-study', { extension }))).status).toBe(201);
    expect((await server.get('Procedure/waiting')).json.extension).toEqual(extension);
    expect((await server.get('Procedure/later')).status).toBe(404);
    const all = await server.get('Patient/p/$everything', procedure);
    expect(all.json.entry.some(({ resource }: Entry) => resource.id === 'later')).toBe(false);
    const later = await server.put(claimed('later', 'genomic-study-analysis', { note: [{ text: 'here' }] }));
    expect([later.status, later.json.note]).toEqual([200, [{ text: 'here' }]]);
    expect((await server.get('GenomicStudy/waiting')).json.analysis[0].note).toEqual([{ text: 'here' }]);
    expect((await server.get('Procedure/waiting')).json.extension).toEqual(extension);
  });
});

describe('A study that others refer to as a Procedure', () => {
  const variant = (id: string, parts: readonly string[]): Resource => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { text: 'a variant' },
    subject,
    partOf: parts.map((reference) => ({ reference })),
  });
  beforeAll(async () => {
    await server.put(variant('v1', ['Procedure/s1', 'Procedure/o1']));
    await server.put(variant('v2', ['Procedure/s1']));
  });

  test.each<[string, JsonObject, string[]]>([
    ['Observation?_id=v1&_include=Observation:part-of', procedure, ['Observation/v1', 'Procedure/o1', 'Procedure/s1']],
    ['Observation?_id=v1,v2&_include=*', procedure, ['Observation/v1', 'Observation/v2', 'Patient/p', 'Procedure/o1', 'Procedure/s1']],
    ['Observation?_id=v1&_include=Observation:part-of:Procedure', basic, ['Basic/s1', 'Observation/v1', 'Procedure/o1']],
    ['Observation?_id=v2&_include=Observation:part-of:Immunization', procedure, ['Observation/v2']],
    ['Observation?_id=v2&_include=Observation:subject', procedure, ['Observation/v2', 'Patient/p']],
    ['Procedure?_id=s1&_revinclude=Observation:part-of', {}, []],
  ])('comes along with them: %s', async (path, headers, names) => {
    expect((await found(path, headers)).sort()).toEqual(names);
  });
});

describe('What is made of a record', () => {
  test.each(['Patient/p/$summary', 'Patient/p/$timeline'])('is made in every shape: %s', async (path) => {
    for (const headers of [{}, procedure, basic]) expect((await server.get(path, headers)).status).toBe(200);
  });
});

describe('A study whose id another resource has', () => {
  beforeAll(async () => {
    await server.put(study('same'));
    await server.put(operation('same'));
    await server.put({
      resourceType: 'Provenance',
      id: 'r',
      recorded: '2024-01-01T00:00:00Z',
      target: [{ reference: 'GenomicStudy/same' }, { reference: 'GenomicStudy/s1' }],
      agent: [{ who: subject }],
    });
  });

  test('is told under a longer one, and never takes the place of the other', async () => {
    const names = await found('Procedure?_id=same', procedure);
    expect(names.sort()).toEqual(['Procedure/same', 'Procedure/study-same']);
    const [other, own] = await Promise.all([server.get('Procedure/same', procedure), server.get('Procedure/study-same', procedure)]);
    expect([other.json.performedDateTime, own.json.performedDateTime]).toEqual(['2023-01-01', '2024-05-05']);
    expect((await found('GenomicStudy?_id=same', basic)).sort()).toEqual(['Basic/same']);
  });

  test('is referred to by it', async () => {
    const { json } = await server.get('Provenance/r', procedure);
    expect(json.target).toEqual([{ reference: 'Procedure/study-same' }, { reference: 'Procedure/s1' }]);
    expect((await server.get('Provenance/r', basic)).json.target[0]).toEqual({ reference: 'Basic/same' });
    expect((await server.get('Provenance/r')).json.target[0]).toEqual({ reference: 'GenomicStudy/same' });
  });

  test('is changed by it', async () => {
    const { json } = await server.get('Procedure/study-same', procedure);
    const updated = await server.put({ ...json, note: [{ text: 'changed' }] }, procedure);
    expect([updated.status, updated.json.id]).toEqual([200, 'study-same']);
    expect((await server.get('GenomicStudy/same')).json.note).toEqual([{ text: 'changed' }]);
    const conflict = await server.put({ ...json, id: 'same' });
    expect(conflict.status).toBe(409);
  });
});
