/** The least and the greatest value that a value of some precision can mean. https://hl7.org/fhirpath/#lowboundary */
import type { Decimal } from './decimal.ts';
import { daysIn, Precision, type Temporal } from './temporal.ts';

export type Side = 'low' | 'high';

/** Decimal places when none are asked for, and the most that are given. */
const [usual, most] = [8, 31];

/** SHALL: a precision that cannot be given is empty — hl7.org/fhirpath/#lowboundary */
export function decimalBoundary(value: Decimal, side: Side, places = usual): Decimal | undefined {
  if (places < 0 || places > most) return undefined;
  return side === 'low' ? value.minus(value.half).rounded(places, 'down') : value.plus(value.half).rounded(places, 'up');
}

/** Digits of a value as precise as that. */
const dateDigits: readonly number[] = [4, 6, 8, 10, 12, 14];

const fractionDigits = 3;

/** Digits of the value as it is written; of a time those behind the date. */
export function precisionDigits({ kind, precision, fraction }: Temporal): number {
  const digits = (dateDigits[precision] ?? 0) + (precision === Precision.second ? fraction.length : 0);
  return kind === 'time' ? digits - 8 : digits;
}

const ends = {
  low: { month: 1, day: () => 1, hour: 0, minute: 0, second: 0, fraction: '000', offset: 840 },
  high: { month: 12, day: daysIn, hour: 23, minute: 59, second: 59, fraction: '999', offset: -720 },
} as const;

const wholeDay = { date: 8, dateTime: 17, time: 9 };

/** With so many digits, such as 8 for a day; a zone that is not known is taken as the one in which the moment comes first, or last. */
export function temporalBoundary(value: Temporal, side: Side, digits = wholeDay[value.kind]): Temporal | undefined {
  const wanted = value.kind === 'time' ? digits + 8 : digits;
  const isFull = wanted === 14 + fractionDigits;
  const precision = isFull ? Precision.second : dateDigits.indexOf(wanted);
  const [least, greatest] =
    value.kind === 'time' ? [Precision.hour, Precision.second] : [Precision.year, value.kind === 'date' ? Precision.day : Precision.second];
  if (precision < least || precision > greatest) return undefined;
  return filled(value, side, precision as Precision, isFull);
}

function filled(value: Temporal, side: Side, precision: Precision, isFull: boolean): Temporal {
  const end = ends[side];
  const given = value.precision;
  const month = given >= Precision.month ? value.month : end.month;
  const fraction = given >= Precision.second && value.fraction !== '' ? value.fraction.padEnd(fractionDigits, '0') : end.fraction;
  return value.with({
    precision,
    month,
    day: given >= Precision.day ? value.day : end.day(value.year, month),
    hour: given >= Precision.hour ? value.hour : end.hour,
    minute: given >= Precision.minute ? value.minute : end.minute,
    second: given >= Precision.second ? value.second : end.second,
    fraction: isFull ? fraction : '',
    offset: value.kind === 'dateTime' && precision >= Precision.hour ? (value.offset ?? end.offset) : undefined,
  });
}
