import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { fullUrlRule } from '../../../src/validation/rules/bundle/full-url.ts';
import { requestRule } from '../../../src/validation/rules/bundle/request.ts';
import { searchSetRule } from '../../../src/validation/rules/bundle/search-set.ts';
import { at, bundle, patient, uuid } from './bundled.ts';
import { placesTold, told } from './told.ts';

describe('"if the fullUrl does look like a RESTful server URL, then the id portion of the fullUrl SHALL end with the Resource.id" (bundle-definitions.html#Bundle.entry.fullUrl)', () => {
  test.each([
    ['an entry of a history whose resource was deleted', { request: { method: 'DELETE', url: 'Patient/1' } }],
    ['an entry whose fullUrl is told to be absent', { _fullUrl: { extension: [] }, resource: patient }],
    ['a URL of an entry without a resource', { fullUrl: 'http://a.b/fhir/Patient/2' }],
    ['a URL that is not of the REST API', at('http://a.b/anything', patient)],
  ])('%s is right', (_, entry) => {
    expect(told(fullUrlRule, bundle('history', entry))).toEqual([]);
  });

  test('an outcome that has an identity tells it, and so does everything else', () => {
    const withId = { resource: { resourceType: 'OperationOutcome', id: 'a' } };
    const other = { resource: { resourceType: 'Patient' } };
    expect(placesTold(fullUrlRule, bundle('searchset', withId, other))).toEqual(['error Bundle.entry[0]', 'error Bundle.entry[1]']);
  });

  test.each([
    ['urn:uuid:1', patient, 'is no valid UUID'],
    ['urn:oid:a', patient, 'is no valid OID'],
    ['Patient/1', patient, 'is not absolute; expected a URL with scheme and host'],
    ['http://a.b/fhir/Patient/1', { resourceType: 'Patient' }, 'the resource has no id; expected id "1"'],
    ['http://a.b/fhir/Patient/2', patient, 'is the URL of another resource; expected it to end with /Patient/1'],
  ])('%s: what would be right is said', (fullUrl, resource, text) => {
    expect(told(fullUrlRule, bundle('collection', at(fullUrl, resource)))).toEqual([expect.stringContaining(text)]);
  });
});

describe('"The URL for this entry, relative to the root": "Patient" for a create, "Patient/[id]" for an update (bundle-definitions.html#Bundle.entry.request.url)', () => {
  const entry = (type: string, method: string, url: string | undefined, resource?: object): Resource =>
    bundle(type, { ...(resource ? { resource } : {}), request: { method, ...(url === undefined ? {} : { url }) } });

  test.each([
    ['DELETE', 'Patient?identifier=1', undefined],
    ['PATCH', 'Patient?identifier=1', { resourceType: 'Parameters' }],
    ['GET', 'metadata', undefined],
    ['GET', 'Patient/1/_history/2', undefined],
    ['POST', 'Patient/_search', { resourceType: 'Parameters' }],
    ['POST', '$process-message', { resourceType: 'Bundle' }],
    ['POST', 'Patient/1/$everything', { resourceType: 'Parameters' }],
    ['POST', 'Patient/$match', { resourceType: 'Parameters' }],
    ['PUT', 'http://a.b/fhir/Patient/1', { resourceType: 'Group', id: '1' }],
    ['POST', '', { resourceType: 'Bundle' }],
    ['PUT', 'Patient?identifier=1', { resourceType: 'Patient' }],
    ['POST', undefined, patient],
  ])('%s %s is right', (method, url, resource) => {
    expect(told(requestRule, entry('batch', method, url, resource))).toEqual([]);
  });

  test.each([
    ['batch', 'DELETE', 'Patient', undefined, '.request.url', 'names no resource; expected Type/id or Type?criteria'],
    ['batch', 'PATCH', 'Patient', { resourceType: 'Parameters' }, '.request.url', 'names no resource; expected Type/id'],
    ['batch', 'PUT', 'Patient', patient, '.request.url', 'names no resource; expected Type/id or Type?criteria'],
    ['batch', 'PUT', 'Nonsense/1', patient, '.request.url', '"Nonsense" is no resource type; expected Type/id or Type?criteria'],
    ['transaction', 'DELETE', 'Nonsense/1', undefined, '.request.url', '"Nonsense" is no resource type; expected Type/id'],
    ['transaction', 'POST', 'Nonsense', patient, '.request.url', '"Nonsense" is no resource type; expected Type'],
    ['transaction', 'POST', 'Patient/2', patient, '.request.url', 'a create ends with the type; expected "Patient"'],
    ['transaction', 'POST', 'Group', patient, '.resource', 'The request is for a Group; expected a Group, not a Patient'],
    ['transaction', 'PUT', 'Group/1', patient, '.resource', 'The request is for a Group; expected a Group, not a Patient'],
    ['transaction', 'PUT', 'Patient/2', patient, '.resource.id', 'for the id "2"; expected the same id in the resource'],
    ['transaction', 'PUT', 'Patient/1', undefined, '', 'A PUT must have a resource'],
    ['transaction', 'PATCH', 'Patient/1', undefined, '', 'A PATCH must have a resource'],
    ['transaction', 'POST', 'Patient', undefined, '', 'A POST must have a resource'],
  ])('in a %s: %s %s is told where it is wrong', (type, method, url, resource, place, text) => {
    const lines = told(requestRule, entry(type, method, url, resource));
    expect(lines).toEqual([expect.stringMatching(`^error Bundle\\.entry\\[0\\]${place.replaceAll('.', '\\.')}: `)]);
    expect(lines[0]).toContain(text);
  });

  test('a type alone is no plural: the expected form of a POST has no id', () => {
    expect(told(requestRule, entry('batch', 'POST', 'Nonsense', patient))[0]).toMatch(/expected Type$/);
  });

  test('other Bundles, and entries without a request, are not looked at', () => {
    expect(told(requestRule, entry('history', 'PUT', 'Group/2', patient))).toEqual([]);
    expect(told(requestRule, entry('collection', 'POST', 'Nonsense/1'))).toEqual([]);
    expect(told(requestRule, bundle('transaction', { resource: patient }))).toEqual([]);
  });
});

