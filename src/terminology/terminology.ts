/**
 * What the server knows of codes: the interface that search and validation ask. A full terminology service will stand behind it later.
 * https://hl7.org/fhir/R4/terminology-service.html
 */
import type { Concept } from '../fhir/value-set/code-system.ts';
import type { Membership } from '../fhir/value-set/membership.ts';

export interface Coded {
  /** Absent for plain codes, whose element implies the system. */
  readonly system?: string | undefined;
  readonly code: string;
}

export interface Expansion {
  readonly url: string;
  readonly version?: string;
  /** Each system and code once, in the order of the definition. The same list as long as nothing changed. */
  readonly codes: readonly Concept[];
}

/** Value sets are named by canonical (`url`, `url|version`) or, where a store is known, by literal reference (`ValueSet/1`). */
export interface Terminology {
  /** All codes. Throws a FhirError (400) that names the value set and says why, when they cannot all be listed. */
  expand(valueSet: string): Promise<Expansion>;
  /** Answers for one code at a time, also where the value set cannot be expanded; prepared once, asked without waiting. */
  members(valueSet: string): Promise<(code: Coded) => Membership>;
  /** Whether one code is in the value set. */
  contains(valueSet: string, code: Coded): Promise<Membership>;
  /** The concept of a code with its display: `no` where the whole system is loaded and does not have it, `unknown` where it is not. */
  lookUp(system: string, code: string): Promise<Membership>;
  /** How resources may write a code of the system: in any case where case does not matter, of which those in small and in capital letters. */
  spellings(system: string): Promise<(code: string) => readonly string[]>;
  /** What the system adds to, if it is a supplement: then codes cannot have it. */
  supplemented(system: string): Promise<string | undefined>;
  /** The concept and all that is subsumed by it. Throws a FhirError (400) where that is not known. */
  descendants(system: string, code: string): Promise<readonly Concept[]>;
  /** The concept and all that subsumes it. Throws a FhirError (400) where that is not known. */
  ancestors(system: string, code: string): Promise<readonly Concept[]>;
  /** A stored value set or code system was written: nothing that was looked up before is taken for true. */
  changed(): void;
}
