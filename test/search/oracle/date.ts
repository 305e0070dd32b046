/** Date parameters. https://hl7.org/fhir/R4/search.html#date */
import { type Item, list, object, text } from './item.ts';
import { closed, type End, holds, open, point, type Range, type Searched, withoutPrefix } from './range.ts';
import { compare, type Rational } from './rational.ts';

const form = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/;

const at = (milliseconds: number): Rational => ({ n: BigInt(Math.round(milliseconds * 1000)), d: 1000n });

/** Milliseconds since 1970 in which what is written begins, and those in which it has ended. */
export function limits(written: string): readonly [begin: number, end: number] {
  const [, year, month, day, hour, minute, second, fraction, zone = 'Z'] = form.exec(written) ?? [];
  if (year === undefined) throw new Error(`${written} is no date`);
  const instant = (y: number, m: number, d: number): number => new Date(0).setUTCFullYear(y, m, d);
  const [y, m] = [Number(year), Number(month ?? 1) - 1];
  if (month === undefined) return [instant(y, 0, 1), instant(y + 1, 0, 1)];
  if (day === undefined) return [instant(y, m, 1), instant(y, m + 1, 1)];
  if (hour === undefined) return [instant(y, m, Number(day)), instant(y, m, Number(day) + 1)];
  const ahead = zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4)));
  const begin =
    instant(y, m, Number(day)) +
    ((Number(hour) * 60 + Number(minute) - ahead) * 60 + Number(second ?? 0)) * 1000 +
    Number(`0.${fraction ?? 0}`) * 1000;
  const width = second === undefined ? 60_000 : 1000 / 10 ** (fraction?.length ?? 0);
  return [begin, begin + width];
}

export function written(value: string): Range {
  const [begin, end] = limits(value);
  return { low: closed(at(begin)), high: open(at(end)) };
}

/** "An instant is considered a fixed point in time … with an effective width of 0." */
const instantRange = (value: string): Range => point(at(limits(value)[0]));

function periodRange(value: unknown): Range | undefined {
  const [start, end] = [text(object(value)['start']), text(object(value)['end'])];
  if (start === undefined && end === undefined) return undefined;
  const low = start === undefined ? undefined : written(start).low;
  const high = end === undefined ? undefined : written(end).high;
  return { ...(low ? { low } : {}), ...(high ? { high } : {}) };
}

const outer = (ends: readonly (End | undefined)[], sign: 1 | -1): End | undefined =>
  ends.some((end) => end === undefined) ? undefined : ends.toSorted((a, b) => sign * compare((a as End).at, (b as End).at))[0];

/** "The specified scheduling details are ignored and only the outer limits matter." */
function timingRange(value: unknown): Range | undefined {
  const events = list(object(value)['event']).map((each) => written(String(each)));
  const bounds = periodRange(object(object(value)['repeat'])['boundsPeriod']);
  const ranges = bounds ? [...events, bounds] : events;
  if (ranges.length === 0) return undefined;
  const [low, high] = [
    outer(
      ranges.map((each) => each.low),
      1,
    ),
    outer(
      ranges.map((each) => each.high),
      -1,
    ),
  ];
  return { ...(low ? { low } : {}), ...(high ? { high } : {}) };
}

/** Undefined for what says nothing about time. */
export function dateRange({ type, value }: Item): Range | undefined {
  if (type === 'Period') return periodRange(value);
  if (type === 'Timing') return timingRange(value);
  if (type !== 'date' && type !== 'dateTime' && type !== 'instant') return undefined;
  return type === 'instant' ? instantRange(String(value)) : written(String(value));
}

const tenth = 0.1;

export function searchedDate(value: string, now: Date): Searched {
  const [begin, end] = limits(value.replace(/ (?=\d\d:\d\d$)/, '+'));
  // "10% of the gap between now and the date"
  const gap = tenth * Math.abs(now.getTime() - (begin + end) / 2);
  return {
    range: { low: closed(at(begin)), high: open(at(end)) },
    below: { high: open(at(begin)) },
    above: { low: closed(at(end)) },
    near: { low: closed(at(Math.floor(begin - gap))), high: open(at(Math.ceil(end + gap))) },
  };
}

export function dateTest(value: string, now: Date): (item: Item) => boolean {
  const { prefix, rest } = withoutPrefix(value);
  const searched = searchedDate(rest, now);
  return (item) => {
    const range = dateRange(item);
    return range !== undefined && holds(prefix, searched, range);
  };
}
