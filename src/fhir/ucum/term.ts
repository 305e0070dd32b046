/** The terms of UCUM, such as `mg/dL` or `10*3/uL{blood}`, as exact multiples of base units. https://ucum.org/ucum#section-Grammar-of-Units-and-Unit-Terms */
import { one, power, type Rational, reduced, times, zero } from '../rational.ts';
import { type Atom, essence } from './essence.ts';

/** A value in the unit is `scale · value + offset` in its base units. */
export interface Term {
  readonly scale: Rational;
  readonly offset: Rational;
  /** Exponents of the base units, none of them zero. */
  readonly dimension: ReadonlyMap<string, number>;
  /** On no ratio scale: it can be no part of another term. */
  readonly special: boolean;
}

/** No unit that means something is longer. */
export const longestTerm = 200;
const greatestExponent = 99;
/** Beyond it no double can follow, and arithmetic would take its time. */
const greatest = 10n ** 400n;

class NoUnit extends Error {}

/** Undefined for what is no term of UCUM, or out of all bounds. */
export function termOf(code: string): Term | undefined {
  if (code === '' || code.length > longestTerm) return undefined;
  try {
    const reader = new TermReader(code);
    const term = reader.main();
    return { ...term, scale: reduced(term.scale), offset: reduced(term.offset) };
  } catch (error) {
    if (error instanceof NoUnit) return undefined;
    throw error;
  }
}

const plain = (scale: Rational, dimension: Term['dimension'] = new Map()): Term => ({ scale, offset: zero, dimension, special: false });
const unity = plain(one);

/** Recursive descent; the depth is bounded by the length of the code. */
class TermReader {
  readonly #code: string;
  #at = 0;

  constructor(code: string) {
    this.#code = code;
  }

  main(): Term {
    const term = this.#term(this.#take('/') ? -1 : 1);
    if (this.#at < this.#code.length) throw new NoUnit();
    return term;
  }

  #take(character: string): boolean {
    if (this.#code[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#code)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  /** A leading solidus inverts the unit that directly follows it. */
  #term(exponent = 1): Term {
    let term = raised(this.#component(), exponent);
    for (;;) {
      if (this.#take('.')) term = product(term, this.#component());
      else if (this.#take('/')) term = product(term, raised(this.#component(), -1));
      else return term;
    }
  }

  #component(): Term {
    if (this.#take('(')) {
      const term = this.#term();
      if (!this.#take(')')) throw new NoUnit();
      return term;
    }
    if (this.#match(annotation) !== undefined) return unity;
    const symbol = this.#match(atomSymbol);
    const term = symbol === undefined ? this.#factor() : raised(atomTerm(symbol), this.#exponent());
    this.#match(annotation);
    return term;
  }

  #factor(): Term {
    const digits = this.#match(factor);
    if (digits === undefined || /^0+$/.test(digits)) throw new NoUnit();
    return plain({ numerator: BigInt(digits), denominator: 1n });
  }

  #exponent(): number {
    return within(Number(this.#match(signedDigits) ?? '1'));
  }
}

const annotation = /\{[!-z|~]*\}/y;
/** Square brackets keep whatever is between them; digits end a symbol elsewhere, but for the number ten of arbitrary powers. */
const atomSymbol = /10[*^]|(?:[!-'*,:-Z\\^-z|~]|\[[!-Z\\^-~]*\])+/y;
const factor = /\d+/y;
const signedDigits = /[+-]?\d+/y;

function atomTerm(symbol: string): Term {
  const { atoms, prefixes } = essence();
  const atom = atoms.get(symbol);
  if (atom) return definition(atom);
  for (const length of [1, 2]) {
    const prefix = prefixes.get(symbol.slice(0, length));
    const metric = atoms.get(symbol.slice(length));
    if (prefix && metric?.metric) return scaled(definition(metric), prefix);
  }
  throw new NoUnit();
}

const scaled = (term: Term, by: Rational): Term => ({ ...term, scale: times(term.scale, by) });

/** Special units whose function is linear, as scale and offset in kelvin; the scale is the one that the table gives. */
const offsets: Readonly<Record<string, Rational>> = {
  Cel: { numerator: 27315n, denominator: 100n },
  degF: { numerator: 45967n * 5n, denominator: 900n },
  degRe: { numerator: 27315n, denominator: 100n },
};

const definitions = new Map<Atom, Term>();

function definition(atom: Atom): Term {
  const known = definitions.get(atom);
  if (known) return known;
  const term = define(atom);
  definitions.set(atom, term);
  return term;
}

/**
 * Units of a logarithm, a root or a tangent stand for themselves: a conversion would be neither exact nor always in the same order
 * (a higher pH is a lower concentration).
 */
function define({ code, base, value, unit, function: name }: Atom): Term {
  const offset = name === undefined ? zero : offsets[name];
  if (base || offset === undefined) return { ...plain(one, new Map([[code, 1]])), special: name !== undefined };
  const term = termOf(unit);
  if (!term) throw new Error(`"${unit}" in the table of UCUM is no unit`);
  return { ...scaled(term, value), offset, special: name !== undefined };
}

function product(a: Term, b: Term): Term {
  // SHALL NOT: special units take part in no algebraic operation — section-Special-Units-on-non-ratio-Scales
  if (a.special || b.special) throw new NoUnit();
  const dimension = new Map(a.dimension);
  for (const [code, exponent] of b.dimension) {
    const sum = exponent + (dimension.get(code) ?? 0);
    if (sum === 0) dimension.delete(code);
    else dimension.set(code, within(sum));
  }
  return plain(bounded(times(a.scale, b.scale)), dimension);
}

function raised(term: Term, exponent: number): Term {
  if (exponent === 1) return term;
  if (term.special) throw new NoUnit();
  const dimension = exponent === 0 ? [] : [...term.dimension].map(([code, own]) => [code, within(own * exponent)] as const);
  return plain(bounded(power(term.scale, exponent)), new Map(dimension));
}

/** What a term comes to can itself be written as one. */
function within(exponent: number): number {
  if (Math.abs(exponent) > greatestExponent) throw new NoUnit();
  return exponent;
}

function bounded(scale: Rational): Rational {
  if (scale.numerator > greatest || scale.denominator > greatest) throw new NoUnit();
  return scale;
}
