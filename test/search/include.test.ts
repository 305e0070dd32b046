/** `_include` and `_revinclude`: what comes along with the matches of a page. https://hl7.org/fhir/R4/search.html#revinclude */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { systemScope } from '../../src/search/scope.ts';
import { base, definitions, refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const to = (reference: string) => ({ reference });
const coded = { coding: [{ system: 'urn:c', code: 'c' }] };
const observation = (id: string, more: Partial<Resource> = {}): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: coded,
  ...more,
});
const request = (id: string, more: Partial<Resource>): Resource => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject: to('Patient/eve'),
  ...more,
});
const questionnaire = (id: string, url: string, version?: string): Resource => ({
  resourceType: 'Questionnaire',
  id,
  url,
  status: 'active',
  ...(version === undefined ? {} : { version }),
});

const resources: Resource[] = [
  { resourceType: 'Organization', id: 'ward', partOf: to('Organization/clinic') },
  { resourceType: 'Organization', id: 'clinic', partOf: to('Organization/group') },
  { resourceType: 'Organization', id: 'group', partOf: to('Organization/clinic') },
  { resourceType: 'Practitioner', id: 'ada' },
  { resourceType: 'Practitioner', id: 'eve' },
  { resourceType: 'PractitionerRole', id: 'role', practitioner: to('Practitioner/ada'), organization: to('Organization/ward') },
  { resourceType: 'Device', id: 'pump' },
  { resourceType: 'Patient', id: 'eve', generalPractitioner: [to('Practitioner/ada')], managingOrganization: to('Organization/ward') },
  { resourceType: 'Patient', id: 'tom', link: [{ other: to('Patient/eve'), type: 'seealso' }] },
  { resourceType: 'Patient', id: 'alone' },
  request('m1', { requester: to('Practitioner/ada') }),
  request('m2', { requester: to('Practitioner/ada') }),
  request('m3', { requester: to('PractitionerRole/role'), subject: to('Patient/tom') }),
  request('m4', { requester: to(`${base}/Practitioner/ada`), subject: to('Patient/alone') }),
  request('m5', { requester: to('http://elsewhere.org/fhir/Practitioner/ada') }),
  request('m6', { requester: to('Practitioner/gone'), encounter: { identifier: { value: 'logical' } } }),
  request('m7', { contained: [{ resourceType: 'Practitioner', id: 'p' }], requester: to('#p') }),
  request('m8', { requester: to('Device/pump'), extension: [{ url: 'urn:e', valueReference: to('Practitioner/eve') }] }),
  {
    resourceType: 'MedicationDispense',
    id: 'd1',
    status: 'completed',
    authorizingPrescription: [to('MedicationRequest/m1')],
    subject: to('Patient/eve'),
  },
  observation('o1', { subject: to('Patient/eve'), hasMember: [to('Observation/o2')] }),
  observation('o2', { subject: to('Patient/eve'), hasMember: [to('Observation/o3')] }),
  observation('o3', { subject: to('Patient/tom'), hasMember: [to('Observation/o1')], performer: [to('Patient/eve')] }),
  observation('o4', { subject: to('Device/pump'), device: to('Device/pump') }),
  observation('v1', { subject: to('Patient/tom/_history/1'), encounter: to('Encounter/visit/_history/7') }),
  observation('v2', { subject: to('Patient/tom/_history/9') }),
  observation('v3', { subject: to('Patient/tom/_history/x') }),
  { resourceType: 'Encounter', id: 'visit', status: 'finished', class: { code: 'AMB' }, subject: to('Patient/tom') },
  {
    resourceType: 'Provenance',
    id: 'prov',
    target: [to('MedicationRequest/m1')],
    recorded: '2020-01-01T00:00:00Z',
    agent: [{ who: to('Device/pump') }],
  },
  questionnaire('q1', 'http://q', '1'),
  questionnaire('q2', 'http://q', '2'),
  questionnaire('plain', 'http://plain'),
  { resourceType: 'QuestionnaireResponse', id: 'any', status: 'completed', questionnaire: 'http://q' },
  { resourceType: 'QuestionnaireResponse', id: 'second', status: 'completed', questionnaire: 'http://q|2' },
  { resourceType: 'QuestionnaireResponse', id: 'third', status: 'completed', questionnaire: 'http://q|3' },
  {
    resourceType: 'QuestionnaireResponse',
    id: 'tomorrow',
    status: 'completed',
    questionnaire: 'http://plain',
    subject: to('Patient/alone'),
  },
];

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

const named = (list: readonly { type: string; id: string }[]): string[] => list.map(({ type, id }) => `${type}/${id}`).sort();
const included = async (...asked: Parameters<SearchDatabase['search']>): Promise<string[]> => named((await db.search(...asked)).included);

