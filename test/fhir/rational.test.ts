import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  equal,
  inverse,
  negative,
  numberOf,
  one,
  plus,
  power,
  type Rational,
  rationalOf,
  rationalOfNumber,
  reduced,
  times,
} from '../../src/fhir/rational.ts';

const of = (text: string): Rational => rationalOf(text) as Rational;

describe('A decimal', () => {
  test.each([
    ['5.4', 54n, 10n],
    ['-5.40e-3', -540n, 100_000n],
    ['+100', 100n, 1n],
    ['1e2', 100n, 1n],
    ['1E-2', 1n, 100n],
    ['0', 0n, 1n],
    ['1.', 1n, 1n],
  ])('%s is exact', (text, numerator, denominator) => expect(rationalOf(text)).toEqual({ numerator, denominator }));

  test.each(['', '.5', 'e3', '1e', '1.2.3', 'NaN', 'Infinity', '1/2', ' 1', '0x1'])('%j is none', (text) => {
    expect(rationalOf(text)).toBeUndefined();
  });

  test('is taken from a number as it is written, not as it is stored', () => {
    expect(rationalOfNumber(0.1)).toEqual({ numerator: 1n, denominator: 10n });
    expect(rationalOfNumber(1e21)).toEqual({ numerator: 10n ** 21n, denominator: 1n });
    expect(rationalOfNumber(5e-324)).toEqual({ numerator: 5n, denominator: 10n ** 324n });
  });
});

describe('Fractions', () => {
  test('are calculated with exactly', () => {
    expect(equal(plus(of('0.1'), of('0.2')), of('0.3'))).toBe(true);
    expect(equal(times(of('1.5'), inverse(of('-4.5'))), { numerator: -1n, denominator: 3n })).toBe(true);
    expect(equal(power(of('0.5'), -3), of('8'))).toBe(true);
    expect(equal(power(of('0.5'), 0), one)).toBe(true);
    expect(equal(negative(of('2')), of('-2'))).toBe(true);
    expect(reduced({ numerator: -12n, denominator: 8n })).toEqual({ numerator: -3n, denominator: 2n });
  });
});

describe('The double of a fraction', () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  const fraction = fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 30n }))
    .map(([numerator, denominator]): Rational => ({ numerator, denominator }));

  test('is the double that a decimal is read as', () => {
    fc.assert(fc.property(double, (value) => numberOf(rationalOfNumber(value)) === value));
    fc.assert(fc.property(fc.stringMatching(/^-?\d{1,25}\.\d{1,25}(e-?\d{1,2})?$/), (text) => numberOf(of(text)) === Number(text)));
  });

  test('is the same for one fraction in all its forms', () => {
    fc.assert(
      fc.property(fraction, fc.bigInt({ min: 1n, max: 10n ** 20n }), ({ numerator, denominator }, by) => {
        const value = numberOf({ numerator, denominator });
        expect(numberOf({ numerator: numerator * by, denominator: denominator * by })).toBe(value);
        expect(numberOf(reduced({ numerator, denominator }))).toBe(value);
      }),
    );
  });

  test('is the same for small whole numbers, which are divided, and for their multiples, which are written as text', () => {
    const small = fc.bigInt({ min: 1n, max: 2n ** 53n - 1n });
    fc.assert(
      fc.property(small, small, fc.bigInt({ min: 2n ** 54n, max: 2n ** 60n }), (numerator, denominator, by) => {
        expect(numberOf({ numerator: numerator * by, denominator: denominator * by })).toBe(Number(numerator) / Number(denominator));
        expect(numberOf({ numerator, denominator })).toBe(Number(numerator) / Number(denominator));
      }),
      { numRuns: 2000 },
    );
  });

  test('keeps the order of fractions', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const difference = a.numerator * b.denominator - b.numerator * a.denominator;
        expect(difference < 0n ? numberOf(a) <= numberOf(b) : numberOf(a) >= numberOf(b)).toBe(true);
      }),
    );
  });

  test('keeps the order of fractions that are next to each other', () => {
    fc.assert(
      fc.property(fraction, fc.integer({ min: 10, max: 40 }), (a, digits) => {
        const step = { numerator: 1n, denominator: 10n ** BigInt(digits) };
        const after = times(a, plus(one, step));
        expect(a.numerator < 0n ? numberOf(after) <= numberOf(a) : numberOf(after) >= numberOf(a)).toBe(true);
      }),
    );
  });

  test('is rounded to the nearest', () => {
    expect(numberOf({ numerator: 1n, denominator: 3n })).toBe(1 / 3);
    expect(numberOf({ numerator: -2n, denominator: 3n })).toBe(-2 / 3);
    expect(numberOf({ numerator: 10n ** 400n, denominator: 1n })).toBe(Number.POSITIVE_INFINITY);
    expect(numberOf({ numerator: 1n, denominator: 10n ** 400n })).toBe(0);
  });
});
