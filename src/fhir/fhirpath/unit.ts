/** Units as text: what the engine asks of UCUM, and the unit of a product. https://ucum.org/ucum */
import { Decimal } from './decimal.ts';

/** A unit that differs from its base unit by a factor only. */
export interface CanonicalUnit {
  /** Same for all units of the dimension. */
  readonly unit: string;
  /** Decimal digits, `1e-3`: how many of the canonical unit one is. */
  readonly factor: string;
}

/** The UCUM codes; undefined for what is no unit, and for units on a scale of their own such as `Cel`. */
export interface Units {
  canonical(code: string): CanonicalUnit | undefined;
}

/** Knows no unit: units that are not written alike cannot be compared. */
export const noUnits: Units = { canonical: () => undefined };

/** How many of `to` one of `from` is; undefined when they measure different things. */
export function ratio(units: Units, from: string, to: string): Decimal | undefined {
  if (from === to) return Decimal.of(1);
  const [a, b] = [units.canonical(from), units.canonical(to)];
  if (a === undefined || b === undefined || a.unit !== b.unit) return undefined;
  const [ofA, ofB] = [Decimal.parse(a.factor), Decimal.parse(b.factor)];
  return ofA === undefined || ofB === undefined ? undefined : ofA.over(ofB);
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
