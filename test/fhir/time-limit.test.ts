import { describe, expect, test } from '@jest/globals';
import { TimeLimitError, withinTime } from '../../src/fhir/time-limit.ts';

describe('A limit of time', () => {
  test('hands over what the work gives', () => {
    expect(withinTime(1000, () => ({ a: 1 }))).toEqual({ a: 1 });
  });

  test('hands over what the work throws', () => {
    const fault = new RangeError('no');
    expect(() =>
      withinTime(1000, () => {
        throw fault;
      }),
    ).toThrow(fault);
  });

  test.each([
    [
      'a loop',
      () => {
        for (;;);
      },
    ],
    ['a regular expression', () => /^(a+)+$/.test(`${'a'.repeat(60)}!`)],
  ])('ends %s that would not end', (_, work) => {
    const start = performance.now();
    expect(() => withinTime(50, work)).toThrow(TimeLimitError);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  test('can stand in another one, which goes on afterwards', () => {
    const inner = (): string => withinTime(1000, () => 'inner');
    expect(withinTime(1000, () => [inner(), inner(), 'outer'])).toEqual(['inner', 'inner', 'outer']);
  });
});
