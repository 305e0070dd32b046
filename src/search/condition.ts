/** What a filter asks for in terms of the index, before any SQL. Times are milliseconds since 1970. */

/** One bound of an interval [lo, hi). */
export interface Comparison {
  readonly side: 'lo' | 'hi';
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly value: number;
}

/** Alternatives of bounds that hold together. */
export type IntervalTest = readonly (readonly Comparison[])[];

export interface TextTest {
  readonly match: 'prefix' | 'contains';
  /** Normalised. */
  readonly text: string;
}

export type Condition =
  /** At least one of the token hashes; negated = none of them. */
  | { readonly kind: 'tokens'; readonly any: readonly string[]; readonly negated: boolean; readonly patient?: string }
  /** The interval of the primary date. */
  | { readonly kind: 'date'; readonly test: IntervalTest }
  /** When the current version was written. */
  | { readonly kind: 'updated'; readonly test: IntervalTest }
  /** A row of `num` under one of the keys, in one of the units (absent = in any). */
  | { readonly kind: 'number'; readonly keys: readonly string[]; readonly units?: readonly string[]; readonly test: IntervalTest }
  /** A row of `str`: `continuations` are the keys that only `contains` looks at. */
  | {
      readonly kind: 'text';
      readonly keys: readonly string[];
      readonly continuations: readonly string[];
      readonly tests: readonly TextTest[];
    }
  | { readonly kind: 'id'; readonly ids: readonly string[]; readonly negated: boolean }
  | { readonly kind: 'any' | 'all'; readonly of: readonly Condition[] };

/** Nothing matches. */
export const never: Condition = { kind: 'any', of: [] };

export const allOf = (of: readonly Condition[]): Condition => (of.length === 1 ? (of[0] as Condition) : { kind: 'all', of });

export const anyOf = (of: readonly Condition[]): Condition => (of.length === 1 ? (of[0] as Condition) : { kind: 'any', of });
