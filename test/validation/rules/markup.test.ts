import { describe, expect, test } from '@jest/globals';
import { isAllowedAttribute, isAllowedElement } from '../../../src/validation/rules/narrative/allowed.ts';
import { readMarkup, tagsOf } from '../../../src/validation/rules/narrative/markup.ts';

const names = (xhtml: string): string[] => tagsOf(xhtml).map(({ name }) => name);

describe('tags of a narrative', () => {
  test.each([
    ['<div><p>a</p><br/></div>', ['div', 'p', 'br']],
    ['<x:div xmlns:x="http://a.b"><X:P/></x:div>', ['div', 'p']],
    ['<div><!-- <b> --><![CDATA[<i>]]><?a <u>?></div>', ['div']],
    ['<div a="1 > 0">a < b</div>', ['div']],
    ['<div', []],
    ['<!-- never closed <b>', []],
  ])('%s', (xhtml, expected) => expect(names(xhtml)).toEqual(expected));

  test('attributes are told in lower case, in any quotes, without escapes', () => {
    const [tag] = tagsOf(`<a HREF='x?a=1&amp;b="2"' title = "&lt;&quot;">`);
    expect(Object.fromEntries(tag?.attributes ?? [])).toEqual({ href: 'x?a=1&b="2"', title: '<"' });
  });

  test('texts know the elements around them', () => {
    const texts: string[] = [];
    readMarkup('<div>a<p>b<br/>c</p>d</div>', {
      text: (text, around) => texts.push(`${around.map(({ name }) => name).join('/')} ${text}`),
    });
    expect(texts).toEqual(['div a', 'div/p b', 'div/p c', 'div d']);
  });
});

describe('what a narrative may use (narrative.html#xhtml)', () => {
  test.each(['div', 'table', 'img', 'a', 'ul', 'h6', 'pre', 'map'])('%s', (name) => expect(isAllowedElement(name)).toBe(true));
  test.each(['script', 'form', 'object', 'iframe', 'input', 'style', 'link', 'base', 'html', 'body', 'svg'])('not %s', (name) => {
    expect(isAllowedElement(name)).toBe(false);
  });
  test.each([
    ['p', 'class', true],
    ['a', 'href', true],
    ['img', 'src', true],
    ['p', 'href', false],
    ['img', 'onerror', false],
    ['a', 'onclick', false],
    ['td', 'colspan', true],
    ['form', 'action', false],
  ])('%s with %s: %s', (element, name, allowed) => expect(isAllowedAttribute(element, name)).toBe(allowed));
});
