/** $export: what is in it, and what it is asked with. https://hl7.org/fhir/uv/bulkdata/export.html */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuditedServer, auditedServer, observation, patient } from '../audit/server.ts';
import { type BulkClient, bulkClient, type Line, namesOf } from './bulk-client.ts';

let server: AuditedServer;
let client: BulkClient;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anamnesis-export-'));
  server = await auditedServer({ settings: { DATA_DIR: folder, EXPORT_FILE_ROWS: '4', AUDIT: 'off' } });
  client = bulkClient(`${server.url}/fhir`);
  await put(patient('ann', { name: [{ family: 'Weber "\\ \t Ümläut 🌿 \u007f \u00a0' }], gender: 'female' }));
  await put(patient('bob', { gender: 'male' }));
  await put(patient('eve', {}));
  for (let i = 0; i < 6; i++) await put(observation(`ann-${i}`, 'ann', i < 3 ? { status: 'amended' } : {}));
  await put(observation('bob-0', 'bob'));
  await put({ resourceType: 'Organization', id: 'clinic', name: 'Clinic' });
  await put({ resourceType: 'Observation', id: 'of-nobody', status: 'final', code: { text: 'x' } });
  await put(patient('bob', { gender: 'other' }));
  await put(observation('gone', 'ann'));
  await server.ask('DELETE', '/Observation/gone');
  await put({ resourceType: 'Group', id: 'more', type: 'person', actual: true, member: [{ entity: { reference: 'Patient/ann' } }] });
  await put({
    ...{ resourceType: 'Group', id: 'some', type: 'person', actual: true },
    member: [
      { entity: { reference: 'Patient/bob' } },
      { entity: { reference: 'Patient/eve' }, inactive: true },
      { entity: { reference: 'Patient/ann' }, period: { end: '2020-01-01' } },
    ],
  });
}, 60_000);
afterAll(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function put(resource: { readonly resourceType: string; readonly id: string; readonly [name: string]: unknown }): Promise<void> {
  const { status, text } = await server.ask('PUT', `/${resource.resourceType}/${resource.id}`, resource);
  if (status >= 300) throw new Error(text);
}

const ann = [
  'Observation/ann-0/1',
  'Observation/ann-1/1',
  'Observation/ann-2/1',
  'Observation/ann-3/1',
  'Observation/ann-4/1',
  'Observation/ann-5/1',
];
const parameters = (...parameter: readonly object[]) => ({ resourceType: 'Parameters', parameter });

describe('An export of everything', () => {
  test('has each resource that stands once, in the version that stands', async () => {
    const lines = await client.export('$export');
    expect(namesOf(lines)).toEqual([
      ...['Group/more/1', 'Group/some/1'],
      ...[...ann, 'Observation/bob-0/1', 'Observation/of-nobody/1'],
      ...['Organization/clinic/1', 'Patient/ann/1', 'Patient/bob/2', 'Patient/eve/1'],
    ]);
  });

  test('has them as they are read, letter by letter', async () => {
    const manifest = await client.manifest(await client.kickOff('$export?_type=Patient'));
    for (const { url } of manifest.output)
      for (const line of (await (await fetch(url)).text()).trimEnd().split('\n')) {
        const { id } = JSON.parse(line) as { id: string };
        expect(line).toBe((await server.ask('GET', `/Patient/${id}`)).text);
      }
  });

  test('is of files of one type each, with at most so many lines', async () => {
    const manifest = await client.manifest(await client.kickOff('$export'));
    expect(manifest.output.every(({ type, count = 0 }) => type !== undefined && count <= 4)).toBe(true);
    expect(manifest.output.length).toBeGreaterThan(4);
    expect(new Set(manifest.output.map(({ url }) => url)).size).toBe(manifest.output.length);
    expect(manifest).toMatchObject({ request: `${server.url}/fhir/$export`, requiresAccessToken: false, error: [], deleted: [] });
  });

  test('of an empty choice is an empty manifest', async () => {
    const manifest = await client.manifest(await client.kickOff('$export?_type=Basic'));
    expect(manifest.output).toEqual([]);
  });

  test('is asked by POST as well, with Parameters', async () => {
    const lines = await client.export(
      '$export',
      parameters({ name: '_type', valueString: 'Organization' }, { name: '_outputFormat', valueString: 'ndjson' }),
    );
    expect(namesOf(lines)).toEqual(['Organization/clinic/1']);
  });
});

describe('The parameters', () => {
  test('_type chooses types, in one list or several', async () => {
    expect(namesOf(await client.export('$export?_type=Patient,Organization&_type=Group'))).toHaveLength(6);
  });

  test('_since and _until choose by the last change', async () => {
    const [{ lastUpdated }] = [(await server.ask('GET', '/Patient/bob')).json().meta as { lastUpdated: string }];
    expect(namesOf(await client.export(`$export?_type=Patient&_since=${lastUpdated}`))).toEqual([]);
    const before = new Date(Date.parse(lastUpdated) - 1).toISOString();
    expect(namesOf(await client.export(`$export?_type=Patient&_since=${before}`))).toEqual(['Patient/bob/2']);
    expect(namesOf(await client.export(`$export?_type=Patient&_until=${lastUpdated}`))).toEqual(['Patient/ann/1', 'Patient/eve/1']);
  });

  test('_typeFilter takes any search; of several of a type one must match', async () => {
    const filters = [
      'Observation?status=amended',
      'Observation?subject:Patient.gender=other',
      'Patient?_has:Observation:subject:status=amended',
    ];
    const text = filters.map((filter) => `_typeFilter=${encodeURIComponent(filter)}`).join('&');
    expect(namesOf(await client.export(`$export?_type=Observation,Patient,Organization&${text}`))).toEqual([
      ...ann.slice(0, 3),
      ...['Observation/bob-0/1', 'Organization/clinic/1', 'Patient/ann/1'],
    ]);
    const together = `_typeFilter=${encodeURIComponent('Observation?status=amended,final&subject=Patient/ann,Patient?gender=other')}`;
    expect(namesOf(await client.export(`$export?_type=Observation,Patient&${together}`))).toEqual([...ann, 'Patient/bob/2']);
  });

  test('_elements leaves out the rest and says so', async () => {
    const [line, other] = await client.export(
      '$export?_type=Patient,Organization&_elements=id,Patient.gender&_typeFilter=Patient%3F_id=ann',
    );
    expect([line, other].find((each) => each?.resourceType === 'Patient')).toEqual({
      ...{ resourceType: 'Patient', id: 'ann', gender: 'female' },
      meta: expect.objectContaining({ tag: [expect.objectContaining({ code: 'SUBSETTED' })] }),
    });
    expect([line, other].find((each) => each?.resourceType === 'Organization')).not.toHaveProperty('name');
  });

  test('allowPartialManifests is taken', async () => {
    expect(await client.export('$export?_type=Organization&allowPartialManifests=true')).toHaveLength(1);
  });
});

describe('An export of patients', () => {
  test('has their records and nothing else', async () => {
    expect(namesOf(await client.export('Patient/$export'))).toEqual([
      ...['Group/more/1', 'Group/some/1'],
      ...[...ann, 'Observation/bob-0/1', 'Patient/ann/1', 'Patient/bob/2', 'Patient/eve/1'],
    ]);
  });

  test('is of those that are named', async () => {
    const lines = await client.export('Patient/$export', parameters({ name: 'patient', valueReference: { reference: 'Patient/bob' } }));
    expect(namesOf(lines)).toEqual(['Group/some/1', 'Observation/bob-0/1', 'Patient/bob/2']);
    expect(namesOf(await client.export('Patient/bob/$export'))).toEqual(namesOf(lines));
  });

  test('is narrowed by filters and times of its resources', async () => {
    expect(namesOf(await client.export('Patient/$export?_type=Observation&_typeFilter=Observation%3Fstatus=final'))).toEqual([
      ...ann.slice(3),
      'Observation/bob-0/1',
    ]);
  });
});

describe('An export of a Group', () => {
  test('is of its members, but for those who are none any more', async () => {
    expect(namesOf(await client.export('Group/some/$export?_type=Patient,Observation'))).toEqual(['Observation/bob-0/1', 'Patient/bob/2']);
    expect(namesOf(await client.export('Group/more/$export?_type=Patient'))).toEqual(['Patient/ann/1']);
    const elsewhere = 'https://elsewhere.example.org/fhir/Patient/ann';
    const member = [`${server.url}/fhir/Group/some`, elsewhere].map((reference) => ({ entity: { reference } }));
    await put({ resourceType: 'Group', id: 'far', type: 'person', actual: true, member });
    expect(namesOf(await client.export('Group/far/$export?_type=Patient'))).toEqual(['Patient/bob/2']);
    await server.ask('DELETE', '/Group/far');
  });

  test('is 404 for what is none', async () => {
    await expect(client.kickOff('Group/none/$export')).rejects.toMatchObject({ status: 404 });
    await expect(client.kickOff('Group/$export')).rejects.toMatchObject({ status: 404 });
    await expect(client.kickOff('Patient/none/$export')).rejects.toMatchObject({ status: 404 });
  });
});

describe('A kick-off', () => {
  test('without Prefer: respond-async is refused', async () => {
    const { status, json } = await server.ask('GET', '/$export');
    expect([status, json().issue[0].diagnostics]).toEqual([400, expect.stringContaining('respond-async')]);
  });

  test('tells everything that is wrong at once', async () => {
    const wrong = [
      ...['_outputFormat=csv', '_since=yesterday', '_type=Patent,Observation', '_typeFilter=Observation%3Fcolour=red'],
      ...['_typeFilter=Observation%3F_count=5', '_typeFilter=Group%3Fcode=x', '_typeFilter=nonsense', '_elements=Patient.colour'],
      ...['includeAssociatedData=Everything', 'organizeOutputBy=Group', 'allowPartialManifests=maybe', 'patient=Patient/ann'],
      '_typeFilter=Observation%3Fcode:in=http://example.org/unknown-value-set',
    ];
    const fault = await client.kickOff(`$export?${wrong.join('&')}`).catch((error: unknown) => error);
    const { status, issues } = fault as { status: number; issues: { diagnostics: string }[] };
    expect(status).toBe(400);
    const text = issues.map(({ diagnostics }) => diagnostics).join('\n');
    for (const word of [
      'csv',
      'yesterday',
      'Did you mean Patient?',
      'colour',
      '_count',
      'which _type does not list',
      'nonsense',
      'Everything',
      'Group',
      'allowPartialManifests is',
      'patient',
      'unknown-value-set',
    ])
      expect(text).toContain(word);
    expect(issues.length).toBeGreaterThanOrEqual(12);
  });

  test('names patients that are not known', async () => {
    const body = parameters(
      { name: 'patient', valueReference: { reference: 'Patient/none' } },
      { name: 'patient', valueString: 'Patient/ann' },
    );
    await expect(client.kickOff('Patient/$export', body)).rejects.toMatchObject({
      status: 404,
      issues: [{ diagnostics: expect.stringContaining('Patient/none') }],
    });
  });

  test('of a type that no patient has is refused with the way to it', async () => {
    await expect(client.kickOff('Patient/$export?_type=Organization')).rejects.toMatchObject({
      status: 400,
      issues: [{ diagnostics: expect.stringContaining('[base]/$export?_type=Organization') }],
    });
  });
});

describe('A file', () => {
  test('is sent in parts and compressed', async () => {
    const { output } = await client.manifest(await client.kickOff('$export?_type=Organization'));
    const url = output[0]?.url ?? '';
    const whole = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
    const text = await whole.text();
    expect([whole.headers.get('accept-ranges'), whole.headers.get('content-length')]).toEqual(['bytes', String(Buffer.byteLength(text))]);
    const part = await fetch(url, { headers: { range: 'bytes=5-9' } });
    expect([part.status, await part.text()]).toEqual([206, text.slice(5, 10)]);
    expect(part.headers.get('content-range')).toBe(`bytes 5-9/${text.length}`);
    expect((await fetch(url, { headers: { range: 'bytes=99999-' } })).status).toBe(416);
    const packed = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
    expect([packed.headers.get('content-encoding'), await packed.text()]).toEqual(['gzip', text]);
    const head = await fetch(url, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(text.length)]);
  });
});

