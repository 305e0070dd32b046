import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { fullUrlRule } from '../../../src/validation/rules/bundle/full-url.ts';
import { linkRelationRule } from '../../../src/validation/rules/bundle/link-relation.ts';
import { linkedEntryRule } from '../../../src/validation/rules/bundle/linked-entry.ts';
import { requestRule } from '../../../src/validation/rules/bundle/request.ts';
import { searchSetRule } from '../../../src/validation/rules/bundle/search-set.ts';
import { urnReferenceRule } from '../../../src/validation/rules/bundle/urn-reference.ts';
import { at, bundle, patient, uuid } from './bundled.ts';
import { placesTold, told } from './told.ts';

describe('"fullUrl: an absolute URL, consistent with the resource id" (bundle-definitions.html#Bundle.entry.fullUrl)', () => {
  test('URLs that end with type and id, and urns, are right', () => {
    const right = bundle('collection', at('http://a.b/fhir/Patient/1', patient), at(uuid(1), patient), at('urn:oid:1.2.3', patient));
    expect(told(fullUrlRule, right)).toEqual([]);
  });

  test.each([
    ['of another id', 'http://a.b/fhir/Patient/2', patient],
    ['of another type', 'http://a.b/fhir/Group/1', patient],
    ['of a resource without an id', 'http://a.b/fhir/Patient/1', { resourceType: 'Patient' }],
    ['that is relative', 'Patient/1', patient],
    ['that is no UUID', 'urn:uuid:1', patient],
    ['that is no OID', 'urn:oid:a', patient],
  ])('a URL %s is an error', (_, fullUrl, resource) => {
    expect(placesTold(fullUrlRule, bundle('collection', at(uuid(1), patient), at(fullUrl, resource)))).toEqual(['error Bundle.entry[1]']);
  });

  test('only transactions, batches and their responses go without one', () => {
    expect(placesTold(fullUrlRule, bundle('searchset', { resource: patient }))).toEqual(['error Bundle.entry[0]']);
    for (const type of ['transaction', 'batch', 'transaction-response', 'batch-response'])
      expect(told(fullUrlRule, bundle(type, { resource: patient }))).toEqual([]);
  });

  test('an outcome without an id has no identity to tell', () => {
    expect(told(fullUrlRule, bundle('searchset', { resource: { resourceType: 'OperationOutcome' } }))).toEqual([]);
  });
});

describe('links of Bundles', () => {
  const withLinks = (type: string, ...relations: string[]): Resource => ({
    ...bundle(type),
    link: relations.map((relation) => ({ relation, url: 'http://a.b' })),
  });

  test('pages belong to searchset and history', () => {
    expect(told(linkRelationRule, withLinks('searchset', 'self', 'first', 'next'))).toEqual([]);
    expect(placesTold(linkRelationRule, withLinks('document', 'self', 'next'))).toEqual(['error Bundle.link[1].relation']);
  });

  test('a relation is there once', () => {
    expect(placesTold(linkRelationRule, withLinks('searchset', 'self', 'self', 'next', 'next'))).toEqual([
      'error Bundle.link[1]',
      'error Bundle.link[3]',
    ]);
  });

  test('a stylesheet is in the document, or fetched securely', () => {
    const document = (url: string): Resource => ({ ...bundle('document'), link: [{ relation: 'stylesheet', url }] });
    expect(placesTold(linkRelationRule, document('Binary/css'))).toEqual(['error Bundle.link[0].url']);
    expect(placesTold(linkRelationRule, document('http://a.b/c.css'))).toEqual([
      'warning Bundle.link[0].url',
      'warning Bundle.link[0].url',
    ]);
    expect(told(linkRelationRule, document('https://hl7.org/fhir/fhir.css'))).toEqual([]);
  });
});

