/** A few resources for every cell of the matrix: one that is found and one that is not. */
import type { Resource } from '../../../src/fhir/resource.ts';
import { prefixes } from '../../../src/search/types/prefix.ts';

const ucum = 'http://unitsofmeasure.org';
const loinc = 'http://loinc.org';
export const act = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';

const concept = (system: string, code: string, text?: string) => ({ coding: [{ system, code }], ...(text === undefined ? {} : { text }) });

const encounter = (id: string, code: string, location?: string): Resource => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { system: act, code },
  ...(location === undefined ? {} : { location: [{ location: { reference: `Location/${location}` } }] }),
});

const risk = (id: string, probability: number): Resource => ({
  resourceType: 'RiskAssessment',
  id,
  status: 'final',
  subject: { reference: 'Patient/ann' },
  prediction: [{ probabilityDecimal: probability }],
});

const observation = (id: string, more: Partial<Resource>): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: concept(loinc, '29463-7', 'Body weight'),
  ...more,
});

const kilograms = (value: number) => ({ value, unit: 'kg', system: ucum, code: 'kg' });

/** Values that begin with the letters of a prefix, where it is none. */
const lettered: readonly Resource[] = prefixes.flatMap((prefix): Resource[] => [
  { resourceType: 'Practitioner', id: `${prefix}1`, name: [{ family: `${prefix}ster` }], identifier: [{ value: `${prefix}5` }] },
  { resourceType: 'Practitioner', id: `plain-${prefix}`, name: [{ family: 'ster' }], identifier: [{ value: '5' }] },
  { resourceType: 'Condition', id: `of-${prefix}`, subject: { reference: `Group/${prefix}1` } },
  { resourceType: 'CodeSystem', id: `of-${prefix}`, status: 'active', content: 'complete', url: `${prefix}:5` },
]);

export const resources: readonly Resource[] = [
  {
    resourceType: 'Patient',
    id: 'ann',
    gender: 'female',
    name: [{ family: 'Zoë' }],
    maritalStatus: concept('http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', 'M', 'Happily married'),
    identifier: [{ type: concept('urn:types', 'MR'), system: 'urn:s', value: '1' }],
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">broken bone</div>' },
    meta: { profile: ['http://p|1.0'] },
  },
  { resourceType: 'Patient', id: 'bob', gender: 'male', name: [{ family: 'Bzoe' }], identifier: [{ system: 'urn:s', value: '1' }] },
  { resourceType: 'Patient', id: 'none', active: true },
  encounter('acute', 'ACUTE', 'vienna'),
  encounter('inpatient', 'IMP', 'ward'),
  encounter('ambulatory', 'AMB'),
  risk('low', 0.2),
  risk('high', 0.8),
  { resourceType: 'RiskAssessment', id: 'unknown', status: 'final', subject: { reference: 'Patient/ann' } },
  observation('day', {
    subject: { reference: 'Patient/ann', identifier: { system: 'urn:s', value: '9' } },
    effectiveDateTime: '2020-03-14',
    valueQuantity: kilograms(70),
  }),
  observation('year', {
    subject: { reference: 'Group/ann' },
    effectivePeriod: { start: '2020', end: '2020' },
    valueQuantity: kilograms(80),
  }),
  observation('bare', {}),
  { resourceType: 'ValueSet', id: 'vs', status: 'active', url: 'http://example.org/vs' },
  { resourceType: 'Questionnaire', id: 'bare', status: 'active' },
  { resourceType: 'Location', id: 'vienna', position: { latitude: 48.2, longitude: 16.37 } },
  { resourceType: 'Location', id: 'ward', partOf: { reference: 'Location/vienna' }, position: { latitude: 0, longitude: 90 } },
  { resourceType: 'Location', id: 'nowhere', name: 'Nowhere' },
  ...lettered,
];
