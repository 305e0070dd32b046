/** What is found is decided as exact arithmetic decides it, also where a value lies on the border of a range in another unit. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileExtractor } from '../../src/search/extract.ts';
import { holds } from '../../src/search/holds.ts';
import { definitions, parse } from '../support/search.ts';

/** A fraction of our own, so that the product's arithmetic is not its own judge. */
type Fraction = readonly [numerator: bigint, denominator: bigint];
const add = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * d + c * b, b * d];
const multiply = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d];
const compare = ([a, b]: Fraction, [c, d]: Fraction): bigint => a * d - c * b;

function fraction(text: string): Fraction {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', decimals = ''] = mantissa.split('.');
  const power = Number(exponent) - decimals.length;
  const digits = BigInt(whole + decimals);
  return power < 0 ? [digits, 10n ** BigInt(-power)] : [digits * 10n ** BigInt(power), 1n];
}

/** Units with their factor and offset to a common one, as they are defined. */
const families: Record<string, readonly [factor: Fraction, offset: Fraction]>[] = [
  {
    g: [
      [1n, 1n],
      [0n, 1n],
    ],
    kg: [
      [1000n, 1n],
      [0n, 1n],
    ],
    ug: [
      [1n, 1_000_000n],
      [0n, 1n],
    ],
    '[lb_av]': [
      [45_359_237n, 100_000n],
      [0n, 1n],
    ],
    '[oz_av]': [
      [45_359_237n, 1_600_000n],
      [0n, 1n],
    ],
    '[gr]': [
      [6_479_891n, 100_000_000n],
      [0n, 1n],
    ],
  },
  {
    m: [
      [1n, 1n],
      [0n, 1n],
    ],
    cm: [
      [1n, 100n],
      [0n, 1n],
    ],
    '[in_i]': [
      [254n, 10_000n],
      [0n, 1n],
    ],
    '[ft_i]': [
      [3048n, 10_000n],
      [0n, 1n],
    ],
  },
  {
    K: [
      [1n, 1n],
      [0n, 1n],
    ],
    Cel: [
      [1n, 1n],
      [27_315n, 100n],
    ],
    '[degF]': [
      [5n, 9n],
      [45_967n, 180n],
    ],
  },
  {
    Hz: [
      [1n, 1n],
      [0n, 1n],
    ],
    '/min': [
      [1n, 60n],
      [0n, 1n],
    ],
    '/h': [
      [1n, 3600n],
      [0n, 1n],
    ],
    '/d': [
      [1n, 86_400n],
      [0n, 1n],
    ],
    '7/min': [
      [7n, 60n],
      [0n, 1n],
    ],
  },
  {
    'mg/dL': [
      [10n, 1n],
      [0n, 1n],
    ],
    'g/L': [
      [1000n, 1n],
      [0n, 1n],
    ],
    'ng/mL': [
      [1n, 1000n],
      [0n, 1n],
    ],
    'g/dL': [
      [10_000n, 1n],
      [0n, 1n],
    ],
  },
];

/**
 * -1, 0, 1; undefined when the two are so near to each other that no double tells them apart: in units that differ by an offset
 * nothing is told more finely than at 300 K.
 */
function order(a: Fraction, b: Fraction, least: bigint): -1 | 0 | 1 | undefined {
  const difference = compare(a, b);
  if (difference === 0n) return 0;
  const [numerator, denominator] = add(a, [-b[0], b[1]]);
  const own = b[0] < 0n ? -b[0] : b[0];
  const size = own > least * b[1] ? own : least * b[1];
  const distance = (numerator < 0n ? -numerator : numerator) * b[1] * 10n ** 15n;
  if (distance < size * denominator) return undefined;
  return difference < 0n ? -1 : 1;
}

