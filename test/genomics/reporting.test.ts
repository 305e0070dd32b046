/** Resources of Genomics Reporting: loaded, checked against their profiles, searched, in the record of their patient and in no other. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isObject, type JsonObject, type Resource } from '../../src/fhir/resource.ts';
import { sharedData } from '../support/shared-data.ts';
import { openServer, type TestServer } from './server.ts';

const reporting = (name: string): string => `http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/${name}`;
const loinc = (code: string): JsonObject => ({ coding: [{ system: 'http://loinc.org', code }] });
const coded = (system: string, code: string): JsonObject => ({ coding: [{ system, code }] });
const to = (reference: string): JsonObject => ({ reference });
const genes = 'http://www.genenames.org';
const laboratory = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] };
const genomics = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'GE' }] };

const observation = (id: string, profile: string, patient: string, more: JsonObject): Resource => ({
  resourceType: 'Observation',
  id,
  meta: { profile: [reporting(profile)] },
  status: 'final',
  category: [laboratory, genomics],
  subject: to(`Patient/${patient}`),
  ...more,
});
const variant = (id: string, patient: string, gene: string, hgvs: string, more: JsonObject = {}): Resource =>
  observation(id, 'variant', patient, {
    code: loinc('69548-6'),
    valueCodeableConcept: loinc('LA9633-4'),
    component: [
      { code: loinc('48018-6'), valueCodeableConcept: coded(genes, gene) },
      { code: loinc('48004-6'), valueCodeableConcept: coded('http://varnomen.hgvs.org', hgvs) },
      { code: loinc('81258-6'), valueQuantity: { value: 0.43, unit: '1', system: 'http://unitsofmeasure.org', code: '1' } },
    ],
    ...more,
  });
const file = (id: string, patient: string, url: string): Resource => ({
  resourceType: 'DocumentReference',
  id,
  meta: { profile: [reporting('genomic-data-file')] },
  status: 'current',
  subject: to(`Patient/${patient}`),
  content: [{ attachment: { url, title: id } }],
});
const patient = (id: string): Resource => ({ resourceType: 'Patient', id, name: [{ family: id }] });

/** A child and its parents, as the guide's trio: the study is the child's, the material is of all three. */
const trio: readonly Resource[] = [
  ...['child', 'mother', 'father'].map(patient),
  ...['child', 'mother', 'father'].map(
    (who): Resource => ({ resourceType: 'Specimen', id: `blood-${who}`, subject: to(`Patient/${who}`) }),
  ),
  file('child-vcf', 'child', 'Binary/vcf'),
  file('mother-bam', 'mother', 'https://files.example/mother.bam'),
  file('father-bam', 'father', 'https://files.example/father.bam'),
  { resourceType: 'Practitioner', id: 'geneticist', name: [{ family: 'Geneticist' }] },
  {
    resourceType: 'GenomicStudy',
    id: 'trio',
    status: 'available',
    type: [coded('http://hl7.org/fhir/genomicstudy-type', 'trio-analysis')],
    subject: to('Patient/child'),
    interpreter: [to('Practitioner/geneticist')],
    analysis: [
      {
        focus: ['child', 'mother', 'father'].map((who) => to(`Patient/${who}`)),
        specimen: ['child', 'mother', 'father'].map((who) => to(`Specimen/blood-${who}`)),
        input: [{ file: to('DocumentReference/mother-bam') }, { file: to('DocumentReference/father-bam') }],
        output: [{ file: to('DocumentReference/child-vcf'), type: { coding: [{ code: 'vcf' }] } }],
      },
    ],
  },
  variant('de-novo', 'child', 'HGNC:1100', 'NM_007294.3:c.68_69del', { specimen: to('Specimen/blood-child') }),
  variant('carried', 'mother', 'HGNC:1100', 'NM_007294.3:c.68_69del'),
  observation('diplotype', 'genotype', 'child', {
    code: loinc('84413-4'),
    valueCodeableConcept: { text: 'CYP2C19*2/*3' },
    component: [{ code: loinc('48018-6'), valueCodeableConcept: coded(genes, 'HGNC:2621') }],
    derivedFrom: [to('Observation/allele')],
  }),
  observation('allele', 'haplotype', 'child', {
    code: loinc('84414-2'),
    valueCodeableConcept: { text: 'CYP2C19*2' },
    component: [{ code: loinc('48018-6'), valueCodeableConcept: coded(genes, 'HGNC:2621') }],
  }),
  {
    resourceType: 'MolecularSequence',
    id: 'sequence',
    type: 'dna',
    coordinateSystem: 0,
    patient: to('Patient/child'),
    referenceSeq: {
      referenceSeqId: coded('http://www.ncbi.nlm.nih.gov/nuccore', 'NC_000017.10'),
      windowStart: 41276000,
      windowEnd: 41277000,
      strand: 'watson',
    },
    repository: [{ type: 'login', url: 'https://files.example/sequence' }],
  },
  {
    resourceType: 'FamilyMemberHistory',
    id: 'mothers',
    status: 'completed',
    patient: to('Patient/child'),
    relationship: { coding: [{ code: 'MTH' }] },
  },
  {
    resourceType: 'DiagnosticReport',
    id: 'report',
    meta: { profile: [reporting('genomic-report')] },
    status: 'final',
    category: [genomics],
    code: loinc('51969-4'),
    subject: to('Patient/child'),
    effectiveDateTime: '2024-03-03',
    result: [to('Observation/de-novo'), to('Observation/diplotype')],
    extension: [{ url: reporting('genomic-study-reference'), valueReference: to('Procedure/trio') }],
  },
];

