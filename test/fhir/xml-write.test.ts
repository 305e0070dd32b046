import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { readXml } from '../../src/fhir/xml/read.ts';
import { writeXml } from '../../src/fhir/xml/write.ts';
import { xhtmlFault } from '../../src/fhir/xml/xhtml.ts';
import { refusalOf } from '../support/refusal.ts';

const definitions = loadDefinitions();
const head = '<?xml version="1.0" encoding="UTF-8"?>';
const patient = (inside: string) => `<Patient xmlns="http://hl7.org/fhir">${inside}</Patient>`;
const read = (text: string) => readXml(text, definitions);
const write = (resource: object, pretty?: boolean) => writeXml(resource as Resource, definitions, pretty);
const narrative = (div: string) => ({ resourceType: 'Patient', text: { status: 'generated', div } });

describe('writing', () => {
  test('a narrative without namespace gets it, HTML names become characters', () => {
    expect(write(narrative(' <div>a&nbsp;b &mdash; &eacute;&lt;</div>\n'))).toBe(
      head + patient('<text><status value="generated"/><div xmlns="http://www.w3.org/1999/xhtml">a\u00a0b \u2014 \u00e9&lt;</div></text>'),
    );
  });

  test.each([
    ['unclosed', '<div xmlns="http://www.w3.org/1999/xhtml"><p>x</div>'],
    [
      'closed too early, to smuggle elements in',
      '<div xmlns="http://www.w3.org/1999/xhtml">x</div></text><active value="false"/><text><div xmlns="http://www.w3.org/1999/xhtml"></div>',
    ],
    ['plain text', 'hello'],
    ['empty', ''],
    ['another element', '<p xmlns="http://www.w3.org/1999/xhtml">x</p>'],
    ['another namespace', '<div xmlns="http://hl7.org/fhir">x</div>'],
    ['an unknown entity', '<div xmlns="http://www.w3.org/1999/xhtml">&unknown;</div>'],
    ['a document type', '<!DOCTYPE div><div xmlns="http://www.w3.org/1999/xhtml">x</div>'],
    ['two roots', '<div xmlns="http://www.w3.org/1999/xhtml"/><div xmlns="http://www.w3.org/1999/xhtml"/>'],
    ['an unclosed comment', '<div xmlns="http://www.w3.org/1999/xhtml"><!-- x</div>'],
  ])('a narrative that is no XHTML is refused: %s', (_title, div) => {
    const error = refusalOf(() => write(narrative(div)));
    expect(error.message).toMatch(/not well-formed XHTML/);
    expect(error.status).toBe(400);
    expect(xhtmlFault(div)).toBeDefined();
  });

  test('well-formed XHTML has no fault', () => {
    expect(xhtmlFault('<div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div>')).toBeUndefined();
  });

  test.each(['a\u0001', '\ufffe', 'x\ud800y', '\udc00'])('a character that XML cannot carry is refused with 406', (text) => {
    const error = refusalOf(() => write({ resourceType: 'Patient', name: [{ text }] }));
    expect(error.status).toBe(406);
    expect(error.message).toMatch(/U\+[0-9A-F]{4}, which XML cannot carry/);
  });

  test.each([
    ['an unknown property', { resourceType: 'Patient', nme: 'x' }, /"nme" is not an element of Patient/],
    ['an unknown type', { resourceType: 'Nothing' }, /"Nothing" is not a resource/],
    ['no type', { id: 'x' }, /without resourceType/],
    ['a primitive where an object should be', { resourceType: 'Patient', name: ['x'] }, /name must be an object/],
    ['an object where a primitive should be', { resourceType: 'Patient', birthDate: { a: 1 } }, /"birthDate" must be a primitive/],
    ['something else contained', { resourceType: 'Patient', contained: [1] }, /without resourceType/],
  ])('%s is refused', (_title, resource, words) => {
    const error = refusalOf(() => write(resource));
    expect(error.issues[0]?.code).toBe('structure');
    expect(error.message).toMatch(words);
  });

  test('any text of a value comes back as it was', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((value) => !/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(value));
    fc.assert(
      fc.property(fc.array(text, { minLength: 1 }), fc.boolean(), (given, pretty) => {
        const resource = { resourceType: 'Patient', name: [{ given }] };
        expect(read(write(resource, pretty))).toEqual(resource);
      }),
    );
  });
});