describe('A job', () => {
  test('is gone with its files after DELETE', async () => {
    const url = await client.kickOff('$export?_type=Organization');
    const manifest = await client.manifest(url);
    expect(await client.remove(url)).toBe(202);
    expect((await client.status(url)).status).toBe(404);
    expect((await fetch(manifest.output[0]?.url ?? '')).status).toBe(404);
    expect(await client.remove(url)).toBe(404);
  });
});

describe('What goes with it', () => {
  const provenance = (id: string, recorded: string, ...targets: string[]) =>
    put({
      ...{ resourceType: 'Provenance', id, recorded, target: targets.map((reference) => ({ reference })) },
      agent: [{ who: { display: 'somebody' } }],
    });
  const named = (lines: readonly Line[]) => namesOf(lines).filter((name) => name.startsWith('Provenance'));

  beforeAll(async () => {
    await provenance('old', '2020-01-01T00:00:00Z', 'Observation/ann-0');
    await provenance('new', '2021-01-01T00:00:00Z', 'Observation/ann-0');
    await provenance('bob', '2019-01-01T00:00:00Z', 'Patient/bob');
    await provenance('clinic', '2019-01-01T00:00:00Z', 'Organization/clinic');
  });

  test('Provenances of what is sent: all of them, or the latest of each', async () => {
    const types = '_type=Observation,Patient&_typeFilter=Observation%3F_id=ann-0';
    expect(named(await client.export(`$export?${types}&includeAssociatedData=RelevantProvenanceResources`))).toEqual([
      ...['Provenance/bob/1', 'Provenance/new/1', 'Provenance/old/1'],
    ]);
    expect(named(await client.export(`$export?${types}&includeAssociatedData=LatestProvenanceResources`))).toEqual([
      ...['Provenance/bob/1', 'Provenance/new/1'],
    ]);
    expect(named(await client.export(`$export?${types}`))).toEqual([]);
    const ofBob = parameters(
      { name: 'patient', valueReference: { reference: 'Patient/bob' } },
      { name: 'includeAssociatedData', valueCode: 'LatestProvenanceResources' },
    );
    expect(named(await client.export('Patient/$export', ofBob))).toEqual(['Provenance/bob/1']);
  });

  test('organizeOutputBy=Patient puts what is of one patient together, behind a header', async () => {
    const manifest = await client.manifest(await client.kickOff('Patient/$export?organizeOutputBy=Patient&_type=Patient,Observation'));
    expect(manifest.outputOrganizedBy).toBe('Patient');
    const blocks: Record<string, string[]> = {};
    for (const file of manifest.output) {
      expect(file.type).toBeUndefined();
      let block: string[] | undefined;
      for (const line of await client.lines(file)) {
        if (line.resourceType !== 'Parameters') block?.push(`${line.resourceType}/${line.id}/${line.meta.versionId}`);
        else {
          const [header] = line['parameter'] as { name: string; valueReference: { reference: string } }[];
          expect(header?.name).toBe('header');
          blocks[header?.valueReference.reference ?? ''] = block = [];
        }
      }
      expect(block).toBeDefined();
    }
    expect(blocks).toEqual({
      'Patient/ann': ['Patient/ann/1', ...ann],
      'Patient/bob': ['Patient/bob/2', 'Observation/bob-0/1'],
      'Patient/eve': ['Patient/eve/1'],
    });
  });

  test('what was deleted since then, and is deleted still, as bundles', async () => {
    const since = (await server.ask('GET', '/Patient/ann')).json().meta.lastUpdated as string;
    const deletedOf = async (query: string) => {
      const { deleted } = await client.manifest(await client.kickOff(`$export?${query}`));
      return (await Promise.all(deleted.map(client.lines))).flat();
    };
    expect(await deletedOf(`_since=${since}&_type=Observation`)).toEqual([
      { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'DELETE', url: 'Observation/gone' } }] },
    ]);
    expect(await deletedOf(`_since=${since}&_type=Patient`)).toEqual([]);
    expect(await deletedOf('_type=Observation')).toEqual([]);
  });
});

test('The CapabilityStatement tells of the operations and of what it instantiates', async () => {
  const { json } = await server.ask('GET', '/metadata');
  const statement = json();
  expect(statement.instantiates).toContain('http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data');
  const definition = (list: { name: string; definition: string }[]) => list.find(({ name }) => name === 'export')?.definition;
  const ofType = (type: string) => statement.rest[0].resource.find((each: { type: string }) => each.type === type).operation;
  const profiles = 'http://hl7.org/fhir/uv/bulkdata/OperationDefinition';
  expect([definition(statement.rest[0].operation), definition(ofType('Patient')), definition(ofType('Group'))]).toEqual([
    ...[`${profiles}/export`, `${profiles}/patient-export`, `${profiles}/group-export`],
  ]);
});
