/** `:above` and `:below` of uris and references. https://hl7.org/fhir/R4/search.html#uri, #versions, #recursive */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { hierarchies } from '../../src/search/hierarchy.ts';
import { indexingOf } from '../../src/search/indexing.ts';
import { isSingle } from '../../src/search/primary-date.ts';
import { base, definitions, refusalOf, type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const valueSet = (id: string, url: string, version?: string): Resource => ({
  resourceType: 'ValueSet',
  id,
  status: 'active',
  url,
  ...(version === undefined ? {} : { version }),
});
const location = (id: string, partOf?: string): Resource => ({
  resourceType: 'Location',
  id,
  ...(partOf === undefined ? {} : { partOf: { reference: partOf } }),
});
const procedure = (id: string, place: string): Resource => ({
  resourceType: 'Procedure',
  id,
  status: 'completed',
  subject: { reference: 'Patient/p' },
  location: { reference: place },
});
const response = (id: string, questionnaire: string): Resource => ({
  resourceType: 'QuestionnaireResponse',
  id,
  status: 'completed',
  questionnaire,
});
const encounter = (id: string, partOf?: string): Resource => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  ...(partOf === undefined ? {} : { partOf: { reference: `Encounter/${partOf}` } }),
});
const observation = (id: string, more: object): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'x' },
  ...more,
});
const provenance = (id: string, ...targets: string[]): Resource => ({
  resourceType: 'Provenance',
  id,
  target: targets.map((reference) => ({ reference })),
  recorded: '2020-01-01T00:00:00Z',
  agent: [{ who: { display: 'x' } }],
});

const longUrl = `http://acme.org/${'x'.repeat(700)}`;

const resources: Resource[] = [
  valueSet('base', 'http://acme.org/fhir'),
  valueSet('123', 'http://acme.org/fhir/ValueSet/123', '1.0'),
  valueSet('1234', 'http://acme.org/fhir/ValueSet/1234', '2'),
  valueSet('case', 'http://acme.org/FHIR/ValueSet/123'),
  valueSet('oid', 'urn:oid:1.2.3.4.5'),
  valueSet('percent', 'http://acme.org/fhir_%/x'),
  valueSet('long', longUrl),
  // campus > house > floor > room; annex > house is a circle of its own.
  location('campus'),
  location('house', 'Location/campus'),
  location('floor', `${base}/Location/house`),
  location('room', 'Location/floor'),
  location('other'),
  location('egg', 'Location/hen'),
  location('hen', 'Location/egg'),
  location('leased', 'http://other.org/fhir/Location/1'),
  procedure('in-campus', 'Location/campus'),
  procedure('in-house', 'Location/house'),
  procedure('in-room', 'Location/room'),
  procedure('in-other', 'Location/other'),
  procedure('in-egg', 'Location/egg'),
  procedure('in-leased', 'Location/leased'),
  procedure('outside', 'http://other.org/fhir/Location/1'),
  encounter('stay'),
  encounter('ward', 'stay'),
  encounter('visit', 'ward'),
  observation('of-stay', { encounter: { reference: 'Encounter/stay' } }),
  observation('of-ward', { encounter: { reference: 'Encounter/ward' } }),
  observation('of-visit', { encounter: { reference: 'Encounter/visit' } }),
  observation('at-room', { subject: { reference: 'Location/room' } }),
  provenance('of-room', 'Location/room'),
  provenance('of-visit', 'Encounter/visit'),
  provenance('of-both', 'Encounter/ward', 'Location/floor'),
  response('none', 'http://acme.com/q'),
  response('v1.0', 'http://acme.com/q|1.0'),
  response('v1.1.2', 'http://acme.com/q|1.1.2'),
  response('v1', 'http://acme.com/q|1'),
  response('v10', 'http://acme.com/q|10.0'),
  response('v2', 'http://acme.com/q|2.0'),
  response('else', 'http://acme.com/q2|1.0'),
  { resourceType: 'Basic', id: 'profiled', code: { text: 'x' }, meta: { profile: ['http://acme.com/p|3.1.4'] } },
];

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

