/** The bounds of the values in sampled data. https://hl7.org/fhir/R4/datatypes.html#SampledData */
import { one, plus, type Rational, rationalOf, rationalOfNumber, times, zero } from '../../fhir/rational.ts';
import { isObject, type JsonObject } from '../../fhir/resource.ts';

/** Absent = there is no bound: some points lie beyond what could be detected. */
export interface SampledBounds {
  readonly low?: Rational;
  readonly high?: Rational;
}

const point = /[^ ]+/g;
const decimal = /^[+-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,3})?$/;

interface Extremes {
  least: string | undefined;
  greatest: string | undefined;
  below: boolean;
  above: boolean;
}

/** One pass over the points as they are written; errors (E) say nothing. */
function extremesOf(data: string): Extremes {
  const found: Extremes = { least: undefined, greatest: undefined, below: false, above: false };
  for (const [text] of data.matchAll(point)) {
    if (text === 'L') found.below = true;
    else if (text === 'U') found.above = true;
    else if (decimal.test(text)) {
      if (found.least === undefined || Number(text) < Number(found.least)) found.least = text;
      if (found.greatest === undefined || Number(text) > Number(found.greatest)) found.greatest = text;
    }
  }
  return found;
}

const decimalOf = (value: unknown): Rational | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? rationalOfNumber(value) : undefined;

/** Points are multiplied by the factor and added to the origin, exactly. Undefined where there are none. */
export function sampledBounds({ data, factor, origin }: JsonObject): SampledBounds | undefined {
  if (typeof data !== 'string') return undefined;
  const { least, greatest, below, above } = extremesOf(data);
  if (least === undefined && !below && !above) return undefined;
  const by = decimalOf(factor) ?? one;
  const from = (isObject(origin) ? decimalOf(origin['value']) : undefined) ?? zero;
  const value = (text: string | undefined): Rational | undefined => {
    const raw = text === undefined ? undefined : rationalOf(text);
    return raw && plus(times(raw, by), from);
  };
  const [low, high] = [below ? undefined : value(least), above ? undefined : value(greatest)];
  return by.numerator < 0n ? bounds(high, low) : bounds(low, high);
}

const bounds = (low: Rational | undefined, high: Rational | undefined): SampledBounds => ({
  ...(low ? { low } : {}),
  ...(high ? { high } : {}),
});
