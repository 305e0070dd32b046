/**
 * Units in which quantities stand in the index: of all commensurable units the one that most values come in anyway, because such a value
 * needs one row and not two. The numbers are as exact as those of canonical units. https://hl7.org/fhir/R4/search.html#quantity
 */

import { inverse, negative, numberOf, plus, type Rational, rationalOfNumber, reduced, times } from '../../fhir/rational.ts';
import { type CanonicalUnit, canonicalUnit } from '../../fhir/ucum.ts';

export interface IndexedUnit {
  /** The UCUM code of the unit that stands in the index. */
  readonly code: string;
  /** Values in it: equal ones are equal doubles, and their order is kept. */
  readonly convert: (value: number | Rational) => number;
}

/** One for each dimension; where none is named, base units. A change makes the index of quantities another one: it must be rebuilt. */
const usual = [
  '%',
  '/min',
  'Cel',
  'U/L',
  'a',
  'cm',
  'fL',
  'kg',
  'kg/m2',
  'm[IU]/L',
  'mL/min',
  'mg/dL',
  'mm/h',
  'mm[Hg]',
  'mmol/L',
] as const;

let usualByDimension: ReadonlyMap<string | undefined, string> | undefined;

function usualCode(dimension: string): string {
  usualByDimension ??= new Map(usual.map((code) => [canonicalUnit(code)?.unit, code]));
  return usualByDimension.get(dimension) ?? dimension;
}

/** Units are remembered as long as their canonical ones are. */
const known = new WeakMap<CanonicalUnit, IndexedUnit>();

/** Undefined when the text is no unit of UCUM. */
export function indexedUnit(code: string): IndexedUnit | undefined {
  const unit = canonicalUnit(code);
  if (!unit) return undefined;
  const found = known.get(unit);
  if (found) return found;
  const indexed = make(code, unit);
  known.set(unit, indexed);
  return indexed;
}

export const asStated = (value: number | Rational): number => (typeof value === 'number' ? value : numberOf(value));

function make(code: string, from: CanonicalUnit): IndexedUnit {
  const name = usualCode(from.unit);
  const to = canonicalUnit(name);
  if (code === name || !to) return { code: name, convert: asStated };
  const scale = reduced(times(from.scale, inverse(to.scale)));
  const offset = reduced(times(plus(from.offset, negative(to.offset)), inverse(to.scale)));
  const convert = (value: number | Rational): number =>
    numberOf(plus(times(typeof value === 'number' ? rationalOfNumber(value) : value, scale), offset));
  return { code: name, convert };
}
