import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { RowCollector } from '../../src/search/row-collector.ts';
import { instantText } from '../../src/search/types/date.ts';

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
