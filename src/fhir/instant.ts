/** Instants, and the interval that a date of any precision stands for. https://hl7.org/fhir/R4/datatypes.html#dateTime, https://hl7.org/fhir/R4/search.html#date */
import { refusal } from './outcome.ts';

/** Both ends inclusive, with milliseconds, UTC. */
export interface Interval {
  readonly from: string;
  readonly to: string;
}

const form = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+ -]\d\d:\d\d)?)?)?)?$/;

/** Last-Modified and its like: `Sat, 31 Jan 2026 12:00:00 GMT`. */
export const httpDate = (instant: string): string => new Date(instant).toUTCString();

const inRange = (value: number, low: number, high: number): boolean => value >= low && value <= high;

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year < 100 ? year + 400 : year, month, 0)).getUTCDate();

/** Minutes east of UTC; undefined = no such zone. An unescaped `+` of a query arrives as a space. */
function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined || zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 14 || minutes > 59 || (hours === 14 && minutes > 0)) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function isReal(year: number, month: number, day: number, hour: number, minute: number, second: number): boolean {
  const date = year >= 1 && inRange(month, 1, 12) && inRange(day, 1, daysIn(year, month));
  // 24:00 is no time of FHIR; 60 is a leap second and is counted as the first of the next minute.
  return date && inRange(hour, 0, 23) && inRange(minute, 0, 59) && inRange(second, 0, 60);
}

function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  return date.getTime();
}

/**
 * The interval of `2026`, `2026-01`, `2026-01-31`, `2026-01-31T12:00`, `…:00`, `…:00.5`, with or without zone (without = UTC).
 * Undefined = not a date.
 */
export function intervalOf(text: string): Interval | undefined {
  const parts = form.exec(text);
  if (parts === null) return undefined;
  const [, y, mo, d, h, mi, s, fraction, zone] = parts;
  const [year, month, day, hour, minute, second] = [
    Number(y),
    Number(mo ?? 1),
    Number(d ?? 1),
    Number(h ?? 0),
    Number(mi ?? 0),
    Number(s ?? 0),
  ];
  const offset = offsetOf(zone);
  if (offset === undefined || !isReal(year, month, day, hour, minute, second)) return undefined;
  const millisecond = Number((fraction ?? '').padEnd(3, '0').slice(0, 3));
  const from = utc(year, month, day, hour, minute, second) + millisecond - offset * 60_000;
  return { from: printed(from), to: printed(lastOf(from, { year, month, mo, d, h, s, fraction })) };
}

interface Precision {
  readonly year: number;
  readonly month: number;
  readonly mo: string | undefined;
  readonly d: string | undefined;
  readonly h: string | undefined;
  readonly s: string | undefined;
  readonly fraction: string | undefined;
}

/** The last millisecond of the interval that starts at `from`. */
function lastOf(from: number, { year, month, mo, d, h, s, fraction }: Precision): number {
  if (mo === undefined) return utc(year + 1, 1, 1, 0, 0, 0) - 1;
  if (d === undefined) return utc(year, month + 1, 1, 0, 0, 0) - 1;
  if (h === undefined) return from + 86_399_999;
  if (s === undefined) return from + 59_999;
  return fraction === undefined ? from + 999 : from + 10 ** Math.max(0, 3 - fraction.length) - 1;
}

const earliest = '0001-01-01T00:00:00.000Z';
const latest = '9999-12-31T23:59:59.999Z';

/** What a zone moves out of the years 1 to 9999 is cut to them: neither FHIR nor PostgreSQL writes others this way. */
function printed(time: number): string {
  const text = new Date(time).toISOString();
  return text.startsWith('+') ? latest : text < earliest ? earliest : text;
}

/** The instant in UTC with milliseconds, or undefined when the text has no time, no seconds or no zone. */
export function instantOf(text: string): string | undefined {
  const parts = form.exec(text);
  return parts?.[6] === undefined || parts[8] === undefined ? undefined : intervalOf(text)?.from;
}

/** The instant of a parameter in UTC; undefined when it was not given. Throws 400 for text that is no instant with a zone. */
export function readInstant(name: string, text: string | undefined): string | undefined {
  const instant = text === undefined ? undefined : instantOf(text);
  if (text === undefined || instant !== undefined) return instant;
  throw refusal('value', `${name} is an instant with zone, such as 2026-01-31T12:00:00Z, not "${text.slice(0, 40)}".`);
}
