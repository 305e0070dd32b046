/**
 * Conditions on codes that terminology has to look up: of a value set, above or below a code. A search is parsed without waiting; they
 * become tokens before it is run. https://hl7.org/fhir/R4/search.html#token
 */

/** Where a parameter has codes in the index. */
export interface CodedPlace {
  /** Text of the parameter in the index. */
  readonly text: string;
  /** `system`: codes with their systems; `plain`: codes whose system their element implies; `mixed`: such ones beside those with systems. */
  readonly form: 'system' | 'plain' | 'mixed';
  /** The value set that plain codes are bound to: it says which systems they can mean. */
  readonly valueSet?: string;
}

export type CodeSelection =
  /** Canonical or literal reference. */
  | { readonly relation: 'in'; readonly valueSet: string }
  /** Without a system: that of the plain element. */
  | { readonly relation: 'above' | 'below'; readonly system?: string; readonly code: string };

/** In one of the places a code of one of the selections; negated = in none. */
export interface CodedCondition {
  readonly kind: 'coded';
  /** Code of the parameter, for refusals. */
  readonly parameter: string;
  readonly places: readonly CodedPlace[];
  readonly selections: readonly CodeSelection[];
  readonly negated: boolean;
}

/** A fault of the program: codes are looked up before anything else is done with a query. */
export const notLookedUp = ({ parameter }: CodedCondition): Error => new Error(`the codes of ${parameter} were not looked up`);
