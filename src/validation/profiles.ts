/** Profiles as the validator uses them: loaded beforehand, checked without waiting. https://hl7.org/fhir/R4/profiling.html */
import type { IssueType } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Report, Surroundings } from './validation.ts';

export interface PreparedProfile {
  /** Canonical with version where it has one. */
  readonly canonical: string;
  /** Why nothing can be checked against it, such as a base that is not known. */
  readonly fault?: { readonly code: IssueType; readonly text: string } | undefined;
  check(resource: Resource, at: string, report: Report, surroundings: Surroundings): void;
}

/** All extensions of a resource, those of what it holds included. */
export interface Extensions {
  /** Loads their definitions; undefined when nothing is left to be loaded. */
  prepare(): Promise<void> | undefined;
  check(at: string, report: Report, surroundings: Surroundings): void;
}

export interface Profiles {
  /** A profile with all that it leads to; undefined when it is not known. One that cannot be used says so in every check. */
  prepare(canonical: string): Promise<PreparedProfile | undefined>;
  extensions(resource: Resource): Extensions;
}

const noExtensions: Extensions = { prepare: () => undefined, check: () => undefined };

export const noProfiles: Profiles = { prepare: async () => undefined, extensions: () => noExtensions };
