/** What a concept is a kind of, and what is a kind of it. https://hl7.org/fhir/R4/codesystem.html#hierarchy */
import type { Concept } from './code-system.ts';

/** The concept itself and everything below it. Circles end where they began. */
export const descendants = (concept: Concept): ReadonlySet<Concept> => closure(concept, ({ children }) => children);

/** The concept itself and everything above it. */
export const ancestors = (concept: Concept): ReadonlySet<Concept> => closure(concept, ({ parents }) => parents);

function closure(start: Concept, next: (concept: Concept) => readonly Concept[]): ReadonlySet<Concept> {
  const found = new Set([start]);
  // What is added while the set is walked is walked as well.
  for (const concept of found) for (const each of next(concept)) found.add(each);
  return found;
}
