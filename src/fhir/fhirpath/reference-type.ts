/** The resource type that a reference names, without going there. https://hl7.org/fhir/R4/references.html#Reference */
import { parseReference } from '../reference.ts';
import { bodyOf, type Item, Node } from './item.ts';
import type { Type, Types } from './type.ts';

/** The text by which a Reference, uri, url or canonical names its target. */
export function referenceText(item: Item): string | undefined {
  if (typeof item === 'string') return item;
  if (item instanceof Node && typeof item.value === 'string') return item.value;
  const reference = bodyOf(item)?.['reference'];
  return typeof reference === 'string' ? reference : undefined;
}

/** Undefined when the reference does not tell. */
export function referencedType(item: Item, types: Types): Type | undefined {
  const stated = bodyOf(item)?.['type'];
  const isResourceType = (name: string): boolean => types.fhir(name)?.kind === 'resource';
  if (typeof stated === 'string' && isResourceType(stated)) return types.fhir(stated);
  const text = referenceText(item);
  const parsed = text === undefined ? undefined : parseReference(text, isResourceType);
  return parsed !== undefined && 'type' in parsed ? types.fhir(parsed.type) : undefined;
}
