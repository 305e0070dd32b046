import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { elementIdRule } from '../../../src/validation/rules/element/element-id.ts';
import { elementsRule } from '../../../src/validation/rules/element/elements.ts';
import { cpuClock } from '../../support/cpu.ts';
import { placesTold, told } from './told.ts';

const places = (resource: Resource): string[] => placesTold(elementsRule, resource);

describe('attachments (datatypes.html#attachment)', () => {
  const media = (content: object): Resource => ({ resourceType: 'Media', content });
  const data = Buffer.from('content').toString('base64');

  test('size and hash are those of the data', () => {
    const hash = createHash('sha1').update('content').digest('base64');
    expect(places(media({ data, size: 7, hash }))).toEqual([]);
    expect(places(media({ data, size: 8 }))).toEqual(['error Media.content']);
    expect(told(elementsRule, media({ data, hash: 'AAAA' }))[0]).toContain(hash);
  });

  test('one without content should tell what it is', () => {
    expect(places(media({ title: 'x' }))).toEqual(['warning Media.content']);
    expect(places(media({ contentType: 'text/plain' }))).toEqual([]);
  });

  test('are found in extensions and choices, of primitives too', () => {
    const extension = [{ url: 'http://a.b', valueAttachment: { data, size: 1 } }];
    const resource = { resourceType: 'Communication', payload: [{ contentAttachment: { data, size: 1 } }], _implicitRules: { extension } };
    expect(places(resource)).toEqual(['error Communication.payload[0].content', 'error Communication.implicitRules.extension[0].value']);
  });
});

describe('narratives (narrative.html)', () => {
  const patient = (inner: string, more: object = {}, root = '<div xmlns="http://www.w3.org/1999/xhtml">'): Resource => ({
    resourceType: 'Patient',
    ...more,
    text: { status: 'generated', div: `${root}${inner}</div>` },
  });
  const wrong = ['error Patient.text.div'];

  test.each([
    ['formatting', '<p class="x" style="color: red">a <b>b</b><br/></p>'],
    ['tables', '<table border="1"><tr><td colspan="2">a</td></tr></table>'],
    ['links', '<a href="https://a.b">x</a><a href="mailto:a@b.c">y</a><a href="Patient/1">z</a><a name="n">m</a><a href="#n">n</a>'],
    ['images', '<img src="data:image/png;base64,AAAA" alt="x"/><img src="#i"/>'],
    ['comments', '<!-- <script> -->'],
  ])('%s are allowed', (_, inner) => expect(told(elementsRule, patient(inner))).toEqual([]));

  test.each([
    ['script', '<script>x</script>'],
    ['forms', '<form action="x"/>'],
    ['objects', '<object data="x"/>'],
    ['events', '<p onclick="x()">a</p>'],
    ['javascript in links', '<a href="javascript:x()">a</a>'],
    ['schemes that nothing opens', '<a href="urn:uuid:1">a</a>'],
    ['data in links', '<a href="data:text/html,x">a</a>'],
  ])('%s are not', (_, inner) => expect(places(patient(inner))).toEqual(wrong));

  test('a link within leads to an id of the narrative, an element or a contained resource', () => {
    expect(places(patient('<a href="#x">a</a>'))).toEqual(['warning Patient.text.div']);
    expect(places(patient('<a href="#x">a</a>', { name: [{ id: 'x' }] }))).toEqual([]);
    expect(places(patient('<a href="#x">a</a>', { contained: [{ resourceType: 'Group', id: 'x' }] }))).toEqual([]);
  });

  test('its language is that of the resource', () => {
    const german = '<div xmlns="http://www.w3.org/1999/xhtml" lang="de">';
    expect(places(patient('a', { language: 'en' }, german))).toEqual(['warning Patient']);
    expect(places(patient('a', { language: 'de' }, german))).toEqual([]);
  });

  test('its namespace is told, names of characters are not for it', () => {
    expect(places(patient('a', {}, '<div>'))).toEqual(wrong);
    expect(places(patient('a&nbsp;b'))).toEqual(['warning Patient.text.div']);
    expect(places(patient('a&#160;b &amp; c'))).toEqual([]);
  });

  test('sections of a Composition have narratives too', () => {
    const composition = {
      resourceType: 'Composition',
      section: [{ text: { div: '<div xmlns="http://www.w3.org/1999/xhtml"><script/></div>' } }],
    };
    expect(places(composition)).toEqual(['error Composition.section[0].text.div']);
  });

  test('broken markup of a megabyte is looked through in no time', () => {
    const spent = cpuClock();
    for (const piece of ['<a b="', "<a b='", '<', '<!--', '<![CDATA[', '<a '.repeat(5)]) places(patient(piece.repeat(100_000)));
    expect(spent()).toBeLessThan(5000);
  });
});