describe('documents: "all resources reached from the Composition, and nothing else" (documents.html#content)', () => {
  const root = 'http://a.b/fhir';
  const composition = (content: object): object => at(`${root}/Composition/c`, { resourceType: 'Composition', id: 'c', ...content });

  test('references go by fullUrl: relative ones continue the root of the fullUrl around them', () => {
    const right = bundle('document', composition({ subject: { reference: 'Patient/1' } }), at(`${root}/Patient/1`, patient));
    expect(told(linkedEntryRule, right)).toEqual([]);
    const other = bundle('document', composition({ subject: { reference: 'Patient/1' } }), at(uuid(1), patient));
    expect(placesTold(linkedEntryRule, other)).toEqual(['error Bundle.entry[0].resource.subject', 'error Bundle.entry[1]']);
    expect(told(linkedEntryRule, other)[0]).toContain('references go by fullUrl');
  });

  test('sections are looked into, at any depth', () => {
    const section = [{ section: [{ entry: [{ reference: uuid(2) }, { reference: uuid(3) }] }] }];
    const document = bundle('document', composition({ section }), at(uuid(2), { resourceType: 'Basic' }));
    expect(placesTold(linkedEntryRule, document)).toEqual(['error Bundle.entry[0].resource.section[0].section[0].entry[1]']);
  });

  test('a reference that several versions answer names one of them', () => {
    const version = (versionId: string): object => at(`${root}/Patient/1`, { ...patient, meta: { versionId } });
    const document = (reference: string): Resource =>
      bundle('document', composition({ subject: { reference } }), version('1'), version('2'));
    expect(placesTold(linkedEntryRule, document('Patient/1'))).toEqual(['error Bundle.entry[0].resource.subject']);
    expect(placesTold(linkedEntryRule, document('Patient/1/_history/2'))).toEqual(['error Bundle.entry[1]']);
    expect(placesTold(linkedEntryRule, document('Patient/1/_history/3'))[0]).toBe('error Bundle.entry[0].resource.subject');
  });

  test('what refers to the rest of the document only backwards is a warning, unless it is Provenance', () => {
    const backwards = (resourceType: string): Resource =>
      bundle(
        'document',
        composition({ subject: { reference: 'Patient/1' } }),
        at(`${root}/Patient/1`, patient),
        at(uuid(1), { resourceType, target: [{ reference: `${root}/Patient/1` }], subject: { reference: `${root}/Patient/1` } }),
      );
    expect(told(linkedEntryRule, backwards('Provenance'))).toEqual([]);
    expect(placesTold(linkedEntryRule, backwards('Flag'))).toEqual(['warning Bundle.entry[2]']);
  });

  test('a long chain of entries is followed without recursion', () => {
    const entries = Array.from({ length: 20_000 }, (_, i) =>
      at(`${root}/List/${i}`, { resourceType: 'List', id: `${i}`, entry: [{ item: { reference: `List/${i + 1}` } }] }),
    );
    expect(told(linkedEntryRule, bundle('document', composition({ subject: { reference: 'List/0' } }), ...entries))).toEqual([]);
  });
});

test('messages: focus is in the message, strangers are a warning (messaging.html)', () => {
  const header = at(uuid(1), { resourceType: 'MessageHeader', focus: [{ reference: uuid(2) }, { reference: uuid(3) }] });
  const message = bundle('message', header, at(uuid(2), patient), at(uuid(4), patient));
  expect(placesTold(linkedEntryRule, message)).toEqual(['error Bundle.entry[0].resource.focus[1]', 'warning Bundle.entry[2]']);
});

test('messages: "all resources … SHALL be referred to" from the MessageHeader; what only refers back is worth a note (messaging.html)', () => {
  const header = at(uuid(1), { resourceType: 'MessageHeader', focus: [{ reference: uuid(2) }] });
  const withOther = (resourceType: string): Resource =>
    bundle(
      'message',
      header,
      at(uuid(2), patient),
      at(uuid(3), { resourceType, target: [{ reference: uuid(2) }], subject: { reference: uuid(2) } }),
    );
  expect(placesTold(linkedEntryRule, withOther('Flag'))).toEqual(['information Bundle.entry[2]']);
  expect(told(linkedEntryRule, withOther('Provenance'))).toEqual([]);
});

