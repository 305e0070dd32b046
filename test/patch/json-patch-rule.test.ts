/** RFC 6902 and RFC 6901, rule by rule. */
import { describe, expect, test } from '@jest/globals';
import { FhirError } from '../../src/fhir/outcome.ts';
import { applyJsonPatch, equalJson } from '../../src/fhir/patch/json-patch.ts';
import { readPointer, startsWith } from '../../src/fhir/patch/json-pointer.ts';

const patched = (document: unknown, ...operations: object[]): unknown => applyJsonPatch(operations, structuredClone(document));

/** What a patch is refused with. */
function refusal(document: unknown, ...operations: object[]): string {
  try {
    patched(document, ...operations);
  } catch (error) {
    if (error instanceof FhirError) return error.message;
    throw error;
  }
  return 'applied';
}

describe('"The replace operation replaces the value at the target location with a new value" (RFC 6902, 4.3)', () => {
  test.each([
    ['the whole document', { a: 1 }, '', [2], [2]],
    ['an element of an array', { a: [1, 2, 3] }, '/a/1', 9, { a: [1, 9, 3] }],
    ['the last element of an array', { a: [1, 2] }, '/a/1', [9], { a: [1, [9]] }],
    ['a member', { a: 1, b: 2 }, '/a', null, { a: null, b: 2 }],
    ['a member of an element', [{ a: 1 }, { a: 2 }], '/1/a', 3, [{ a: 1 }, { a: 3 }]],
  ])('%s', (_, document, path, value, expected) => {
    expect(patched(document, { op: 'replace', path, value })).toEqual(expected);
  });

  test('"The target location MUST exist for the operation to be successful"', () => {
    expect(refusal({ a: [1] }, { op: 'replace', path: '/a/1', value: 2 })).toContain('Nothing stands at /a/1.');
    expect(refusal({ a: [1] }, { op: 'replace', path: '/b', value: 2 })).toContain('Nothing stands at /b.');
    expect(refusal({ a: [1] }, { op: 'replace', path: '/a/-', value: 2 })).toContain('/a/-: "-" is no index of an array.');
    expect(refusal({}, { op: 'replace', path: '/a/b/c', value: 2 })).toContain('Nothing stands at /a on the way to /a/b/c.');
    expect(refusal({ a: { b: 1 } }, { op: 'replace', path: '/a/b/c', value: 2 })).toContain('Nothing stands at /a/b/c.');
  });
});

describe('"The add operation" (RFC 6902, 4.1)', () => {
  test.each([
    ['"the root of the target document"', { a: 1 }, '', { b: 2 }, { b: 2 }],
    ['a member of an object', { a: 1 }, '/b', 2, { a: 1, b: 2 }],
    ['"that member\'s value is replaced"', { a: 1 }, '/a', 2, { a: 2 }],
    ['an element of an array, before', { a: [1, 2] }, '/a/0', 0, { a: [0, 1, 2] }],
    ['at its end, by its length', { a: [1, 2] }, '/a/2', 3, { a: [1, 2, 3] }],
    ['at its end, by "-"', { a: [1, 2] }, '/a/-', 3, { a: [1, 2, 3] }],
  ])('%s', (_, document, path, value, expected) => {
    expect(patched(document, { op: 'add', path, value })).toEqual(expected);
  });

  test('"The specified index MUST NOT be greater than the number of elements in the array"', () => {
    expect(refusal({ a: [1, 2] }, { op: 'add', path: '/a/3', value: 0 })).toContain(
      '/a/3 lies beyond the end of the array, which has 2 elements',
    );
    expect(refusal([1], { op: 'add', path: '/01', value: 0 })).toContain('/01: "01" is no index of an array');
    expect(refusal({ a: [[1]] }, { op: 'add', path: '/a/x/0', value: 0 })).toContain('/a/x: "x" is no index of an array');
  });
});

describe('"The remove operation" (RFC 6902, 4.2)', () => {
  test('"any elements above the specified index are shifted one position to the left"', () => {
    expect(patched({ a: [1, 2, 3] }, { op: 'remove', path: '/a/0' })).toEqual({ a: [2, 3] });
    expect(patched({ a: [1, 2, 3] }, { op: 'remove', path: '/a/2' }, { op: 'remove', path: '/a/0' })).toEqual({ a: [2] });
    expect(patched({ a: 1, b: 2 }, { op: 'remove', path: '/a' })).toEqual({ b: 2 });
  });
});

