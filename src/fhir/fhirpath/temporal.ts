/**
 * Dates, times and both, as precise as they are written, with or without zone.
 * https://hl7.org/fhirpath/N1/#date, https://hl7.org/fhir/R4/datatypes.html#dateTime
 */

export type TemporalKind = 'date' | 'dateTime' | 'time';

/** How far a value goes; seconds and their fractions are one. */
export const Precision = { year: 0, month: 1, day: 2, hour: 3, minute: 4, second: 5 } as const;
export type Precision = (typeof Precision)[keyof typeof Precision];

export interface TemporalParts {
  readonly kind: TemporalKind;
  readonly precision: Precision;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Digits of the fraction of a second, as many as were written. */
  readonly fraction: string;
  /** Minutes east of UTC. */
  readonly offset?: number | undefined;
}

const minuteLength = 60_000;

export class Temporal implements TemporalParts {
  readonly kind: TemporalKind;
  readonly precision: Precision;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly fraction: string;
  readonly offset: number | undefined;

  constructor(parts: TemporalParts) {
    this.kind = parts.kind;
    this.precision = parts.precision;
    this.year = parts.year;
    this.month = parts.month;
    this.day = parts.day;
    this.hour = parts.hour;
    this.minute = parts.minute;
    this.second = parts.second;
    this.fraction = parts.fraction;
    this.offset = parts.offset;
  }

  with(parts: Partial<TemporalParts>): Temporal {
    return new Temporal({ ...this, ...parts });
  }

  /** Milliseconds of its first moment on its own clock; what is not written counts as the least. */
  get local(): number {
    const { year, month, day, hour, minute, second, fraction } = this;
    const milliseconds = fraction === '' ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
    return localTime(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000 + milliseconds;
  }

  /** Milliseconds of its last moment on its own clock. */
  get localEnd(): number {
    const { year, month, precision, local } = this;
    if (precision === Precision.second) return local;
    if (precision === Precision.year) return localTime(year + 1, 1, 1) - 1;
    if (precision === Precision.month) return localTime(year, month + 1, 1) - 1;
    return local + (precision === Precision.day ? 1440 : precision === Precision.hour ? 60 : 1) * minuteLength - 1;
  }

  toString(): string {
    const { kind, precision } = this;
    if (kind === 'time') return this.clock();
    const date = [digits(this.year, 4), digits(this.month, 2), digits(this.day, 2)].slice(0, precision + 1).join('-');
    return precision < Precision.hour ? date : `${date}T${this.clock()}${zoneText(this.offset)}`;
  }

  private clock(): string {
    const parts = [this.hour, this.minute, this.second].slice(0, this.precision - 2).map((part) => digits(part, 2));
    return parts.join(':') + (this.fraction === '' ? '' : `.${this.fraction}`);
  }
}

const digits = (value: number, length: number): string => String(value).padStart(length, '0');

function zoneText(offset: number | undefined): string {
  if (offset === undefined) return '';
  if (offset === 0) return 'Z';
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60), 2)}:${digits(minutes % 60, 2)}`;
}

/** Milliseconds of the start of a day; a month beyond the twelfth belongs to the next year. */
export function localTime(year: number, month: number, day: number): number {
  // Date takes years below 100 for others; the calendar repeats itself every 400 years.
  if (year >= 100) return Date.UTC(year, month - 1, day);
  return Date.UTC(year + 400, month - 1, day) - 146_097 * 86_400_000;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
