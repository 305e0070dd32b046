/** Date parameters: every date, Period and Timing is an interval. https://hl7.org/fhir/R4/search.html#date */
import { isObject } from '../../fhir/resource.ts';
import { type DateInterval, dateInterval, type Zone } from './date-interval.ts';

/** The interval of one value; undefined when it says nothing about time. */
export type ReadInterval = (value: unknown) => DateInterval | undefined;

export function dateReaders(zone: Zone): ReadonlyMap<string, ReadInterval> {
  const point: ReadInterval = (value) => (typeof value === 'string' ? dateInterval(value, zone) : undefined);

  /** "A fixed point in time with an interval smaller than the precision of the system", however many digits it is written with. */
  const instant: ReadInterval = (value) => {
    const interval = point(value);
    return interval && { low: interval.low, high: interval.low + 1 };
  };

  /** A missing end is open. */
  const period: ReadInterval = (value) => {
    if (!isObject(value)) return undefined;
    const [start, end] = [point(value['start']), point(value['end'])];
    if (!start && !end) return undefined;
    return { low: start?.low ?? Number.NEGATIVE_INFINITY, high: end?.high ?? Number.POSITIVE_INFINITY };
  };

  /** Only the outer limits count. */
  const timing: ReadInterval = (value) => {
    if (!isObject(value)) return undefined;
    const events = Array.isArray(value['event']) ? value['event'].map(point) : [];
    const bounds = isObject(value['repeat']) ? period(value['repeat']['boundsPeriod']) : undefined;
    return outerLimits([...events, bounds]);
  };

  return new Map([
    ['date', point],
    ['dateTime', point],
    ['instant', instant],
    ['Period', period],
    ['Timing', timing],
  ]);
}

/** The smallest interval that holds all of them. */
export function outerLimits(intervals: readonly (DateInterval | undefined)[]): DateInterval | undefined {
  // One by one: there may be more of them than a function can have arguments.
  let limits: DateInterval | undefined;
  for (const interval of intervals) {
    if (interval === undefined) continue;
    limits = limits === undefined ? interval : { low: Math.min(limits.low, interval.low), high: Math.max(limits.high, interval.high) };
  }
  return limits;
}

const firstYear = Date.UTC(-1, 0, 1) + 0;
const earliest = new Date(firstYear).setUTCFullYear(1, 0, 1);
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** An instant for PostgreSQL; what lies outside of the years 1 to 9999 is infinite. */
export function instantText(time: number): string {
  if (time < earliest) return '-infinity';
  if (time > latest) return 'infinity';
  const inDay = ((time % day) + day) % day;
  return `${dateText((time - inDay) / day)}T${timeText(inDay)}`;
}

const day = 86_400_000;
const two = Array.from({ length: 100 }, (_, i) => String(i).padStart(2, '0'));

function timeText(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  const fraction = milliseconds - seconds * 1000;
  const clock = `${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}`;
  return fraction === 0 ? `${clock}.000Z` : `${clock}.${String(fraction).padStart(3, '0')}Z`;
}

/** The proleptic Gregorian day that many days after 1970-01-01, in years that start in March. https://howardhinnant.github.io/date_algorithms.html */
function dateText(days: number): string {
  const since = days + 719_468;
  const era = Math.floor(since / 146_097);
  const ofEra = since - era * 146_097;
  const yearOfEra = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const month = Math.floor((5 * ofYear + 2) / 153);
  const inMonth = ofYear - Math.floor((153 * month + 2) / 5) + 1;
  const year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0);
  return `${year < 1000 ? String(year).padStart(4, '0') : year}-${two[month < 10 ? month + 3 : month - 9]}-${two[inMonth]}`;
}
