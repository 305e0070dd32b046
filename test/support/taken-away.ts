/** Copies of an example, each without one element that its profile requires. https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.min */
import { isObject, type JsonObject, type Resource } from '../../src/fhir/resource.ts';

export interface SnapshotElement {
  readonly id: string;
  readonly path: string;
  readonly min?: number;
}

/** Properties of an element, with that of its extensions where it is primitive. */
function keysFor(holder: JsonObject, step: string): string[] {
  const name = step.replace('[x]', '');
  const isOwn = (key: string): boolean =>
    step.endsWith('[x]') ? key.startsWith(name) && /^[A-Z]/.test(key.slice(name.length)) : key === name;
  return Object.keys(holder).filter((key) => isOwn(key.replace(/^_/, '')));
}

/** Every object in which the element at the path stands, and the properties that hold it. */
function holdersOf(resource: Resource, path: string): { readonly holder: JsonObject; readonly keys: readonly string[] }[] {
  const steps = path.split('.').slice(1);
  let holders: JsonObject[] = [resource];
  for (const step of steps.slice(0, -1))
    holders = holders.flatMap((holder) => keysFor(holder, step).flatMap((key) => [holder[key]].flat().filter(isObject)));
  return holders.map((holder) => ({ holder, keys: keysFor(holder, steps.at(-1) ?? '') })).filter(({ keys }) => keys.length > 0);
}

/** The same copy each time: it lacks the element until the next is asked for. */
export function* withoutRequired(
  example: Resource,
  elements: readonly SnapshotElement[],
): Generator<{ readonly id: string; readonly resource: Resource }> {
  const resource = structuredClone(example);
  for (const { id, path, min = 0 } of elements) {
    // Inside of a slice it is required of the items of that slice only.
    const isInSlice = id.slice(0, id.lastIndexOf('.')).includes(':');
    if (min === 0 || isInSlice || !path.includes('.')) continue;
    for (const { holder, keys } of holdersOf(resource, path)) {
      const before = { ...holder };
      for (const key of keys) delete holder[key];
      yield { id, resource };
      for (const key of Object.keys(holder)) delete holder[key];
      Object.assign(holder, before);
    }
  }
}
