import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isUrn, parseReference } from '../../src/fhir/reference.ts';

const types = new Set(['Patient', 'Practitioner', 'Observation', 'GenomicStudy']);
const parse = (text: string) => parseReference(text, (name) => types.has(name));

describe('A literal reference (https://hl7.org/fhir/R4/references.html#literal)', () => {
  test.each([
    ['Patient/1', { kind: 'relative', type: 'Patient', id: '1' }],
    ['GenomicStudy/a-b.c', { kind: 'relative', type: 'GenomicStudy', id: 'a-b.c' }],
    ['Patient/1/_history/3', { kind: 'relative', type: 'Patient', id: '1', version: '3' }],
    ['Patient/1#name', { kind: 'relative', type: 'Patient', id: '1', fragment: 'name' }],
    ['Patient/1/_history/3#x', { kind: 'relative', type: 'Patient', id: '1', version: '3', fragment: 'x' }],
    ['http://example.org/fhir/Patient/1', { kind: 'absolute', root: 'http://example.org/fhir', type: 'Patient', id: '1' }],
    ['https://example.org/Patient/1/_history/2', { kind: 'absolute', root: 'https://example.org', type: 'Patient', id: '1', version: '2' }],
    [
      'http://127.0.0.1:8080/fhir/Patient/1#a',
      { kind: 'absolute', root: 'http://127.0.0.1:8080/fhir', type: 'Patient', id: '1', fragment: 'a' },
    ],
    ['http://example.org/profiles/thing', { kind: 'other', uri: 'http://example.org/profiles/thing' }],
    ['http://example.org/Unknown/1', { kind: 'other', uri: 'http://example.org/Unknown/1' }],
    ['mailto:a@example.org', { kind: 'other', uri: 'mailto:a@example.org' }],
    ['urn:isbn:0451450523', { kind: 'other', uri: 'urn:isbn:0451450523' }],
    ['#p1', { kind: 'contained', id: 'p1' }],
    ['#', { kind: 'contained', id: '' }],
    ['urn:uuid:04121321-4af5-424c-a0e1-ed3aab1c349d', { kind: 'urn', urn: 'urn:uuid:04121321-4af5-424c-a0e1-ed3aab1c349d' }],
    ['urn:oid:1.2.36.146#x', { kind: 'urn', urn: 'urn:oid:1.2.36.146', fragment: 'x' }],
    [
      'Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|999',
      { kind: 'conditional', type: 'Practitioner', criteria: 'identifier=http://hl7.org/fhir/sid/us-npi|999' },
    ],
  ])('%s is read as it stands', (text, expected) => {
    expect(parse(text)).toEqual(expected);
  });

  test.each([
    '',
    'Patient',
    'Patient/',
    '/Patient/1',
    'Unknown/1',
    'patient/1',
    'Patient/a b',
    'Patient/a_b',
    `Patient/${'a'.repeat(65)}`,
    'Patient/1/_history/',
    'Patient/1/name',
    'Observation/Patient/1',
    '#a b',
    'urn:uuid:1234',
    'urn:oid:1..2',
    'urn:oid:3.1',
    'Patient?',
    'Unknown?identifier=1',
    'some words',
    'http://exa mple.org/x',
  ])('"%s" follows no form of the specification', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  test('every id of the grammar makes a relative reference that reads back', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9.-]{1,64}$/);
    fc.assert(
      fc.property(id, id, (one, version) => {
        expect(parse(`Patient/${one}/_history/${version}`)).toEqual({ kind: 'relative', type: 'Patient', id: one, version });
      }),
    );
  });

  test('any text is answered without an exception', () => {
    fc.assert(fc.property(fc.string(), (text) => void parse(text)));
    fc.assert(fc.property(fc.webUrl(), (text) => expect(parse(text)).toBeDefined()));
  });

  test('a urn is checked by the grammar of uuid and oid', () => {
    expect(isUrn('urn:uuid:C757873D-EC9A-4326-A141-556F43239520')).toBe(true);
    expect(isUrn('urn:uuid:c757873d-ec9a-4326-a141')).toBe(false);
    expect(isUrn('urn:oid:2.16.840.1.113883')).toBe(true);
    expect(isUrn('urn:oid:01.2')).toBe(false);
  });
});
