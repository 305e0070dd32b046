/**
 * Reads dates and times in one pass: every comparison of an element does so. What the calendar or the clock does not have is none.
 * https://hl7.org/fhirpath/N1/#date, https://hl7.org/fhir/R4/datatypes.html#dateTime
 */
import { daysIn, Precision, Temporal, type TemporalKind } from './temporal.ts';

const [dash, colon, dot, plus, letterT, letterZ] = [45, 58, 46, 43, 84, 90];

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** The number that two digits write at `at`; NaN when there are none. */
function two(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  return isDigit(tens) && isDigit(ones) ? (tens - 48) * 10 + ones - 48 : Number.NaN;
}

/** Undefined when there is no such date or time. */
export function parseTemporal(kind: TemporalKind, text: string): Temporal | undefined {
  return kind === 'time' ? parseTime(text) : parseDate(kind, text);
}

function parseDate(kind: 'date' | 'dateTime', text: string): Temporal | undefined {
  const year = two(text, 0) * 100 + two(text, 2);
  let [precision, month, day, at]: [Precision, number, number, number] = [Precision.year, 1, 1, 4];
  if (text.charCodeAt(4) === dash) [precision, month, at] = [Precision.month, two(text, 5), 7];
  if (at === 7 && text.charCodeAt(7) === dash) [precision, day, at] = [Precision.day, two(text, 8), 10];
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month))) return undefined;
  const date = { kind, precision, year, month, day };
  if (at === text.length) return new Temporal({ ...date, ...midnight });
  if (kind === 'date' || text.charCodeAt(at) !== letterT) return undefined;
  if (at + 1 === text.length) return new Temporal({ ...date, ...midnight });
  return precision === Precision.day ? withClock(date, text, at + 1) : undefined;
}

const midnight = { hour: 0, minute: 0, second: 0, fraction: '' };

type Day = Pick<Temporal, 'kind' | 'year' | 'month' | 'day'>;

/** A time from `at` on, and for a date and time the zone behind it. */
function withClock({ kind, year, month, day }: Day, text: string, at: number): Temporal | undefined {
  const hour = two(text, at);
  let [precision, minute, second, end]: [Precision, number, number, number] = [Precision.hour, 0, 0, at + 2];
  if (text.charCodeAt(end) === colon) [precision, minute, end] = [Precision.minute, two(text, end + 1), end + 3];
  if (precision === Precision.minute && text.charCodeAt(end) === colon)
    [precision, second, end] = [Precision.second, two(text, end + 1), end + 3];
  const fraction = precision === Precision.second ? fractionAt(text, end) : '';
  if (!(hour <= 23 && minute <= 59 && second <= 60) || fraction === undefined) return undefined;
  if (fraction !== '') end += 1 + fraction.length;
  const offset = end === text.length ? undefined : offsetAt(text, end);
  if (Number.isNaN(offset) || (kind === 'time' && offset !== undefined)) return undefined;
  return new Temporal({ kind, precision, year, month, day, hour, minute, second, fraction, offset });
}

/** Digits behind a dot; undefined when a dot stands alone. */
function fractionAt(text: string, at: number): string | undefined {
  if (text.charCodeAt(at) !== dot) return '';
  let end = at + 1;
  while (isDigit(text.charCodeAt(end))) end++;
  return end === at + 1 ? undefined : text.slice(at + 1, end);
}

/** Minutes east of UTC, up to 14 hours; NaN when the rest of the text is no zone. */
function offsetAt(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === letterZ) return text.length === at + 1 ? 0 : Number.NaN;
  if ((sign !== plus && sign !== dash) || text.length !== at + 6 || text.charCodeAt(at + 3) !== colon) return Number.NaN;
  const [hours, minutes] = [two(text, at + 1), two(text, at + 4)];
  const offset = minutes <= 59 ? hours * 60 + minutes : Number.NaN;
  return offset <= 840 ? (sign === dash ? 0 - offset : offset) : Number.NaN;
}

function parseTime(text: string): Temporal | undefined {
  return withClock({ kind: 'time', year: 1970, month: 1, day: 1 }, text, text.charCodeAt(0) === letterT ? 1 : 0);
}
