/**
 * Primitive elements in JSON: the value under `x`, its id and extensions under the twin `_x`; repetitions matched by position.
 * https://hl7.org/fhir/R4/json.html#primitive
 */
import { isObject, type JsonObject } from '../fhir/resource.ts';
import { type Bounds, type Check, checkLength, isList } from './check.ts';

/** Repeated values; null stands only where the twin has something at the same index. */
export function valuesCheck(item: Check, name: string, bounds: Bounds): Check {
  const twinName = `_${name}`;
  return (walk, values, owner) => {
    if (!isList(walk, values)) return;
    checkLength(walk, values.length, bounds);
    for (let i = 0; i < values.length; i++) {
      if (values[i] === null && isObject(itemOf(owner[twinName], i))) continue;
      walk.enter(i);
      if (values[i] === null) walk.add('structure', () => `Null may stand only beside an object in ${twinName} at the same index`);
      else item(walk, values[i], values as unknown as JsonObject, i);
      walk.leave();
    }
  };
}

const itemOf = (list: unknown, index: number): unknown => (Array.isArray(list) ? list[index] : undefined);

const missing = (value: unknown): boolean => value === undefined || value === null;

/** The twin of a single value. */
export function twinCheck(element: Check, name: string): Check {
  return (walk, twin, owner, key) => {
    element(walk, twin, owner, key);
    if (missing(owner[name]) && isObject(twin) && twin.extension === undefined) {
      walk.add('invariant', () => `Without a value, _${name} needs an extension that says why`);
    }
  };
}

/** The twin of repeated values. */
export function twinsCheck(element: Check, name: string, bounds: Bounds): Check {
  const single = twinCheck(element, name);
  return (walk, twins, owner) => {
    if (!isList(walk, twins)) return;
    const values = owner[name];
    if (values === undefined) checkLength(walk, twins.length, bounds);
    else if (Array.isArray(values) && values.length !== twins.length) {
      walk.add(
        'structure',
        () => `_${name} has ${twins.length} items and ${name} has ${values.length}; expected equally many, filled with null`,
      );
    }
    for (let i = 0; i < twins.length; i++) {
      const value = itemOf(values, i);
      if (twins[i] === null && !missing(value)) continue;
      walk.enter(i);
      if (twins[i] !== null) single(walk, twins[i], { [name]: value }, i);
      else if (!Array.isArray(values) || i >= values.length) walk.add('structure', () => `Neither ${name} nor _${name} has something here`);
      walk.leave();
    }
  };
}
