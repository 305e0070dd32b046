/** `=`: same type and same value, structures element by element. https://hl7.org/fhirpath/N1/#equality */
import { isObject, type JsonObject } from '../resource.ts';
import { systemValue } from './convert.ts';
import { Decimal, decimalKey } from './decimal.ts';
import { bodyOf, type Item, type Items, Node, type SystemValue, typeOf } from './item.ts';
import { Quantity } from './quantity.ts';
import { compareQuantities, quantityKey } from './quantity-operation.ts';
import { readerOf } from './read.ts';
import { Temporal } from './temporal.ts';
import { compareTemporals, temporalKey } from './temporal-compare.ts';
import type { Type, Types } from './type.ts';

/** True, false, or undefined when the precision of the values leaves it open. */
export type Verdict = boolean | undefined;

const zero = (order: number | undefined): Verdict => (order === undefined ? undefined : order === 0);

const asDecimal = (value: SystemValue): Decimal | undefined =>
  typeof value === 'number' ? Decimal.of(value) : value instanceof Decimal ? value : undefined;

const unity = '1';

/** A number stands for a quantity without dimension. */
export function asQuantity(value: SystemValue): Quantity | undefined {
  if (value instanceof Quantity) return value;
  const decimal = asDecimal(value);
  return decimal === undefined ? undefined : Quantity.of(decimal, unity);
}

const areMoments = (a: SystemValue, b: SystemValue): boolean =>
  a instanceof Temporal && b instanceof Temporal && (a.kind === 'time') === (b.kind === 'time');

function equalValues(a: SystemValue, b: SystemValue): Verdict {
  if (typeof a !== 'object' && typeof b !== 'object') return a === b;
  if (areMoments(a, b)) return zero(compareTemporals(a as Temporal, b as Temporal));
  if (a instanceof Quantity || b instanceof Quantity) {
    const [x, y] = [asQuantity(a), asQuantity(b)];
    return x === undefined || y === undefined ? false : zero(compareQuantities(x, y));
  }
  const [x, y] = [asDecimal(a), asDecimal(b)];
  return x !== undefined && y !== undefined && x.compare(y) === 0;
}

export function equalItems(a: Item, rawA: Type | undefined, b: Item, rawB: Type | undefined, types: Types): Verdict {
  if (a === b && rawA === rawB) return true;
  const [x, y] = [systemValue(a, rawA), systemValue(b, rawB)];
  if (x !== undefined && y !== undefined) return equalValues(x, y);
  if (x !== undefined || y !== undefined) return false;
  const type = typeOf(a, rawA, types);
  if (type !== typeOf(b, rawB, types)) return false;
  return equalBodies(bodyOf(a), bodyOf(b), type, types);
}

/** SHALL: all child properties are equal, recursively — N1/#equals */
function equalBodies(a: JsonObject | undefined, b: JsonObject | undefined, type: Type, types: Types): Verdict {
  if (a === undefined || b === undefined) return a === b;
  if (a === b) return true;
  let verdict: Verdict = true;
  for (const name of namesIn(a, b, type)) {
    const member = type.members.get(name);
    if (member === undefined) continue;
    const { raw, many } = readerOf(member);
    const found = equalLists(many(a), raw, many(b), raw, types);
    if (found === false) return false;
    if (found === undefined) verdict = undefined;
  }
  return verdict;
}

/** Element names that stand in either. */
export function namesIn(a: JsonObject, b: JsonObject, type: Type): ReadonlySet<string> {
  const byKey = namesByKey(type);
  const names = new Set<string>();
  for (const key in a) addName(names, byKey, key);
  for (const key in b) addName(names, byKey, key);
  return names;
}

function addName(names: Set<string>, byKey: ReadonlyMap<string, string>, key: string): void {
  const name = byKey.get(key);
  if (name !== undefined) names.add(name);
}

const keys = new WeakMap<Type, ReadonlyMap<string, string>>();

function namesByKey(type: Type): ReadonlyMap<string, string> {
  const known = keys.get(type);
  if (known !== undefined) return known;
  const made = new Map<string, string>();
  for (const { name, alternatives } of type.members.values()) for (const { key, twin } of alternatives) made.set(key, name).set(twin, name);
  keys.set(type, made);
  return made;
}

/** SHALL: collections are compared pair by pair, in order — N1/#equals */
export function equalLists(a: Items, rawA: Type | undefined, b: Items, rawB: Type | undefined, types: Types): Verdict {
  if (a.length !== b.length) return false;
  let verdict: Verdict = true;
  for (let i = 0; i < a.length; i++) {
    const found = equalItems(a[i] as Item, rawA, b[i] as Item, rawB, types);
    if (found === false) return false;
    if (found === undefined) verdict = undefined;
  }
  return verdict;
}

/** The same text for items that are equal; for structures and for these only, unequal ones may share it. */
export function keyOf(item: Item, raw: Type | undefined): string {
  const value = systemValue(item, raw);
  if (value === undefined) return `{${structureKey(item instanceof Node ? (item.value ?? item.twin) : item)}`;
  if (typeof value === 'string') return `'${value}`;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return String(value);
  if (value instanceof Decimal) return decimalKey(value);
  if (value instanceof Temporal) return `@${temporalKey(value)}`;
  return value.unit === unity ? decimalKey(value.value) : `#${quantityKey(value)}`;
}

/** True when equal keys mean equal items. */
export const isExactKey = (key: string): boolean => !key.startsWith('{');

/** So many names of a structure are enough to tell most from one another. */
const longestKey = 40;

/** Names and texts of a structure, as far as they are enough; dates and numbers are left out, as these can be written in several ways. */
function structureKey(root: unknown): string {
  const parts: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'string' && !/^\d/.test(value)) parts.push(value);
    if (Array.isArray(value)) for (let i = 0; i < value.length && parts.length < longestKey; i++) visit(value[i]);
    else if (isObject(value)) {
      for (const key of Object.keys(value).sort()) {
        if (parts.length >= longestKey) return;
        parts.push(key);
        visit(value[key]);
      }
    }
  };
  visit(root);
  return parts.join();
}
