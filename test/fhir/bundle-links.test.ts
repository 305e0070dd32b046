import { describe, expect, test } from '@jest/globals';
import {
  expressionAt,
  linkMap,
  type OpenLinks,
  resolveSearchReference,
  rewriteBundleLinks,
  unresolvedIssues,
  wantedLinks,
} from '../../src/fhir/bundle-links.ts';
import { compileLinks } from '../../src/fhir/links.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';

const findLinks = compileLinks(loadDefinitions());

const uuid = 'urn:uuid:04121321-4af5-424c-a0e1-ed3aab1c349d';
const map = linkMap([
  { fullUrl: uuid, type: 'Patient', id: 'p', version: '1' },
  { fullUrl: 'urn:oid:1.2.3', type: 'Device', id: 'd', version: '1' },
  { fullUrl: 'http://a.example/fhir/Patient/23', type: 'Patient', id: 'n', version: '1' },
  { fullUrl: 'http://a.example/fhir/Group/1', type: 'Group', id: '1' },
  { fullUrl: 'http://b.example/fhir/Group/2', type: 'Group', id: 'other' },
  { fullUrl: 'Organization/o', type: 'Organization', id: 'new', version: '1' },
  { fullUrl: 'http://a.example/fhir/Questionnaire/q', type: 'Questionnaire', id: 'qq', version: '1' },
  { type: 'Location', id: 'none' },
]);

function rewritten(resource: Resource, fullUrl?: string): OpenLinks {
  return rewriteBundleLinks(findLinks(resource, wantedLinks(map, fullUrl)), map, fullUrl);
}

const referenced = (reference: string, fullUrl?: string): string => {
  const resource = { resourceType: 'Observation', subject: { reference } };
  rewritten(resource, fullUrl);
  return resource.subject.reference;
};

describe('A link to another entry (https://hl7.org/fhir/R4/bundle.html#references)', () => {
  const own = 'http://a.example/fhir/Observation/7';
  test.each<[string, string, string | undefined, string]>([
    ['a urn:uuid', uuid, undefined, 'Patient/p'],
    ['a urn:oid', 'urn:oid:1.2.3', undefined, 'Device/d'],
    ['an absolute URL', 'http://a.example/fhir/Patient/23', undefined, 'Patient/n'],
    ['a relative reference against the base of its entry', 'Patient/23', own, 'Patient/n'],
    ['a relative fullUrl', 'Organization/o', undefined, 'Organization/new'],
    ['a fragment, kept', `${uuid}#name`, undefined, 'Patient/p#name'],
    ['a version, replaced by the one that is made', 'http://a.example/fhir/Patient/23/_history/9', undefined, 'Patient/n/_history/1'],
    ['a relative version', 'Patient/23/_history/9', own, 'Patient/n/_history/1'],
    ['a version of an entry that keeps its id, kept', 'http://a.example/fhir/Group/1/_history/9', undefined, 'Group/1/_history/9'],
    ['a version that nobody knows, dropped', 'http://b.example/fhir/Group/2/_history/9', undefined, 'Group/other'],
  ])('%s', (_name, reference, fullUrl, expected) => {
    expect(referenced(reference, fullUrl)).toBe(expected);
  });

  // SHALL: references to resources that are not part of the bundle are left untouched — http.html#trules
  test.each<[string, string, string | undefined]>([
    ['a relative reference of an entry without base', 'Patient/23', uuid],
    ['a relative reference that no entry answers', 'Patient/99', own],
    ['an absolute URL of another server', 'http://c.example/fhir/Patient/23', own],
    ['a contained resource', '#p', own],
    ['a urn:oid that no entry has', 'urn:oid:9.9', own],
  ])('%s is left untouched', (_name, reference, fullUrl) => {
    expect(referenced(reference, fullUrl)).toBe(reference);
  });

  test('is replaced in uri, url, uuid and narrative, and as canonical only when it is temporary', () => {
    const resource: Resource = {
      resourceType: 'QuestionnaireResponse',
      questionnaire: 'http://a.example/fhir/Questionnaire/q',
      meta: { source: uuid, profile: ['http://a.example/fhir/Patient/23'] },
      text: { status: 'generated', div: `<div><a href="${uuid}">x</a><img src="http://a.example/fhir/Patient/23"/></div>` },
      extension: [
        { url: 'http://x', valueUuid: uuid },
        { url: 'http://x', valueCanonical: `${uuid}|1.0` },
        { url: 'http://x', valueUrl: 'urn:oid:1.2.3' },
        { url: 'http://x', valueAttachment: { url: 'Patient/23' } },
        { url: 'http://x', valueCoding: { system: uuid } },
      ],
    };
    rewritten(resource, 'http://a.example/fhir/QuestionnaireResponse/1');
    expect(resource).toEqual({
      resourceType: 'QuestionnaireResponse',
      questionnaire: 'http://a.example/fhir/Questionnaire/q',
      meta: { source: 'Patient/p', profile: ['http://a.example/fhir/Patient/23'] },
      text: { status: 'generated', div: '<div><a href="Patient/p">x</a><img src="Patient/n"/></div>' },
      extension: [
        { url: 'http://x', valueUuid: 'Patient/p' },
        { url: 'http://x', valueCanonical: 'Patient/p|1.0' },
        { url: 'http://x', valueUrl: 'Device/d' },
        { url: 'http://x', valueAttachment: { url: 'Patient/n' } },
        { url: 'http://x', valueCoding: { system: uuid } },
      ],
    });
  });
});