describe('"The move operation", "The copy operation" (RFC 6902, 4.4 and 4.5)', () => {
  test.each([
    ['move', { a: [1, 2], b: {} }, '/a/0', '/b/c', { a: [2], b: { c: 1 } }],
    ['move', [1, 2, 3], '/0', '/2', [2, 3, 1]],
    ['copy', { a: [1, 2], b: {} }, '/a/0', '/b/c', { a: [1, 2], b: { c: 1 } }],
    ['copy', { a: { b: 1 } }, '/a', '/a/c', { a: { b: 1, c: { b: 1 } } }],
    ['copy', { a: 1 }, '', '/b', { a: 1, b: { a: 1 } }],
    ['move', { a: { b: 1 } }, '/a', '/a', { a: { b: 1 } }],
    ['move', { ab: 1, a: 2 }, '/a', '/ab', { ab: 2 }],
    ['move', { a: { c: 1 }, b: {} }, '/a/c', '/b/c', { a: {}, b: { c: 1 } }],
  ])('%s of %j from %s to %s', (op, document, from, path, expected) => {
    expect(patched(document, { op, from, path })).toEqual(expected);
  });

  test('"The from location MUST NOT be a proper prefix of the path location"', () => {
    expect(refusal({ a: { b: {} } }, { op: 'move', from: '/a', path: '/a/b/c' })).not.toBe('applied');
    expect(refusal({ a: { b: {} }, c: {} }, { op: 'move', from: '/a/b', path: '/c/b' })).toBe('applied');
  });

  test.each([
    ['/a/b', '/a', true],
    ['/a', '/a', true],
    ['/a', '', true],
    ['/a', '/a/b', false],
    ['/b/a', '/a', false],
    ['/a/c', '/b/c', false],
    ['/a/b/c', '/a/x', false],
  ])('%s stands in %s: %s', (pointer, prefix, isInside) => {
    expect(startsWith(readPointer(pointer), readPointer(prefix))).toBe(isInside);
  });
});

describe('"The test operation": equality (RFC 6902, 4.6)', () => {
  test.each([
    ['"numbers … numerically equal"', 1, 1.0, true],
    ['strings', 'a', 'b', false],
    ['a string and a number', '1', 1, false],
    ['null and an object', null, {}, false],
    ['an object and null', {}, null, false],
    ['null', null, null, true],
    ['a number and an object', 1, {}, false],
    ['an object and a text', { 0: 'a' }, 'a', false],
    ['an array and an object', ['a'], { 0: 'a' }, false],
    ['arrays in another order', [1, 2], [2, 1], false],
    ['arrays of other lengths', [1], [1, 2], false],
    ['arrays of other lengths, the other way', [1, 2], [1], false],
    ['objects in another order', { a: 1, b: 2 }, { b: 2, a: 1 }, true],
    ['objects of fewer members', { a: 1 }, { a: 1, b: 2 }, false],
    ['more members', { a: 1, b: 2 }, { a: 1 }, false],
    ['as many members of other names', { a: 1 }, { b: 1 }, false],
    ['members of other values', { a: 1 }, { a: 2 }, false],
    ['one of several members of another value', { a: 1, b: 2 }, { a: 1, b: 3 }, false],
    ['a member that is undefined nowhere', { a: undefined }, { b: undefined }, false],
    ['"true", "false"', true, false, false],
    ['deep', { a: [{ b: [null] }] }, { a: [{ b: [null] }] }, true],
  ])('%s: %j and %j: %s', (_, a, b, isEqual) => expect(equalJson(a, b)).toBe(isEqual));
});

describe('JSON Pointer (RFC 6901)', () => {
  test.each([
    ['', []],
    ['/', ['']],
    ['/a~1b/m~0n', ['a/b', 'm~n']],
    ['/~01', ['~1']],
    ['/a//b', ['a', '', 'b']],
  ])('"%s"', (text, tokens) => expect(readPointer(text)).toEqual(tokens));

  test.each(['a', '/a~', '/a~2', '#/a'])('"%s" is none', (text) => expect(() => readPointer(text)).toThrow('is no JSON Pointer'));

  test('names what a prototype has only where a client sent it', () => {
    expect(refusal({}, { op: 'test', path: '/constructor', value: 1 })).toContain('Nothing stands at /constructor.');
    expect(patched({ constructor: 1 }, { op: 'test', path: '/constructor', value: 1 })).toEqual({ constructor: 1 });
  });
});
