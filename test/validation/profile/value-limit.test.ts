import { describe, expect, test } from '@jest/globals';
import { limitFault } from '../../../src/validation/profile/value-limit.ts';

const now = (): Date => new Date('2024-06-15T12:00:00Z');
const keeps = (kind: 'min' | 'max', bound: unknown, value: unknown): boolean =>
  limitFault({ kind, value: bound, source: '' } as never)(value, now) === undefined;
const ucum = (value: number, code: string) => ({ value, system: 'http://unitsofmeasure.org', code });

describe('"The minimum allowed value for the element. The value is inclusive." (elementdefinition-definitions.html#ElementDefinition.minValue_x_)', () => {
  test.each([
    [5, 5, true, true],
    [5, 4, false, true],
    [5, 6, true, false],
    ['2020-01-01', '2020-01-01', true, true],
    ['2020-01-01', '2019-12-31', false, true],
    ['2020-01-01', '2020-01-02', true, false],
    ['2020-01-01', '2020', true, true],
    ['2020', '2020-05-05', true, true],
    ['2020-01-01', '2020-01-01T10:00:00Z', true, true],
    ['2020-01-01T10:00:00Z', '2020-01-01', true, true],
    ['2020-01-01T10:00:00Z', '2020-01-01T10:00:01+00:00', true, false],
    ['2020-01-01T10:00:00Z', '2020-01-01T10:30:00+01:00', false, true],
    ['2020-01-01T10:00:00Z', '2020-01-01T99:00:00Z', true, true],
    ['2020-01-01T99:00:00Z', '2020-01-01T10:00:00Z', true, true],
    ['10:00:00', '10:00:00', true, true],
    ['10:00:00', '09:59:59.999', false, true],
    ['10:00:00', '10:00:00.5', true, true],
    ['10:00:00.5', '10:00:00.25', false, true],
    ['10:00:00', '2020-01-01', true, true],
    ['2020-01-01', '10:00:00', true, true],
    [5, '6', true, true],
    ['a', 5, true, true],
    [{ value: 5 }, 6, true, true],
  ])('of %j, %j is at least that: %s, at most: %s', (bound, value, isLeast, isMost) => {
    expect([keeps('min', bound, value), keeps('max', bound, value)]).toEqual([isLeast, isMost]);
  });

  test.each([
    ['the same code', { value: 5, code: 'g' }, { value: 6, code: 'g' }, true, false],
    ['the same unit', { value: 5, unit: 'g' }, { value: 4, unit: 'g' }, false, true],
    ['a code before a unit', { value: 5, code: 'g', unit: 'x' }, { value: 4, code: 'g', unit: 'y' }, false, true],
    ['a limit without unit', { value: 5 }, { value: 4, code: 'g' }, false, true],
    ['a value without unit', { value: 5, code: 'g' }, { value: 4 }, true, true],
    ['a value without number', { value: 5, code: 'g' }, { code: 'g' }, true, true],
    ['a limit without number', { code: 'g' }, { value: 4, code: 'g' }, true, true],
    ['units of UCUM for the same', ucum(1, 'kg'), ucum(1001, 'g'), true, false],
    ['the same amount in another unit of UCUM', ucum(1, 'kg'), ucum(1000, 'g'), true, true],
    ['"you cannot provide 100mg if the minimum value is 10g"', ucum(10, 'g'), ucum(100, 'mg'), false, true],
    ['units of UCUM for something else', ucum(1, 'kg'), ucum(1001, 'm'), true, true],
    ['units that UCUM does not know', ucum(1, 'xyz'), ucum(2, 'zyx'), true, true],
    ['units of which one is none of UCUM', ucum(1, 'kg'), { value: 1001, system: 'http://a.b', code: 'g' }, true, true],
  ])('quantities of %s', (_, bound, value, isLeast, isMost) => {
    expect([keeps('min', bound, value), keeps('max', bound, value)]).toEqual([isLeast, isMost]);
  });
});

describe('"a Duration which specifies a relative time limit to the current time"', () => {
  test.each([
    ['a', 1, '2023-06-15T12:00:00.000Z', '2025-06-15T12:00:00.000Z'],
    ['mo', 2, '2024-04-15T12:00:00.000Z', '2024-08-15T12:00:00.000Z'],
    ['wk', 1, '2024-06-08T12:00:00.000Z', '2024-06-22T12:00:00.000Z'],
    ['d', 3, '2024-06-12T12:00:00.000Z', '2024-06-18T12:00:00.000Z'],
    ['h', 5, '2024-06-15T07:00:00.000Z', '2024-06-15T17:00:00.000Z'],
    ['min', 7, '2024-06-15T11:53:00.000Z', '2024-06-15T12:07:00.000Z'],
    ['s', 9, '2024-06-15T11:59:51.000Z', '2024-06-15T12:00:09.000Z'],
  ])('%s %s', (code, value, least, most) => {
    const before = (edge: string, milliseconds: number): string => new Date(Date.parse(edge) + milliseconds).toISOString();
    for (const bound of [
      { value, code },
      { value, unit: code },
    ]) {
      expect([keeps('min', bound, least), keeps('min', bound, before(least, -1))]).toEqual([true, false]);
      expect([keeps('max', bound, most), keeps('max', bound, before(most, 1))]).toEqual([true, false]);
    }
  });

  test('a quantity that is no time, or has no number, says nothing of dates', () => {
    for (const bound of [{ value: 1, code: 'kg' }, { code: 'a' }, {}, { value: 1 }]) expect(keeps('min', bound, '1900')).toBe(true);
  });

  test('what is wrong is told with the limit', () => {
    expect(limitFault({ kind: 'min', value: 5, source: '' } as never)(4, now)).toBe('4 is less than the least value allowed, 5');
    expect(limitFault({ kind: 'max', value: '2020', source: '' } as never)('2021', now)).toBe(
      '"2021" is more than the greatest value allowed, "2020"',
    );
  });
});
