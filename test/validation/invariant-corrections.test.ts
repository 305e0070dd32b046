/** Invariants that the FHIRPath of R4 says otherwise than its words: what is right by the words passes, what is wrong by them does not. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { corrections } from '../../src/validation/invariant-corrections.ts';
import { compileValidator } from '../../src/validation/structure.ts';
import { examplesFolder } from '../support/invariants.ts';

const definitions = loadDefinitions();
const validate = compileValidator(definitions);

/** Keys of the invariants that a resource breaks, with their severity. */
const broken = (resource: object): string[] =>
  validate(resource as Resource).flatMap(({ code, severity, diagnostics }) =>
    code === 'invariant' ? [`${severity} ${/^[\w-]+/.exec(diagnostics ?? '')}`] : [],
  );
const breaks = (resource: object, key: string): boolean => broken(resource).some((line) => line.endsWith(` ${key}`));

const patient = (more: object): object => ({ resourceType: 'Patient', ...more });
const encounter = (period: object): object => ({ resourceType: 'Encounter', status: 'finished', class: { code: 'AMB' }, period });
const entry = (more: object): object => ({ resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient({}), ...more }] });
const condition = (category: object): object => ({ resourceType: 'Condition', subject: { display: 'A' }, category: [category] });
const problemList = (system: string): object => ({ coding: [{ system, code: 'problem-list-item' }] });
const form = (item: object): object => ({ resourceType: 'Questionnaire', status: 'draft', item: [{ linkId: 'a', type: 'string' }, item] });
const when = (more: object): object => ({ question: 'a', operator: '=', answerString: 'x', ...more });
const item = (...enableWhen: object[]): object => form({ linkId: 'b', type: 'string', enableWhen });
const operation = (parameter: object): object => ({
  ...{ resourceType: 'OperationDefinition', name: 'A', status: 'draft', kind: 'operation', code: 'a' },
  ...{ system: true, type: false, instance: false },
  parameter: [{ name: 'p', use: 'in', min: 0, max: '1', ...parameter }],
});
const profile = 'http://a.b/p';
const structure = (path: string): object => ({
  ...{ resourceType: 'StructureDefinition', url: profile, name: 'A', status: 'draft', kind: 'resource', abstract: false, type: 'Patient' },
  ...{ baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', derivation: 'constraint' },
  differential: { element: [{ id: path, path }] },
});
const valueSet = (name?: string): object => ({ resourceType: 'ValueSet', status: 'draft', ...(name === undefined ? {} : { name }) });
const risk = (prediction: object): object => ({
  resourceType: 'RiskAssessment',
  status: 'final',
  subject: { display: 'A' },
  prediction: [prediction],
});
const contained = (reference: object): object =>
  patient({ contained: [{ resourceType: 'Organization', id: 'o', name: 'O' }], ...reference });
const range = (low: object, high: object): object => ({
  ...{ resourceType: 'Observation', status: 'final', code: { text: 'a' } },
  valueRange: { low, high },
});
const dispense = (whenPrepared: string, whenHandedOver: string): object => ({
  ...{ resourceType: 'MedicationDispense', status: 'completed', medicationCodeableConcept: { text: 'a' } },
  ...{ whenPrepared, whenHandedOver },
});
const task = (authoredOn: string, lastModified: string): object => ({
  ...{ resourceType: 'Task', status: 'requested', intent: 'order' },
  ...{ authoredOn, lastModified },
});

interface Cases {
  readonly right: readonly object[];
  readonly wrong: readonly object[];
}

const table: Readonly<Record<string, Cases>> = {
  'ref-1': {
    right: [
      patient({ managingOrganization: { display: 'A' } }),
      contained({ managingOrganization: { reference: '#o' } }),
      patient({ contained: [{ resourceType: 'Group', id: 'g', type: 'person', actual: true, member: [{ entity: { reference: '#' } }] }] }),
    ],
    wrong: [patient({ managingOrganization: { reference: '#o' } }), patient({ managingOrganization: { reference: '#' } })],
  },
  'dom-3': {
    right: [
      contained({ managingOrganization: { reference: '#o' } }),
      contained({ implicitRules: '#o' }),
      contained({ photo: [{ url: '#o' }] }),
      patient({ contained: [{ resourceType: 'Patient', id: 'p', photo: [{ url: '#' }] }] }),
      patient({ contained: [{ resourceType: 'Patient', id: 'p', implicitRules: '#' }] }),
    ],
    wrong: [contained({}), contained({ managingOrganization: { reference: '#p' } }), contained({ language: '#o' })],
  },
  'bdl-8': {
    right: [entry({}), entry({ fullUrl: 'http://a.b/Patient/1' })],
    wrong: [entry({ fullUrl: 'http://a.b/Patient/1/_history/1' })],
  },
  'con-3': {
    right: [
      condition(problemList('http://a.b')),
      condition({ text: 'problem-list-item' }),
      { ...condition(problemList('http://terminology.hl7.org/CodeSystem/condition-category')), clinicalStatus: { text: 'active' } },
    ],
    wrong: [condition(problemList('http://terminology.hl7.org/CodeSystem/condition-category'))],
  },
  'que-7': {
    right: [item({ question: 'a', operator: 'exists', answerBoolean: true }), item(when({}))],
    wrong: [item(when({ operator: 'exists' }))],
  },
  'que-12': {
    right: [item(when({})), form({ linkId: 'b', type: 'string', enableWhen: [when({}), when({})], enableBehavior: 'any' })],
    wrong: [item(when({}), when({}))],
  },
  'opd-3': {
    right: ['Reference', 'canonical', 'Patient'].map((type) => operation({ type, targetProfile: [profile] })),
    wrong: [operation({ type: 'string', targetProfile: [profile] })],
  },
  'eld-19': {
    right: [structure('Patient.name'), structure('Patient.value[x]'), structure('Patient.name.given')],
    wrong: [structure('Patient.na me'), structure('Patient.name!'), structure(`Patient.${'a'.repeat(65)}`)],
  },
  'eld-20': {
    right: [structure('Patient.name'), structure('Patient.value[x]')],
    wrong: [structure('Patient.Name'), structure('Patient.na-me'), structure('1Patient')],
  },
  'vsd-0': {
    right: [valueSet(), valueSet('Codes_1'), valueSet('A'), valueSet('A'.repeat(255))],
    wrong: [valueSet('Many codes'), valueSet('codes'), valueSet('A'.repeat(256))],
  },
  'ras-2': {
    right: [risk({ outcome: { text: 'a' } }), risk({ probabilityDecimal: 100 }), risk({ probabilityRange: { low: { value: 1 } } })],
    wrong: [risk({ probabilityDecimal: 100.5 })],
  },
  'per-1': {
    right: [
      encounter({ start: '2023-06-21', end: '2023-06-21' }),
      encounter({ start: '2023-06-21', end: '2023-06-21T06:20:00Z' }),
      encounter({ start: '2023-06-21T06:20:00Z', end: '2023-06-21' }),
      encounter({ start: '2023-06', end: '2023' }),
      encounter({ start: '2023-06-21T06:20:00+02:00', end: '2023-06-21T05:20:00Z' }),
      encounter({ start: '2024' }),
    ],
    wrong: [
      encounter({ start: '2023-06-22', end: '2023-06-21T06:20:00Z' }),
      encounter({ start: '2023-06-21T06:20:00Z', end: '2023-06-20' }),
      encounter({ start: '2023-06-21T06:20:00Z', end: '2023-06-21T06:19:59Z' }),
      encounter({ start: '2024', end: '2023-12' }),
    ],
  },
  'rng-2': {
    right: [
      range({ value: 1 }, { value: 1 }),
      range({ value: 1, unit: 'mg' }, { value: 2, unit: 'g' }),
      range({ value: 5 }, { unit: 'mg' }),
    ],
    wrong: [range({ value: 2 }, { value: 1 })],
  },
  'mdd-1': {
    right: [dispense('2020-01-01', '2020-01-01'), dispense('2020-01-01T10:00:00Z', '2020-01-01')],
    wrong: [dispense('2020-01-02', '2020-01-01T10:00:00Z')],
  },
  'inv-1': {
    right: [task('2020-01-01', '2020-01-01'), task('2020-01-01', '2020-01-01T10:00:00Z')],
    wrong: [task('2020-01-02', '2020-01-01T10:00:00Z')],
  },
};

describe.each([
  ['ref-1', '"SHALL have a contained resource if a local reference is provided"'],
  ['dom-3', '"it SHALL be referred to from elsewhere in the resource or SHALL refer to the containing resource"'],
  ['bdl-8', '"fullUrl cannot be a version specific reference"'],
  ['con-3', '"SHALL be present if verificationStatus is not entered-in-error and category is problem-list-item"'],
  ['que-7', '"If the operator is \'exists\', the value must be a boolean"'],
  ['que-12', '"If there are more than one enableWhen, enableBehavior must be specified"'],
  ['opd-3', '"A targetProfile can only be specified for parameters of type Reference or Canonical"'],
  ['eld-19', '"Element names cannot include some special characters"'],
  ['eld-20', '"Element names should be simple alphanumerics with a max of 64 characters"'],
  ['vsd-0', '"Name should be usable as an identifier"'],
  ['ras-2', '"Must be <= 100"'],
  ['per-1', '"If present, start SHALL have a lower value than end"; an end "includes any matching date/time"'],
  ['rng-2', '"If present, low SHALL have a lower value than high"'],
  ['mdd-1', '"whenHandedOver cannot be before whenPrepared"'],
  ['inv-1', '"Last modified date must be greater than or equal to authored-on date."'],
])('%s: %s', (key) => {
  const cases = table[key];
  test('what is right by these words passes', () => {
    expect(cases?.right.map((resource) => breaks(resource, key))).toEqual(cases?.right.map(() => false));
    expect(cases?.right.length).toBeGreaterThan(0);
  });
  test('what is wrong by them does not', () => {
    expect(cases?.wrong.map((resource) => breaks(resource, key))).toEqual(cases?.wrong.map(() => true));
    expect(cases?.wrong.length).toBeGreaterThan(0);
  });
});

test('every correction is of a text that R4 has', () => {
  const files = readdirSync(examplesFolder).filter((name) => /^StructureDefinition-\w+\.json$/.test(name));
  const published = files.map((name) => readFileSync(join(examplesFolder, name), 'utf8')).join('\n');
  const missing = corrections.filter(({ published: text }) => !published.includes(JSON.stringify(text)));
  expect(missing.map(({ key }) => key)).toEqual([]);
});
