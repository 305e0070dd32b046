/** What a link within a resource can lead to: ids of its narrative, elements and contained resources. https://hl7.org/fhir/R4/element-definitions.html#Element.id */
import type { Resource } from '../../../fhir/resource.ts';
import type { Tag } from './markup.ts';

const known = new WeakMap<Resource, ReadonlySet<string>>();

/** Whether there is such an id; those of elements are collected once for a resource. */
export function hasId(id: string, resource: Resource, tags: readonly Tag[]): boolean {
  if (tags.some(({ attributes }) => attributes.get('id') === id || attributes.get('name') === id)) return true;
  let ids = known.get(resource);
  if (ids === undefined) {
    const collected = new Set<string>();
    collect(resource, collected);
    ids = collected;
    known.set(resource, ids);
  }
  return ids.has(id);
}

function collect(value: unknown, ids: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { id } = value as { id?: unknown };
  if (typeof id === 'string') ids.add(id);
  for (const inner of Object.values(value)) collect(inner, ids);
}
