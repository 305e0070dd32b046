/** Prefixes of ordered values, as tests of intervals. https://hl7.org/fhir/R4/search.html#prefix */
import type { Comparison, IntervalTest } from '../condition.ts';

export const prefixes = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const;
export type Prefix = (typeof prefixes)[number];

/** `ge2020` → `ge`, `2020`; without prefix `eq`. Undefined when letters stand before the value that are no prefix. */
export function splitPrefix(text: string): { readonly prefix: Prefix; readonly rest: string } | undefined {
  const letters = /^[A-Za-z]+/.exec(text)?.[0];
  if (letters === undefined) return { prefix: 'eq', rest: text };
  const prefix = prefixes.find((each) => each === letters);
  return prefix && { prefix, rest: text.slice(2) };
}

const lo = (operator: Comparison['operator'], value: number): Comparison => ({ side: 'lo', operator, value });
const hi = (operator: Comparison['operator'], value: number): Comparison => ({ side: 'hi', operator, value });

/**
 * Tests of stored intervals [lo, hi) against the searched [low, high).
 * `lo < high` follows from `hi <= high`; it is said because an index can use it.
 */
export function intervalTest(prefix: Prefix, low: number, high: number): IntervalTest {
  switch (prefix) {
    case 'eq': // the range of the search value fully contains the range of the target value
      return [[lo('>=', low), lo('<', high), hi('<=', high)]];
    case 'ne':
      return [[lo('<', low)], [hi('>', high)]];
    case 'gt': // the range above the search value intersects the range of the target value
      return [[hi('>', high)]];
    case 'lt':
      return [[lo('<', low)]];
    case 'ge': // gt or eq
      return [[hi('>', high)], [lo('>=', low)]];
    case 'le': // lt or eq
      return [[lo('<', low)], [hi('<=', high)]];
    case 'sa': // nothing of the target value lies before the end of the search value
      return [[lo('>=', high)]];
    case 'eb':
      return [[lo('<', low), hi('<=', low)]];
    case 'ap':
      return [[lo('<', high), hi('>', low)]];
  }
}

/** A number as a search means it: itself, the range that its digits imply, and the range that is near it. */
export interface NumberRanges {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly nearLow: number;
  readonly nearHigh: number;
}

/**
 * Tests of stored numbers (lo = hi) and ranges, both ends included, against a number. Its precision counts for eq, ne and ap only:
 * for gt, lt, ge, le, sa and eb it is "treated as if it had arbitrarily high precision" — search.html#number
 */
export function numberTest(prefix: Prefix, { value, low, high, nearLow, nearHigh }: NumberRanges): IntervalTest {
  switch (prefix) {
    case 'eq':
      return [[lo('>=', low), lo('<', high), hi('<', high)]];
    case 'ne':
      return [[lo('<', low)], [hi('>=', high)]];
    case 'gt':
      return [[hi('>', value)]];
    case 'lt':
      return [[lo('<', value)]];
    case 'ge':
      return [[hi('>=', value)]];
    case 'le':
      return [[lo('<=', value)]];
    case 'sa':
      return [[lo('>', value)]];
    case 'eb':
      return [[lo('<', value), hi('<', value)]];
    case 'ap':
      return [[lo('<=', nearHigh), hi('>=', nearLow)]];
  }
}
