/**
 * minValue[x], maxValue[x] and maxLength.
 * https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.minValue_x_
 */
import { isObject } from '../../fhir/resource.ts';
import { canonicalUnit, ucumSystem } from '../../fhir/ucum.ts';
import type { Limit } from './element-node.ts';
import { told } from './fixed-value.ts';

/** Text of the fault, or undefined: the value keeps the limit, or cannot be compared with it. */
export type LimitFault = (value: unknown, now: () => Date) => string | undefined;

export function limitFault({ kind, value: bound }: Limit): LimitFault {
  const sign = kind === 'min' ? 1 : -1;
  const words = kind === 'min' ? 'less than the least value allowed' : 'more than the greatest value allowed';
  return (value, now) => {
    // SHALL: a quantity of time counts from now for dates — elementdefinition-definitions.html#ElementDefinition.minValue_x_
    const edge = typeof value === 'string' && isObject(bound) ? edgeFromNow(bound, now(), kind) : bound;
    const found = order(value, edge);
    return found !== undefined && found * sign < 0 ? `${told(value)} is ${words}, ${told(edge)}` : undefined;
  };
}

type Order = number | undefined;

function order(value: unknown, bound: unknown): Order {
  if (typeof value === 'number' && typeof bound === 'number') return value - bound;
  if (typeof value === 'string' && typeof bound === 'string') return orderOfTimes(value, bound);
  return isObject(value) && isObject(bound) ? orderOfQuantities(value, bound) : undefined;
}

type JsonQuantity = { readonly [key: string]: unknown };

// SHALL: the least Quantity is a canonical one, 100 mg are less than 10 g — elementdefinition-definitions.html#ElementDefinition.minValue_x_
function orderOfQuantities(value: JsonQuantity, bound: JsonQuantity): Order {
  const [a, b] = [value['value'], bound['value']];
  if (typeof a !== 'number' || typeof b !== 'number') return undefined;
  const units = [bound['code'] ?? bound['unit'], value['code'] ?? value['unit']];
  if (units[0] === undefined || units[0] === units[1]) return a - b;
  const [left, right] = [ucumOf(value), ucumOf(bound)];
  return left !== undefined && left.unit === right?.unit ? left.toCanonical(a) - right.toCanonical(b) : undefined;
}

const ucumOf = ({ system, code }: JsonQuantity) => (system === ucumSystem && typeof code === 'string' ? canonicalUnit(code) : undefined);

const isTimeOnly = (text: string): boolean => /^\d\d:\d\d/.test(text);

/** Dates and times as far as both say something; instants by the moment. */
function orderOfTimes(value: string, bound: string): Order {
  const isInstant = value.includes('T') && bound.includes('T');
  if (isInstant) {
    const [a, b] = [Date.parse(value), Date.parse(bound)];
    return Number.isNaN(a) || Number.isNaN(b) ? undefined : a - b;
  }
  if (isTimeOnly(value) !== isTimeOnly(bound)) return undefined;
  const length = Math.min(value.length, bound.length, isTimeOnly(value) ? 16 : 10);
  const [a, b] = [value.slice(0, length), bound.slice(0, length)];
  return a < b ? -1 : a > b ? 1 : 0;
}

type Shift = (date: Date, count: number) => void;

const shifts: Readonly<Record<string, Shift>> = {
  a: (date, count) => date.setUTCFullYear(date.getUTCFullYear() + count),
  mo: (date, count) => date.setUTCMonth(date.getUTCMonth() + count),
  wk: (date, count) => date.setUTCDate(date.getUTCDate() + 7 * count),
  d: (date, count) => date.setUTCDate(date.getUTCDate() + count),
  h: (date, count) => date.setTime(date.getTime() + count * 3_600_000),
  min: (date, count) => date.setTime(date.getTime() + count * 60_000),
  s: (date, count) => date.setTime(date.getTime() + count * 1_000),
};

/** A least value lies before now, a greatest one after it. */
function edgeFromNow(bound: unknown, now: Date, kind: Limit['kind']): string | undefined {
  if (!isObject(bound) || typeof bound['value'] !== 'number') return undefined;
  const shift = shifts[String(bound['code'] ?? bound['unit'])];
  if (shift === undefined) return undefined;
  const date = new Date(now);
  shift(date, kind === 'min' ? -bound['value'] : bound['value']);
  return date.toISOString();
}
