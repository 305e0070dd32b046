/** Values of number parameters: a prefix and a decimal, whose digits say how precise it is. https://hl7.org/fhir/R4/search.html#number */
import { negative, numberOf, plus, type Rational, rationalOf, times } from '../../fhir/rational.ts';
import { anyOf, type IntervalTest } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { above } from './next-double.ts';
import { numberTest, type Prefix, prefixes, splitPrefix } from './prefix.ts';
import { keysOf, type ReadValues, refuseValue, type Searched } from './value.ts';

const decimal = /^[+-]?(\d{1,40}(?:\.(\d{1,40}))?)(?:[eE]([+-]?\d{1,3}))?$/;
const forms = `a number is written like 100, -5.40 or 1e-3, with one of the prefixes ${prefixes.join(', ')} or none`;

/** A number as it was written, exactly. */
export interface WrittenNumber {
  readonly prefix: Prefix;
  readonly value: Rational;
  /** Half of what the last digit can mean: the range is from value - margin to value + margin, its end not included. */
  readonly margin: Rational;
}

/**
 * 100 is [99.5, 100.5), 5.40e-3 is 0.0054 ± 0.000005: half of the last digit. But 1e2 is [95, 105), as the table of the specification
 * has it: a single digit with an exponent counts as if a zero followed. https://hl7.org/fhir/R4/search.html#number
 */
function marginOf(mantissa: string, fraction: string, exponent: string | undefined): Rational {
  const last = Number(exponent ?? 0) - fraction.length;
  const isSingle = exponent !== undefined && mantissa.replace('.', '').replace(/^0+/, '').length <= 1;
  return rationalOf(`5e${last - (isSingle ? 2 : 1)}`) as Rational;
}

/** Throws 400 where the text is no number, naming the whole value. */
export function readNumber(searched: Searched, written: string, whole = written): WrittenNumber {
  const split = splitPrefix(unescaped(written).trim());
  const found = split && decimal.exec(split.rest);
  if (!split || !found || !Number.isFinite(Number(split.rest))) throw refuseValue(searched, whole, forms);
  const [, mantissa = '', fraction = '', exponent] = found;
  return { prefix: split.prefix, value: rationalOf(split.rest) as Rational, margin: marginOf(mantissa, fraction, exponent) };
}

const tenth: Rational = { numerator: 1n, denominator: 10n };

/** "The recommended value for the approximation is 10% of the stated value"; what equals the number is always near it. */
function nearMargin({ value, margin }: WrittenNumber): Rational {
  const own = times(value.numerator < 0n ? negative(value) : value, tenth);
  return own.numerator * margin.denominator < margin.numerator * own.denominator ? margin : own;
}

/** The test of numbers in the unit that the bounds are converted to: rounded once, in the same way as the numbers of the index. */
export function testOf(written: WrittenNumber, convert: (bound: Rational) => number = numberOf): IntervalTest {
  const { prefix, value, margin } = written;
  const near = nearMargin(written);
  const number = convert(value);
  return numberTest(prefix, {
    value: number,
    low: convert(plus(value, negative(margin))),
    // Beyond the digits of a double the number would not be in its own range.
    high: Math.max(convert(plus(value, margin)), above(number)),
    nearLow: convert(plus(value, negative(near))),
    nearHigh: convert(plus(value, near)),
  });
}

export const parseNumberTest = (searched: Searched, written: string): IntervalTest => testOf(readNumber(searched, written));

export const numberValues: ReadValues = (searched, _modifier, values) =>
  anyOf(values.map((value) => ({ kind: 'number', keys: keysOf(searched), test: parseNumberTest(searched, value) })));
