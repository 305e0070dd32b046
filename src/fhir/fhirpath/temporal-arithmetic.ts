/** Dates and times plus and minus durations of the calendar. https://hl7.org/fhirpath/N1/#datetime-arithmetic */
import { Decimal } from './decimal.ts';
import type { CalendarUnit } from './quantity.ts';
import { daysIn, localTime, Precision, type Temporal } from './temporal.ts';

/** Why a sum cannot be made. */
export type ArithmeticFault = 'range' | 'unit';

const steps: Readonly<Record<CalendarUnit, Precision>> = {
  year: 0,
  month: 1,
  week: 2,
  day: 2,
  hour: 3,
  minute: 4,
  second: 5,
  millisecond: 5,
};

const milliseconds: Readonly<Partial<Record<CalendarUnit, number>>> = {
  week: 604_800_000,
  day: 86_400_000,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
};

const day = 86_400_000;

/** What one unit of a precision counts for when a finer duration is turned into it. */
const lengths: readonly number[] = [365 * day, 30 * day, day, 3_600_000, 60_000];

const coarse: readonly CalendarUnit[] = ['year', 'month', 'day', 'hour', 'minute'];

/**
 * SHALL: a duration finer than the value is turned into the precision of the value, and what is left over dropped — N1/#datetime-arithmetic.
 * SHALL: only seconds and milliseconds count fractions — N1/#datetime-arithmetic.
 */
export function plusDuration(value: Temporal, amount: Decimal, unit: CalendarUnit): Temporal | ArithmeticFault {
  if (value.kind === 'time' && steps[unit] < Precision.hour) return 'unit';
  if (!amount.big.abs().lt(1e13)) return 'range';
  if (steps[unit] > value.precision) return plusDuration(value, coarsened(amount, unit, value.precision), coarse[value.precision] ?? 'day');
  if (unit === 'year') return plusMonths(value, whole(amount) * 12);
  if (unit === 'month') return plusMonths(value, whole(amount));
  const length = milliseconds[unit] ?? 1;
  const isExact = unit === 'second' || unit === 'millisecond';
  return plusMilliseconds(value, isExact ? Math.trunc(amount.big.times(length).toNumber()) : whole(amount) * length);
}

const whole = ({ big }: Decimal): number => big.trunc().toNumber();

function coarsened(amount: Decimal, unit: CalendarUnit, precision: Precision): Decimal {
  const { big } = amount;
  if (unit === 'month') return new Decimal(big.div(12).trunc(), 0);
  const ratio = big.times(milliseconds[unit] ?? 1).div(lengths[precision] ?? day);
  return new Decimal(ratio.trunc(), 0);
}

/** A day that the month does not have becomes its last. */
function plusMonths(value: Temporal, months: number): Temporal | ArithmeticFault {
  const total = value.year * 12 + value.month - 1 + months;
  const [year, month] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
  if (!(year >= 1 && year <= 9999)) return 'range';
  return value.with({ year, month, day: Math.min(value.day, daysIn(year, month)) });
}

const [first, last] = [localTime(1, 1, 1), localTime(10_000, 1, 1)];

function plusMilliseconds(value: Temporal, amount: number): Temporal | ArithmeticFault {
  const sum = value.local + amount;
  const time = value.kind === 'time' ? ((sum % day) + day) % day : sum;
  if (!(time >= first && time < last)) return 'range';
  const date = new Date(time);
  return value.with({
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    fraction: fractionOf(value.fraction, date.getUTCMilliseconds()),
  });
}

/** As long as it was, and long enough for the milliseconds. */
function fractionOf(before: string, ms: number): string {
  const fraction = String(ms).padStart(3, '0') + before.slice(3);
  return before.length >= 3 ? fraction : fraction.replace(/0+$/, '').padEnd(before.length, '0');
}
