/** What a link within a resource can lead to: ids of its narrative, elements and contained resources. https://hl7.org/fhir/R4/element-definitions.html#Element.id */
import type { Resource } from '../../../fhir/resource.ts';
import type { Tag } from './markup.ts';

export function idsIn(resource: Resource, tags: readonly Tag[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { attributes } of tags) for (const name of ['id', 'name']) ids.add(attributes.get(name) ?? '');
  collect(resource, ids);
  return ids;
}

function collect(value: unknown, ids: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  const { id } = value as { id?: unknown };
  if (typeof id === 'string') ids.add(id);
  for (const inner of Object.values(value)) collect(inner, ids);
}
