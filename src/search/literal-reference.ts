/** Every literal reference to a resource of this server, in whatever element it stands. https://hl7.org/fhir/R4/references.html#literal */
import type { Resource } from '../fhir/resource.ts';
import { indexedTarget, type ReferenceContext } from './types/reference.ts';

/**
 * `Patient/1`, distinct, in document order; versions and fragments left out. Contained resources are looked through, those of a Bundle
 * are not: their references are read against the Bundle that carries them (https://hl7.org/fhir/R4/bundle.html#references).
 */
export function literalReferences(resource: Resource, context: ReferenceContext): readonly string[] {
  const texts = new Set<string>();
  collect(resource.resourceType === 'Bundle' ? { ...resource, entry: undefined } : resource, texts);
  const found = new Set<string>();
  for (const text of texts) {
    const target = indexedTarget(text, context)?.target;
    if (target !== undefined && isLocal(target, context)) found.add(target);
  }
  return [...found];
}

/** Only Reference has a string property of this name. */
function collect(node: object, texts: Set<string>): void {
  for (const name in node) {
    const value = (node as Record<string, unknown>)[name];
    if (typeof value === 'object' && value !== null) collect(value, texts);
    else if (name === 'reference' && typeof value === 'string') texts.add(value);
  }
}

const isLocal = (target: string, context: ReferenceContext): boolean => {
  const slash = target.indexOf('/');
  return slash > 0 && target.indexOf('/', slash + 1) < 0 && context.isResourceType(target.slice(0, slash));
};