describe('entries of transactions and batches (http.html#transaction)', () => {
  const entry = (method: string, url: string, resource?: object): Resource =>
    bundle('transaction', { ...(resource ? { resource } : {}), request: { method, url } });

  test.each([
    ['POST', 'Patient', patient],
    ['PUT', 'Patient/1', patient],
    ['PUT', 'Patient?identifier=1', patient],
    ['GET', 'Patient?name=a', undefined],
    ['DELETE', 'Patient/1', undefined],
    ['POST', 'Patient/$match', { resourceType: 'Parameters' }],
    ['PATCH', 'Patient/1', { resourceType: 'Parameters' }],
  ])('%s %s is right', (method, url, resource) => {
    expect(told(requestRule, entry(method, url, resource))).toEqual([]);
  });

  test.each([
    ['POST', 'Patient', undefined, ''],
    ['PUT', 'Patient', patient, '.request.url'],
    ['POST', 'Patient/1', patient, '.request.url'],
    ['POST', 'Nonsense', patient, '.request.url'],
    ['PUT', 'Group/1', patient, '.resource'],
    ['PUT', 'Patient/2', patient, '.resource.id'],
  ])('%s %s does not fit', (method, url, resource, place) => {
    expect(placesTold(requestRule, entry(method, url, resource))).toContain(`error Bundle.entry[0]${place}`);
  });
});

describe('search results (bundle.html#searchset)', () => {
  const results = (...entry: object[]): Resource => ({
    ...bundle('searchset', ...entry),
    link: [{ relation: 'self', url: 'http://a.b/fhir/Patient?name=a' }],
  });
  const found = (mode: string | undefined, resource: object | undefined): object => ({
    ...(resource ? { resource } : {}),
    ...(mode ? { search: { mode } } : {}),
  });

  test('matches, includes and outcomes as they should be', () => {
    expect(
      told(
        searchSetRule,
        results(
          found('match', patient),
          found('include', { resourceType: 'Group', id: '1' }),
          found('outcome', { resourceType: 'OperationOutcome' }),
        ),
      ),
    ).toEqual([]);
  });

  test('of several types are those that _type lists', () => {
    const page = (url: string): Resource => ({ ...results(found('match', patient)), link: [{ relation: 'self', url }] });
    expect(told(searchSetRule, page('http://a.b/fhir?_type=Group,Patient&name=a'))).toEqual([]);
    expect(told(searchSetRule, page('http://a.b/fhir?_type=Group%2CPatient'))).toEqual([]);
    expect(placesTold(searchSetRule, page('http://a.b/fhir?_type=Group%2CList'))).toEqual(['error Bundle.entry[0].resource']);
    expect(told(searchSetRule, page('http://a.b/fhir?name=a'))).toEqual([]);
  });

  test.each([
    ['a match of another type', 'match', { resourceType: 'Group', id: '1' }, '.resource'],
    ['a match without an id', 'match', { resourceType: 'Patient' }, '.resource'],
    ['an outcome that is none', 'outcome', patient, '.resource'],
    ['nothing', 'match', undefined, ''],
  ])('%s is an error', (_, mode, resource, place) => {
    expect(placesTold(searchSetRule, results(found(mode, resource)))).toEqual([`error Bundle.entry[0]${place}`]);
  });

  test('without modes, other types than those searched for are a warning', () => {
    expect(placesTold(searchSetRule, results(found(undefined, patient)))).toEqual(['information Bundle']);
    expect(placesTold(searchSetRule, results(found(undefined, { resourceType: 'Group', id: '1' })))).toEqual([
      'warning Bundle',
      'warning Bundle.entry[0]',
    ]);
  });
});

describe('references by urn', () => {
  test('to no entry of the Bundle are a warning', () => {
    const group = { resourceType: 'Group', member: [{ entity: { reference: uuid(2) } }, { entity: { reference: uuid(3) } }] };
    expect(placesTold(urnReferenceRule, bundle('collection', at(uuid(1), group), at(uuid(2), patient)))).toEqual([
      'warning Bundle.entry[0].resource.member[1].entity',
    ]);
  });

  test('a relative reference that gives the entry of a urn another type is an error', () => {
    const holder = { resourceType: 'Patient', managingOrganization: { reference: `Organization/${uuid(2).slice(9)}` } };
    expect(placesTold(urnReferenceRule, bundle('collection', at(uuid(1), holder), at(uuid(2), patient)))).toEqual([
      'error Bundle.entry[0].resource.managingOrganization',
    ]);
  });
});