describe('An include adds', () => {
  test.each<[type: string, text: string, expected: string[]]>([
    // what the matches refer to
    ['MedicationRequest', '_id=m1&_include=MedicationRequest:requester', ['Practitioner/ada']],
    ['MedicationRequest', '_id=m1,m2&_include=MedicationRequest:requester', ['Practitioner/ada']],
    ['MedicationRequest', '_id=m1,m3&_include=MedicationRequest:requester', ['Practitioner/ada', 'PractitionerRole/role']],
    ['MedicationRequest', '_id=m1,m3&_include=MedicationRequest:requester:Practitioner', ['Practitioner/ada']],
    ['MedicationRequest', '_id=m3&_include=MedicationRequest:requester:Practitioner', []],
    ['MedicationRequest', '_id=m1&_include=MedicationRequest:patient', ['Patient/eve']],
    [
      'MedicationRequest',
      '_id=m1&_include=MedicationRequest:patient&_include=MedicationRequest:requester',
      ['Patient/eve', 'Practitioner/ada'],
    ],
    ['MedicationRequest', '_id=m1&_include=MedicationRequest:requester&_include=MedicationRequest:requester', ['Practitioner/ada']],
    // only of this server, and only what there is
    ['MedicationRequest', '_id=m4&_include=MedicationRequest:requester', ['Practitioner/ada']],
    ['MedicationRequest', '_id=m5,m6,m7&_include=MedicationRequest:requester', []],
    ['MedicationRequest', '_id=m6&_include=MedicationRequest:encounter', []],
    ['Patient', '_id=nobody&_include=Patient:organization', []],
    // every reference parameter
    ['MedicationRequest', '_id=m1&_include=*', ['Patient/eve', 'Practitioner/ada']],
    ['MedicationRequest', '_id=m8&_include=MedicationRequest:*', ['Device/pump', 'Patient/eve']],
    ['MedicationRequest', '_id=m1&_include=MedicationRequest:*:Patient', ['Patient/eve']],
    // what refers to the matches
    ['Patient', '_id=eve&_revinclude=Observation:subject', ['Observation/o1', 'Observation/o2']],
    ['Patient', '_id=eve&_revinclude=Observation:patient', ['Observation/o1', 'Observation/o2']],
    ['Patient', '_id=eve&_revinclude=Observation:performer', ['Observation/o3']],
    [
      'Patient',
      '_id=eve&_revinclude=Observation:performer&_revinclude=Observation:subject',
      ['Observation/o1', 'Observation/o2', 'Observation/o3'],
    ],
    ['Patient', '_id=eve&_revinclude=Observation:subject:Patient', ['Observation/o1', 'Observation/o2']],
    ['Patient', '_id=tom&_revinclude=Observation:subject', ['Observation/o3', 'Observation/v1', 'Observation/v2', 'Observation/v3']],
    [
      'Patient',
      '_id=eve,tom&_revinclude=MedicationDispense:subject&_revinclude=Encounter:patient',
      ['Encounter/visit', 'MedicationDispense/d1'],
    ],
    ['Patient', '_id=eve&_revinclude=Observation:*', ['Observation/o1', 'Observation/o2', 'Observation/o3']],
    ['Device', '_id=pump&_revinclude=Observation:*', ['Observation/o4']],
    ['Device', '_id=pump&_revinclude=*', ['MedicationRequest/m8', 'Observation/o4', 'Provenance/prov']],
    ['MedicationRequest', '_id=m1&_revinclude=Provenance:target', ['Provenance/prov']],
    ['MedicationRequest', '_id=m1&_revinclude=*', ['MedicationDispense/d1', 'Provenance/prov']],
    ['Patient', '_id=alone&_revinclude=*', ['MedicationRequest/m4', 'QuestionnaireResponse/tomorrow']],
    // an extension is no search parameter
    ['Practitioner', '_id=eve&_revinclude=*', []],
    // canonicals
    ['QuestionnaireResponse', '_id=any&_include=QuestionnaireResponse:questionnaire', ['Questionnaire/q1', 'Questionnaire/q2']],
    ['QuestionnaireResponse', '_id=second&_include=QuestionnaireResponse:questionnaire', ['Questionnaire/q2']],
    ['QuestionnaireResponse', '_id=third&_include=QuestionnaireResponse:questionnaire', []],
    ['QuestionnaireResponse', '_id=second&_include=QuestionnaireResponse:questionnaire:Questionnaire', ['Questionnaire/q2']],
    ['Questionnaire', '_id=q1&_revinclude=QuestionnaireResponse:questionnaire', ['QuestionnaireResponse/any']],
    [
      'Questionnaire',
      '_id=q2&_revinclude=QuestionnaireResponse:questionnaire',
      ['QuestionnaireResponse/any', 'QuestionnaireResponse/second'],
    ],
    ['Questionnaire', '_id=q2&_revinclude=*', ['QuestionnaireResponse/any', 'QuestionnaireResponse/second']],
    ['Questionnaire', '_id=plain&_revinclude=QuestionnaireResponse:*', ['QuestionnaireResponse/tomorrow']],
  ])('%s?%s', async (type, text, expected) => {
    expect(await included(type, text)).toEqual(expected);
  });

  // SHALL: iterative if, and only if, :iterate — search.html#include
  test.each([
    ['MedicationDispense', '_include=MedicationDispense:prescription', ['MedicationRequest/m1']],
    [
      'MedicationDispense',
      '_include=MedicationDispense:prescription&_include:iterate=MedicationRequest:requester',
      ['MedicationRequest/m1', 'Practitioner/ada'],
    ],
    [
      'MedicationDispense',
      '_include:recurse=MedicationRequest:requester&_include=MedicationDispense:prescription',
      ['MedicationRequest/m1', 'Practitioner/ada'],
    ],
    ['MedicationDispense', '_include:iterate=MedicationRequest:requester', []],
    ['Observation', '_id=o1&_include=Observation:has-member', ['Observation/o2']],
    ['Observation', '_id=o1&_include:iterate=Observation:has-member', ['Observation/o2', 'Observation/o3']],
    ['PractitionerRole', '_include=PractitionerRole:organization', ['Organization/ward']],
    [
      'PractitionerRole',
      '_include=PractitionerRole:organization&_include:iterate=Organization:partof',
      ['Organization/clinic', 'Organization/group', 'Organization/ward'],
    ],
    ['Organization', '_id=clinic&_revinclude=Organization:partof', ['Organization/group', 'Organization/ward']],
    [
      'Organization',
      '_id=group&_revinclude:iterate=Organization:partof&_revinclude:iterate=PractitionerRole:organization',
      ['Organization/clinic', 'Organization/ward', 'PractitionerRole/role'],
    ],
    [
      'Practitioner',
      '_id=ada&_revinclude=Patient:general-practitioner&_revinclude:iterate=Observation:subject&_include:iterate=Patient:organization',
      ['Observation/o1', 'Observation/o2', 'Organization/ward', 'Patient/eve'],
    ],
    [
      'Encounter',
      '_include:iterate=*',
      ['Organization/clinic', 'Organization/group', 'Organization/ward', 'Patient/eve', 'Patient/tom', 'Practitioner/ada'],
    ],
  ])('iterated, %s?%s', async (type, text, expected) => {
    expect(await included(type, text)).toEqual(expected);
  });

  test('the version that a reference names, once for each version', async () => {
    const { included: found } = await db.search('Observation', '_id=v1,v2,v3&_include=Observation:subject&_include=Observation:encounter');
    expect(found.map(({ type, id, versionId }) => [type, id, versionId])).toEqual([['Patient', 'tom', '1']]);
    const both = await db.search('Observation', '_id=o3,v1&_include=Observation:subject');
    expect(named(both.included)).toEqual(['Patient/tom']);
  });

  test('to the matches of several types', async () => {
    const system = systemScope(definitions);
    expect(await included(system, '_id=m1,visit&_include=Encounter:subject&_include=MedicationRequest:requester')).toEqual([
      'Patient/tom',
      'Practitioner/ada',
    ]);
    expect(await included(system, '_id=m1,visit,pump&_include=*')).toEqual(['Patient/eve', 'Patient/tom', 'Practitioner/ada']);
    expect(await included(system, '_id=eve&_revinclude=MedicationDispense:patient')).toEqual(['MedicationDispense/d1']);
  });
});

