/** Quantities: a decimal with a UCUM unit or a duration of the calendar. https://hl7.org/fhirpath/N1/#quantity */
import type { Decimal } from './decimal.ts';

export type CalendarUnit = 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second' | 'millisecond';

const words: readonly CalendarUnit[] = ['year', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'];

const calendarUnits: ReadonlyMap<string, CalendarUnit> = new Map(
  words.flatMap((word): [string, CalendarUnit][] => [
    [word, word],
    [`${word}s`, word],
  ]),
);

export const calendarUnit = (word: string): CalendarUnit | undefined => calendarUnits.get(word);

/** Durations of the calendar that UCUM knows with the same length. */
export const ucumOf: Readonly<Partial<Record<CalendarUnit, string>>> = {
  week: 'wk',
  day: 'd',
  hour: 'h',
  minute: 'min',
  second: 's',
  millisecond: 'ms',
};

export class Quantity {
  readonly value: Decimal;
  /** As it was written: `mg`, `days`. */
  readonly unit: string;
  /** Present for a duration of the calendar. */
  readonly calendar: CalendarUnit | undefined;
  /** Present for a unit that UCUM says nothing of: it is comparable with itself only. */
  readonly foreign: string | undefined;

  constructor(value: Decimal, unit: string, calendar?: CalendarUnit, foreign?: string) {
    this.value = value;
    this.unit = unit;
    this.calendar = calendar;
    this.foreign = foreign;
  }

  /** `10 'mg'`; a word of the calendar in quotes means the calendar too, UCUM has no such codes. */
  static of(value: Decimal, unit: string): Quantity {
    return new Quantity(value, unit, calendarUnits.get(unit));
  }

  /** `10 days` */
  static calendar(value: Decimal, word: string): Quantity {
    return new Quantity(value, word, calendarUnits.get(word));
  }

  with(value: Decimal): Quantity {
    return new Quantity(value, this.unit, this.calendar, this.foreign);
  }

  toString(): string {
    return `${this.value} ${this.calendar === undefined ? `'${this.unit}'` : this.unit}`;
  }
}
