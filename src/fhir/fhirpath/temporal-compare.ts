/** The order of dates and times; what their precision or a missing zone leaves open is unknown. https://hl7.org/fhirpath/N1/#datetime-equality */
import { Precision, type Temporal } from './temporal.ts';

const hour = 3_600_000;

/** Zones reach from UTC-12 to UTC+14: by that much a time without zone may be earlier or later in UTC. */
const [earlier, later] = [14 * hour, 12 * hour];

/** First and last moment in UTC, or on the own clock when no zone matters. */
interface Moments {
  readonly from: number;
  readonly to: number;
}

/** A day is meant where the other value is; a time of day without zone may be anywhere. */
function momentsOf(value: Temporal, other: Temporal): Moments {
  const { local, localEnd, precision } = value;
  const offset = value.offset ?? (precision < Precision.hour ? other.offset : undefined);
  if (offset !== undefined) return { from: local - offset * 60_000, to: localEnd - offset * 60_000 };
  const isZoned = other.offset !== undefined;
  return isZoned ? { from: local - earlier, to: localEnd + later } : { from: local, to: localEnd };
}

const parts = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const;

/** Digits behind the point of two numbers below one. */
function compareFractions(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.max(a.length, b.length);
  const [x, y] = [a.padEnd(length, '0'), b.padEnd(length, '0')];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** SHALL: part by part, as far as both values go — N1/#datetime-equality. On one clock. */
function compareParts(a: Temporal, b: Temporal): number | undefined {
  const least = Math.min(a.precision, b.precision);
  for (let i = 0; i <= least; i++) {
    const part = parts[i] as (typeof parts)[number];
    if (a[part] !== b[part]) return a[part] - b[part];
  }
  return a.precision === b.precision ? compareFractions(a.fraction, b.fraction) : undefined;
}

/** Below, equal or above zero; undefined when unknown. */
export function compareTemporals(a: Temporal, b: Temporal): number | undefined {
  if (a.offset === b.offset) return compareParts(a, b);
  const [ofA, ofB] = [momentsOf(a, b), momentsOf(b, a)];
  if (ofA.to < ofB.from) return -1;
  if (ofA.from > ofB.to) return 1;
  const isZoned = (value: Temporal) => value.offset !== undefined;
  if (a.precision !== b.precision || ofA.from !== ofB.from || isZoned(a) !== isZoned(b)) return undefined;
  return compareFractions(a.fraction, b.fraction);
}

const beyondMilliseconds = ({ fraction }: Temporal): string => fraction.slice(3).replace(/0+$/, '');

/** Same for values that are equal, and for no others. */
export const temporalKey = (value: Temporal): string =>
  `${value.kind === 'time' ? 'T' : 'D'}${value.precision}${value.offset === undefined ? '' : 'Z'}${value.local - (value.offset ?? 0) * 60_000}.${beyondMilliseconds(value)}`;
