import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../../src/fhir/resource.ts';
import { elementsRule } from '../../../src/validation/rules/element/elements.ts';
import { isAllowedAttribute } from '../../../src/validation/rules/narrative/allowed.ts';
import { readMarkup, tagsOf } from '../../../src/validation/rules/narrative/markup.ts';
import { told } from './told.ts';

const xhtml = 'xmlns="http://www.w3.org/1999/xhtml"';
const patient = (inner: string, more: object = {}, attributes = xhtml): Resource => ({
  resourceType: 'Patient',
  ...more,
  text: { status: 'generated', div: `<div ${attributes}>${inner}</div>` },
});
const texts = (resource: Resource): string[] => told(elementsRule, resource);

describe('"only the basic html formatting elements and attributes" (txt-1, narrative.html#xhtml)', () => {
  test('what is not allowed is named, each once, up to ten', () => {
    const letters = [...'bcdefghijklm'];
    const [strange] = texts(patient(letters.map((letter) => `<z${letter}/><z${letter}/>`).join('')));
    expect(strange).toContain(
      `"${letters
        .slice(0, 10)
        .map((letter) => `z${letter}`)
        .join(', ')}"`,
    );
    expect(texts(patient('<p onclick="x"/><b onload="y"/><p onclick="z"/>'))[0]).toContain('"onclick on <p>, onload on <b>"');
  });

  test.each([
    ['br', 'class', true],
    ['br', 'href', false],
    ['p', 'xmlns:x', true],
    ['p', 'x:xmlns:', false],
    ['a', 'href', true],
    ['strong', 'bgcolor', false],
  ])('%s with %s: %s', (element, name, isAllowed) => expect(isAllowedAttribute(element, name)).toBe(isAllowed));
});

describe('links of a narrative', () => {
  const linked = (inner: string, more: object = {}): number => texts(patient(inner, more)).length;

  test.each([
    ['a data URL of an image', '<img src="data:image/png;base64,A" alt="a"/>', 0],
    ['a data URL of a link', '<a href="data:image/png;base64,A">a</a>', 1],
    ['an image of a scheme that nothing opens', '<img src="file:///a" alt="a"/>', 1],
    ['an image that is contained', '<img src="#nowhere" alt="a"/>', 0],
    ['a link to the top', '<a href="#">a</a>', 0],
    ['a link to a name', '<a name="n">a</a><a href="#n">b</a>', 0],
    ['a link to an id', '<p id="n">a</p><a href="#n">b</a>', 0],
    ['a link to nothing', '<p id="m">a</p><a href="#n">b</a>', 1],
    ['a scheme in capitals', '<a href="HTTPS://a.b">a</a>', 0],
    ['script after white space', '<a href="  javascript:x()">a</a>', 1],
    ['no link at all', '<a name="n">a</a>', 0],
  ])('%s', (_, inner, faults) => expect(linked(inner)).toBe(faults));

  test('ids of elements at any depth are right, other texts are none', () => {
    const contact = [{ name: { id: 'deep', text: 'shallow' }, telecom: [null] }];
    expect(linked('<a href="#deep">a</a>', { contact })).toBe(0);
    expect(linked('<a href="#deep">a</a><a href="#deep">b</a><a href="#other">c</a>', { contact })).toBe(1);
    expect(linked('<a href="#shallow">a</a>', { contact })).toBe(1);
    expect(linked('<a href="#1">a</a>', { contact: [{ id: 1 }] })).toBe(1);
  });
});

describe('the language of a narrative (narrative.html#lang)', () => {
  const inLanguage = (attributes: string, language?: string): string[] =>
    texts(patient('a', language === undefined ? {} : { language }, `${xhtml} ${attributes}`));

  test.each([
    ['lang="de"', 'de', 0],
    ['lang="de"', 'DE', 0],
    ['lang="DE"', 'de', 0],
    ['xml:lang="de"', 'en', 1],
    ['lang="de" xml:lang="en"', 'de', 0],
    ['lang="de"', undefined, 0],
    ['', 'de', 0],
  ])('%s in a resource of the language %s', (attributes, language, warnings) => {
    expect(inLanguage(attributes, language)).toHaveLength(warnings);
  });

  test('is told at the resource, with both', () => {
    expect(inLanguage('lang="de"', 'en')).toEqual([
      'warning Patient: The resource is in the language "en", its narrative in "de"; expected the same',
    ]);
  });
});

describe('markup that is passed over', () => {
  const names = (text: string): string[] => tagsOf(text).map(({ name }) => name);

  test.each([
    ['a comment with a bracket', '<a/><!-- > <b/> --><c/>', ['a', 'c']],
    ['a comment that ends at once', '<!----><c/>', ['c']],
    ['CDATA with a bracket', '<a/><![CDATA[ > <b/> ]]><c/>', ['a', 'c']],
    ['an instruction', '<?x <b ?><c/>', ['c']],
    ['a declaration', '<!DOCTYPE html><c/>', ['c']],
    ['a comment that never ends', '<a/><!-- <b/>', ['a']],
    ['text before the first tag', 'x <a/>', ['a']],
    ['a lone bracket', '< <a/>', ['a']],
    ['two brackets', '<<a/>', ['a']],
  ])('%s', (_, text, expected) => expect(names(text)).toEqual(expected));

  test('closing and empty tags change what is around a text', () => {
    const seen: string[] = [];
    readMarkup('x<a>1<b/>2<c>3</c>4</a>5', { text: (text, around) => seen.push(`${around.map(({ name }) => name).join('')}${text}`) });
    expect(seen).toEqual(['x', 'a1', 'a2', 'ac3', 'a4']);
  });

  test('an attribute with an escaped sign', () => {
    expect(tagsOf('<a title="&amp;lt; &apos;b&apos; &gt;" id="x">')[0]?.attributes.get('title')).toBe("&lt; 'b' >");
    expect(tagsOf('<a>')[0]?.attributes.size).toBe(0);
  });
});
