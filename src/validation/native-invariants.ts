/** Invariants that are checked in JavaScript where the contained resources stand. https://hl7.org/fhir/R4/domainresource.html#invs */

const native: ReadonlySet<string> = new Set(['dom-2', 'dom-3', 'dom-4', 'dom-5']);

export const isNative = (key: string): boolean => native.has(key);
