/**
 * What a patch is: a function on the current resource, whatever the format it came in.
 * https://hl7.org/fhir/R4/http.html#patch
 */
import { type FhirError, refusal } from '../outcome.ts';
import type { Resource } from '../resource.ts';

/** Applies a patch to a resource of its own, in place; throws a FhirError (422) when it cannot be applied. */
export type Patch = (current: Resource) => Resource;

/** The faults of patches: a document that is none (400) and a patch that does not fit the resource (422). */
export const badPatch = (diagnostics: string): FhirError => refusal('invalid', diagnostics, { status: 400 });
export const unfit = (diagnostics: string): FhirError => refusal('processing', diagnostics, { status: 422 });

/** SHALL: the identity stays what the URL says — http.html#update. */
export const keepingIdentity =
  (patch: (current: Resource) => Resource): Patch =>
  (current) => {
    const { resourceType, id } = current;
    const patched = patch(current);
    if (patched.resourceType !== resourceType) throw unfit(`A patch cannot change resourceType: it must stay ${resourceType}.`);
    if (patched.id !== id) throw unfit('A patch cannot change the id of the resource: leave it as it is.');
    return patched;
  };
