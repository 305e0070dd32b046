/**
 * References to what is part of something else: "when the reference establishes a strict hierarchy, the modifiers :above and :below may
 * be used to search transitively". https://hl7.org/fhir/R4/search.html#recursive
 */

/** The types whose resources are part of one other of their type at most, and the parameter that says of which. */
export const hierarchies: Readonly<Record<string, string>> = {
  Encounter: 'part-of',
  Location: 'partof',
  Organization: 'partof',
};

export type Relation = 'above' | 'below';

/** Refers to one of these, or to what is above or below them. A search is parsed without waiting; hierarchies are followed before it is run. */
export interface HierarchyCondition {
  readonly kind: 'hierarchy';
  readonly relation: Relation;
  readonly type: string;
  /** Of the parameter by which the type's resources say what they are part of. */
  readonly parentKey: string;
  /** Hashes of where to begin. */
  readonly from: readonly string[];
  /** Keys of the parameter that is searched. */
  readonly keys: readonly string[];
}

/** Hashes of all that is above or below, where it begins included. */
export type FollowHierarchy = (condition: HierarchyCondition) => Promise<readonly string[]>;

/** A fault of the program: hierarchies are followed before anything else is done with a query. */
export const notFollowed = ({ type }: HierarchyCondition): Error => new Error(`the hierarchy of ${type} was not followed`);
