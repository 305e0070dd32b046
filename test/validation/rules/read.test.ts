import { expect, test } from '@jest/globals';
import {
  choiceOf,
  eachOf,
  extensionValues,
  listOf,
  numberOf,
  objectOf,
  objectsOf,
  quoted,
  textOf,
  textsOf,
} from '../../../src/validation/rules/read.ts';

const holder = { text: 'a', number: 1, object: { b: 1 }, list: ['a', 1, { c: 1 }, null, ['d']] };

test('what is of another kind counts as absent', () => {
  expect([textOf(holder, 'text'), textOf(holder, 'number'), textOf(undefined, 'text')]).toEqual(['a', undefined, undefined]);
  expect([numberOf(holder, 'number'), numberOf(holder, 'text'), numberOf(undefined, 'a')]).toEqual([1, undefined, undefined]);
  expect([objectOf(holder, 'object'), objectOf(holder, 'list'), objectOf(holder, 'none')]).toEqual([{ b: 1 }, undefined, undefined]);
  expect([listOf(holder, 'list').length, listOf(holder, 'object'), listOf(undefined, 'list')]).toEqual([5, [], []]);
  expect([objectsOf(holder, 'list'), textsOf(holder, 'list')]).toEqual([[{ c: 1 }], ['a']]);
});

test('of a list, objects alone are visited, with the index that they have in it', () => {
  const seen: unknown[] = [];
  eachOf(holder, 'list', 'X', (item, at, index) => seen.push([item, at, index]));
  expect(seen).toEqual([[{ c: 1 }, 'X.list[2]', 2]]);
});

test('a choice is the name with a type behind it: valueString is one of value, valueless and value are not', () => {
  expect(choiceOf({ valueless: 1, value: 2, valueString: 'a' }, 'value')).toEqual({ key: 'valueString', suffix: 'String', value: 'a' });
  expect(choiceOf({ valueless: 1, value: 2, _valueString: {} }, 'value')).toBeUndefined();
  expect(choiceOf({ otherString: 'a' }, 'value')).toBeUndefined();
});

test('the values of all extensions with a url, in their order', () => {
  const extension = [
    { url: 'u', valueCode: 'a' },
    { url: 'v', valueCode: 'b' },
    { url: 'u', valueInteger: 2 },
  ];
  expect(extensionValues({ extension }, 'u')).toEqual(['a', 2]);
  expect(extensionValues(undefined, 'u')).toEqual([]);
});

test('a text is shown up to eighty characters', () => {
  expect(quoted('a'.repeat(80))).toBe(`"${'a'.repeat(80)}"`);
  expect(quoted('a'.repeat(81))).toBe(`"${'a'.repeat(80)}…"`);
});