describe('Included resources', () => {
  test('never repeat a match', async () => {
    const page = await db.search('Observation', '_id=o1,o2,o3&_include:iterate=Observation:has-member&_revinclude=Observation:has-member');
    expect([named(page.matches), page.included]).toEqual([['Observation/o1', 'Observation/o2', 'Observation/o3'], []]);
  });

  // SHOULD: each page with the includes of its matches — search.html#Paging
  test('are those of the page, on every page anew', async () => {
    const text = '_id=m1,m2,m3&_sort=_id&_count=1&_include=MedicationRequest:requester';
    const pages: string[][] = [];
    for (let cursor = ''; ; ) {
      const page = await db.search('MedicationRequest', `${text}${cursor}`);
      pages.push([...named(page.matches), ...named(page.included)]);
      if (page.next === undefined) break;
      cursor = `&_cursor=${page.next}`;
    }
    expect(pages).toEqual([
      ['MedicationRequest/m1', 'Practitioner/ada'],
      ['MedicationRequest/m2', 'Practitioner/ada'],
      ['MedicationRequest/m3', 'PractitionerRole/role'],
    ]);
  });

  test('may be others on the next page: they change neither the matches nor their order', async () => {
    const { next } = await db.search('Patient', '_count=1&_sort=_id');
    const page = await db.search('Patient', `_count=1&_sort=_id&_include=Patient:organization&_cursor=${next}`);
    expect([named(page.matches), named(page.included)]).toEqual([['Patient/eve'], ['Organization/ward']]);
  });

  test('do not count', async () => {
    const page = await db.search('Patient', '_id=eve&_revinclude=*&_total=accurate&_count=1');
    expect([page.total, page.matches.length, page.included.length > 3]).toEqual([1, 1, true]);
    expect(await db.search('Patient', '_id=eve&_revinclude=*&_count=0')).toEqual({ matches: [], included: [], total: 1 });
  });

  test('are whole resources as they are stored', async () => {
    const [only] = (await db.search('MedicationRequest', '_id=m3&_include=MedicationRequest:requester')).included;
    expect(JSON.parse(only?.body ?? '')).toMatchObject({ resourceType: 'PractitionerRole', id: 'role', meta: { versionId: '1' } });
  });
});

