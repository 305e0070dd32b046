/** Rules on values by their data type alone. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { elementsRule } from '../../../src/validation/rules/element/elements.ts';
import { placesTold, told } from './told.ts';

const places = (resource: Resource): string[] => placesTold(elementsRule, resource);

describe('identifiers of SNOMED CT have 6 to 18 digits, the last a check digit, and no zero before', () => {
  const coded = (code: string, system = 'http://snomed.info/sct'): Resource => ({
    resourceType: 'Observation',
    code: { coding: [{ system, code }] },
  });
  // The check digits of all these are right.
  test.each([
    ['five digits', '12340', false],
    ['six digits', '123451', true],
    ['eight digits', '10000006', true],
    ['eighteen digits', '123456789012345679', true],
    ['eighteen digits, with a zero at the end of its item number', '987654321098765405', true],
    ['nineteen digits', '1234567890123456781', false],
    ['a zero before', '0123454', false],
    ['no digits at all', 'abc', true],
  ])('%s: %s', (_, code, isRight) => {
    expect(places(coded(code))).toEqual(isRight ? [] : ['error Observation.code.coding[0].code']);
  });

  test('every other last digit is wrong', () => {
    for (const right of ['404684003', '123456789012345679', '22298006'])
      for (let digit = 0; digit < 10; digit++) {
        const code = `${right.slice(0, -1)}${digit}`;
        expect([code, places(coded(code)).length]).toEqual([code, code === right ? 0 : 1]);
      }
  });

  test('two digits that changed places are found', () => {
    for (const wrong of ['440684003', '404648003', '404680403']) expect(places(coded(wrong))).toHaveLength(1);
  });

  test.each([
    ['8310-5', 0],
    ['8310-6', 1],
    ['74018-3', 0],
    ['10-9', 0],
    ['0-0', 0],
    ['5-0', 1],
    ['5-9', 0],
    ['LP1-1', 0],
  ])('LOINC: the Mod 10 check digit of %s', (code, faults) => {
    expect(places(coded(code, 'http://loinc.org'))).toHaveLength(faults);
  });

  test('codes of other systems, and Codings without a code, are left alone', () => {
    expect(places(coded('404684004', 'http://a.b'))).toEqual([]);
    expect(places(coded('8310-6', 'http://a.b'))).toEqual([]);
    expect(places({ resourceType: 'Observation', code: { coding: [{ system: 'http://snomed.info/sct' }] } })).toEqual([]);
  });
});

describe('attachments: "the number of bytes of data", "the calculated hash of the data using SHA-1" (datatypes.html#attachment)', () => {
  const media = (content: object): string[] => places({ resourceType: 'Media', content });
  const data = Buffer.from('content').toString('base64');
  const hash = createHash('sha1').update('content').digest('base64');
  const wrong = ['error Media.content'];

  test.each([
    ['nothing but a title', { title: 'x' }, ['warning Media.content']],
    ['a url', { url: 'http://a.b' }, []],
    ['a content type', { contentType: 'a/b' }, []],
    ['a language', { language: 'en' }, []],
    ['data alone', { data }, []],
    ['data that is no base64, which the structural check tells', { data: '!', size: 9 }, []],
    ['the size of the base64 text', { data, size: data.length }, wrong],
    ['the right size', { data, size: 7 }, []],
    ['an empty attachment of the right size', { data: '', size: 0 }, []],
    ['the right hash', { data, hash }, []],
    ['the right hash in two lines', { data, hash: `${hash.slice(0, 9)}\n${hash.slice(9)}` }, ['warning Media.content.hash']],
    ['a hash that says nothing', { data, hash: '' }, []],
    ['another hash', { data, hash: `A${hash.slice(1)}` }, wrong],
    ['a right size and another hash', { data, size: 7, hash: `A${hash.slice(1)}` }, wrong],
    ['neither right', { data, size: 8, hash: `A${hash.slice(1)}` }, [...wrong, ...wrong]],
  ])('%s', (_, content, expected) => {
    expect(media(content)).toEqual(expected);
  });
});

describe('texts', () => {
  const named = (text: string): string[] => places({ resourceType: 'Patient', name: [{ text }] });
  const noted = (text: string): string[] => places({ resourceType: 'Communication', note: [{ text }] });

  test.each([
    ['<b>', true],
    ['</b>', true],
    ['<br/>', true],
    ['<a href="x">', true],
    ['1 < 2 > 0', false],
    ['<1>', false],
    ['<b', false],
    ['a > b', false],
    ['x<y', false],
    ['<b <i>', true],
  ])('"%s" looks like HTML: %s', (text, isTag) => {
    expect(named(text)).toEqual(isTag ? ['information Patient.name[0].text'] : []);
    expect(noted(text)).toEqual(isTag ? ['warning Communication.note[0].text'] : []);
  });

  test('in markdown, code may hold tags', () => {
    expect(noted('use `<b>`')).toEqual([]);
    expect(noted('use `<b>` or <i>')).toHaveLength(1);
    expect(named('use `<b>`')).toHaveLength(1);
  });

  test.each([
    ['1799-12-31', 1],
    ['1800', 0],
    ['1800-01-01', 0],
    [`${new Date().getUTCFullYear() + 100}`, 0],
    [`${new Date().getUTCFullYear() + 101}-01`, 1],
  ])('the year of %s', (birthDate, warnings) => expect(places({ resourceType: 'Patient', birthDate })).toHaveLength(warnings));
});

describe('URIs, by what they are for', () => {
  const measure = (library: string, more: object = {}): string[] =>
    told(elementsRule, { resourceType: 'Measure', library: [library], ...more });

  test('"the canonical URL of a Library" is none of another type, as far as the name of the standard tells', () => {
    expect(measure('http://hl7.org/fhir/ValueSet/x')).toEqual([
      'error Measure.library[0]: "http://hl7.org/fhir/ValueSet/x" is a ValueSet; expected a Library',
    ]);
    expect(measure('http://hl7.org/fhir/ValueSet/x|1.0')).toHaveLength(1);
    expect(measure('http://hl7.org/fhir/Library/x')).toEqual([]);
    expect(measure('http://hl7.org/fhir/Nonsense/x')).toEqual([]);
    expect(measure('http://a.b/fhir/ValueSet/x')).toEqual([]);
    expect(measure('http://hl7.org/fhir/ValueSet/x/y')).toEqual([]);
  });

  test('many types that would be right are named up to the fifth', () => {
    const [line] = told(elementsRule, { resourceType: 'CarePlan', instantiatesCanonical: ['http://hl7.org/fhir/ValueSet/x'] });
    expect(line).toMatch(/is a ValueSet; expected a \w+( or \w+){4}$/);
  });

  test('where any type may stand, each is right', () => {
    const related = { type: 'citation', resource: 'http://hl7.org/fhir/ValueSet/x' };
    expect(places({ resourceType: 'Measure', relatedArtifact: [related] })).toEqual([]);
  });

  test('what is missing is named by its id, and an empty text is told elsewhere', () => {
    expect(measure('#l')).toEqual(['error Measure.library[0]: No contained resource has the id "l"']);
    expect(measure('')).toEqual([]);
    expect(measure('l')).toEqual([expect.stringContaining('warning Measure.library[0]: The canonical URL "l" is not absolute')]);
  });

  test.each([
    ['oid:1.2.3', ['error Patient.implicitRules: "oid:1.2.3" is no URI of its kind; expected urn:oid:1.2.3']],
    ['uuid:1', ['error Patient.implicitRules: "uuid:1" is no URI of its kind; expected urn:uuid:1']],
    ['urn:oid:1.2', []],
    ['http://a.b/oid:', []],
    ['http://a.b/uuid:', []],
  ])('%s', (implicitRules, expected) => expect(told(elementsRule, { resourceType: 'Patient', implicitRules })).toEqual(expected));

  test.each([
    [{ system: 'urn:ietf:rfc:3986' }, 0],
    [{ system: 'http://a.b', value: '1.2' }, 0],
    [{ value: '1.2' }, 0],
    [{ system: 'urn:ietf:rfc:3986', value: 'http://a.b' }, 0],
    [{ system: 'urn:ietf:rfc:3986', value: 'a.b' }, 1],
    [{ system: 'a.b' }, 1],
  ])('the identifier %j', (identifier, faults) => {
    expect(places({ resourceType: 'Patient', identifier: [identifier] })).toHaveLength(faults);
  });
});

describe('references (references.html#Reference)', () => {
  const to = (subject: object, more: object = {}): string[] => told(elementsRule, { resourceType: 'Observation', subject, ...more });

  test('what is allowed is named, and what is missing', () => {
    expect(to({ reference: 'Practitioner/1' })).toEqual([
      'error Observation.subject: A reference to "Practitioner" is not allowed here; expected one to Patient, Group, Device, Location',
    ]);
    expect(to({ reference: '#r' })).toEqual(['error Observation.subject: No contained resource has the id "r"']);
  });

  test('of many types that are allowed ten are named', () => {
    const [line] = told(elementsRule, { resourceType: 'Task', owner: { reference: 'Observation/1' } });
    expect(line).toContain('expected one to Practitioner, PractitionerRole, Organization, CareTeam, HealthcareService');
    const [long] = told(elementsRule, { resourceType: 'Observation', derivedFrom: [{ reference: 'Patient/1' }] });
    expect(long?.split(', ').length).toBeLessThanOrEqual(10);
  });

  test('a type that is no type of resource, and a URL of no known form, say nothing', () => {
    expect(to({ reference: 'Patient/1', type: 'http://a.b/Thing' })).toEqual([]);
    expect(to({ reference: 'http://a.b/whatever' })).toEqual([]);
    expect(to({ reference: 'not a reference' })).toEqual([]);
    expect(to({ type: 'Group', display: 'A' })).toEqual([]);
  });

  test('a type that the server adds to those of R4 stands in for any', () => {
    expect(to({ reference: 'GenomicStudy/1' })).toEqual([]);
  });

  test('a type that differs is told with both', () => {
    expect(to({ reference: 'Patient/1', type: 'Group' })).toEqual([
      'error Observation.subject: The reference leads to a Patient, but its type says "Group"; expected the same',
    ]);
  });

  test('a fragment is no entry of a Bundle, and an entry that is not there tells nothing', () => {
    const entry = [
      { fullUrl: 'http://a.b/Observation/1', resource: { resourceType: 'Observation', subject: { reference: 'urn:uuid:1' } } },
    ];
    expect(places({ resourceType: 'Bundle', type: 'collection', entry })).toEqual([]);
  });
});

test('a reason for absence is enough where the binding is not required, and no reason where it is', () => {
  const absent = { extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }] };
  expect(places({ resourceType: 'Patient', _language: absent } as Resource)).toEqual([]);
  expect(places({ resourceType: 'Patient', name: [{ _use: absent, _text: absent }] } as Resource)).toEqual(['error Patient.name[0].use']);
});
