import { expect, test } from '@jest/globals';
import { languagesOf } from '../../../src/validation/rules/narrative/section.ts';

const div = (inner: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${inner}</div>`;

test('sections by language are children of the root that tell one, each once', () => {
  expect(languagesOf(div('<div lang="en">a<b>b</b>c</div><div xml:lang="de">d</div>'))).toEqual({ sections: ['en', 'de'], isMixed: false });
  expect(languagesOf(div('<p>a</p><div lang="en">b</div>')).isMixed).toBe(true);
  expect(languagesOf(div('<div><div lang="en">a</div></div>')).sections).toEqual([]);
});