describe('More includes than a page can hold', () => {
  beforeAll(async () => {
    await db.load([{ resourceType: 'Location', id: 'hub' }]);
    await db.load(
      Array.from({ length: 10_001 }, (_, i) => ({
        resourceType: 'Location',
        id: `l${i}`,
        ...(i < 10_000 ? { partOf: to('Location/hub') } : { partOf: to('Location/l0') }),
      })),
    );
    await db.load(
      Array.from({ length: 120 }, (_, i) => ({
        resourceType: 'Substance',
        id: `s${i}`,
        code: coded,
        ingredient: [{ substanceReference: to(`Substance/s${i + 1}`) }],
      })),
    );
  });

  test('are refused, and up to 10,000 are given', async () => {
    expect((await db.search('Location', '_id=hub&_revinclude=Location:partof')).included).toHaveLength(10_000);
    await expect(db.search('Location', '_id=hub&_revinclude:iterate=Location:partof')).rejects.toMatchObject({
      status: 400,
      issues: [{ code: 'too-costly', diagnostics: expect.stringContaining('more than 10000 resources') }],
    });
  });

  test('are refused when they go on and on', async () => {
    expect((await db.search('Substance', '_id=s30&_include:iterate=Substance:substance-reference')).included).toHaveLength(89);
    await expect(db.search('Substance', '_id=s0&_include:iterate=Substance:substance-reference')).rejects.toMatchObject({
      status: 400,
      issues: [{ code: 'too-costly', diagnostics: expect.stringContaining('more than 100 steps') }],
    });
  });
});

describe('An include is refused with 400 that says what is right', () => {
  test.each([
    ['Patient', '_include=Patien:organization', /"Patien" is no resource type; did you mean Patient\?/],
    [
      'Patient',
      '_include=Patient:organisation',
      /"organisation" is no search parameter of Patient.*general-practitioner.*did you mean organization\?/,
    ],
    ['Patient', '_include=Patient:gender', /"gender" is a token parameter of Patient; its reference parameters are /],
    ['Patient', '_include=Patient:organization:Practitioner', /organization of Patient can lead to Organization, not to Practitioner/],
    ['Patient', '_include=Patient:organization:Org', /"Org" is no resource type/],
    ['Patient', '_include=Patient:*:Observation', /\* of Patient can lead to .*, not to Observation/],
    ['Patient', '_include=Patient', /the forms are \[type\]:\[reference parameter\]/],
    ['Patient', '_include=organization', /the forms are/],
    ['Patient', '_include=', /the forms are/],
    ['Patient', '_include=Patient:organization:Organization:x', /the forms are/],
    ['Patient', '_include=Patient:organization,Patient:link', /one in each parameter, which may be repeated/],
    ['Patient', '_include=*:organization', /"\*" is no resource type/],
    ['Patient', '_include:twice=Patient:organization', /_include and _include:iterate are/],
    ['Patient', '_revinclude:iterate:iterate=Observation:subject', /_revinclude and _revinclude:iterate are/],
    [
      'Patient',
      '_include=Observation:subject',
      /begins at Observation, and the search is for Patient; _include:iterate=Observation:subject would/,
    ],
    ['Patient', '_revinclude=Observation:encounter', /leads to Encounter, and the search is for Patient; _revinclude:iterate=/],
    ['Patient', '_revinclude=Observation:subject:Group', /leads to Group, and the search is for Patient/],
    ['Patient', '_include=Patient:organization&_summary=text', /cannot be mixed with _summary=text/],
    ['Patient', Array(51).fill('_include=Patient:organization').join('&'), /at most 50 includes/],
  ])('%s?%s', (type, text, reason) => {
    expect(refusalOf(type, text)).toEqual({ status: 400, text: expect.stringMatching(reason) });
  });
});
