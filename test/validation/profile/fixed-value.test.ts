import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { difference, fixedFits, patternFits } from '../../../src/validation/profile/fixed-value.ts';

const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.string(), fc.integer(), fc.boolean(), tie('object'), tie('list')),
  object: fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('value'), { maxKeys: 4 }),
  list: fc.array(tie('value'), { maxLength: 3 }),
})).value;

describe('fixed and pattern values', () => {
  test('are met by themselves', () => {
    fc.assert(fc.property(json, (value) => fixedFits(value)(value) && patternFits(value)(value)));
  });

  test('a value that is fixed meets the pattern of the same text', () => {
    fc.assert(fc.property(json, json, (wanted, value) => !fixedFits(wanted)(value) || patternFits(wanted)(value)));
  });

  test('a pattern is met by whatever has more', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), json), json, (wanted, more) =>
        patternFits(wanted)({ ...wanted, XY: more }),
      ),
    );
  });

  test('a fixed value is met by nothing that has more', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), json),
        json,
        (wanted, more) => !fixedFits(wanted)({ ...wanted, XY: more }),
      ),
    );
  });

  test('the order of lists counts for fixed values only', () => {
    expect(fixedFits([1, 2])([2, 1])).toBe(false);
    expect(patternFits([1, 2])([2, 1])).toBe(true);
  });

  test.each([
    [{ a: { b: 1 } }, { a: { b: 2 } }, ['a', 'b'], '1'],
    [{ a: { b: 1 } }, { a: {} }, ['a'], 'b 1'],
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, [], 'a [{"b":1}]'],
    ['x', 'y', [], '"x"'],
  ])('a difference is told where it is: %j and %j', (value, found, steps, expected) => {
    expect(difference({ kind: 'pattern', value, source: '' }, found)).toEqual({ steps, expected });
  });

  test('what is too much is told at itself', () => {
    expect(difference({ kind: 'fixed', value: { a: 1 }, source: '' }, { a: 1, b: 2 })).toEqual({
      steps: ['b'],
      expected: 'it to be absent',
    });
  });
});
