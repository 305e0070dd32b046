/** Whether a CodeSystem that is here as a whole has a code. https://hl7.org/fhir/R4/codesystem-definitions.html#CodeSystem.content */
import type { JsonObject, Resource } from '../../../fhir/resource.ts';
import { objectsOf } from '../read.ts';

const codes = new WeakMap<Resource, ReadonlySet<unknown>>();

/** True also when not all codes are here, for nobody knows. */
export const mayHaveCode = (system: Resource, code: string): boolean => system['content'] !== 'complete' || codesOf(system).has(code);

/** Collected once for a system. */
function codesOf(system: Resource): ReadonlySet<unknown> {
  const known = codes.get(system);
  if (known !== undefined) return known;
  const collected = new Set<unknown>();
  collect(system, collected);
  codes.set(system, collected);
  return collected;
}

function collect(holder: JsonObject, found: Set<unknown>): void {
  for (const concept of objectsOf(holder, 'concept')) {
    found.add(concept['code']);
    collect(concept, found);
  }
}
