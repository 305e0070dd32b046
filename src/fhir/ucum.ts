/**
 * Units of UCUM in terms of base units, exactly: `mg/dL` is 10 g/m³. Special units on a linear scale convert (Cel, [degF]); those of a
 * logarithm and arbitrary units ([iU]) are commensurable with themselves only. https://ucum.org/ucum
 */
import { numberOf, plus, type Rational, rationalOfNumber, times } from './rational.ts';
import { longestTerm, type Term, termOf } from './ucum/term.ts';

export const ucumSystem = 'http://unitsofmeasure.org';

export interface CanonicalUnit {
  /** Base units in the order of their codes, such as `g.m-1.s-2`; `1` when none is left. Itself a code of UCUM. */
  readonly unit: string;
  /** A value is `scale · value + offset` in the base units; the scale is positive. */
  readonly scale: Rational;
  readonly offset: Rational;
  /** The value in the base units, rounded once to a double: equal ones give equal doubles, and their order is kept. */
  readonly toCanonical: (value: number | Rational) => number;
}

/** Two generations of this many codes are remembered. */
const generationSize = 2000;
let young = new Map<string, CanonicalUnit | null>();
let old = new Map<string, CanonicalUnit | null>();

/** Undefined when the text is no unit of UCUM. */
export function canonicalUnit(code: string): CanonicalUnit | undefined {
  if (code.length > longestTerm) return undefined;
  const known = young.get(code);
  return (known === undefined ? recall(code) : known) ?? undefined;
}

function recall(code: string): CanonicalUnit | null {
  const unit = old.get(code) ?? unitOf(termOf(code));
  if (young.size >= generationSize) {
    old = young;
    young = new Map();
  }
  young.set(code, unit);
  return unit;
}

function unitOf(term: Term | undefined): CanonicalUnit | null {
  if (!term) return null;
  const { scale, offset } = term;
  const toCanonical = (value: number | Rational): number =>
    numberOf(plus(times(typeof value === 'number' ? rationalOfNumber(value) : value, scale), offset));
  const unit = dimensionText(term);
  return unit.length > longestTerm ? null : { unit, scale, offset, toCanonical };
}

function dimensionText({ dimension }: Term): string {
  const bases = [...dimension].sort(([a], [b]) => (a < b ? -1 : 1));
  return bases.length === 0 ? '1' : bases.map(([code, exponent]) => (exponent === 1 ? code : `${code}${exponent}`)).join('.');
}
