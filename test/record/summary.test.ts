import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';
import { summaryText } from '../../src/record/summary/document.ts';
import type { PatientRecord } from '../../src/record/summary/section.ts';
import { Worlds } from '../conformance/world.ts';
import { recordOf, sampleRecord } from './patient-record.ts';

const worlds = new Worlds(loadDefinitions());

const summaryOf = (record: PatientRecord): Resource =>
  JSON.parse(
    summaryText({
      record,
      base: 'https://fhir.example.org/fhir',
      at: '2026-02-03T04:05:06.000Z',
      uuid: randomUUID,
      softwareVersion: '1',
    }),
  ) as Resource;

const resourcesIn = (summary: Resource): Resource[] => (summary['entry'] as { resource: Resource }[]).map(({ resource }) => resource);

interface TestSection extends JsonObject {
  readonly title: string;
  readonly text: { readonly div: string };
  readonly entry: readonly { readonly reference: string }[];
}

const sectionsIn = (summary: Resource): TestSection[] => resourcesIn(summary)[0]?.['section'] as TestSection[];

const sectionOf = (resources: readonly Resource[], title: string): TestSection | undefined =>
  sectionsIn(summaryOf(recordOf(resources))).find((section) => section.title === title);

async function errorsIn(summary: Resource): Promise<string[]> {
  const { validator } = await worlds.with([]);
  const issues = await validator.validate(summary);
  return issues.filter(({ severity }) => severity === 'error').map(({ expression, diagnostics }) => `${expression?.[0]}: ${diagnostics}`);
}

const patient: Resource = { resourceType: 'Patient', id: 'p', name: [{ family: 'Judge' }], gender: 'male', birthDate: '1985-04-25' };
const subject = { reference: 'Patient/p' };
const coded = (system: string, code: string) => ({ coding: [{ system, code }] });
const clinical = (code: string) => coded('http://terminology.hl7.org/CodeSystem/condition-clinical', code);
const allergic = (code: string) => coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code);

const allergy = (id: string, more: JsonObject): Resource => ({ resourceType: 'AllergyIntolerance', id, patient: subject, ...more });
const observation = (id: string, code: string, at: string, more: JsonObject): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')],
  code: { coding: [{ system: 'http://loinc.org', code }], text: `test ${code}` },
  subject,
  effectiveDateTime: at,
  ...more,
});