const ofChild = [
  'DiagnosticReport/report',
  'DocumentReference/child-vcf',
  'FamilyMemberHistory/mothers',
  'MolecularSequence/sequence',
  'Observation/allele',
  'Observation/de-novo',
  'Observation/diplotype',
  'Patient/child',
  'Practitioner/geneticist',
  'Specimen/blood-child',
];

let server: TestServer;
const folder = sharedData('genomics', 'genomics-reporting-examples');
const published = (folder === undefined ? [] : readdirSync(folder))
  .map((name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')) as Resource)
  .filter(({ id, resourceType }) => id !== undefined && resourceType !== 'Parameters' && resourceType !== 'Bundle');
// The published examples lie beside the project and not in it: a clone alone has none.
const withExamples = published.length > 0 ? test : test.skip;

beforeAll(async () => {
  server = await openServer({ REFERENTIAL_INTEGRITY: 'off' });
  for (const resource of trio) {
    const { status, json } = await server.put(resource);
    expect([resource.id, status, json?.issue]).toEqual([resource.id, 201, undefined]);
  }
}, 120_000);
afterAll(async () => server.close());

interface Entry {
  readonly resource: Resource;
}
const names = ({ entry = [] }: { readonly entry?: readonly Entry[] }): string[] =>
  entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`).sort();

describe('Findings', () => {
  test.each<[string, string[]]>([
    [`Observation?component-code-value-concept=http://loinc.org|48018-6$${genes}|HGNC:1100`, ['carried', 'de-novo']],
    [`Observation?patient=child&component-code-value-concept=http://loinc.org|48018-6$HGNC:1100`, ['de-novo']],
    [
      'Observation?combo-code-value-concept=http://loinc.org|48004-6$http://varnomen.hgvs.org|NM_007294.3:c.68_69del',
      ['carried', 'de-novo'],
    ],
    ['Observation?combo-code-value-concept=http://loinc.org|69548-6$http://loinc.org|LA9633-4', ['carried', 'de-novo']],
    // The gene of one component and the code of another are no pair.
    ['Observation?component-code-value-concept=http://loinc.org|48004-6$HGNC:1100', []],
    ['Observation?component-code-value-quantity=http://loinc.org|81258-6$gt0.4', ['carried', 'de-novo']],
    ['Observation?component-code-value-quantity=http://loinc.org|81258-6$gt0.5', []],
    [`Observation?component-value-concept=${genes}|HGNC:2621`, ['allele', 'diplotype']],
    [`Observation?_profile=${reporting('variant')}`, ['carried', 'de-novo']],
    [`Observation?_profile=${reporting('haplotype')}`, ['allele']],
    ['Observation?category=GE&patient=child', ['allele', 'de-novo', 'diplotype']],
    ['Observation?derived-from=Observation/allele', ['diplotype']],
    ['Observation?derived-from.component-value-concept=HGNC:2621', ['diplotype']],
    ['Observation?specimen=Specimen/blood-child', ['de-novo']],
    ['MolecularSequence?patient=child&type=dna', ['sequence']],
    ['MolecularSequence?window-start=ge41276000&window-end=le41277000', ['sequence']],
    ['DiagnosticReport?result.component-value-concept=HGNC:1100', ['report']],
    ['DocumentReference?patient=child', ['child-vcf']],
    [`DocumentReference?_profile=${reporting('genomic-data-file')}`, ['child-vcf', 'father-bam', 'mother-bam']],
    ['GenomicStudy?focus=Patient/mother', ['trio']],
    ['GenomicStudy?focus:Patient.name=mother', ['trio']],
  ])('are found by %s', async (path, ids) => {
    expect(await server.ids(path)).toEqual(ids);
  });

  test('are checked against the profile that they claim', async () => {
    const { status, json } = await server.put({ ...variant('wrong', 'child', 'HGNC:1100', 'c.1A>G'), code: loinc('69547-8') });
    expect([status, json.issue.some(({ diagnostics }: JsonObject) => String(diagnostics).includes('genomics-reporting'))]).toEqual([
      422,
      true,
    ]);
  });
});

