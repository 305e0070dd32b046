/**
 * The constraint tree: what a profile and its bases say about each element, merged.
 * https://hl7.org/fhir/R4/profiling.html
 */
import type { DiscriminatorType } from './structure-definition.ts';

/** A number of repetitions, and the profile that asks for it. */
export interface Bound {
  readonly value: number;
  readonly source: string;
}

export interface NodeType {
  readonly code: string;
  readonly profiles: readonly string[];
  readonly targets: readonly string[];
  readonly aggregation: readonly string[];
  readonly versioning: string | undefined;
}

export interface Discriminator {
  readonly type: DiscriminatorType;
  readonly path: string;
}

export interface Slicing {
  readonly discriminators: readonly Discriminator[];
  readonly ordered: boolean;
  readonly rules: 'closed' | 'open' | 'openAtEnd';
  readonly source: string;
}

/** A value that must be there exactly (`fixed`) or at least (`pattern`). */
export interface Wanted {
  readonly kind: 'fixed' | 'pattern';
  readonly value: unknown;
  readonly source: string;
}

export interface Limit {
  readonly kind: 'min' | 'max';
  /** Type suffix: `Date`, `Quantity`; `Duration` for one that counts from now. */
  readonly type: string;
  readonly value: unknown;
  readonly source: string;
}

export interface AdditionalBinding {
  readonly purpose: 'required' | 'extensible' | 'maximum';
  readonly valueSet: string;
}

export interface NodeBinding {
  readonly strength: 'required' | 'extensible' | 'preferred' | 'example';
  readonly valueSet: string | undefined;
  readonly maximum: string | undefined;
  readonly additional: readonly AdditionalBinding[];
}

export interface Invariant {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly human: string;
  readonly expression: string;
  readonly source: string;
}

/** What is asked of a narrative. */
export interface NarrativeControl {
  readonly languages: readonly string[];
  readonly hasSources: boolean;
}

/** One element, or one slice of it. */
export interface ElementNode {
  /** Element name without `[x]`; empty for the root. */
  readonly name: string;
  /** As it is shown: `Observation.component:systolic.code`. */
  readonly path: string;
  readonly sliceName: string | undefined;
  /** The element it is a child of; of a slice: the sliced element or slice. */
  readonly parent: ElementNode | undefined;
  /** Types that the base allows; `Observation.component` for inline structures. */
  readonly baseTypes: readonly string[];
  readonly children: Map<string, ElementNode>;
  readonly slices: Map<string, ElementNode>;
  slicing: Slicing | undefined;
  min: Bound | undefined;
  max: Bound | undefined;
  types: readonly NodeType[] | undefined;
  readonly wanted: Wanted[];
  readonly limits: Limit[];
  maxLength: Bound | undefined;
  binding: NodeBinding | undefined;
  readonly invariants: Map<string, Invariant>;
  isModifier: boolean | undefined;
  /** Extensions of which one may stand in the place of a value; none = a primitive must have a value. */
  substitutes: readonly string[] | undefined;
  narrative: NarrativeControl | undefined;
}

export const createNode = (
  name: string,
  path: string,
  baseTypes: readonly string[],
  parent: ElementNode | undefined,
  sliceName?: string,
): ElementNode => ({
  name,
  path,
  sliceName,
  parent,
  baseTypes,
  children: new Map(),
  slices: new Map(),
  slicing: undefined,
  min: undefined,
  max: undefined,
  types: undefined,
  wanted: [],
  limits: [],
  maxLength: undefined,
  binding: undefined,
  invariants: new Map(),
  isModifier: undefined,
  substitutes: undefined,
  narrative: undefined,
});

/** Codes of the types that values may have. */
export const typeCodes = (node: ElementNode): readonly string[] => node.types?.map(({ code }) => code) ?? node.baseTypes;

/** The same element where it is not inside a slice, or not a slice itself: what is said there holds here as well. */
export function generals(node: ElementNode): readonly ElementNode[] {
  const { parent, name, sliceName } = node;
  if (parent === undefined) return [];
  if (sliceName === undefined) return generals(parent).flatMap((one) => one.children.get(name) ?? []);
  const twins = generals(parent).flatMap((one) => one.slices.get(sliceName) ?? []);
  return [...twins, parent, ...generals(parent)];
}

/** The slicing of an element, its own or that of the same element outside the slice around it. */
export const slicingOf = (node: ElementNode): Slicing | undefined =>
  node.slicing ?? generals(node).find(({ slicing }) => slicing !== undefined)?.slicing;
