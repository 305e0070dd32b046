/** Ranges of ordered values, and what prefixes ask of them. https://hl7.org/fhir/R4/search.html#prefix */
import { compare, type Rational } from './rational.ts';

/** One end; absent = there is none. */
export interface End {
  readonly at: Rational;
  /** The end itself belongs to the range. */
  readonly closed: boolean;
}

export interface Range {
  readonly low?: End;
  readonly high?: End;
}

export const closed = (at: Rational): End => ({ at, closed: true });
export const open = (at: Rational): End => ({ at, closed: false });
export const point = (at: Rational): Range => ({ low: closed(at), high: closed(at) });

const isEmpty = ({ low, high }: Range): boolean => {
  if (!low || !high) return false;
  const order = compare(low.at, high.at);
  return order > 0 || (order === 0 && !(low.closed && high.closed));
};

/** The later of two lower ends, or the earlier of two upper ones. */
function inner(a: End | undefined, b: End | undefined, sign: 1 | -1): End | undefined {
  if (!a || !b) return a ?? b;
  const order = compare(a.at, b.at) * sign;
  return order > 0 || (order === 0 && !a.closed) ? a : b;
}

export function overlap(a: Range, b: Range): boolean {
  const [low, high] = [inner(a.low, b.low, 1), inner(a.high, b.high, -1)];
  return !isEmpty({ ...(low ? { low } : {}), ...(high ? { high } : {}) });
}

const isSame = (a: End | undefined, b: End | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && compare(a.at, b.at) === 0 && a.closed === b.closed);

/** Whether all of the second lies in the first. */
export const contains = (outer: Range, range: Range): boolean =>
  isSame(inner(outer.low, range.low, 1), range.low) && isSame(inner(outer.high, range.high, -1), range.high);

/** What a search value means: its range, what lies below and above it, and what is near it. */
export interface Searched {
  readonly range: Range;
  readonly below: Range;
  readonly above: Range;
  readonly near: Range;
}

export const prefixes = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const;
export type Prefix = (typeof prefixes)[number];

export function withoutPrefix(value: string): { readonly prefix: Prefix; readonly rest: string } {
  const prefix = prefixes.find((each) => value.startsWith(each));
  return prefix === undefined ? { prefix: 'eq', rest: value } : { prefix, rest: value.slice(2) };
}

/** The second column of the specification's table of prefixes. */
export function holds(prefix: Prefix, { range, below, above, near }: Searched, target: Range): boolean {
  switch (prefix) {
    case 'eq':
      return contains(range, target);
    case 'ne':
      return !contains(range, target);
    case 'gt':
      return overlap(above, target);
    case 'lt':
      return overlap(below, target);
    case 'ge':
      return overlap(above, target) || contains(range, target);
    case 'le':
      return overlap(below, target) || contains(range, target);
    case 'sa':
      return !overlap(range, target) && contains(above, target);
    case 'eb':
      return !overlap(range, target) && contains(below, target);
    case 'ap':
      return overlap(near, target);
  }
}
