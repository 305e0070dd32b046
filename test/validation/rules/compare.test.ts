import { describe, expect, test } from '@jest/globals';
import { choiceOf } from '../../../src/validation/rules/questionnaire/choice.ts';
import { areSame, compareValues } from '../../../src/validation/rules/questionnaire/compare.ts';
import { holds } from '../../../src/validation/rules/questionnaire/contained-value-set.ts';

const ucum = (value: number, code: string): object => ({ value, code, system: 'http://unitsofmeasure.org' });

describe('the order of answers', () => {
  test.each([
    [1, 2, -1],
    [2, 2, 0],
    ['2020', '2021', -1],
    ['2020-05', '2020-05', 0],
    ['2020-05', '2020-04-30', 1],
    ['2020-01-01T00:00:00Z', '2020-01-01T01:00:00+01:00', 0],
    ['10:00:00', '09:59:59', 1],
    [ucum(1, 'kg'), ucum(1000, 'g'), 0],
    [ucum(1, 'kg'), ucum(999, 'g'), 1],
    [{ value: 1, system: 'http://a.b', code: 'x' }, { value: 2, system: 'http://a.b', code: 'x' }, -1],
  ])('of %j and %j', (a, b, sign) => expect(Math.sign(compareValues(a, b) ?? Number.NaN)).toBe(sign));

  test.each([
    ['a date and a year within it', '2020-05-01', '2020'],
    ['units of another kind', ucum(1, 'kg'), ucum(1, 'm')],
    ['units of another system', { value: 1, system: 'http://a.b', code: 'g' }, ucum(1, 'g')],
    ['a unit without a code', { value: 1, unit: 'kg' }, ucum(1, 'kg')],
    ['a number and a text', 1, '1'],
    ['nothing', undefined, 1],
  ])('cannot be told for %s', (_, a, b) => expect(compareValues(a, b)).toBeUndefined());
});

describe('the same answer', () => {
  test.each([
    [true, true, true],
    ['a', 'b', false],
    [{ system: 's', code: 'c', display: 'x' }, { system: 's', code: 'c' }, true],
    [{ system: 's', code: 'c' }, { system: 't', code: 'c' }, false],
    [{ display: 'x' }, { display: 'x' }, true],
    [{ display: 'x' }, { display: 'y' }, false],
    [{ reference: 'Patient/1' }, { reference: 'Patient/1', display: 'x' }, true],
    [ucum(1, 'kg'), ucum(1000, 'g'), true],
    [{ value: 1, unit: 'kg' }, { value: 1, unit: 'kg' }, true],
    [{ value: 1, unit: 'kg' }, { value: 1, unit: 'g' }, false],
  ])('%j and %j: %s', (a, b, same) => {
    expect(areSame(a, b)).toBe(same);
    // The options of a question are found by the same notion.
    const suffix = typeof a === 'boolean' ? 'Boolean' : typeof a === 'string' ? 'String' : 'Coding';
    expect(choiceOf([{ [`value${suffix}`]: b }]).find(a) !== undefined).toBe(same);
  });
});

describe('a code in a contained value set', () => {
  const coding = { system: 'http://s', code: 'a' };
  const set = (compose: object | undefined, expansion?: object): Record<string, unknown> => ({
    ...(compose ? { compose } : {}),
    ...(expansion ? { expansion } : {}),
  });
  const listed = (...codes: string[]): object => ({ system: 'http://s', concept: codes.map((code) => ({ code })) });

  test.each([
    ['is listed', set({ include: [listed('b'), listed('a')] }), true],
    ['is not listed', set({ include: [listed('b')] }), false],
    ['is of another system', set({ include: [{ system: 'http://t' }] }), false],
    ['may be one of the whole system', set({ include: [{ system: 'http://s' }] }), undefined],
    ['may be in another value set', set({ include: [{ valueSet: ['http://v'] }] }), undefined],
    ['may be excluded', set({ include: [listed('a')], exclude: [listed('c')] }), undefined],
    ['is in the expansion', set(undefined, { contains: [{ contains: [coding] }] }), true],
    ['is not in the expansion', set(undefined, { contains: [] }), false],
    ['is anywhere', set(undefined), undefined],
  ])('%s', (_, valueSet, expected) => expect(holds(valueSet, coding)).toBe(expected));
});
