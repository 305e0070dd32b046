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
