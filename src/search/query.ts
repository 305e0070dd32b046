/** A search as plain data: what the text asks for, before any SQL. https://hl7.org/fhir/R4/search.html */
import type { SearchParameter } from '../fhir/definitions.ts';
import type { Condition } from './condition.ts';

/** Where the values of a sort key stand: a column of the resource or its version, or rows of `num` or `str` under a key. */
export type SortColumn =
  | { readonly kind: 'date' | 'updated' | 'id' }
  /** How well full-text search matches. */
  | { readonly kind: 'score' }
  | { readonly kind: 'number' | 'string'; readonly keys: readonly string[] }
  | { readonly kind: 'path'; readonly paths: readonly SortPath[] };

/** An SQL/JSON path in the text of resources of these types. */
export interface SortPath {
  readonly path: string;
  readonly types: readonly string[];
}

export interface SortKey {
  /** Absent: the order is that of relevance. */
  readonly parameter?: SearchParameter;
  readonly descending: boolean;
  readonly column: SortColumn;
}

/** One `_include` or `_revinclude`: which references to follow, and on what. https://hl7.org/fhir/R4/search.html#include */
export interface IncludeRule {
  /** From what is referred to back to those that refer to it. */
  readonly reverse: boolean;
  /** Followed on included resources too, not on matches alone. */
  readonly iterate: boolean;
  /** The type that holds the reference; absent = any. */
  readonly source?: string;
  /** Code of the reference parameter; absent = every one of the type. */
  readonly code?: string;
  /** Only references that lead to this type. */
  readonly target?: string;
}

export interface Query {
  /** The types that are searched: one, or several at once. */
  readonly types: readonly string[];
  /** The compartment that the path names, such as `Patient/1`; what it demands stands among the conditions. */
  readonly compartment?: string;
  /** What must hold together, in the order of the text. */
  readonly conditions: readonly Condition[];
  readonly sort: readonly SortKey[];
  readonly includes: readonly IncludeRule[];
  readonly count: number;
  readonly total: 'none' | 'estimate' | 'accurate';
  readonly summary?: 'true' | 'text' | 'data' | 'count' | 'false';
  readonly elements?: readonly string[];
  /** Elements that are left out. */
  readonly excluded?: readonly string[];
  /** The answer tells how the search was run. */
  readonly explain?: true;
  /** The cursor of a next link as it came; verified before it is used. */
  readonly after?: string;
  /** What was really used, as query pairs for the self link. */
  readonly used: readonly (readonly [name: string, value: string])[];
}