describe('ids of elements are unique in their resource (element-definitions.html#Element.id)', () => {
  test('one that is there twice', () => {
    expect(placesTold(elementIdRule, { resourceType: 'Patient', name: [{ id: 'a' }, { id: 'b' }], address: [{ id: 'a' }] })).toEqual([
      'error Patient.address[0]',
    ]);
  });

  test('resources inside of others are scopes of their own', () => {
    const bundle = {
      resourceType: 'Bundle',
      id: 'a',
      entry: [{ id: 'e', resource: { resourceType: 'Patient', id: 'e', name: [{ id: 'e' }] } }],
    };
    expect(placesTold(elementIdRule, bundle)).toEqual([]);
  });

  test('contained resources have ids of their own', () => {
    const contained = [
      { resourceType: 'Group', id: 'a' },
      { resourceType: 'Group', id: 'a' },
    ];
    expect(placesTold(elementIdRule, { resourceType: 'Patient', contained })).toEqual(['error Patient.contained[1]']);
  });
});

describe('references (references.html#Reference)', () => {
  const subject = (reference: object, more: object = {}): Resource => ({ resourceType: 'Observation', subject: reference, ...more });

  test('lead to a type that may stand there', () => {
    expect(places(subject({ reference: 'Patient/1' }))).toEqual([]);
    expect(places(subject({ reference: 'http://a.b/Patient/1' }))).toEqual([]);
    expect(places(subject({ reference: 'Practitioner/1' }))).toEqual(['error Observation.subject']);
    expect(places(subject({ type: 'Practitioner', identifier: { value: '1' } }))).toEqual(['error Observation.subject']);
    expect(places({ resourceType: 'Basic', subject: { reference: 'Practitioner/1' } })).toEqual([]);
  });

  test('in a list are told by their index', () => {
    expect(places({ resourceType: 'Observation', performer: [{ reference: 'Patient/1' }, { reference: 'Group/1' }] })).toEqual([
      'error Observation.performer[1]',
    ]);
  });

  test('have the type that they tell', () => {
    expect(places(subject({ reference: 'Patient/1', type: 'Group' }))).toEqual(['error Observation.subject']);
    expect(places(subject({ reference: 'Patient/1', type: 'Patient' }))).toEqual([]);
  });

  test('to contained resources find them', () => {
    const contained = [
      { resourceType: 'Patient', id: 'p' },
      { resourceType: 'Practitioner', id: 'q' },
    ];
    expect(places(subject({ reference: '#p' }, { contained }))).toEqual([]);
    expect(places(subject({ reference: '#q' }, { contained }))).toEqual(['error Observation.subject']);
    expect(places(subject({ reference: '#r' }, { contained }))).toEqual(['error Observation.subject']);
  });

  test('to entries of a Bundle are known by what stands there', () => {
    const urn = 'urn:uuid:00000000-0000-4000-8000-000000000001';
    const entry = [{ resource: subject({ reference: urn }) }, { fullUrl: urn, resource: { resourceType: 'Practitioner' } }];
    expect(places({ resourceType: 'Bundle', type: 'transaction', entry })).toEqual(['error Bundle.entry[0].resource.subject']);
  });
});

describe('URIs', () => {
  const measure = (library: string, more: object = {}): Resource => ({ resourceType: 'Measure', library: [library], ...more });

  test('canonicals are absolute, or name what is contained', () => {
    expect(places(measure('http://a.b/Library/l|1'))).toEqual([]);
    expect(places(measure('Library/l'))).toEqual(['warning Measure.library[0]']);
    expect(places(measure('#l', { contained: [{ resourceType: 'Library', id: 'l' }] }))).toEqual([]);
    expect(places(measure('#l'))).toEqual(['error Measure.library[0]']);
  });

  test('OIDs and UUIDs are urns', () => {
    expect(places({ resourceType: 'Patient', implicitRules: 'oid:1.2.3' })).toEqual(['error Patient.implicitRules']);
    expect(places({ resourceType: 'Patient', implicitRules: 'urn:oid:1.02.3' })).toEqual(['error Patient.implicitRules']);
    expect(places({ resourceType: 'Patient', implicitRules: 'urn:oid:1.2.3' })).toEqual([]);
  });

  test.each([
    ['urn:ietf:rfc:3986', 'urn:oid:1.2', []],
    ['urn:ietf:rfc:3986', '1.2', ['error Patient.identifier[0]']],
    ['local', '1', ['error Patient.identifier[0].system']],
    ['http://a.b', '1', []],
  ])('an identifier of the system %s with the value %s', (system, value, expected) => {
    expect(places({ resourceType: 'Patient', identifier: [{ system, value }] })).toEqual(expected);
  });

  test('a value set is no code system', () => {
    const type = (system: string): Resource => ({ resourceType: 'Measure', type: [{ coding: [{ system, code: 'process' }] }] });
    expect(places(type('http://hl7.org/fhir/ValueSet/measure-type'))).toEqual(['error Measure.type[0].coding[0].system']);
    expect(places(type('http://terminology.hl7.org/CodeSystem/measure-type'))).toEqual([]);
  });
});

