/** Profiles as the validator uses them: loaded beforehand, checked without waiting. https://hl7.org/fhir/R4/profiling.html */
import type { Resource } from '../fhir/resource.ts';
import type { Report, Surroundings } from './validation.ts';

export interface PreparedProfile {
  /** Canonical with version where it has one. */
  readonly canonical: string;
  check(resource: Resource, at: string, report: Report, surroundings: Surroundings): void;
}

export interface Profiles {
  /** A profile with all that it leads to; undefined when it is not known. Throws a FhirError that says why one cannot be used. */
  prepare(canonical: string): Promise<PreparedProfile | undefined>;
}

export const noProfiles: Profiles = { prepare: async () => undefined };
