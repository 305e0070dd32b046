/**
 * A date of any precision as the interval of milliseconds that it may mean.
 * https://hl7.org/fhir/R4/datatypes.html#dateTime, https://hl7.org/fhir/R4/search.html#date
 */

/** Milliseconds since 1970; the end is exclusive. Open ends are infinite. */
export interface DateInterval {
  readonly low: number;
  readonly high: number;
}

/** Milliseconds that local time is ahead of UTC, at a local time given as if it were UTC. */
export type Zone = (local: number) => number;

const form = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

export const utc: Zone = () => 0;

/** The zone of an IANA name such as `Europe/Berlin`; throws a RangeError for an unknown one. */
export function zoneOf(name: string | undefined): Zone {
  if (name === undefined || name === 'UTC') return utc;
  const known = zones.get(name);
  if (known) return known;
  const zone = makeZone(name);
  zones.set(name, zone);
  return zone;
}

const zones = new Map<string, Zone>();

function makeZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    era: 'short',
  });
  const offsetAt = (time: number): number => {
    const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const year = part['era'] === 'BC' ? 1 - Number(part['year']) : Number(part['year']);
    return (
      startOf(year, Number(part['month']), Number(part['day']), Number(part['hour']), Number(part['minute']), Number(part['second'])) -
      Math.floor(time / 1000) * 1000
    );
  };
  // Twice, because the first guess may lie on the other side of a change of the clock.
  return (local) => offsetAt(local - offsetAt(local));
}

function startOf(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  if (year >= 100) return Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.setUTCHours(hour, minute, second);
}

const isDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && (day <= 28 || new Date(startOf(year, month, day)).getUTCDate() === day);

/** Undefined when the text is no date. Without a zone the time is of the given zone. */
export function dateInterval(text: string, zone: Zone): DateInterval | undefined {
  return usualInterval(text) ?? anyInterval(text, zone);
}

const [zero, nine, hyphen, colon, letterT, plus, point, letterZ] = [48, 57, 45, 58, 84, 43, 46, 90];

/** Two digits; NaN for anything else. */
function two(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at), text.charCodeAt(at + 1)];
  return tens < zero || tens > nine || ones < zero || ones > nine ? Number.NaN : tens * 10 + ones - zero * 11;
}

const isShaped = (text: string): boolean =>
  text.charCodeAt(4) === hyphen &&
  text.charCodeAt(7) === hyphen &&
  text.charCodeAt(10) === letterT &&
  text.charCodeAt(13) === colon &&
  text.charCodeAt(16) === colon;

/** What most dates of a record are like, `2020-02-29T12:30:00Z` or `2020-02-29T12:30:00.000+01:00`: read without looking for anything else. */
function usualInterval(text: string): DateInterval | undefined {
  if (!isShaped(text)) return undefined;
  const hasFraction = text.charCodeAt(19) === point;
  const ahead = usualOffset(text, hasFraction ? 23 : 19);
  const fraction = hasFraction ? (text.charCodeAt(20) - zero) * 100 + two(text, 21) : 0;
  const [year, month, day] = [two(text, 0) * 100 + two(text, 2), two(text, 5), two(text, 8)];
  const [hour, minute, second] = [two(text, 11), two(text, 14), two(text, 17)];
  // False for NaN.
  const isUsual = year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28 && hour <= 23 && minute <= 59 && second <= 59;
  if (!isUsual || !(fraction >= 0 && fraction <= 999)) return undefined;
  const low = Date.UTC(year, month - 1, day, hour, minute, second) + fraction - ahead;
  return Number.isNaN(low) ? undefined : { low, high: low + (hasFraction ? 1 : 1000) };
}

/** Milliseconds; NaN where it is no offset that ends the text. */
function usualOffset(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === letterZ) return text.length === at + 1 ? 0 : Number.NaN;
  if ((sign !== plus && sign !== hyphen) || text.length !== at + 6 || text.charCodeAt(at + 3) !== colon) return Number.NaN;
  const [hours, minutes] = [two(text, at + 1), two(text, at + 4)];
  return hours <= 13 && minutes <= 59 ? (sign === plus ? 1 : -1) * (hours * 60 + minutes) * 60_000 : Number.NaN;
}

function anyInterval(text: string, zone: Zone): DateInterval | undefined {
  const found = form.exec(text);
  if (found === null) return undefined;
  const [, y, mo, d, h, mi, s, fraction, offset] = found;
  const [year, month, day] = [Number(y), mo === undefined ? 1 : Number(mo), d === undefined ? 1 : Number(d)];
  if (year === 0 || !isDay(year, month, day)) return undefined;
  if (h === undefined) return days(year, month, day, mo === undefined ? 'year' : d === undefined ? 'month' : 'day', zone);
  const [hour, minute, second] = [Number(h), Number(mi), s === undefined ? 0 : Number(s)];
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const local =
    startOf(year, month, day, hour, minute, second) + (fraction === undefined ? 0 : Number(fraction.padEnd(3, '0').slice(0, 3)));
  const ahead = offset === undefined ? zone(local) : offsetOf(offset);
  if (ahead === undefined) return undefined;
  return { low: local - ahead, high: local - ahead + widthOf(s, fraction) };
}

function days(year: number, month: number, day: number, precision: 'year' | 'month' | 'day', zone: Zone): DateInterval {
  const low = startOf(year, month, day);
  const high = precision === 'year' ? startOf(year + 1, 1, 1) : precision === 'month' ? startOf(year, month + 1, 1) : low + 86_400_000;
  return { low: low - zone(low), high: high - zone(high) };
}

function offsetOf(text: string): number | undefined {
  if (text === 'Z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(4));
  if (minutes > 14 * 60 || Number(text.slice(4)) > 59) return undefined;
  return (text.startsWith('-') ? -1 : 1) * minutes * 60_000;
}

function widthOf(second: string | undefined, fraction: string | undefined): number {
  if (second === undefined) return 60_000;
  return fraction === undefined ? 1000 : 10 ** Math.max(0, 3 - fraction.length);
}
