/** `:in`, `:not-in`, `:above` and `:below` of token parameters. https://hl7.org/fhir/R4/search.html#token */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { refusalOf as parseRefusal, type SearchDatabase, searchDatabase, terminology } from '../support/search.ts';

const act = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
const marital = 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus';
const statusSystem = 'http://hl7.org/fhir/encounter-status';
const genders = 'http://hl7.org/fhir/ValueSet/administrative-gender';
const encounters = 'http://terminology.hl7.org/ValueSet/v3-ActEncounterCode';

const encounter = (id: string, status: string, system: string | undefined, code: string, patient: string): Resource => ({
  resourceType: 'Encounter',
  id,
  status,
  class: { ...(system === undefined ? {} : { system }), code },
  subject: { reference: `Patient/${patient}` },
});

const resources: Resource[] = [
  { resourceType: 'Patient', id: 'ann', gender: 'female', maritalStatus: { coding: [{ system: marital, code: 'M' }] } },
  { resourceType: 'Patient', id: 'bob', gender: 'male' },
  { resourceType: 'Patient', id: 'none', active: true },
  encounter('ambulatory', 'finished', act, 'AMB', 'ann'),
  encounter('inpatient', 'in-progress', act, 'IMP', 'ann'),
  encounter('acute', 'finished', act, 'ACUTE', 'bob'),
  encounter('foreign', 'finished', 'urn:own', 'ACUTE', 'bob'),
  encounter('bare', 'finished', undefined, 'ACUTE', 'bob'),
  { resourceType: 'Observation', id: 'tagged', status: 'final', code: { text: 'x' }, meta: { tag: [{ system: act, code: 'AMB' }] } },
  {
    resourceType: 'Observation',
    id: 'vital',
    status: 'final',
    code: {
      coding: [
        { system: 'urn:own', code: 'bp' },
        { system: 'http://loinc.org', code: '85354-9' },
      ],
    },
  },
  {
    resourceType: 'Observation',
    id: 'panel',
    status: 'final',
    code: { text: 'panel' },
    component: [{ code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] } }],
  },
];

let db: SearchDatabase;

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

const ids = async (type: string, text: string): Promise<string[]> => (await db.ids(type, text)).sort();