describe('texts', () => {
  test('that look like HTML are worth a note, in markdown a warning', () => {
    expect(places({ resourceType: 'Patient', name: [{ text: 'a <script>b</script>' }] })).toEqual(['information Patient.name[0].text']);
    expect(places({ resourceType: 'Communication', note: [{ text: '<b>a</b>' }] })).toEqual(['warning Communication.note[0].text']);
    expect(places({ resourceType: 'Communication', note: [{ text: '1 < 2 and `<b>`' }] })).toEqual([]);
  });

  test('of base64 should have no white space', () => {
    expect(places({ resourceType: 'Binary', contentType: 'a/b', data: 'AAAA AAAA' })).toEqual(['warning Binary.data']);
  });

  test('of dates in unlikely years are a warning', () => {
    expect(places({ resourceType: 'Patient', birthDate: '3017-01-01' })).toEqual(['warning Patient.birthDate']);
    expect(places({ resourceType: 'Patient', birthDate: '1917-01-01' })).toEqual([]);
  });
});

test('the id of a resource has no extensions', () => {
  expect(places({ resourceType: 'Patient', _id: { extension: [{ url: 'http://a.b', valueCode: 'c' }] } })).toEqual(['error Patient.id']);
});

describe('codes that cannot be codes of their system', () => {
  const coded = (system: string, code: string): Resource => ({ resourceType: 'Observation', code: { coding: [{ system, code }] } });
  const wrong = ['error Observation.code.coding[0].code'];

  test.each(['404684003', '50631000087105', '22298006', '138875005', '24700007'])('%s is a concept of SNOMED CT', (code) => {
    expect(places(coded('http://snomed.info/sct', code))).toEqual([]);
  });

  test.each(['1', '404684004', '22298060', '0404684003', '1234567890123456789'])('%s is none', (code) => {
    expect(places(coded('http://snomed.info/sct', code))).toEqual(wrong);
  });

  test('expressions of SNOMED CT are left alone', () => expect(places(coded('http://snomed.info/sct', '1:2=3'))).toEqual([]));

  test.each(['8310-5', '29463-7', '85354-9', '2345-7', 'LA6668-3', '18842-5'])('%s may be a code of LOINC', (code) => {
    expect(places(coded('http://loinc.org', code))).toEqual([]);
  });

  test.each(['8310-6', '29643-7'])('%s is none: the check digit does not fit', (code) =>
    expect(places(coded('http://loinc.org', code))).toEqual(wrong),
  );
});

test('a reason for absence does not replace a code of a required value set', () => {
  const extension = (url: string): object => ({ extension: [{ url, valueCode: 'unknown' }] });
  const absent = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
  expect(places({ resourceType: 'Observation', _status: extension(absent) })).toEqual(['error Observation.status']);
  expect(places({ resourceType: 'Observation', status: 'final', _status: extension(absent) })).toEqual([]);
  expect(places({ resourceType: 'Observation', _status: extension('http://a.b') })).toEqual([]);
  expect(places({ resourceType: 'Patient', _birthDate: extension(absent) })).toEqual([]);
});

test('content outside of sections by language is a warning', () => {
  const narrative = (inner: string): Resource => ({
    resourceType: 'Patient',
    text: { div: `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>` },
  });
  expect(places(narrative('<div lang="en">a</div> <div xml:lang="de">b <i>c</i> d</div>'))).toEqual([]);
  expect(places(narrative('a<div lang="en">b</div>'))).toEqual(['warning Patient.text.div']);
  expect(places(narrative('a<p lang="en">b</p>'))).toEqual([]);
});
