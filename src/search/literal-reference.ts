/** Every literal reference to a resource of this server, in whatever element it stands. https://hl7.org/fhir/R4/references.html#literal */
import { indexedTarget, type ReferenceContext } from './types/reference.ts';

/** `Patient/1`, distinct; versions and fragments left out. */
export function literalReferences(texts: ReadonlySet<string>, context: ReferenceContext): readonly string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const target = indexedTarget(text, context);
    if (target?.local) found.add(target.target);
  }
  return [...found];
}
