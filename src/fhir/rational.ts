/** Exact fractions: what is computed from decimals is rounded once, at the end, or never. */

/** The denominator is positive. The same number may be written in several ways. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const zero: Rational = { numerator: 0n, denominator: 1n };
export const one: Rational = { numerator: 1n, denominator: 1n };

const decimal = /^([+-]?\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** `-5.40e-3` exactly. Undefined for what is no decimal. The exponent should be bounded: it is the number of digits. */
export function rationalOf(text: string): Rational | undefined {
  const [, whole, fraction = '', exponent = '0'] = decimal.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const power = Number(exponent) - fraction.length;
  const digits = BigInt(whole.replace('+', '') + fraction);
  return power < 0
    ? { numerator: digits, denominator: 10n ** BigInt(-power) }
    : { numerator: digits * 10n ** BigInt(power), denominator: 1n };
}

/** The decimal that a finite number is written as: 0.1 is one tenth and not the binary fraction next to it. */
export const rationalOfNumber = (value: number): Rational => rationalOf(String(value)) as Rational;

export const times = (a: Rational, b: Rational): Rational => ({
  numerator: a.numerator * b.numerator,
  denominator: a.denominator * b.denominator,
});

export const plus = (a: Rational, b: Rational): Rational => ({
  numerator: a.numerator * b.denominator + b.numerator * a.denominator,
  denominator: a.denominator * b.denominator,
});

export const negative = ({ numerator, denominator }: Rational): Rational => ({ numerator: -numerator, denominator });

/** One divided by a number that is not zero. */
export const inverse = ({ numerator, denominator }: Rational): Rational =>
  numerator < 0n ? { numerator: -denominator, denominator: -numerator } : { numerator: denominator, denominator: numerator };

/** A whole power; negative ones only of what is not zero. */
export const power = (base: Rational, exponent: number): Rational =>
  exponent < 0
    ? power(inverse(base), -exponent)
    : { numerator: base.numerator ** BigInt(exponent), denominator: base.denominator ** BigInt(exponent) };

export const equal = (a: Rational, b: Rational): boolean => a.numerator * b.denominator === b.numerator * a.denominator;

/** In lowest terms. */
export function reduced({ numerator, denominator }: Rational): Rational {
  let [a, b] = [numerator < 0n ? -numerator : numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}

/**
 * Two whole numbers below 2^53 divide as doubles to the double next to their fraction; it is told from the middle between two doubles by
 * 33 digits, so that the way over the text, which takes more, gives the same.
 */
const exact = BigInt(Number.MAX_SAFE_INTEGER);
const significant = 36;

/**
 * The double next to the fraction: equal fractions give equal doubles, and a greater fraction never gives a smaller double.
 * That follows from the text between them, which depends on the value alone: its first digits, and a last one when there were more.
 */
export function numberOf(value: Rational): number {
  const { numerator, denominator } = value;
  if (numerator < 0n) return -numberOf(negative(value));
  if (numerator <= exact && denominator <= exact) return Number(numerator) / Number(denominator);
  if (numerator === 0n) return 0;
  let shift = significant - String(numerator).length + String(denominator).length;
  for (;;) {
    const [quotient, rest] = divided(value, shift);
    const text = String(quotient);
    if (text.length === significant) return Number(`${text}${rest === 0n ? '0' : '1'}e${-shift - 1}`);
    shift += significant - text.length;
  }
}

/** The whole part of value · 10^shift, and whether something is left. */
function divided({ numerator, denominator }: Rational, shift: number): [quotient: bigint, rest: bigint] {
  const [above, below] = shift < 0 ? [numerator, denominator * 10n ** BigInt(-shift)] : [numerator * 10n ** BigInt(shift), denominator];
  return [above / below, above % below];
}
