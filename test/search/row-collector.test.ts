import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RowCollector } from '../../src/search/row-collector.ts';
import { instantText } from '../../src/search/types/date.ts';
import { dateInterval, utc } from '../../src/search/types/date-interval.ts';

const small = fc.integer({ min: 0, max: 4 });

describe('Index rows', () => {
  test('are gathered each once, in the order in which they came, however many', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(small, small, small, small), { maxLength: 120 }), (list) => {
        const rows = new RowCollector();
        for (const [key, unit, low, high] of list) rows.number(String(key), String(unit), low, high);
        const distinct = [...new Map(list.map((each) => [each.join(), each])).values()];
        expect(rows.numbers).toEqual(distinct.map(([key, unit, low, high]) => ({ key: String(key), unit: String(unit), low, high })));
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(small, small), { maxLength: 120 }), (list) => {
        const rows = new RowCollector();
        for (const [key, value] of list) rows.string(String(key), String(value));
        const distinct = [...new Map(list.map((each) => [each.join(), each])).values()];
        expect(rows.strings).toEqual(distinct.map(([key, value]) => ({ key: String(key), value: String(value) })));
      }),
    );
  });

  test('have the outer limits of the primary dates', () => {
    const rows = new RowCollector();
    expect(rows.limits).toBeUndefined();
    for (const [low, high] of [
      [5, 6],
      [2, 3],
      [4, 9],
    ] as const)
      rows.primaryDate({ low, high });
    expect(rows.limits).toEqual({ low: 2, high: 9 });
  });

  test('write instants as ISO 8601 does, and infinite ones as PostgreSQL does', () => {
    const [first, last] = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')];
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (time) => {
        expect(instantText(time)).toBe(new Date(time).toISOString());
      }),
      { numRuns: 2000 },
    );
    for (const text of ['0001-01-01', '1900-02-28', '1900-03-01', '2000-02-29', '2024-02-29', '2023-12-31', '9999-12-31'])
      expect(instantText(Date.parse(text))).toBe(`${text}T00:00:00.000Z`);
    expect(instantText(first - 1)).toBe('-infinity');
    expect(instantText(last + 1)).toBe('infinity');
    expect(instantText(Number.POSITIVE_INFINITY)).toBe('infinity');
  });
});

const digits = (value: number, count: number): string => String(value).padStart(count, '0');

const dateTime = fc
  .record({
    time: fc.integer({ min: Date.parse('1000-01-01T00:00:00Z'), max: Date.parse('9999-12-31T23:59:59Z') }),
    fraction: fc.boolean(),
    offset: fc.oneof(
      fc.constant('Z'),
      fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 59 })),
    ),
  })
  .map(({ time, fraction, offset }) => {
    const local = new Date(time).toISOString().slice(0, fraction ? 23 : 19);
    return offset === 'Z' ? `${local}Z` : `${local}${offset[0]}${digits(Number(offset[1]), 2)}:${digits(Number(offset[2]), 2)}`;
  });

// https://hl7.org/fhir/R4/datatypes.html#dateTime, with seconds, but no 60th of them; dates without a zone are taken for those of the server
const form =
  /^([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?$/;

const hasZone = /(?:Z|[+-]\d\d:\d\d)$/;

const isDateTime = (text: string): boolean =>
  form.test(text) && new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(text.slice(8, 10));

describe('A dateTime with seconds', () => {
  test('begins where it says, and lasts as long as its precision', () => {
    fc.assert(
      fc.property(dateTime, (text) => {
        const low = Date.parse(text);
        expect(dateInterval(text, utc)).toEqual({ low, high: low + (text.charAt(19) === '.' ? 1 : 1000) });
      }),
      { numRuns: 2000 },
    );
  });

  test('with one wrong character is none, or another one', () => {
    fc.assert(
      fc.property(dateTime, fc.nat(), fc.constantFrom(...'0159/:;-+.TtZz x'), (text, at, character) => {
        const i = at % text.length;
        const other = text.slice(0, i) + character + text.slice(i + 1);
        const low = isDateTime(other) ? Date.parse(hasZone.test(other) ? other : `${other}Z`) : undefined;
        expect(dateInterval(other, utc)?.low).toBe(low);
      }),
      { numRuns: 5000 },
    );
  });
});
