/** Values of number and quantity parameters: any prefix, any precision, on a border of what occurs or beside it. */
import type { Item } from '../oracle/item.ts';
import { numberRange } from '../oracle/number.ts';
import { prefixes } from '../oracle/range.ts';
import { decimal, over, plus, type Rational, times } from '../oracle/rational.ts';
import { type Drawn, plain } from './drawn.ts';
import type { Random } from './random.ts';

/** As a decimal of at most so many digits behind the point. */
export function decimalText({ n, d }: Rational, digits: number): string {
  const scaled = (n * 10n ** BigInt(digits)) / d;
  const text = String(scaled < 0n ? -scaled : scaled).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits);
  return `${scaled < 0n ? '-' : ''}${whole}${digits === 0 ? '' : `.${text.slice(-digits)}`}`;
}

/** Digits that a number needs, at most six. */
function digitsOf(value: Rational): number {
  for (let digits = 0; digits < 6; digits++) if ((value.n * 10n ** BigInt(digits)) % value.d === 0n) return digits;
  return 6;
}

/** Numbers with more digits in front of the point are not written by people. */
export const isWritable = ({ n, d }: Rational): boolean => Math.abs(Number(n) / Number(d)) < 1e15;

/** The number, near it, coarser, finer, or with an exponent. */
export function numberText(random: Random, value: Rational): string {
  const digits = digitsOf(value);
  const step = decimal(`1e-${digits}`);
  const moved = plus(
    value,
    times(step, random.of(decimal('0'), decimal('0'), decimal('0'), decimal('1'), decimal('-1'), decimal('0.5'), decimal('-0.5'))),
  );
  const text = decimalText(moved, random.of(digits, digits, digits, digits + 1, Math.max(0, digits - 1)));
  if (random.next() > 0.1) return text;
  const shifted = decimalText(over(moved, decimal('1000')), digits + 3);
  return `${shifted}e3`;
}

export const prefixed = (random: Random, text: string): string => `${random.of('', '', ...prefixes)}${text}`;

export function numberValue(random: Random, item: Item): Drawn | undefined {
  const range = numberRange(item);
  const end = range?.low ?? range?.high;
  return end === undefined || !isWritable(end.at) ? undefined : plain(prefixed(random, numberText(random, end.at)));
}