async function refusal(type: string, text: string): Promise<FhirError> {
  const error = await db.ids(type, text).catch((reason: unknown) => reason);
  if (!(error instanceof FhirError)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  return error;
}

describe(':in finds codes of a value set', () => {
  test.each<[string, string, string, string[]]>([
    ['of elements with systems', 'Encounter', `class:in=${encounters}`, ['acute', 'ambulatory', 'inpatient']],
    ['with its version', 'Encounter', `class:in=${encounters}|2014-03-26`, ['acute', 'ambulatory', 'inpatient']],
    ['of plain elements, whose system is that of their binding', 'Patient', `gender:in=${genders}`, ['ann', 'bob']],
    ['of one of several value sets', 'Encounter', `class:in=${genders},${encounters}`, ['acute', 'ambulatory', 'inpatient']],
    ['among several codings of an element', 'Observation', 'code:in=http://hl7.org/fhir/ValueSet/observation-vitalsignresult', ['vital']],
    [
      'in every part of a union',
      'Observation',
      'combo-code:in=http://hl7.org/fhir/ValueSet/observation-vitalsignresult',
      ['panel', 'vital'],
    ],
    ['of tags', 'Observation', `_tag:in=${encounters}`, ['tagged']],
    ['beside other parameters', 'Encounter', `class:in=${encounters}&status=finished`, ['acute', 'ambulatory']],
    ['of what a chain leads to', 'Encounter', `subject:Patient.gender:in=${genders}&class=IMP`, ['inpatient']],
    ['of what leads here', 'Patient', `_has:Encounter:subject:class:in=${encounters}`, ['ann', 'bob']],
    ['in a filter', 'Encounter', `_filter=class in ${encounters} and status eq finished`, ['acute', 'ambulatory']],
  ])('%s', async (_sentence, type, text, expected) => {
    expect(await ids(type, text)).toEqual(expected);
  });

  test('and not those of another system, or of none', async () => {
    expect(await ids('Encounter', `class:in=${encounters}&_id=foreign,bare`)).toEqual([]);
  });

  test('and no plain codes that mean something else', async () => {
    // The codes of this value set are those of Observation.status too, in another system.
    expect(await ids('Encounter', 'status:in=http://hl7.org/fhir/ValueSet/encounter-status')).toHaveLength(5);
    expect(await ids('Encounter', 'status:in=http://hl7.org/fhir/ValueSet/episode-of-care-status')).toEqual([]);
    expect(await ids('Patient', `gender:in=${encounters}`)).toEqual([]);
  });

  test('in all types at once', async () => {
    const { systemScope } = await import('../../src/search/scope.ts');
    const { definitions } = await import('../support/search.ts');
    expect(await db.ids(systemScope(definitions), `_tag:in=${encounters}`)).toEqual(['tagged']);
  });
});

describe(':not-in finds what has no code of the value set', () => {
  test.each<[string, string, string, string[]]>([
    ['in its elements', 'Encounter', `class:not-in=${encounters}`, ['bare', 'foreign']],
    [
      'because its element has no coding',
      'Observation',
      'code:not-in=http://hl7.org/fhir/ValueSet/observation-vitalsignresult',
      ['panel', 'tagged'],
    ],
    ['in plain elements, or has none', 'Patient', `gender:not-in=${genders}`, ['none']],
    ['of several: none of any', 'Encounter', `class:not-in=${genders},${encounters}`, ['bare', 'foreign']],
    ['in a filter', 'Encounter', `_filter=class ni ${encounters}`, ['bare', 'foreign']],
  ])('%s', async (_sentence, type, text, expected) => {
    expect(await ids(type, text)).toEqual(expected);
  });
});

describe('A value set of very many codes', () => {
  const many = 'http://terminology.hl7.org/ValueSet/v3-ActCode';

  test.each<[string, string, string[]]>([
    ['leads to its resources', `class:in=${many}`, ['acute', 'ambulatory', 'inpatient']],
    ['is tested on resources that are found otherwise', `class:in=${many}&_id=acute,bare,foreign`, ['acute']],
    ['is tested on those of a patient', `class:in=${many}&subject=Patient/bob`, ['acute']],
    ['is taken from all others', `class:not-in=${many}`, ['bare', 'foreign']],
    ['is taken from those of a patient', `class:not-in=${many}&subject=Patient/bob`, ['bare', 'foreign']],
  ])('%s', async (_sentence, text, expected) => {
    expect((await terminology().expand(many)).codes.length).toBeGreaterThan(700);
    expect(await ids('Encounter', text)).toEqual(expected);
  });
});

describe(':below and :above', () => {
  test.each<[string, string, string, string[]]>([
    ['below finds the code itself and what it subsumes', 'Encounter', `class:below=${act}|IMP`, ['acute', 'inpatient']],
    ['below a code without children finds it', 'Encounter', `class:below=${act}|ACUTE`, ['acute']],
    ['above finds the code itself and what subsumes it', 'Encounter', `class:above=${act}|ACUTE`, ['acute', 'inpatient']],
    ['above a code at the top finds it', 'Encounter', `class:above=${act}|AMB`, ['ambulatory']],
    ['several values are alternatives', 'Encounter', `class:below=${act}|IMP,${act}|AMB`, ['acute', 'ambulatory', 'inpatient']],
    [
      'plain codes are asked with the system that their element implies',
      'Encounter',
      `status:below=${statusSystem}|finished`,
      ['acute', 'ambulatory', 'bare', 'foreign'],
    ],
    ['or without one', 'Encounter', 'status:below=in-progress', ['inpatient']],
    ['plain codes of another system are none', 'Encounter', 'status:below=http://hl7.org/fhir/task-status|in-progress', []],
    ['in a filter, ss asks for what the value subsumes', 'Encounter', `_filter=class ss "${act}|IMP"`, ['acute', 'inpatient']],
    ['in a filter, sb asks for what subsumes the value', 'Encounter', `_filter=class sb "${act}|ACUTE"`, ['acute', 'inpatient']],
  ])('%s', async (_sentence, type, text, expected) => {
    expect(await ids(type, text)).toEqual(expected);
  });
});

describe('A search that needs codes that are not known is refused', () => {
  test.each<[string, string, string, RegExp]>([
    [
      'by an unknown value set',
      'Encounter',
      'class:in=urn:nothing',
      /^ValueSet urn:nothing cannot be expanded: the value set urn:nothing is not loaded$/,
    ],
    ['by an unknown version', 'Encounter', `class:in=${encounters}|1`, /there is 2014-03-26$/],
    [
      'by a value set that cannot be expanded',
      'Condition',
      'code:in=http://hl7.org/fhir/ValueSet/condition-code',
      /the codes of http:\/\/snomed.info\/sct are not loaded$/,
    ],
    ['by one that it must not have', 'Condition', 'code:not-in=http://hl7.org/fhir/ValueSet/condition-code', /snomed/],
    [
      'below a code of a system that is not here',
      'Condition',
      'code:below=http://snomed.info/sct|73211009',
      /^What subsumes http:\/\/snomed.info\/sct\|73211009/,
    ],
    ['above a code that the system does not have', 'Encounter', `class:above=${act}|NONE`, /has no code "NONE"$/],
    [
      'below a plain code that the element cannot have',
      'Encounter',
      'status:below=arrivedd',
      /The system of "arrivedd" is not known by the value set that status is bound to: write system\|code/,
    ],
    ['within a chain', 'Encounter', 'subject:Patient.gender:in=urn:nothing', /urn:nothing/],
  ])('%s', async (_sentence, type, text, message) => {
    const { status, message: told, issues } = await refusal(type, text);
    expect(status).toBe(400);
    expect(told).toMatch(message);
    expect(issues[0]?.expression).toEqual([text.split(/[:.]/).at(text.startsWith('subject') ? 2 : 0)]);
  });

  test.each<[string, string, string, RegExp]>([
    [
      'of elements that hold no codes',
      'Patient',
      'identifier:in=urn:x',
      /":in" asks for codes; the values of Patient.identifier are none \(Identifier\)/,
    ],
    ['of truth values', 'Patient', 'active:below=true', /":below" asks for codes; the values of Patient.active are none \(boolean\)/],
    ['below a code without a system', 'Encounter', 'class:below=IMP', /with :below it is system\|code/],
    ['above a whole system', 'Encounter', `class:above=${act}|`, /with :above it is system\|code/],
    ['above a code of no system', 'Encounter', 'class:above=|ACUTE', /with :above it is system\|code/],
    ['above more than a code', 'Encounter', 'class:above=a|b|c', /with :above it is system\|code/],
  ])('%s', (_sentence, type, text, message) => {
    const { status, text: told } = parseRefusal(type, text);
    expect(status).toBe(400);
    expect(told).toMatch(message);
  });
});

// Media types cannot be listed; the element is mandatory, and so marked only where it lacks.
describe('The whole system of plain codes', () => {
  const statement = (id: string, more: object): Resource => ({
    ...{ resourceType: 'CapabilityStatement', id, status: 'active', date: '2020', kind: 'instance', fhirVersion: '4.0.1' },
    ...more,
  });

  beforeAll(() => db.load([statement('json', { format: ['json'] }), statement('bare', {})]));

  test.each<[string, string[]]>([
    ['format=urn:ietf:bcp:13|', ['json']],
    ['format:not=urn:ietf:bcp:13|', ['bare']],
    ['format=urn:ietf:bcp:13|,xml', ['json']],
    ['format=urn:ietf:bcp:13|json', ['json']],
    ['format=urn:ietf:bcp:13|xml', []],
    ['format=urn:other|', []],
  ])('is found by %s where its codes cannot be listed', async (text, expected) => {
    expect(await ids('CapabilityStatement', text)).toEqual(expected);
  });
});
