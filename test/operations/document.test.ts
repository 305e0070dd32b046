/** Composition/[id]/$document on a real database: https://hl7.org/fhir/R4/composition-operation-document.html, documents.html#content */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Access } from '../../src/auth/access.ts';
import { parseJson } from '../../src/fhir/json.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { dispatch } from '../../src/interactions/routes.ts';
import { Worlds } from '../conformance/world.ts';
import { handMade, patientAccess } from '../support/access.ts';
import { type Ask, askerOf, base } from '../support/fake-server.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

interface Document {
  readonly type: string;
  readonly identifier: { readonly system: string; readonly value: string };
  readonly timestamp: string;
  readonly entry: readonly { readonly fullUrl: string; readonly resource: Resource }[];
}

const worlds = new Worlds(definitions);
let store: TestRepository;
let ask: Ask;

const under = (access: Access): Ask => askerOf(dispatch, definitions, store.under(access));
const ref = (reference: string) => ({ reference });
const text = (words: string) => ({ status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${words}</div>` });
const coded = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }], text: code });

const composition = (id: string, more: object): object => ({
  ...{ resourceType: 'Composition', id, status: 'final', type: coded('34133-9'), subject: ref('Patient/p'), date: '2026-01-01' },
  ...{ author: [ref('Practitioner/d')], title: 'A visit', text: text('A visit'), ...more },
});
const observation = (id: string, more: object = {}): object => ({
  ...{
    resourceType: 'Observation',
    id,
    status: 'final',
    code: coded('4548-4'),
    subject: ref('Patient/p'),
    performer: [ref('Practitioner/d')],
  },
  ...{ text: text('HbA1c'), valueQuantity: { value: 6.5, unit: '%' }, ...more },
});
const entries = (...references: string[]) => ({ title: 'Results', text: text('Results'), entry: references.map(ref) });

const resources: readonly object[] = [
  { resourceType: 'Organization', id: 'o', name: 'Hospital' },
  { resourceType: 'Organization', id: 'up', name: 'Trust' },
  { resourceType: 'Practitioner', id: 'd', name: [{ family: 'Doctor' }] },
  { resourceType: 'Patient', id: 'p', name: [{ family: 'Judge' }], managingOrganization: ref('Organization/o') },
  { resourceType: 'Patient', id: 'q', name: [{ family: 'Mother' }] },
  {
    ...{ resourceType: 'Encounter', id: 'e', status: 'finished', class: { code: 'AMB' }, subject: ref('Patient/p') },
    serviceProvider: ref('Organization/up'),
  },
  { resourceType: 'Specimen', id: 's', subject: ref('Patient/p') },
  observation('mother', { subject: ref('Patient/q') }),
  observation('a', { specimen: ref('Specimen/s'), hasMember: [ref('Observation/b')] }),
  observation('b', { derivedFrom: [ref('Observation/mother')], note: [{ text: 'x', authorReference: ref('Patient/q') }] }),
  observation('c', { hasMember: [ref('Observation/a')], valueQuantity: undefined, valueString: 'c' }),
  composition('visit', {
    encounter: ref('Encounter/e'),
    custodian: ref('Organization/o'),
    attester: [{ mode: 'legal', party: ref('Practitioner/d') }],
    section: [{ title: 'All', text: text('All'), section: [entries('Observation/a'), entries('Observation/c')] }],
    relatesTo: [{ code: 'appends', targetReference: ref('Composition/other') }],
  }),
  composition('other', { section: [entries(`${base}/Observation/a`)] }),
  composition('of-two', { section: [entries('Observation/a', 'Observation/mother')] }),
  composition('elsewhere', { section: [entries('Observation/a', 'https://other.example/fhir/Observation/9')] }),
  composition('gone', { section: [entries('Observation/c', 'Observation/late')] }),
];

beforeAll(async () => {
  store = await testRepository({ referentialIntegrity: 'off', base });
  ask = askerOf(dispatch, definitions, store.repository);
  for (const resource of resources) {
    const { resourceType, id } = resource as Resource;
    expect((await ask('PUT', `${resourceType}/${id}`, { body: resource })).status).toBe(201);
  }
});
afterAll(() => store.close());

const documentOf = async (path: string, asked: Ask = ask): Promise<Document> => {
  const { status, json } = await asked('GET', path);
  expect([path, status]).toEqual([path, 200]);
  return json as unknown as Document;
};
const namesIn = ({ entry }: Document): string[] => entry.map(({ resource: { resourceType, id } }) => `${resourceType}/${id}`);

describe('$document', () => {
  test('begins with the Composition and holds what it refers to, and what that refers to in turn, each once', async () => {
    const document = await documentOf('Composition/visit/$document');
    const names = namesIn(document);
    expect(names[0]).toBe('Composition/visit');
    expect([...names].sort()).toEqual(
      [
        ...['Composition/visit', 'Encounter/e', 'Observation/a', 'Observation/b', 'Observation/c', 'Organization/o', 'Organization/up'],
        ...['Patient/p', 'Practitioner/d', 'Specimen/s'],
      ].sort(),
    );
  });

  test('is a Bundle of type document with an identifier of its own, the time of its making, and addresses of this server', async () => {
    const [one, two] = [await documentOf('Composition/visit/$document'), await documentOf('Composition/visit/$document')];
    expect([one.type, one.identifier.system, one.timestamp]).toEqual(['document', 'urn:ietf:rfc:3986', '2026-01-02T00:00:00.000Z']);
    expect(one.identifier.value).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    expect(two.identifier.value).not.toBe(one.identifier.value);
    for (const { fullUrl, resource } of one.entry) expect(fullUrl).toBe(`${base}/${resource.resourceType}/${resource.id}`);
  });

  test.each(['visit', 'other', 'of-two'])('our own validator finds no error in the document of %s', async (id) => {
    const { validator } = await worlds.with([]);
    const issues = await validator.validate((await documentOf(`Composition/${id}/$document`)) as unknown as Resource);
    expect(issues.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
  });

  test('leaves out records of other patients unless the Composition itself names them', async () => {
    expect(namesIn(await documentOf('Composition/visit/$document'))).not.toContain('Observation/mother');
    expect(namesIn(await documentOf('Composition/of-two/$document'))).toContain('Observation/mother');
    expect(namesIn(await documentOf('Composition/of-two/$document'))).not.toContain('Patient/q');
  });

  test('does not bring in the documents that this one relates to', async () => {
    expect(namesIn(await documentOf('Composition/visit/$document'))).not.toContain('Composition/other');
  });

  test('keeps the digits of decimals', async () => {
    const resource = parseJson(JSON.stringify(observation('exact')).replace('6.5', '6.50')) as Resource;
    await store.repository.commit([{ kind: 'update', type: 'Observation', id: 'exact', at: '', resource }]);
    await ask('PUT', 'Composition/exact', { body: composition('exact', { section: [entries('Observation/exact')] }) });
    expect((await ask('GET', 'Composition/exact/$document')).text).toContain('"value":6.50');
    const kept = await ask('POST', 'Composition/exact/$document?persist=true');
    expect(kept.text).toContain('"value":6.50');
  });

  test('holds the version that a reference names', async () => {
    await ask('PUT', 'Observation/twice', { body: observation('twice', { valueQuantity: { value: 1 } }) });
    await ask('PUT', 'Observation/twice', { body: observation('twice', { valueQuantity: { value: 2 } }) });
    await ask('PUT', 'Composition/first', { body: composition('first', { section: [entries('Observation/twice/_history/1')] }) });
    const { entry } = await documentOf('Composition/first/$document');
    expect(entry.flatMap(({ resource }) => (resource.id === 'twice' ? [resource['valueQuantity']] : []))).toEqual([{ value: 1 }]);
  });

  test.each([
    `Composition/$document?id=visit`,
    `Composition/$document?id=${base}/Composition/visit`,
    'Composition/$document?id=Composition/visit',
  ])('SHALL be the same by %s as by the id in the address', async (path) =>
    expect(namesIn(await documentOf(path))).toEqual(namesIn(await documentOf('Composition/visit/$document'))),
  );

  test('takes its parameters from a Parameters resource', async () => {
    const body = {
      resourceType: 'Parameters',
      parameter: [
        { name: 'id', valueUri: 'visit' },
        { name: 'persist', valueBoolean: false },
      ],
    };
    const { status, json } = await ask('POST', 'Composition/$document', { body });
    expect([status, (json as unknown as Document).type]).toEqual([200, 'document']);
  });

  test('SHOULD tell where it stored the document, which is then a Bundle like any other', async () => {
    const { status, headers, json } = await ask('POST', 'Composition/visit/$document?persist=true');
    const location = headers['location'] ?? '';
    expect([status, location]).toEqual([200, `${base}/Bundle/${json['id']}/_history/1`]);
    const kept = (await ask('GET', `Bundle/${json['id']}`)).json as unknown as Document;
    expect(kept).toEqual(json);
    expect(namesIn(kept)).toEqual(namesIn(await documentOf('Composition/visit/$document')));
  });

  test('is not stored unless that is asked for', async () => {
    const count = async (): Promise<unknown> => (await ask('GET', 'Bundle?_summary=count')).json['total'];
    const before = await count();
    await documentOf('Composition/visit/$document');
    await documentOf('Composition/visit/$document?persist=false');
    expect((await ask('HEAD', 'Composition/visit/$document?persist=true')).status).toBe(405);
    expect(await count()).toBe(before);
  });

  test.each([
    ['an unknown Composition', 'Composition/nothing/$document', 404, undefined, 'not known'],
    ['a Composition of another server', 'Composition/$document?id=https://other.example/fhir/Composition/1', 400, 'id', 'Composition here'],
    ['another resource', 'Composition/$document?id=Patient/p', 400, 'id', 'Composition here'],
    ['none', 'Composition/$document', 400, 'id', 'Say which is meant'],
    ['two names for one', 'Composition/visit/$document?id=visit', 400, 'id', 'leave id out'],
    ['a persist that is neither', 'Composition/visit/$document?persist=yes', 400, 'persist', 'true or false'],
    ['a graph', 'Composition/visit/$document?graph=https://example.org/g', 400, 'graph', 'Leave graph out'],
    [
      'what another server holds',
      'Composition/elsewhere/$document',
      422,
      'Composition.section[0].entry[1].reference',
      'not on this server',
    ],
    ['what is not there', 'Composition/gone/$document', 422, 'Composition.section[0].entry[1].reference', 'not to be read'],
  ])('refuses %s', async (_, path, status, expression, words) => {
    const answer = await ask('GET', path);
    const [issue] = answer.json['issue'] as { expression?: string[]; diagnostics: string }[];
    expect([answer.status, issue?.expression?.[0], issue?.diagnostics]).toEqual([status, expression, expect.stringContaining(words)]);
  });

  test('tells 410 of a Composition that was deleted', async () => {
    await ask('PUT', 'Composition/old', { body: composition('old', {}) });
    await ask('DELETE', 'Composition/old');
    expect((await ask('GET', 'Composition/old/$document')).status).toBe(410);
  });
});

describe('Within an access, $document', () => {
  const types = ['Patient', 'Composition', 'Observation', 'Encounter', 'Specimen'];

  test('leaves out what only others refer to and is out of reach', async () => {
    const document = await documentOf('Composition/other/$document', under(patientAccess('p', 'cruds', types.slice(0, 3))));
    expect([...namesIn(document)].sort()).toEqual(
      ['Composition/other', 'Observation/a', 'Observation/b', 'Organization/o', 'Patient/p', 'Practitioner/d'].sort(),
    );
  });

  test('refuses what the Composition itself refers to and is out of reach, in the words for what is not there', async () => {
    const answer = await under(patientAccess('p', 'cruds', types))('GET', 'Composition/of-two/$document');
    expect([answer.status, answer.diagnostics]).toEqual([
      422,
      'A document holds what its Composition refers to, but "Observation/mother" is not to be read here.',
    ]);
  });

  test('of a Composition out of reach is 404', async () => {
    expect((await under(patientAccess('q', 'cruds', types))('GET', 'Composition/visit/$document')).status).toBe(404);
  });

  test('stores for those alone who may create a Bundle', async () => {
    const reader = under(handMade('reader', [{ types: ['*'], rights: 'rs', grant: {} }]));
    expect((await reader('POST', 'Composition/visit/$document')).status).toBe(200);
    expect((await reader('POST', 'Composition/visit/$document?persist=true')).status).toBe(403);
  });
});
