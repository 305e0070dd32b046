import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { linkRelationRule } from '../../../src/validation/rules/bundle/link-relation.ts';
import { linkedEntryRule } from '../../../src/validation/rules/bundle/linked-entry.ts';
import { urnReferenceRule } from '../../../src/validation/rules/bundle/urn-reference.ts';
import { at, bundle, patient, uuid } from './bundled.ts';
import { placesTold, told } from './told.ts';

const root = 'http://a.b/fhir';
const composition = (content: object): object => at(`${root}/Composition/c`, { resourceType: 'Composition', id: 'c', ...content });
const here = { reference: 'Patient/1' };
const gone = { reference: 'Patient/9' };

describe('a document includes what its Composition refers to (documents.html#content)', () => {
  test.each([
    ['subject', { subject: gone }, 'subject'],
    ['author', { author: [here, gone] }, 'author[1]'],
    ['encounter', { encounter: gone }, 'encounter'],
    ['custodian', { custodian: gone }, 'custodian'],
    ['attester', { attester: [{ mode: 'legal', party: gone }] }, 'attester[0].party'],
    ['event', { event: [{ detail: [here, gone] }] }, 'event[0].detail[1]'],
    ['author of a section', { section: [{ author: [gone] }] }, 'section[0].author[0]'],
    ['focus of a section', { section: [{ focus: gone }] }, 'section[0].focus'],
    ['entry of a section', { section: [{ entry: [gone, here] }] }, 'section[0].entry[0]'],
  ])('%s', (_, content, place) => {
    const document = bundle(
      'document',
      composition({ ...content, relatesTo: [{ targetReference: here }] }),
      at(`${root}/Patient/1`, patient),
    );
    expect(told(linkedEntryRule, document)).toEqual([
      `error Bundle.entry[0].resource.${place}: No entry has the fullUrl that "Patient/9" leads to; put the resource into the Bundle`,
    ]);
  });

  test('a Reference without a URL, one to a contained resource, and one of an entry by urn want no other entry', () => {
    const subject = [{ display: 'Ann' }, { reference: '#a' }, { reference: uuid(2) }];
    const document = bundle(
      'document',
      composition({ contained: [{ resourceType: 'Patient', id: 'a' }], author: subject }),
      at(uuid(2), patient),
    );
    expect(told(linkedEntryRule, document)).toEqual([]);
  });

  test('several versions that a reference may mean are counted, and the way to name one is told', () => {
    const version = (versionId: string): object => at(`${root}/Patient/1`, { ...patient, meta: { versionId } });
    const [line] = told(linkedEntryRule, bundle('document', composition({ subject: here }), version('1'), version('2')));
    expect(line).toContain('2 entries are meant by "Patient/1"; name the version: …/_history/[versionId]');
  });

  test('references by an absolute URL go by it alone, with or without a fragment', () => {
    const document = (reference: string, fullUrl: string): Resource =>
      bundle('document', composition({ subject: { reference } }), at(fullUrl, patient));
    expect(told(linkedEntryRule, document('http://c.d/fhir/Patient/1', 'http://c.d/fhir/Patient/1'))).toEqual([]);
    expect(told(linkedEntryRule, document('http://c.d/doc#part', 'http://c.d/doc'))).toEqual([]);
    const [line] = told(linkedEntryRule, document('http://c.d/fhir/Patient/1', `${root}/Patient/1`));
    expect(line).toContain('there is an entry of that type and id, but references go by fullUrl');
  });

  test('relative references of an entry whose fullUrl is a urn, or that has none, lead nowhere', () => {
    const holder = { resourceType: 'Composition', subject: here };
    const target = at(`${root}/Patient/1`, patient);
    for (const head of [at(uuid(1), holder), { resource: holder }])
      expect(placesTold(linkedEntryRule, bundle('document', head, target))).toEqual([
        'error Bundle.entry[0].resource.subject',
        'error Bundle.entry[1]',
      ]);
  });

  test('conditional references, and entries without a resource, are none that lead to an entry', () => {
    const document = bundle('document', composition({ subject: { reference: 'Patient?identifier=1' } }), { fullUrl: `${root}/Patient/1` });
    expect(placesTold(linkedEntryRule, document)).toEqual(['error Bundle.entry[0].resource.subject']);
  });

  test('Bundles of other types, and without what must come first, are not looked at', () => {
    for (const type of ['collection', 'message', 'batch'])
      expect(told(linkedEntryRule, bundle(type, composition({ subject: gone })))).toEqual([]);
    expect(told(linkedEntryRule, bundle('document', at(`${root}/Patient/2`, { ...patient, id: '2' }), at(uuid(1), patient)))).toEqual([]);
    expect(told(linkedEntryRule, bundle('document', { fullUrl: uuid(1) }))).toEqual([]);
    expect(told(linkedEntryRule, bundle('document'))).toEqual([]);
  });
});

