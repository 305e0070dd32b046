/** The order in which the entries of a Bundle are processed, whatever order they stand in. https://hl7.org/fhir/R4/http.html#trules */
import type { Method } from '../interaction.ts';

// SHALL: DELETE, POST, PUT and PATCH, GET and HEAD — http.html#trules
const steps: Readonly<Record<Method, number>> = { DELETE: 0, POST: 1, PUT: 2, PATCH: 2, GET: 3, HEAD: 3 };

export const stepCount = 4;

export const stepOf = (method: Method): number => steps[method];

/** Sorted by step; within a step as they stand. */
export function inSteps<T>(items: readonly T[], method: (item: T) => Method): T[][] {
  const groups: T[][] = Array.from({ length: stepCount }, () => []);
  for (const item of items) groups[stepOf(method(item))]?.push(item);
  return groups;
}
