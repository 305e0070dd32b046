/** Quantity parameters. https://hl7.org/fhir/R4/search.html#quantity */
import { type Item, object, text } from './item.ts';
import { decimalOf, searchedNumber } from './number.ts';
import { closed, holds, open, point, type Range, withoutPrefix } from './range.ts';
import { compare, decimal, plus, type Rational, times } from './rational.ts';
import { parts, unescaped } from './text.ts';
import { unitOf } from './unit.ts';

export const ucum = 'http://unitsofmeasure.org';

/** A range of numbers in one unit. */
export interface Amount {
  readonly range: Range;
  readonly system: string | undefined;
  readonly code: string | undefined;
  readonly unit: string | undefined;
}

const unitsOf = (value: unknown): Omit<Amount, 'range'> => {
  const { system, code, unit } = object(value);
  return { system: text(system), code: text(code), unit: text(unit) };
};

/** "The Quantity.comparator says how the value is to be understood": `<10` is anything below. */
function compared(value: Rational, comparator: unknown): Range {
  switch (comparator) {
    case '<':
      return { high: open(value) };
    case '<=':
      return { high: closed(value) };
    case '>=':
      return { low: closed(value) };
    case '>':
      return { low: open(value) };
    default:
      return point(value);
  }
}

function quantity(value: unknown): Amount | undefined {
  const number = decimalOf(object(value)['value']);
  return number && { ...unitsOf(value), range: compared(number, object(value)['comparator']) };
}

function money(value: unknown): Amount | undefined {
  const number = decimalOf(object(value)['value']);
  return number && { range: point(number), system: 'urn:iso:std:iso:4217', code: text(object(value)['currency']), unit: undefined };
}

function range(value: unknown): Amount | undefined {
  const { low, high } = object(value);
  const [from, to] = [decimalOf(object(low)['value']), decimalOf(object(high)['value'])];
  if (!from && !to) return undefined;
  return { ...unitsOf(low ?? high), range: { ...(from ? { low: closed(from) } : {}), ...(to ? { high: closed(to) } : {}) } };
}

/** "Just search on the bounds of the values in sampled data." */
function sampled(value: unknown): Amount | undefined {
  const { origin, data, factor } = object(value);
  const from = decimalOf(object(origin)['value']) ?? decimal('0');
  const by = decimalOf(factor) ?? decimal('1');
  const points = String(data ?? '')
    .split(' ')
    .filter((each) => /^-?\d/.test(each))
    .map((each) => plus(times(decimal(each), by), from))
    .sort(compare);
  const [low, high] = [points[0], points.at(-1)];
  return low && high && { ...unitsOf(origin), range: { low: closed(low), high: closed(high) } };
}

export function amountOf({ type, value }: Item): Amount | undefined {
  if (type === 'Money') return money(value);
  if (type === 'Range') return range(value);
  return type === 'SampledData' ? sampled(value) : quantity(value);
}

const toBase = (code: string, value: Rational): Rational => {
  const unit = unitOf(code);
  if (!unit) return value;
  const scaled = times(value, unit.factor);
  return unit.offset ? plus(scaled, unit.offset) : scaled;
};

const inBase = (code: string, { low, high }: Range): Range => ({
  ...(low ? { low: { ...low, at: toBase(code, low.at) } } : {}),
  ...(high ? { high: { ...high, at: toBase(code, high.at) } } : {}),
});

/** Whether the numbers can be compared: it is the same unit, or UCUM converts one to the other. */
function isCommensurable(system: string, code: string, amount: Amount): boolean {
  if (amount.system !== system || amount.code === undefined) return false;
  if (amount.code === code) return true;
  const [asked, given] = [unitOf(code), unitOf(amount.code)];
  return system === ucum && asked !== undefined && asked.dimension === given?.dimension;
}

export function quantityTest(value: string): (item: Item) => boolean {
  const [number = '', system = '', code = ''] = parts(value, '|').map(unescaped);
  const { prefix, rest } = withoutPrefix(number);
  const isExact = system !== '';
  const searched = searchedNumber(prefix, rest, isExact && system === ucum ? (each) => toBase(code, each) : undefined);
  return (item) => {
    const amount = amountOf(item);
    if (!amount) return false;
    if (isExact) {
      if (!isCommensurable(system, code, amount)) return false;
      return holds(prefix, searched, system === ucum ? inBase(amount.code as string, amount.range) : amount.range);
    }
    // "The unit - either the code or the stated human unit"
    const isOfUnit = code === '' || amount.code === code || amount.unit === code;
    return isOfUnit && holds(prefix, searched, amount.range);
  };
}
