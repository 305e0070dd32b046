/**
 * Primitive elements in JSON: the value under `x`, its id and extensions under the twin `_x`; repetitions matched by position.
 * https://hl7.org/fhir/R4/json.html#primitive
 */
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import { pathOf, type Walk } from '../walk.ts';
import { noList, wrongLength } from './fault.ts';

type CheckElement = (value: unknown, walk: Walk) => void;

const itemOf = (list: unknown, index: number): unknown => (Array.isArray(list) ? list[index] : undefined);

const isMissing = (value: unknown): boolean => value === undefined || value === null;

/** Null stands only where the twin has something at the same index. */
export const isFilledByTwin = (owner: JsonObject, key: string, index: number): boolean => isObject(itemOf(owner[`_${key}`], index));

export const unfilledNull = (walk: Walk, key: string, path: string): void =>
  walk.fault('structure', () => `Null may stand only beside an object in _${key} at the same index`, path);

/** The twin of a single value. */
export function checkTwin(walk: Walk, element: CheckElement, twin: unknown, value: unknown, key: string): void {
  element(twin, walk);
  if (isMissing(value) && isObject(twin) && twin.extension === undefined)
    walk.add('error', 'invariant', () => `ele-1: Without a value, _${key} needs an extension that says why`);
}

export interface Repetition {
  readonly key: string;
  readonly name: string;
  readonly min: number;
  readonly max: number;
}

/** The twin of repeated values. */
export function checkTwins(
  walk: Walk,
  element: CheckElement,
  owner: JsonObject,
  twins: unknown,
  { key, name, min, max }: Repetition,
): void {
  if (!Array.isArray(twins) || twins.length === 0) return noList(walk, twins, pathOf(name));
  const values = owner[key];
  if (values === undefined) wrongLength(walk, twins.length, pathOf(name), min, max);
  else if (Array.isArray(values) && values.length !== twins.length) unequalLengths(walk, key, name, values.length, twins.length);
  for (let i = 0; i < twins.length; i++) {
    const value = itemOf(values, i);
    if (twins[i] !== null) {
      const before = walk.count;
      checkTwin(walk, element, twins[i], value, key);
      if (walk.count !== before) walk.atItem(before, name, i);
    } else if (isMissing(value) && (!Array.isArray(values) || i >= values.length))
      walk.fault('structure', () => `Neither ${key} nor _${key} has something here`, pathOf(name, i));
  }
}

function unequalLengths(walk: Walk, key: string, name: string, values: number, twins: number): void {
  const text = `_${key} has ${twins} items and ${key} has ${values}; expected equally many, filled with null`;
  walk.fault('structure', () => text, pathOf(name));
}
