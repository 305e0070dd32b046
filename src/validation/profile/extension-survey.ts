/**
 * Finds every extension of a resource, those of its data types and contained resources included.
 * https://hl7.org/fhir/R4/extensibility.html
 */
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';

export interface FoundExtension {
  readonly value: JsonObject;
  readonly url: string;
  readonly isModifier: boolean;
  /** Properties and indexes from the outermost resource to the extension. */
  readonly steps: readonly (string | number)[];
  /** The object it stands in. */
  readonly owner: JsonObject;
  /** The resource around it, and the one that is contained in. */
  readonly resource: Resource;
  readonly rootResource: Resource;
}

const mostLevels = 500;

export function findExtensions(root: Resource): FoundExtension[] {
  const found: FoundExtension[] = [];
  const steps: (string | number)[] = [];
  visit(root, root, root, 0);
  return found;

  function visit(object: JsonObject, resource: Resource, rootResource: Resource, depth: number): void {
    if (depth > mostLevels) return;
    for (const key in object) {
      const value = object[key];
      if (typeof value !== 'object' || value === null) continue;
      steps[depth] = key;
      if (Array.isArray(value)) visitAll(value, key, object, resource, rootResource, depth + 1);
      else enter(value as JsonObject, key, resource, rootResource, depth + 1);
    }
  }

  function visitAll(values: unknown[], key: string, owner: JsonObject, resource: Resource, rootResource: Resource, depth: number): void {
    const isModifier = key === 'modifierExtension';
    const isExtension = isModifier || key === 'extension';
    for (let i = 0; i < values.length; i++) {
      const value = values[i];
      if (!isObject(value)) continue;
      steps[depth] = i;
      if (isExtension && typeof value['url'] === 'string')
        found.push({ value, url: value['url'], isModifier, steps: steps.slice(0, depth + 1), owner, resource, rootResource });
      enter(value, key, resource, rootResource, depth + 1);
    }
  }

  function enter(value: JsonObject, key: string, resource: Resource, rootResource: Resource, depth: number): void {
    if (typeof value['resourceType'] !== 'string') visit(value, resource, rootResource, depth);
    else visit(value, value as Resource, key === 'contained' ? rootResource : (value as Resource), depth);
  }
}
