/** Dates as intervals: datatypes.html#dateTime, search.html#date. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { httpDate, instantOf, intervalOf } from '../../src/fhir/instant.ts';

describe('the interval of a date', () => {
  const cases: [string, string, string][] = [
    ['2026', '2026-01-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
    ['2026-02', '2026-02-01T00:00:00.000Z', '2026-02-28T23:59:59.999Z'],
    ['2024-02', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['2026-12', '2026-12-01T00:00:00.000Z', '2026-12-31T23:59:59.999Z'],
    ['2026-01-31', '2026-01-31T00:00:00.000Z', '2026-01-31T23:59:59.999Z'],
    ['2026-01-31T12:30', '2026-01-31T12:30:00.000Z', '2026-01-31T12:30:59.999Z'],
    ['2026-01-31T12:30:15Z', '2026-01-31T12:30:15.000Z', '2026-01-31T12:30:15.999Z'],
    ['2026-01-31T12:30:15.1Z', '2026-01-31T12:30:15.100Z', '2026-01-31T12:30:15.199Z'],
    ['2026-01-31T12:30:15.123Z', '2026-01-31T12:30:15.123Z', '2026-01-31T12:30:15.123Z'],
    ['2026-01-31T12:30:15.1234567Z', '2026-01-31T12:30:15.123Z', '2026-01-31T12:30:15.123Z'],
    ['2026-01-31T00:30:00+01:00', '2026-01-30T23:30:00.000Z', '2026-01-30T23:30:00.999Z'],
    ['2026-01-31T00:30:00 01:00', '2026-01-30T23:30:00.000Z', '2026-01-30T23:30:00.999Z'],
    ['2026-01-31T22:30:00-05:30', '2026-02-01T04:00:00.000Z', '2026-02-01T04:00:00.999Z'],
    ['0050', '0050-01-01T00:00:00.000Z', '0050-12-31T23:59:59.999Z'],
    ['0001-01-01T00:00:00+14:00', '0001-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z'],
    ['9999-12-31T23:59:59-14:00', '9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ];
  test.each(cases)('%s is %s to %s', (text, from, to) => expect(intervalOf(text)).toEqual({ from, to }));

  const wrong = [
    '',
    '26',
    '2026-1',
    '2026-13',
    '2026-02-30',
    '2023-02-29',
    '2026-01-31T',
    '2026-01-31T12',
    '2026-01-31T24:00:00Z',
    '2026-01-31T12:60',
    '2026-01-31T12:00:00+15:00',
    '2026-01-31 12:00',
    '0000',
    'today',
    '20260131',
    '2026-01-31Z',
  ];
  test.each(wrong)('%j is no date', (text) => expect(intervalOf(text)).toBeUndefined());

  test('every real time lies in the interval of each of its precisions', () => {
    const times = fc.date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true });
    fc.assert(
      fc.property(times, fc.constantFrom(4, 7, 10, 16, 19, 21, 23), (time, length) => {
        const text = time.toISOString();
        const interval = intervalOf(length > 10 ? `${text.slice(0, length)}Z` : text.slice(0, length));
        expect(interval !== undefined && interval.from <= text && text <= interval.to).toBe(true);
      }),
    );
  });
});

describe('instants', () => {
  test.each(['2026', '2026-01-31', '2026-01-31T12:00', '2026-01-31T12:00:00', '2026-01-31T12:00Z'])(
    '%s is no instant: seconds and zone are needed',
    (text) => expect(instantOf(text)).toBeUndefined(),
  );
  test('an instant is told in UTC', () => expect(instantOf('2026-01-31T12:00:00+02:00')).toBe('2026-01-31T10:00:00.000Z'));
  test('HTTP has its own form of dates', () => expect(httpDate('2026-01-31T12:00:00.500Z')).toBe('Sat, 31 Jan 2026 12:00:00 GMT'));
});
