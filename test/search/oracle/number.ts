/** Number parameters. https://hl7.org/fhir/R4/search.html#number */
import { type Item, object } from './item.ts';
import { closed, holds, open, type Prefix, point, type Range, type Searched, withoutPrefix } from './range.ts';
import { absolute, compare, decimal, minus, plus, type Rational, times } from './rational.ts';

/** A number in JSON as the decimal that it was. */
export const decimalOf = (value: unknown): Rational | undefined => (typeof value === 'number' ? decimal(String(value)) : undefined);

/** Half of the last digit; "1e2 … in the range [95 ... 105)": a single digit with an exponent counts as two. */
function margin(written: string): Rational {
  const [, whole = '', fraction = '', exponent] = /^[+-]?(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(written) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, '').length;
  const last = Number(exponent ?? 0) - fraction.length - (exponent !== undefined && digits <= 1 ? 1 : 0);
  return decimal(`5e${last - 1}`);
}

const tenth = decimal('0.1');
const exact: ReadonlySet<Prefix> = new Set(['gt', 'lt', 'ge', 'le', 'sa', 'eb']);

/** `convert` takes the ends to the unit of what is compared. */
export function searchedNumber(prefix: Prefix, written: string, convert: (value: Rational) => Rational = (value) => value): Searched {
  const value = decimal(written);
  const half = margin(written);
  const ten = times(absolute(value), tenth);
  const wide = compare(ten, half) > 0 ? ten : half;
  const stated: Range = { low: closed(convert(minus(value, half))), high: open(convert(plus(value, half))) };
  return {
    // "The implicit precision of the number is ignored, and they are treated as if they have arbitrarily high precision."
    range: exact.has(prefix) ? point(convert(value)) : stated,
    // "Less or equal to the provided value": what begins at it may be equal to it.
    below: { high: (prefix === 'le' ? closed : open)(convert(value)) },
    above: { low: (prefix === 'ge' ? closed : open)(convert(value)) },
    near: { low: closed(convert(minus(value, wide))), high: closed(convert(plus(value, wide))) },
  };
}

export function numberRange({ type, value }: Item): Range | undefined {
  if (type === 'Range') {
    const [low, high] = [decimalOf(object(object(value)['low'])['value']), decimalOf(object(object(value)['high'])['value'])];
    return low || high ? { ...(low ? { low: closed(low) } : {}), ...(high ? { high: closed(high) } : {}) } : undefined;
  }
  const number = decimalOf(value);
  return number && point(number);
}

export function numberTest(value: string): (item: Item) => boolean {
  const { prefix, rest } = withoutPrefix(value);
  const searched = searchedNumber(prefix, rest);
  return (item) => {
    const range = numberRange(item);
    return range !== undefined && holds(prefix, searched, range);
  };
}