describe('What is left open', () => {
  test('are references by search, which the repository resolves', () => {
    const resource: Resource = {
      resourceType: 'Observation',
      subject: { reference: 'Patient?identifier=http://x|1' },
      performer: [{ reference: 'http://c.example/a?b=c' }],
    };
    const { conditional, unresolved } = rewritten(resource);
    expect(unresolved).toEqual([]);
    expect(conditional.map(({ type, criteria, link }) => [type, criteria, link.path])).toEqual([
      ['Patient', 'identifier=http://x|1', 'Observation.subject.reference'],
    ]);
    for (const reference of conditional) resolveSearchReference(reference, 'Patient/5');
    expect(resource['subject']).toEqual({ reference: 'Patient/5' });
  });

  test('are urn:uuid references that no entry answers, each with its place', () => {
    const lost = 'urn:uuid:00000000-0000-4000-8000-000000000000';
    const { unresolved } = rewritten({ resourceType: 'Observation', performer: [{ reference: uuid }, { reference: lost }] });
    expect(unresolvedIssues(unresolved, 'Bundle.entry[3].resource')).toEqual([
      {
        severity: 'error',
        code: 'value',
        diagnostics: expect.stringContaining(lost),
        expression: ['Bundle.entry[3].resource.performer[1].reference'],
      },
    ]);
    expect(expressionAt('', 'Observation.subject')).toBe('Observation.subject');
  });
});

/** Counts the questions; one that goes through all entries counts them all. */
class Counted<K, V> extends Map<K, V> {
  asked = 0;

  override get(key: K): V | undefined {
    this.asked++;
    return super.get(key);
  }

  override has(key: K): boolean {
    this.asked++;
    return super.has(key);
  }

  override *entries(): MapIterator<[K, V]> {
    for (const each of super.entries()) {
      this.asked++;
      yield each;
    }
  }

  override [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  override *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  override *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  override forEach(take: (value: V, key: K, map: Map<K, V>) => void): void {
    for (const [key, value] of this.entries()) take(value, key, this);
  }
}

test('ten thousand entries are linked with a look-up or two per link', () => {
  const entries = Array.from({ length: 10_000 }, (_, i) => ({ fullUrl: `urn:uuid:${i}`, type: 'Patient', id: String(i), version: '1' }));
  const made = linkMap(entries);
  const identities = new Counted(made.identities);
  const large = { ...made, identities };
  identities.asked = 0;
  const resources = entries.map(
    (_, i): Resource => ({
      resourceType: 'Observation',
      code: { coding: [{ system: 'http://loinc.org', code: 'x' }] },
      subject: { reference: `urn:uuid:${9_999 - i}` },
    }),
  );
  for (const resource of resources) rewriteBundleLinks(findLinks(resource, wantedLinks(large)), large);
  expect(resources[0]?.['subject']).toEqual({ reference: 'Patient/9999' });
  expect(identities.asked).toBeGreaterThanOrEqual(10_000);
  expect(identities.asked).toBeLessThanOrEqual(20_000);
});