describe('a document includes nothing but what the Composition leads to, a stylesheet and Provenance (documents.html#content)', () => {
  const link = [{ relation: 'stylesheet', url: 'Binary/css' }];
  const css = at(`${root}/Binary/css`, { resourceType: 'Binary', id: 'css' });

  test('a stylesheet that the document links to belongs to it; any other Binary, and any other link, do not', () => {
    expect(told(linkedEntryRule, { ...bundle('document', composition({}), css), link })).toEqual([]);
    expect(placesTold(linkedEntryRule, bundle('document', composition({}), css))).toEqual(['error Bundle.entry[1]']);
    const self = [{ relation: 'self', url: 'Binary/css' }];
    expect(placesTold(linkedEntryRule, { ...bundle('document', composition({}), css), link: self })).toEqual(['error Bundle.entry[1]']);
    expect(placesTold(linkedEntryRule, { ...bundle('document', composition({}), css, at(uuid(1), patient)), link })).toEqual([
      'error Bundle.entry[2]',
    ]);
  });

  test('an entry that refers to itself is not reached by that', () => {
    const lonely = at(uuid(1), { resourceType: 'Patient', link: [{ other: { reference: uuid(1) }, type: 'seealso' }] });
    expect(placesTold(linkedEntryRule, bundle('document', composition({}), lonely))).toEqual(['error Bundle.entry[1]']);
  });

  test('what a backwards entry leads to is reached with it', () => {
    const provenance = at(uuid(2), {
      resourceType: 'Provenance',
      target: [{ reference: uuid(1) }],
      agent: [{ who: { reference: uuid(3) } }],
    });
    const document = bundle(
      'document',
      composition({ subject: { reference: uuid(1) } }),
      at(uuid(1), patient),
      provenance,
      at(uuid(3), patient),
    );
    expect(told(linkedEntryRule, document)).toEqual([]);
  });

  test('entries that refer to each other in a circle are an end to it', () => {
    const group = (n: number, to: number): object => at(uuid(n), { resourceType: 'Group', member: [{ entity: { reference: uuid(to) } }] });
    expect(told(linkedEntryRule, bundle('document', composition({ subject: { reference: uuid(1) } }), group(1, 2), group(2, 1)))).toEqual(
      [],
    );
  });
});

describe('stylesheets of documents (documents.html#css)', () => {
  const linked = (type: string, link: object, ...entry: object[]): string[] =>
    told(linkRelationRule, { ...bundle(type, ...entry), link: [link] });
  const css = at(uuid(1), { resourceType: 'Binary', id: 'css' });

  test('a Binary of the document is right', () => {
    expect(linked('document', { relation: 'stylesheet', url: 'Binary/css' }, { fullUrl: uuid(2) }, css)).toEqual([]);
    expect(linked('document', { relation: 'stylesheet', url: 'Binary/other' }, css)).toEqual([
      expect.stringMatching(/^error .*"Binary\/other" is not in the document; expected Type\/id of an entry/),
    ]);
  });

  test.each([
    ['over https, from elsewhere', 'https://a.b/c.css', 1],
    ['over http, from elsewhere', 'http://a.b/c.css', 2],
  ])('one that is fetched %s', (_, url, warnings) => {
    expect(linked('document', { relation: 'stylesheet', url })).toHaveLength(warnings);
  });

  test.each([
    ['in another Bundle', 'collection', { relation: 'stylesheet', url: 'Binary/none' }],
    ['without a URL, which the definition asks for', 'document', { relation: 'stylesheet' }],
    ['with a relation of another kind', 'document', { relation: 'author', url: 'Binary/none' }],
    ['without a relation', 'document', { url: 'Binary/none' }],
  ])('a link %s is none of this', (_, type, link) => {
    expect(linked(type, link)).toEqual([]);
  });

  test('relations that are neither self nor pages may be there twice', () => {
    const link = [1, 2].map((n) => ({ relation: 'alternate', url: `http://a.b/${n}` }));
    expect(told(linkRelationRule, { ...bundle('searchset'), link })).toEqual([]);
  });

  test.each(['first', 'previous', 'prev', 'next', 'last'])('the page "%s" is one of searchset and history', (relation) => {
    expect(linked('searchset', { relation, url: 'http://a.b' })).toEqual([]);
    expect(linked('history', { relation, url: 'http://a.b' })).toEqual([]);
    expect(linked('collection', { relation, url: 'http://a.b' })).toEqual([expect.stringContaining('not for a collection')]);
  });
});

describe('references by urn, and contradictions to them (bundle.html#references)', () => {
  const id = (n: number): string => uuid(n).slice(9);
  const holder = (reference: string): object => ({ resourceType: 'Patient', managingOrganization: { reference } });

  test.each([
    ['the urn of an entry', uuid(2), []],
    ['the urn of an entry with a fragment', `${uuid(2)}#a`, []],
    ['the urn of an entry without a resource', uuid(3), []],
    ['another urn', uuid(4), ['warning Bundle.entry[0].resource.managingOrganization']],
    ['the id of an entry by its right type', `Organization/${id(2)}`, []],
    ['the id of an entry by another type', `Patient/${id(2)}`, ['error Bundle.entry[0].resource.managingOrganization']],
    ['an id of no entry', `Organization/${id(4)}`, []],
    ['an absolute URL', `http://a.b/Patient/${id(2)}`, []],
  ])('%s', (_, reference, expected) => {
    const entries = [at(uuid(1), holder(reference)), at(uuid(2), { resourceType: 'Organization' }), { fullUrl: uuid(3) }];
    expect(placesTold(urnReferenceRule, bundle('collection', ...entries))).toEqual(expected);
  });

  test('only among entries that go by urns themselves', () => {
    const entries = [at(`${root}/Patient/1`, holder(`Patient/${id(2)}`)), at(uuid(2), { resourceType: 'Organization' })];
    expect(told(urnReferenceRule, bundle('collection', ...entries))).toEqual([]);
    expect(told(urnReferenceRule, bundle('collection', { resource: holder(`Patient/${id(2)}`) }, entries[1] ?? {}))).toEqual([]);
  });

  test('of many strays in one entry the first fifty are told', () => {
    const member = Array.from({ length: 60 }, () => ({ entity: { reference: uuid(9) } }));
    const lines = placesTold(urnReferenceRule, bundle('collection', at(uuid(1), { resourceType: 'Group', member })));
    expect(lines).toHaveLength(50);
    expect(lines[49]).toBe('warning Bundle.entry[0].resource.member[49].entity');
  });
});