test.each([
  // "Any value sets that have a URL that starts with …"
  ['ValueSet', 'url:below=http://acme.org/fhir/', ['123', '1234']],
  ['ValueSet', 'url:below=http://acme.org/fhir', ['123', '1234', 'base', 'percent']],
  ['ValueSet', 'url:below=http://acme.org/fhir/ValueSet/123', ['123', '1234']],
  ['ValueSet', 'url:below=http://acme.org/FHIR', ['case']],
  ['ValueSet', 'url:below=http://acme.org/fhir_%25', ['percent']],
  ['ValueSet', `url:below=${longUrl.slice(0, 600)}`, ['long']],
  ['ValueSet', 'url:below=http://acme.org/FHIR,http://acme.org/fhir_', ['case', 'percent']],
  // "The converse: this will match on any value set with the specified URL"
  ['ValueSet', 'url:above=http://acme.org/fhir/ValueSet/123/_history/5', ['123', 'base']],
  ['ValueSet', 'url:above=http://acme.org/fhir/ValueSet/123', ['123', 'base']],
  ['ValueSet', 'url:above=http://acme.org/fhir/ValueSet/1234', ['123', '1234', 'base']],
  ['ValueSet', 'url:above=http://acme.org/FHIR/ValueSet/123/x,urn://x', ['case']],
  ['ValueSet', `url:above=${longUrl}/x`, ['long']],
  ['ValueSet', 'url=urn:oid:1.2.3.4.5', ['oid']],
  // "Automatically detecting a |[version] portion as part of the search parameter"
  ['ValueSet', 'url=http://acme.org/fhir/ValueSet/123|1.0', ['123']],
  ['ValueSet', 'url=http://acme.org/fhir/ValueSet/123|2', []],
  ['ValueSet', '_filter=url sw "http://acme.org/FHIR"', ['case']],
  // "Matches the first two element values"
  ['QuestionnaireResponse', 'questionnaire:below=http://acme.com/q', ['none', 'v1', 'v1.0', 'v1.1.2', 'v10', 'v2']],
  ['QuestionnaireResponse', 'questionnaire:below=http://acme.com/q|1', ['v1', 'v1.0', 'v1.1.2']],
  ['QuestionnaireResponse', 'questionnaire:below=http://acme.com/q|1.1', ['v1.1.2']],
  ['QuestionnaireResponse', 'questionnaire:below=http://acme.com/q|1.1.2', ['v1.1.2']],
  ['QuestionnaireResponse', 'questionnaire=http://acme.com/q|1', ['v1']],
  ['QuestionnaireResponse', 'questionnaire:above=http://acme.com/q|1.1.2', ['none', 'v1', 'v1.1.2']],
  ['QuestionnaireResponse', 'questionnaire:above=http://acme.com/q', ['none']],
  ['Basic', '_profile:below=http://acme.com/p', ['profiled']],
  ['Basic', '_profile:below=http://acme.com/p|3.1', ['profiled']],
  ['Basic', '_profile:below=http://acme.com/p|3.2', []],
  ['Basic', '_profile:above=http://acme.com/p|3.1.4', ['profiled']],
  // "Any procedures that occurred in locations that are part of location with id 42"
  ['Procedure', 'location:below=campus', ['in-campus', 'in-house', 'in-room']],
  ['Procedure', 'location:below=Location/floor', ['in-room']],
  ['Procedure', `location:below=${base}/Location/house`, ['in-house', 'in-room']],
  ['Procedure', 'location:below=floor,other', ['in-other', 'in-room']],
  ['Procedure', 'location:below=nowhere', []],
  ['Procedure', 'location:below=http://other.org/fhir/Location/1', ['in-leased', 'outside']],
  ['Procedure', 'location:above=leased', ['in-leased']],
  ['Procedure', 'location:above=floor', ['in-campus', 'in-house']],
  ['Procedure', 'location:below=egg', ['in-egg']],
  ['Procedure', 'location:above=hen', ['in-egg']],
  ['Location', 'partof:below=house', ['floor', 'room']],
  ['Location', 'partof:above=floor', ['floor', 'house', 'room']],
  // "During encounter with id 21 or during any "parent" encounter"
  ['Observation', 'encounter:above=ward', ['of-stay', 'of-ward']],
  ['Observation', 'encounter:below=ward', ['of-visit', 'of-ward']],
  ['Observation', 'subject:below=Location/house', ['at-room']],
  ['Observation', 'subject:below=house', ['at-room']],
  ['Provenance', 'target:below=Location/house,Encounter/stay', ['of-both', 'of-room', 'of-visit']],
  ['Encounter', '_has:Observation:encounter:encounter:below=ward', ['visit', 'ward']],
])('%s?%s', async (type, text, expected) => {
  expect((await db.ids(type, `${text}&_count=100`)).sort()).toEqual(expected);
  expect((await db.search(type, `${text}&_summary=count`)).total).toBe(expected.length);
});

test('What is deleted is part of nothing', async () => {
  const before = await db.ids('Procedure', 'location:below=campus');
  await db.database.run({ text: "update anamnesis.res set del = true, toks = '{}' where id = 'floor'", values: [] });
  expect([before.length, await db.ids('Procedure', 'location:below=campus&_sort=_id')]).toEqual([3, ['in-campus', 'in-house']]);
});

test.each(Object.entries(hierarchies))('%s has one parent at most, of its own type', (type, code) => {
  const { branches = [] } = indexingOf(definitions, type).get(code) ?? {};
  expect(branches.map(({ targets }) => targets)).toEqual([[type]]);
  expect(isSingle(branches)).toBe(true);
});

describe('Refused with 400 that says what is right:', () => {
  test.each([
    ['ValueSet', 'url:below=urn:oid:1.2', 'not for other uris such as urn:oid:1.2'],
    ['ValueSet', 'url:above=urn:oid:1.2', 'not for other uris'],
    ['ValueSet', 'url:below=acme', 'is for URLs'],
    ['ValueSet', `url:below=${longUrl}`, 'at most 600 characters'],
    ['ValueSet', 'url:contains=http://x', 'is not a modifier'],
    ['Condition', 'subject:below=Patient/1', 'Condition.subject leads to none of them'],
    ['Provenance', 'target:below=42', 'write Encounter/42 or Location/42 or Organization/42'],
    ['Observation', 'subject:below=Patient/42', 'absolute URL of Location'],
    ['Procedure', 'location:below=Location/42/_history/1', 'the forms are id, Type/id'],
    ['Procedure', 'location:below=Encounter/42', 'the forms are id, Type/id'],
    ['Procedure', 'location:below=', 'it is empty'],
  ])('%s?%s', (type, text, why) => {
    const refused = refusalOf(type, text);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(why);
  });
});