describe('search.mode: "Why this entry is in the result set" (bundle-definitions.html#Bundle.entry.search.mode)', () => {
  const page = (url: string | undefined, ...entry: object[]): Resource => ({
    ...bundle('searchset', ...entry),
    ...(url === undefined
      ? {}
      : {
          link: [
            { relation: 'first', url: 'http://a.b/fhir/Flag' },
            { relation: 'self', url },
          ],
        }),
  });
  const patients = 'http://a.b/fhir/Patient?name=a';
  const group = { resourceType: 'Group', id: '1' };
  const outcome = { resourceType: 'OperationOutcome' };
  const found = (resource: object, mode?: string): object => ({ resource, ...(mode ? { search: { mode } } : {}) });

  test('results without a link to the search that they answer are a warning', () => {
    expect(placesTold(searchSetRule, page(undefined, found(patient, 'match')))).toEqual(['warning Bundle']);
    expect(told(searchSetRule, { ...page(undefined), type: 'history' })).toEqual([]);
  });

  test('none found: nothing lacks a mode', () => {
    expect(told(searchSetRule, page(patients))).toEqual([]);
  });

  test('one entry among others without a mode is told by itself', () => {
    expect(placesTold(searchSetRule, page(patients, found(patient, 'match'), found(group)))).toEqual(['warning Bundle.entry[1]']);
  });

  test('an include of any type is right, and needs an id as a match does', () => {
    expect(told(searchSetRule, page(patients, found(group, 'include')))).toEqual([]);
    expect(placesTold(searchSetRule, page(patients, found({ resourceType: 'Group' }, 'include')))).toEqual([
      'error Bundle.entry[0].resource',
    ]);
  });

  test.each([
    ['of the searched type', patients, [patient, { ...patient, id: '2' }], ['information Bundle']],
    ['of the searched type and an outcome', patients, [patient, outcome], ['information Bundle']],
    ['of several types', patients, [patient, group], ['warning Bundle', 'warning Bundle.entry[1]']],
    ['of one type, the search unknown', 'http://a.b/fhir?name=a', [patient, outcome], ['information Bundle']],
    ['of two types, the search unknown', 'http://a.b/fhir?name=a', [patient, group], ['warning Bundle']],
    ['of listed types', 'http://a.b/fhir?x=1&_type=Group,Patient', [patient, group], ['information Bundle']],
    ['of listed types in small letters of the escape', 'http://a.b/fhir?_type=Group%2cPatient', [patient, group], ['information Bundle']],
  ])('entries without modes, %s', (_, url, resources, expected) => {
    expect(placesTold(searchSetRule, page(url, ...resources.map((one) => found(one))))).toEqual(expected);
  });

  test('an entry without a resource is an error, and none of the types that are counted', () => {
    expect(placesTold(searchSetRule, page(patients, { fullUrl: uuid(1) }))).toEqual(['error Bundle.entry[0]', 'information Bundle']);
  });

  test('the expected type is named', () => {
    expect(told(searchSetRule, page(patients, found(group, 'match')))).toEqual([
      'error Bundle.entry[0].resource: The search was for "Patient"; a Group cannot match (is it an include?)',
    ]);
  });
});
