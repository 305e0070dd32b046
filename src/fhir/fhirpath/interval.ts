/** Whole periods and boundaries between two dates or times. https://hl7.org/fhirpath/#date-and-time-interval-functions */
import type { CalendarUnit } from './quantity.ts';
import { Precision, type Temporal } from './temporal.ts';

const needed: Readonly<Record<CalendarUnit, Precision>> = {
  year: 0,
  month: 1,
  week: 2,
  day: 2,
  hour: 3,
  minute: 4,
  second: 5,
  millisecond: 5,
};

const lengths = { week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 } as const;

/** Sunday is the first day of a week, and the calendar of computers starts on a Thursday. */
const toSunday = 4 * lengths.day;

const isFine = (unit: CalendarUnit): boolean => needed[unit] >= Precision.hour;

/** SHALL: parts of a day are counted on one clock, days as they are written — hl7.org/fhirpath/#duration */
function clockOf(value: Temporal, other: Temporal, unit: CalendarUnit): number | undefined {
  if (!isFine(unit) || value.offset === other.offset) return value.local;
  return value.offset === undefined || other.offset === undefined ? undefined : value.local - value.offset * 60_000;
}

const monthOf = ({ year, month }: Temporal): number => year * 12 + month;

/** Milliseconds since its month began. */
const intoMonth = (value: Temporal): number => (value.day - 1) * lengths.day + (((value.local % lengths.day) + lengths.day) % lengths.day);

function wholeMonths(a: Temporal, b: Temporal): number {
  const months = monthOf(b) - monthOf(a);
  const rest = intoMonth(b) - intoMonth(a);
  return months > 0 && rest < 0 ? months - 1 : months < 0 && rest > 0 ? months + 1 : months;
}

const withoutMinusZero = (value: number): number => (value === 0 ? 0 : value);

/** Undefined when a value is less precise than the unit, or has no such parts. */
function between(a: Temporal, b: Temporal, unit: CalendarUnit): [from: number, to: number] | undefined {
  const isTime = a.kind === 'time';
  if (isTime !== (b.kind === 'time') || (isTime && !isFine(unit)) || Math.min(a.precision, b.precision) < needed[unit]) return undefined;
  const [from, to] = [clockOf(a, b, unit), clockOf(b, a, unit)];
  return from === undefined || to === undefined ? undefined : [from, to];
}

/** SHALL: whole periods, parts of one dropped — hl7.org/fhirpath/#duration */
export function durationBetween(a: Temporal, b: Temporal, unit: CalendarUnit): number | undefined {
  const ends = between(a, b, unit);
  if (ends === undefined) return undefined;
  if (unit === 'year' || unit === 'month') return withoutMinusZero(Math.trunc(wholeMonths(a, b) / (unit === 'year' ? 12 : 1)));
  return withoutMinusZero(Math.trunc((ends[1] - ends[0]) / lengths[unit]));
}

/** SHALL: boundaries crossed — hl7.org/fhirpath/#difference */
export function differenceBetween(a: Temporal, b: Temporal, unit: CalendarUnit): number | undefined {
  const ends = between(a, b, unit);
  if (ends === undefined) return undefined;
  if (unit === 'year') return b.year - a.year;
  if (unit === 'month') return monthOf(b) - monthOf(a);
  const shift = unit === 'week' ? toSunday : 0;
  const index = (time: number) => Math.floor((time + shift) / lengths[unit]);
  return index(ends[1]) - index(ends[0]);
}
