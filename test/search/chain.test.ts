/** Chains and reverse chains: every way of running them gives the same answer. https://hl7.org/fhir/R4/search.html#chaining, #has */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { noStatistics, type Statistics } from '../../src/search/plan/statistics.ts';
import { type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const code = (value: string) => ({ coding: [{ system: 'urn:c', code: value }] });
const observation = (id: string, patient: string, more: Partial<Resource> = {}): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: code('weight'),
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: '2020-01-01',
  ...more,
});

const resources: Resource[] = [
  { resourceType: 'Organization', id: 'north', name: 'Nordklinik', partOf: { reference: 'Organization/land' } },
  { resourceType: 'Organization', id: 'land', name: 'Landesverbund' },
  { resourceType: 'Practitioner', id: 'ada', name: [{ family: 'Lovelace' }] },
  {
    resourceType: 'Patient',
    id: 'eve',
    name: [{ family: 'Peters' }],
    gender: 'female',
    generalPractitioner: [{ reference: 'Practitioner/ada' }],
    managingOrganization: { reference: 'Organization/north' },
  },
  {
    resourceType: 'Patient',
    id: 'tom',
    name: [{ family: 'Jones' }],
    gender: 'male',
    link: [{ other: { reference: 'Patient/eve' }, type: 'seealso' }],
  },
  { resourceType: 'Group', id: 'herd', type: 'animal', actual: true, code: code('cow') },
  { resourceType: 'Device', id: 'scale', deviceName: [{ name: 'Peters Scale', type: 'user-friendly-name' }] },
  { resourceType: 'Encounter', id: 'visit', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/eve' } },
  observation('a', 'eve', { encounter: { reference: 'Encounter/visit' } }),
  observation('b', 'tom', { code: code('height'), device: { reference: 'Device/scale' } }),
  observation('c', 'eve', { subject: { reference: 'Device/scale' } }),
  observation('d', 'tom', { subject: { reference: 'Group/herd' }, derivedFrom: [{ reference: 'Observation/a' }] }),
  {
    resourceType: 'AuditEvent',
    id: 'audit',
    type: { code: 'rest' },
    recorded: '2020-01-01T00:00:00Z',
    agent: [{ requestor: true, who: { reference: 'Practitioner/ada' } }],
    source: { observer: { display: 'x' } },
    entity: [{ what: { reference: 'Patient/tom' } }],
  },
  { resourceType: 'List', id: 'own', status: 'current', mode: 'working', subject: { reference: 'Patient/eve' } },
  { resourceType: 'List', id: 'written', status: 'current', mode: 'working', source: { reference: 'Patient/eve' } },
  {
    resourceType: 'Provenance',
    id: 'record',
    target: [{ reference: 'Observation/a' }],
    recorded: '2020-01-01T00:00:00Z',
    agent: [{ who: { reference: 'Practitioner/ada' } }],
  },
  { resourceType: 'Questionnaire', id: 'q1', url: 'http://q', version: '1', status: 'active', title: 'Sleep' },
  { resourceType: 'Questionnaire', id: 'q2', url: 'http://q', version: '2', status: 'draft', title: 'Dreams' },
  { resourceType: 'QuestionnaireResponse', id: 'any', status: 'completed', questionnaire: 'http://q' },
  { resourceType: 'QuestionnaireResponse', id: 'second', status: 'completed', questionnaire: 'http://q|2' },
];

/** Frequencies that make one way cheap and the others dear. */
const rare: Statistics = { ...noStatistics, tokenRows: () => 1, keyRows: () => 1, typeRows: () => 1_000_000 };
const common: Statistics = { ...noStatistics, tokenRows: () => 900_000, keyRows: () => 9_000_000, typeRows: () => 1_000_000 };

/** Too many to follow, few enough to keep in memory. */
const gathered: Statistics = { ...noStatistics, tokenRows: () => 150_000, keyRows: () => 150_000, typeRows: () => 50_000_000 };

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

describe.each([
  ['forward, from what is rare', rare],
  ['row by row, where all is common', common],
  ['from sets in memory, where very many are tested', gathered],
  ['without knowing anything', noStatistics],
])('A chain run %s', (_, statistics) => {
  test.each([
    ['Observation', 'patient.name=peters', ['a']],
    ['Observation', 'patient.family=peters&code=urn:c|height', []],
    ['Observation', 'subject:Patient.name=jones', ['b']],
    ['Observation', 'subject.name=peters', ['a']],
    ['Observation', 'subject:Group.code=cow', ['d']],
    ['Observation', 'subject:Device.device-name=peters', ['c']],
    ['Observation', 'encounter.class=AMB', ['a']],
    ['Observation', 'encounter.patient.general-practitioner:Practitioner.family=Lovelace', ['a']],
    ['Observation', 'patient.organization.partof.name=landes', ['a']],
    ['Observation', 'derived-from:Observation.patient.gender=female', ['d']],
    ['Observation', 'patient.gender:not=female', ['b']],
    ['Observation', 'patient.birthdate:missing=true', ['a', 'b']],
    ['Observation', 'patient._id=eve', ['a']],
    ['Observation', 'patient.link:Patient.name=peters', ['b']],
    ['Observation', 'patient.name=peters,jones', ['a', 'b']],
    ['Observation', 'patient.name=nobody', []],
    // Who wrote a list is not whom it is about, even if it is about nobody.
    ['List', 'subject:Patient.name=peters', ['own']],
    ['List', 'source:Patient.name=peters', ['written']],
    ['Patient', '_has:List:subject:_id=written', []],
    ['Patient', '_has:List:source:_id=written', ['eve']],
    // `subject` of some types that a target may be of never is a Patient.
    ['Provenance', 'target.subject:Patient.name=peters', ['record']],
    ['Patient', '_has:Observation:patient:code=weight', ['eve']],
    ['Patient', '_has:Observation:patient:code=urn:c|height,urn:c|weight', ['eve', 'tom']],
    ['Patient', '_has:Observation:subject:_id=d', []],
    ['Practitioner', '_has:Patient:general-practitioner:_has:Observation:patient:code=weight', ['ada']],
    ['Practitioner', '_has:Patient:general-practitioner:gender=male', []],
    ['Observation', 'patient._has:AuditEvent:entity:agent:Practitioner.family=lovelace', ['b']],
    ['Patient', '_has:Observation:patient:encounter.class=AMB', ['eve']],
    ['Patient', '_has:Patient:link:family=jones', ['eve']],
    ['Encounter', '_has:Observation:encounter:date=2020-01-01', ['visit']],
    ['Encounter', '_has:Observation:encounter:date=gt2020-01-01', []],
    ['Device', '_has:Observation:device:patient.name=jones&device-name=peters', ['scale']],
    ['QuestionnaireResponse', 'questionnaire.title=sleep', ['any']],
    ['QuestionnaireResponse', 'questionnaire.title=dreams', ['any', 'second']],
    ['QuestionnaireResponse', 'questionnaire.status=draft', ['any', 'second']],
    ['Questionnaire', '_has:QuestionnaireResponse:questionnaire:_id=second', ['q2']],
    ['Questionnaire', '_has:QuestionnaireResponse:questionnaire:_id=any', ['q1', 'q2']],
  ] as const)('%s?%s', async (type, text, expected) => {
    expect((await db.ids(type, text, statistics)).sort()).toEqual(expected);
    const { total } = await db.search(type, `${text}&_summary=count`, 'test', statistics);
    expect(total).toBe(expected.length);
  });
});
