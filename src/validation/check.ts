/**
 * Checks: functions that look at one value and tell the walk what is wrong; here those of single values and of repetitions.
 * https://hl7.org/fhir/R4/json.html
 */
import { exactNumber } from '../fhir/json.ts';
import { nearest } from '../fhir/nearest.ts';
import type { JsonObject } from '../fhir/resource.ts';
import type { Primitive } from './primitive.ts';
import { shown, type Walk } from './walk.ts';

/** `owner[key]` is `value`; the walk stands at it already. */
export type Check = (walk: Walk, value: unknown, owner: JsonObject, key: string | number) => void;

/** What a JSON value is, in words. */
function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

const inJson = { string: 'a JSON string', number: 'a JSON number, without quotes', boolean: 'true or false, without quotes' };

export function wrongKind(walk: Walk, value: unknown, expected: string): void {
  walk.add('structure', () => `Found ${kindOf(value)}; expected ${expected}`);
}

/** The check of one primitive value; null is refused here, for only repetitions may hold it. */
export function primitiveCheck(type: string, { json, accepts, expected, whole }: Primitive): Check {
  return (walk, value, owner, key) => {
    if (typeof value !== json) wrongKind(walk, value, `a single ${type} (${inJson[json]})`);
    else if (value === '') walk.add('value', () => 'The string is empty; leave the element out or give it a value');
    else if (!accepts(value)) walk.add(...unfit(type, value, expected));
    else if (whole && isWrittenBroken(owner, key))
      walk.add('value', () => `Not a valid ${type}: expected no decimal point and no exponent`);
  };
}

const unfit = (type: string, value: unknown, expected: string): Parameters<Walk['add']> =>
  (type === 'string' || type === 'markdown') && (value as string).length > 1024 * 1024
    ? ['too-long', () => `The ${type} is too long: expected ${expected}`]
    : ['value', () => `Not a valid ${type}: expected ${expected}`];

/** `1.0` and `1e2` are whole in value, but not as FHIR writes integers. */
function isWrittenBroken(owner: JsonObject, key: string | number): boolean {
  const text = exactNumber(owner, key);
  return text !== undefined && /[.eE]/.test(text);
}

const maxListed = 20;

/** The check of a code that is bound to a value set the registry can list. */
export function codeCheck(codes: ReadonlySet<string>, valueSet: string, otherwise: Check): Check {
  return (walk, value, owner, key) => {
    if (typeof value !== 'string' || value === '') otherwise(walk, value, owner, key);
    else if (!codes.has(value))
      walk.add('code-invalid', () => `The code ${shown(value)} is not in the value set ${valueSet}; ${rightCodes(value, codes)}`);
  };
}

function rightCodes(code: string, codes: ReadonlySet<string>): string {
  if (codes.size <= maxListed) return `expected one of: ${[...codes].join(', ')}`;
  const meant = nearest(code, codes);
  return meant === undefined ? `expected one of its ${codes.size} codes` : `did you mean ${shown(meant)}?`;
}

export interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** False when the value is no array with something in it; the walk is told. */
export function isList(walk: Walk, value: unknown): value is unknown[] {
  if (!Array.isArray(value)) wrongKind(walk, value, 'an array, for the element may repeat');
  else if (value.length === 0) walk.add('structure', () => 'The array is empty; leave the element out or give it items');
  else return true;
  return false;
}

export function checkLength(walk: Walk, length: number, { min, max }: Bounds): void {
  if (length > max) walk.add('structure', () => `There are ${length} items; expected at most ${max}`);
  else if (length < min) walk.add('required', () => `There are ${length} items; expected at least ${min}`);
}

/** The check of an element that may repeat. */
export function listCheck(item: Check, bounds: Bounds): Check {
  return (walk, value) => {
    if (!isList(walk, value)) return;
    checkLength(walk, value.length, bounds);
    for (let i = 0; i < value.length; i++) {
      walk.enter(i);
      item(walk, value[i], value as unknown as JsonObject, i);
      walk.leave();
    }
  };
}
