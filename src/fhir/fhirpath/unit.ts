/** How units are related, and the unit of a product. https://ucum.org/ucum */
import { inverse, one, type Rational, times } from '../rational.ts';
import { type CanonicalUnit, canonicalUnit } from '../ucum.ts';

/**
 * How many of `to` one of `from` is; undefined when they measure different things, or on scales that do not start at the same zero, such as
 * `Cel` and `[degF]`. https://hl7.org/fhirpath/#unit-conversions
 */
export function ratio(from: string, to: string): Rational | undefined {
  if (from === to) return one;
  const [a, b] = [plainUnit(from), plainUnit(to)];
  return a === undefined || b === undefined || a.unit !== b.unit ? undefined : times(a.scale, inverse(b.scale));
}

/** In base units; undefined for what is no unit and for units with a zero of their own. */
export function plainUnit(code: string): CanonicalUnit | undefined {
  const unit = canonicalUnit(code);
  return unit?.offset.numerator === 0n ? unit : undefined;
}

const longestUnit = 60;

/** Factors of a unit and their powers, in the order of their names; undefined when it has brackets of its own or is long. */
function factorsOf(unit: string): Map<string, number> | undefined {
  const factors = new Map<string, number>();
  if (unit.length > longestUnit || /[(){}]/.test(unit)) return undefined;
  for (const [, operator, name, power] of unit.matchAll(/([./]?)((?:\[[^\]]*\]|[^./[\]])*?)([+-]?\d+)?(?=[./]|$)/g)) {
    if (name === undefined || name === '') {
      if (power !== undefined && power !== '1') return undefined;
      continue;
    }
    const sign = operator === '/' ? -1 : 1;
    factors.set(name, (factors.get(name) ?? 0) + sign * Number(power ?? 1));
  }
  return factors;
}

function textOf(factors: ReadonlyMap<string, number>): string {
  const term = ([name, power]: readonly [string, number]) => (power === 1 ? name : `${name}${power}`);
  const all = [...factors].filter(([, power]) => power !== 0);
  const above = all.filter(([, power]) => power > 0).map(term);
  const below = all.filter(([, power]) => power < 0).map(([name, power]) => `/${term([name, -power])}`);
  return above.length + below.length === 0 ? '1' : above.join('.') + below.join('');
}

/** The unit of `a * b`, or of `a / b` with `sign` -1. */
export function productUnit(a: string, b: string, sign: 1 | -1): string {
  if (b === '1') return a;
  const [ofA, ofB] = [factorsOf(a), factorsOf(b)];
  if (ofA === undefined || ofB === undefined) return `(${a})${sign === 1 ? '.' : '/'}(${b})`;
  for (const [name, power] of ofB) ofA.set(name, (ofA.get(name) ?? 0) + sign * power);
  return textOf(ofA);
}
