/** A search as plain data: what the text asks for, before any SQL. https://hl7.org/fhir/R4/search.html */
import type { SearchParameter } from '../fhir/definitions.ts';
import type { Condition } from './condition.ts';

/** Where the values of a sort key stand: a column of the resource or its version, or rows of `num` or `str` under a key. */
export type SortColumn =
  | { readonly kind: 'date' | 'updated' | 'id' }
  | { readonly kind: 'number' | 'string'; readonly keys: readonly string[] };

export interface SortKey {
  readonly parameter: SearchParameter;
  readonly descending: boolean;
  readonly column: SortColumn;
}

export interface Query {
  /** The types that are searched: one, or several at once. */
  readonly types: readonly string[];
  /** What must hold together, in the order of the text. */
  readonly conditions: readonly Condition[];
  readonly sort: readonly SortKey[];
  readonly count: number;
  readonly total: 'none' | 'estimate' | 'accurate';
  readonly summary?: 'true' | 'text' | 'data' | 'count' | 'false';
  readonly elements?: readonly string[];
  /** The answer tells how the search was run. */
  readonly explain?: true;
  /** The cursor of a next link as it came; verified before it is used. */
  readonly after?: string;
  /** What was really used, as query pairs for the self link. */
  readonly used: readonly (readonly [name: string, value: string])[];
}
