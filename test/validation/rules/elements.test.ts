import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { elementIdRule } from '../../../src/validation/rules/element/element-id.ts';
import { elementsRule } from '../../../src/validation/rules/element/elements.ts';
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
    const start = performance.now();
    for (const piece of ['<a b="', "<a b='", '<', '<!--', '<![CDATA[', '<a '.repeat(5)]) places(patient(piece.repeat(100_000)));
    expect(performance.now() - start).toBeLessThan(5000);
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
