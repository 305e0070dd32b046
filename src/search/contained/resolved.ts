/** A resource whose references to contained resources say of which type these are. https://hl7.org/fhir/R4/references.html#contained */
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';

/** Types of what can be referred to within the resource, by `#id`; `#` is the resource itself. */
export type LocalTypes = ReadonlyMap<string, string>;

export function localTypes(resource: Resource, contained: readonly Resource[]): LocalTypes {
  return new Map([['#', resource.resourceType], ...contained.map(({ id, resourceType }): [string, string] => [`#${id}`, resourceType])]);
}

/** Copied only along the ways to such references. */
export const withLocalTypes = <T extends JsonObject | Resource>(node: T, types: LocalTypes): T => copied(node, types) as T;

function copied(value: unknown, types: LocalTypes): unknown {
  if (Array.isArray(value)) return copiedList(value, types);
  if (!isObject(value)) return value;
  let copy: JsonObject | undefined;
  for (const name in value) {
    const before = value[name];
    if (typeof before !== 'object' || before === null || name === 'contained') continue;
    const after = copied(before, types);
    if (after !== before) (copy ??= { ...value })[name] = after;
  }
  const type = typeof value['reference'] === 'string' && value['type'] === undefined ? types.get(value['reference']) : undefined;
  return type === undefined ? (copy ?? value) : { ...(copy ?? value), type };
}

function copiedList(list: readonly unknown[], types: LocalTypes): readonly unknown[] {
  let copy: unknown[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const before = list[i];
    const after = copied(before, types);
    if (after !== before) (copy ??= [...list])[i] = after;
  }
  return copy ?? list;
}