describe('The summary of a patient', () => {
  it.each(['gayla-ferry', 'jed-pollich', 'jonathan-hermiston', 'margery-gibson', 'renea-quigley'])(
    'is a valid International Patient Summary for the sample patient %s',
    async (name) => {
      expect(await errorsIn(summaryOf(sampleRecord(name)))).toEqual([]);
    },
  );

  it('is valid for a patient of whom nothing else is known, and says so in each section that is required or recommended', async () => {
    const summary = summaryOf(recordOf([patient]));
    expect(await errorsIn(summary)).toEqual([]);
    expect(sectionsIn(summary).map(({ title, text }) => `${title}: ${text.div.replace(/<[^>]*>/g, '')}`)).toEqual([
      'Medication Summary: There is no information about medicines.',
      'Allergies and Intolerances: There is no information about allergies.',
      'Problem List: There is no information about problems.',
      'Immunizations: There is no information about immunizations.',
      'History of Procedures: There is no information about procedures.',
      'Medical Devices: There is no information about devices.',
    ]);
    const codes = resourcesIn(summary).flatMap(({ code, vaccineCode, medicationCodeableConcept, resourceType, type }) =>
      [code, vaccineCode, medicationCodeableConcept, resourceType === 'Device' ? type : undefined].flatMap(
        (concept) => ((concept as JsonObject | undefined)?.['coding'] as JsonObject[] | undefined)?.map((coding) => coding['code']) ?? [],
      ),
    );
    const unknown = ['no-medication-info', 'no-allergy-info', 'no-problem-info', 'no-immunization-info', 'no-procedure-info'];
    expect(codes).toEqual([...unknown, 'no-device-info']);
  });

  it('is valid for a patient whose name and date of birth nobody told', async () => {
    const summary = summaryOf(recordOf([{ resourceType: 'Patient', id: 'p', gender: 'unknown' }]));
    expect(await errorsIn(summary)).toEqual([]);
    expect(resourcesIn(summary)[1]).toMatchObject({ name: [{ _text: { extension: [{ valueCode: 'unknown' }] } }] });
  });

  // The entries of the Bundle are told apart by profiles, and what is right for habits is right for results as well.
  it('holds habits and pregnancies within the Composition where an entry would conform to two profiles', async () => {
    const social = { category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'social-history')] };
    const told = (id: string, code: string, more: JsonObject): Resource => observation(id, code, '2024-01-01', { ...social, ...more });
    const smoking = told('smoking', '72166-2', { valueCodeableConcept: coded('http://loinc.org', 'LA15920-4') });
    const summary = summaryOf(
      recordOf([
        ...[patient, smoking, told('alcohol', '74013-4', { valueQuantity: { value: 2, unit: '/d' } })],
        told('pregnant', '82810-3', { valueCodeableConcept: coded('http://loinc.org', 'LA15173-0') }),
        told('due', '11778-8', { valueDateTime: '2024-05-02' }),
        told('births', '11640-0', { valueQuantity: { value: 1, system: 'http://unitsofmeasure.org', code: '1' } }),
      ]),
    );
    expect(await errorsIn(summary)).toEqual([]);
    const contained = resourcesIn(summary)[0]?.['contained'] as Resource[];
    expect(contained.map(({ id }) => id)).toEqual(['smoking', 'alcohol', 'pregnant', 'due', 'births']);
    const section = sectionsIn(summary).find(({ title }) => title === 'Social History');
    expect(section?.entry).toEqual([{ reference: '#smoking' }, { reference: '#alcohol' }]);
  });

  it('contains once what is a habit and about a pregnancy', async () => {
    const both = observation('both', '72166-2', '2024-01-01', {
      code: { coding: ['72166-2', '82810-3'].map((code) => ({ system: 'http://loinc.org', code })) },
    });
    const summary = summaryOf(recordOf([patient, both]));
    expect(resourcesIn(summary)[0]?.['contained']).toEqual([expect.objectContaining({ id: 'both' })]);
    expect(sectionsIn(summary).filter(({ entry }) => entry[0]?.reference === '#both')).toHaveLength(2);
  });

  it('holds them beside it where they are told otherwise than the guide wants, or carry a security label', async () => {
    const other = observation('snomed', '72166-2', '2024-01-01', { valueCodeableConcept: coded('http://snomed.info/sct', '266919005') });
    const secret = observation('secret', '74013-4', '2024-01-01', {
      meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] },
    });
    const summary = summaryOf(recordOf([patient, other, secret]));
    const section = sectionsIn(summary).find(({ title }) => title === 'Social History');
    expect(section?.entry).toEqual([{ reference: 'Observation/snomed' }, { reference: 'Observation/secret' }]);
    expect(resourcesIn(summary).find(({ id }) => id === 'secret')?.meta).toMatchObject({ security: [{ code: 'R' }] });
  });

  it('keeps the digits of decimals, also where something is changed', () => {
    const exact = recordOf([
      patient,
      observation('plain', '4548-4', '2020-01-01', { valueQuantity: { value: 6.5 } }),
      observation('changed', '2093-3', '', { effectiveDateTime: undefined, valueQuantity: { value: 6.5 } }),
    ]);
    const text = summaryText({
      record: { ...exact, textOf: (resource) => JSON.stringify(resource).replace('6.5', '6.50') },
      ...{ base: 'https://fhir.example.org/fhir', at: '2026-02-03T04:05:06.000Z', uuid: randomUUID, softwareVersion: '1' },
    });
    expect(text.match(/"value":6\.50/g)).toHaveLength(2);
    expect(text).toContain('_effectiveDateTime');
  });

  it('tells what somebody is able to do', async () => {
    const assessed: Resource = {
      ...{ resourceType: 'ClinicalImpression', id: 'c', status: 'completed', subject, date: '2024-03-04' },
      ...{ description: 'Walking', summary: 'Needs a stick' },
    };
    const summary = summaryOf(recordOf([patient, assessed]));
    expect(sectionsIn(summary).find(({ title }) => title === 'Functional Status')?.text.div).toContain('Needs a stick');
    expect(await errorsIn(summary)).toEqual([]);
  });

  it('tells "none known" only where somebody said so', () => {
    const none = allergy('none', { clinicalStatus: allergic('active'), code: { text: 'No known allergy' } });
    expect(sectionOf([patient, none], 'Allergies and Intolerances')?.text.div).toContain('No known allergy');
  });

  it('does not take what has passed or was refuted for what is', () => {
    const passed = allergy('old', { clinicalStatus: allergic('resolved'), code: { text: 'Peanut' } });
    const refuted = allergy('wrong', {
      code: { text: 'Latex' },
      verificationStatus: coded('http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', 'refuted'),
    });
    const section = sectionOf([patient, passed, refuted], 'Allergies and Intolerances');
    expect(section?.text.div).toContain('No current allergies are recorded; 2 earlier or refuted.');
    expect(section?.text.div).not.toMatch(/Peanut|Latex/);
  });

  it('puts problems of now and illnesses of the past into sections of their own', () => {
    const condition = (id: string, state: string): Resource => ({
      resourceType: 'Condition',
      id,
      clinicalStatus: clinical(state),
      code: { text: id },
      subject,
    });
    const resources = [patient, condition('asthma', 'active'), condition('fracture', 'resolved')];
    expect(sectionOf(resources, 'Problem List')?.entry).toEqual([{ reference: 'Condition/asthma' }]);
    expect(sectionOf(resources, 'History of Past Illness')?.entry).toEqual([{ reference: 'Condition/fracture' }]);
  });

  it('shows the newest result of each kind', () => {
    const resources = [
      patient,
      observation('old', '4548-4', '2020-01-01', { valueQuantity: { value: 7, unit: '%' } }),
      observation('new', '4548-4', '2024-01-01', { valueQuantity: { value: 6, unit: '%' } }),
      observation('other', '2093-3', '2019-01-01', { valueQuantity: { value: 190, unit: 'mg/dL' } }),
    ];
    expect(sectionOf(resources, 'Results')?.entry).toEqual([{ reference: 'Observation/new' }, { reference: 'Observation/other' }]);
  });

  it('leaves out results that do not stand', () => {
    const resources = [patient, observation('draft', '4548-4', '2020-01-01', { status: 'preliminary', valueString: 'x' })];
    expect(sectionOf(resources, 'Results')).toBeUndefined();
  });

  it('tells both pressures of the blood', () => {
    const part = (text: string, value: number): JsonObject => ({ code: { text }, valueQuantity: { value, unit: 'mmHg' } });
    const pressure = observation('bp', '85354-9', '2024-01-01', {
      category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs')],
      component: [part('Systolic', 120), part('Diastolic', 80)],
    });
    expect(sectionOf([patient, pressure], 'Vital Signs')?.text.div).toContain('Systolic: 120 mmHg; Diastolic: 80 mmHg');
  });

  it('brings the medicines that its entries name', async () => {
    const summary = summaryOf(
      recordOf([
        patient,
        { resourceType: 'Medication', id: 'm', code: { text: 'Metformin' } },
        { resourceType: 'MedicationStatement', id: 's', status: 'active', medicationReference: { reference: 'Medication/m' }, subject },
      ]),
    );
    expect(resourcesIn(summary).map(({ resourceType }) => resourceType)).toContain('Medication');
    expect(sectionsIn(summary)[0]?.text.div).toContain('Metformin');
    expect(await errorsIn(summary)).toEqual([]);
  });

  it('says that a device is in use which names the patient', async () => {
    const device: Resource = { resourceType: 'Device', id: 'd', status: 'active', type: { text: 'Pacemaker' }, patient: subject };
    const summary = summaryOf(recordOf([patient, device]));
    expect(sectionsIn(summary).find(({ title }) => title === 'Medical Devices')?.text.div).toContain('Pacemaker');
    expect(await errorsIn(summary)).toEqual([]);
  });

  it('writes what anybody wrote as text, never as markup', async () => {
    const hostile = allergy('x', { clinicalStatus: allergic('active'), code: { text: '<script>alert("1")</script>&\u0001' } });
    const summary = summaryOf(recordOf([patient, hostile]));
    expect(sectionsIn(summary)[1]?.text.div).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;</td>');
    expect(await errorsIn(summary)).not.toContainEqual(expect.stringContaining('section'));
  });

  it('has each resource once, and every entry of its sections', () => {
    const summary = summaryOf(sampleRecord('margery-gibson'));
    const references = resourcesIn(summary).map(({ resourceType, id }) => `${resourceType}/${id}`);
    expect(new Set(references).size).toBe(references.length);
    for (const { entry } of sectionsIn(summary))
      for (const { reference } of entry) if (!reference.startsWith('#')) expect(references).toContain(reference);
  });
});
