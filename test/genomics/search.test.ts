/** What finds a GenomicStudy: https://hl7.org/fhir/R5/genomicstudy.html#search and the further parameters of docs/genomics.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';
import { projectFile } from '../../src/root.ts';
import { openServer, type TestServer } from './server.ts';

const reference = (text: string): JsonObject => ({ reference: text });
const concept = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] });
const types = 'http://hl7.org/fhir/genomicstudy-type';
const methods = 'http://hl7.org/fhir/genomicstudy-methodtype';
const genes = 'http://www.genenames.org/geneId';
const regions = 'http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/genomic-study-analysis-regions';

/** A tumour beside normal tissue, as R5's page tells of one. */
const tumour: Resource = {
  resourceType: 'GenomicStudy',
  id: 'tumour',
  identifier: [{ system: 'urn:studies', value: 'lung-1' }],
  status: 'available',
  type: [concept(types, 'solid-tumor')],
  subject: reference('Patient/p'),
  encounter: reference('Encounter/e'),
  startDate: '2021-01-01T01:01:01-06:00',
  basedOn: [reference('ServiceRequest/s'), reference('Task/t')],
  analysis: [
    {
      methodType: [concept(methods, 'sequence-analysis-of-the-entire-coding-region')],
      focus: [reference('Patient/p')],
      specimen: [reference('Specimen/a')],
      date: '2021-03-01',
      regionsStudied: [reference('DocumentReference/wes')],
      regionsCalled: [reference('Observation/called')],
      output: [{ file: reference('DocumentReference/vcf'), type: { coding: [{ code: 'vcf' }] } }],
      extension: [
        {
          url: regions,
          extension: [
            { url: 'studied', valueCodeableConcept: concept(genes, 'HGNC:76') },
            { url: 'uncalled', valueReference: reference('DocumentReference/rest') },
          ],
        },
      ],
    },
    {
      methodType: [concept(methods, 'deletion-duplication-analysis')],
      specimen: [reference('Specimen/b')],
      input: [{ file: reference('DocumentReference/bam') }],
    },
  ],
};

const germline: Resource = {
  resourceType: 'GenomicStudy',
  id: 'germline',
  status: 'registered',
  type: [concept(types, 'trio-analysis')],
  subject: reference('Patient/p'),
  startDate: '2023-05-05',
  analysis: [{ focus: [reference('Patient/q')], date: '2023-06-01' }],
};

let server: TestServer;

beforeAll(async () => {
  server = await openServer({ REFERENTIAL_INTEGRITY: 'off' });
  for (const study of [tumour, germline]) expect((await server.put(study)).status).toBe(201);
});
afterAll(async () => server.close());

const all = ['germline', 'tumour'];

test.each<[string, string[]]>([
  ['identifier=urn:studies|lung-1', ['tumour']],
  ['patient=p', all],
  ['subject=Patient/p', all],
  ['status=registered', ['germline']],
  ['focus=Patient/q', ['germline']],
  ['date=2021-01-01', ['tumour']],
  ['date=ge2022', ['germline']],
  // The analysis is of March: the date of the study is that of its start.
  ['date=2021-03', []],
  ['analysis-date=2021-03', ['tumour']],
  ['based-on=ServiceRequest/s', ['tumour']],
  ['based-on:Task=t', ['tumour']],
  ['encounter=Encounter/e', ['tumour']],
  [`type=${types}|trio-analysis`, ['germline']],
  ['type:not=trio-analysis', ['tumour']],
  ['specimen=Specimen/a,Specimen/b', ['tumour']],
  ['specimen=Specimen/c', []],
  [`method=${methods}|deletion-duplication-analysis`, ['tumour']],
  ['method:missing=true', ['germline']],
  ['region=DocumentReference/wes', ['tumour']],
  ['region=Observation/called', ['tumour']],
  ['region=DocumentReference/rest', ['tumour']],
  ['region=DocumentReference/vcf', []],
  [`region-code=${genes}|HGNC:76`, ['tumour']],
  ['region-code=HGNC:77', []],
  ['file=DocumentReference/vcf', ['tumour']],
  ['file=DocumentReference/bam', ['tumour']],
  ['file=DocumentReference/wes', []],
  ['_sort=-date', all],
])('GenomicStudy?%s finds what it says', async (text, ids) => {
  expect(await server.ids(`GenomicStudy?${text}`)).toEqual(ids);
});

test('the studies of an order, of a specimen and of a file come along with them', async () => {
  for (const [type, id, link] of [
    ['Specimen', 'a', 'specimen'],
    ['DocumentReference', 'vcf', 'file'],
  ] as const) {
    const content = type === 'DocumentReference' ? { status: 'current', content: [{ attachment: { title: id } }] } : {};
    await server.put({ resourceType: type, id, ...content });
    const { json } = await server.get(`${type}?_id=${id}&_revinclude=GenomicStudy:${link}`);
    expect(json.entry.map((entry: { fullUrl: string }) => entry.fullUrl)).toEqual([
      `${server.base}/${type}/${id}`,
      `${server.base}/GenomicStudy/tumour`,
    ]);
  }
});

describe('The further search parameters', () => {
  const files = readdirSync(projectFile('fhir-profiles', 'genomic-study-search')).filter((name) => name.endsWith('.json'));

  test('are those that the CapabilityStatement and docs/genomics.md name', async () => {
    const codes = files.map((name) => name.replace(/^SearchParameter-GenomicStudy-|\.json$/g, ''));
    const { json } = await server.get('metadata');
    const { searchParam } = json.rest[0].resource.find(({ type }: { type: string }) => type === 'GenomicStudy');
    const named = searchParam.map(({ name }: { name: string }) => name);
    expect(named).toEqual(expect.arrayContaining([...codes, 'focus', 'identifier', 'patient', 'status', 'subject']));
    expect(codes.length).toBeGreaterThan(8);
    const page = readFileSync(projectFile('docs', 'genomics.md'), 'utf8');
    for (const code of codes) expect(page).toContain(`| \`${code}\` | `);
  });

  test('and the shapes are told of in the CapabilityStatement', async () => {
    const { json } = await server.get('metadata');
    const texts = json.rest[0].resource.flatMap(({ type, documentation }: JsonObject) =>
      documentation === undefined ? [] : [[type, documentation]],
    );
    expect(Object.keys(Object.fromEntries(texts)).sort()).toEqual(['Basic', 'GenomicStudy', 'Procedure']);
    for (const [, text] of texts) expect(text).toContain('Prefer: genomic-study=');
  });

  test('are valid SearchParameters', async () => {
    for (const name of files) {
      const parameter = JSON.parse(readFileSync(projectFile('fhir-profiles', 'genomic-study-search', name), 'utf8')) as Resource;
      const { json } = await server.send('POST', 'SearchParameter/$validate', parameter);
      expect([name, json.issue.filter(({ severity }: { severity: string }) => severity === 'error')]).toEqual([name, []]);
    }
  });

  test('belong to GenomicStudy alone', () => {
    const definitions = loadDefinitions();
    expect(definitions.searchParameters('Observation').has('region-code')).toBe(false);
  });
});