const prefixes = ['', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb'] as const;

/** The answer of exact arithmetic; undefined where it hangs on less than a double can tell. */
function expected(
  prefix: (typeof prefixes)[number],
  stored: Fraction,
  value: Fraction,
  low: Fraction,
  high: Fraction,
  least = 0n,
): boolean | undefined {
  const [at, from, to] = [order(stored, value, least), order(stored, low, least), order(stored, high, least)];
  if (at === undefined || from === undefined || to === undefined) return undefined;
  switch (prefix) {
    case '':
    case 'eq':
      return from >= 0 && to < 0;
    case 'ne':
      return from < 0 || to >= 0;
    case 'gt':
    case 'sa':
      return at > 0;
    case 'lt':
    case 'eb':
      return at < 0;
    case 'ge':
      return at >= 0;
    case 'le':
      return at <= 0;
  }
}

/** A decimal as a search writes it, with half of its last digit. */
const written = fc
  .tuple(fc.boolean(), fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 0, max: 6 }))
  .map(([isNegative, digits, places]) => {
    const padded = String(digits).padStart(places + 1, '0');
    const text = `${isNegative ? '-' : ''}${places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`}`;
    return { text, half: [1n, 2n * 10n ** BigInt(places)] as Fraction };
  });

const extract = compileExtractor(definitions);
const system = 'http://unitsofmeasure.org';
const observation = (value: number, code: string, unit = code): Resource => ({
  resourceType: 'Observation',
  id: 'x',
  status: 'final',
  code: { text: 'x' },
  valueQuantity: { value, unit, system, code },
});

function isFound(resource: Resource, search: string): boolean {
  const { conditions } = parse('Observation', search);
  const candidate = { type: 'Observation', id: 'x', rows: extract(resource), updated: 0 };
  return conditions.every((condition) => holds(condition, candidate));
}

/** The number of a unit as JSON can hold it, when its digits are few enough to be exact. */
function decimalOf([numerator, denominator]: Fraction): number | undefined {
  const scaled = numerator * 10n ** 12n;
  if (scaled % denominator !== 0n) return undefined;
  const digits = scaled / denominator;
  const text = `${digits < 0n ? '-' : ''}${String(digits < 0n ? -digits : digits)
    .padStart(13, '0')
    .replace(/(\d{12})$/, '.$1')}`;
  return text.replace(/[-.]|^-?0+|0+$/g, '').length > 15 ? undefined : Number(text);
}

/** Not so small that its conversion is no double any more. */
const moderate = fc.double({ min: -1e6, max: 1e6, noNaN: true }).filter((value) => value === 0 || Math.abs(value) > 1e-290);

const unitsOf = fc
  .constantFrom(...families)
  .chain((family) => fc.tuple(fc.constant(family), fc.constantFrom(...Object.keys(family)), fc.constantFrom(...Object.keys(family))));

describe('A search by a unit of UCUM', () => {
  test('decides about any value as exact arithmetic does', () => {
    let decided = 0;
    fc.assert(
      fc.property(unitsOf, written, fc.constantFrom(...prefixes), moderate, ([family, from, to], { text, half }, prefix, stored) => {
        const value = Number(stored.toPrecision(12));
        check(family, from, to, value, text, half, prefix, () => decided++);
      }),
      { numRuns: 5000 },
    );
    expect(decided).toBeGreaterThan(4900);
  });

  test('decides about a value on a border of the range, and next to it, as exact arithmetic does', () => {
    let decided = 0;
    fc.assert(
      fc.property(
        unitsOf,
        written,
        fc.constantFrom(...prefixes),
        fc.constantFrom(-1n, 0n, 1n),
        fc.constantFrom(-1n, 0n, 1n),
        ([family, from, to], { text, half }, prefix, border, beside) => {
          const [factor, offset] = family[to] as readonly [Fraction, Fraction];
          const [ownFactor, ownOffset] = family[from] as readonly [Fraction, Fraction];
          const searched = add(fraction(text), multiply(half, [border, 1n]));
          const canonical = add(multiply(searched, factor), offset);
          const own = multiply(add(canonical, [-ownOffset[0], ownOffset[1]]), [ownFactor[1], ownFactor[0]]);
          const value = decimalOf(add(own, [beside, 10n ** 9n]));
          if (value !== undefined) check(family, from, to, value, text, half, prefix, () => decided++);
        },
      ),
      { numRuns: 20_000 },
    );
    expect(decided).toBeGreaterThan(7000);
  });

  function check(
    family: (typeof families)[number],
    from: string,
    to: string,
    value: number,
    text: string,
    half: Fraction,
    prefix: (typeof prefixes)[number],
    count: () => void,
  ): void {
    const canonical = (number: Fraction, code: string): Fraction => {
      const [factor, offset] = family[code] as readonly [Fraction, Fraction];
      return add(multiply(number, factor), offset);
    };
    const number = fraction(text);
    const [low, high] = [add(number, [-half[0], half[1]]), add(number, half)];
    const answer = expected(
      prefix,
      canonical(fraction(String(value)), from),
      canonical(number, to),
      canonical(low, to),
      canonical(high, to),
      'K' in family ? 300n : 0n,
    );
    if (answer === undefined) return;
    count();
    const search = `value-quantity=${prefix}${text}|${system}|${to}`;
    expect([value, from, search, isFound(observation(value, from), search)]).toEqual([value, from, search, answer]);
  }
});

describe('A search by a plain number', () => {
  test('decides about the number that is stated, whatever the unit', () => {
    fc.assert(
      fc.property(
        unitsOf,
        written,
        fc.constantFrom(...prefixes),
        fc.constantFrom(-1n, 0n, 1n),
        fc.boolean(),
        ([, code], { text, half }, prefix, border, named) => {
          const number = fraction(text);
          const stored = decimalOf(add(number, multiply(half, [border, 1n])));
          if (stored === undefined) return;
          const answer = expected(prefix, fraction(String(stored)), number, add(number, [-half[0], half[1]]), add(number, half));
          const search = `value-quantity=${prefix}${text}${named ? `||${code}` : ''}`;
          expect([stored, code, search, isFound(observation(stored, code), search)]).toEqual([stored, code, search, answer]);
        },
      ),
      { numRuns: 5000 },
    );
  });
});