describe('The record of a child of a trio', () => {
  test.each([
    ['native', ['GenomicStudy/trio']],
    ['procedure', ['Procedure/trio']],
    ['basic', ['Basic/trio']],
    ['incubator', ['GenomicStudy/trio']],
  ])('has all that is the child’s and nothing of its parents: told as %s', async (shape, study) => {
    const { json } = await server.get('Patient/child/$everything', { prefer: `genomic-study=${shape}` });
    expect(names(json)).toEqual([...ofChild, ...study].sort());
  });

  test('is not in those of its parents', async () => {
    for (const who of ['mother', 'father'])
      for (const name of names((await server.get(`Patient/${who}/$everything`)).json))
        expect(name).not.toMatch(/trio|child|de-novo|report|sequence/);
  });

  test('refers to the study by a name that leads to it', async () => {
    const { json } = await server.get('DiagnosticReport/report');
    const reference = String((json.extension[0] as { valueReference: JsonObject }).valueReference['reference']);
    expect((await server.get(reference)).json.resourceType).toBe('Procedure');
  });
});

/** The literal local references of a resource. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const own = typeof value['reference'] === 'string' ? [value['reference']] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
}

describe('The published examples', () => {
  withExamples(
    'are in the record of their patient, each once, and in no other',
    async () => {
      const people = [
        'somaticPatient',
        'CGPatientExample01',
        'genomicPatient',
        'denovoChild',
        'denovoMother',
        'denovoFather',
        'ExamplePatient',
        'HG00403',
      ];
      for (const id of people) await server.put(patient(id));
      for (const example of published) expect((await server.put(example)).status).toBeLessThan(300);
      for (const shape of ['native', 'procedure', 'basic'])
        for (const id of people) {
          const found = names((await server.get(`Patient/${id}/$everything`, { prefer: `genomic-study=${shape}` })).json);
          expect(found).toEqual([...new Set(found)]);
          for (const other of people) if (other !== id) expect(found).not.toContain(`Patient/${other}`);
          const own = published.filter((each) => (each['subject'] as JsonObject | undefined)?.['reference'] === `Patient/${id}`);
          const isStudy = (each: Resource): boolean => each.id === 'somaticStudy' || each.id?.startsWith('analysisTumor') === true;
          for (const each of own.filter((one) => !isStudy(one))) expect(found).toContain(`${each.resourceType}/${each.id}`);
          const told = { native: 'GenomicStudy', procedure: 'Procedure', basic: 'Basic' }[shape];
          const studies = found.filter((name) => name.endsWith('/somaticStudy'));
          expect(studies).toEqual(id === 'somaticPatient' ? [`${told}/somaticStudy`] : []);
        }
    },
    300_000,
  );

  withExamples('leave no reference to a study without an answer', async () => {
    const { json } = await server.get('Patient/somaticPatient/$everything');
    const references = (json.entry as Entry[])
      .flatMap(({ resource }) => referencesIn(resource))
      .filter((text) => text.startsWith('Procedure/'));
    for (const reference of new Set(references)) expect([reference, (await server.get(reference)).status]).toEqual([reference, 200]);
  });
});
