/** What a filter asks for in terms of the index, before any SQL. Times are milliseconds since 1970. */
import type { CodedCondition } from './coded.ts';
import type { ConsentedCondition } from './consented.ts';
import type { HierarchyCondition } from './hierarchy.ts';
import type { Cap } from './sphere.ts';
import type { WordQuery } from './text/word-query.ts';

/** One bound of an interval [lo, hi). */
export interface Comparison {
  readonly side: 'lo' | 'hi';
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly value: number;
}

/** Alternatives of bounds that hold together. */
export type IntervalTest = readonly (readonly Comparison[])[];

export interface TextTest {
  /** `word`: a word of it begins so. */
  readonly match: 'prefix' | 'contains' | 'word' | 'suffix' | 'whole' | 'other' | '<' | '<=' | '>' | '>=';
  /** Normalised. */
  readonly text: string;
}

/** How one parameter's references lead from a row to another: https://hl7.org/fhir/R4/search.html#chaining */
export interface Link {
  /** Keys of the parameter: a token is one of them XOR the hash of what it leads to. */
  readonly keys: readonly string[];
  /** What the parameter leads to always is the row's patient (`pat`). */
  readonly fenced: boolean;
  /** For canonicals: keys of the target's `url`, and of its `url|version`. */
  readonly canonical?: { readonly url: string; readonly versioned: string };
}

/** Rows of one type that a condition speaks of: every place where rows come from is one of these. */
export interface Source {
  readonly type: string;
  /** Further types of which the same is asked. */
  readonly also?: readonly string[];
  readonly condition: Condition;
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
  /** A row of `num` under one of the keys whose bounds are latitude and longitude of a place within the cap. */
  | { readonly kind: 'near'; readonly keys: readonly string[]; readonly cap: Cap }
  /** A row of `str`: `continuations` are the keys of the later parts of long texts, for `contains` and `word`. */
  | {
      readonly kind: 'text';
      readonly keys: readonly string[];
      readonly continuations: readonly string[];
      readonly tests: readonly TextTest[];
    }
  /** One of the texts of codes under the keys begins so. */
  | { readonly kind: 'terms'; readonly keys: readonly string[]; readonly tests: readonly TextTest[] }
  /** The words are in the narrative, or anywhere in what people can read. */
  | { readonly kind: 'words'; readonly query: WordQuery; readonly narrative: boolean }
  | { readonly kind: 'id'; readonly ids: readonly string[]; readonly negated: boolean }
  /** In the compartment of the patient with this id. */
  | { readonly kind: 'compartment'; readonly patient: string }
  /** Of one of these types: stands only where several types are searched at once. */
  | { readonly kind: 'type'; readonly types: readonly string[] }
  /** Refers to a row that matches. */
  | { readonly kind: 'refers'; readonly link: Link; readonly to: Source }
  /** A row that matches refers to this one. */
  | { readonly kind: 'referred'; readonly link: Link; readonly by: Source }
  /** Nothing that a patient agreed to withholds it. */
  | ConsentedCondition
  /** Codes that are still to be looked up. */
  | CodedCondition
  | HierarchyCondition
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'any' | 'all'; readonly of: readonly Condition[] };

export const typesOf = ({ type, also }: Pick<Source, 'type' | 'also'>): readonly string[] =>
  also === undefined ? [type] : [type, ...also];

/** Nothing matches. */
export const never: Condition = { kind: 'any', of: [] };

/** Everything matches. */
export const always: Condition = { kind: 'all', of: [] };

export const allOf = (of: readonly Condition[]): Condition => (of.length === 1 ? (of[0] as Condition) : { kind: 'all', of });

export const anyOf = (of: readonly Condition[]): Condition => (of.length === 1 ? (of[0] as Condition) : { kind: 'any', of });

/** The conditions that hold together: nested `all` taken apart. */
export const conjuncts = (condition: Condition): readonly Condition[] =>
  condition.kind === 'all' ? condition.of.flatMap(conjuncts) : [condition];
