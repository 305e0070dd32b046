/**
 * What an expression becomes: closures over plain values. One that never gives more than one value has a closure without lists.
 */
import { type Item, type Items, nothing } from './item.ts';
import type { Run } from './run.ts';
import { systemTypes, type Type } from './type.ts';

/** `self` is `$this`: the value that the expression is evaluated on. */
export type One = (self: Item | undefined, run: Run) => Item | undefined;
export type Many = (self: Item | undefined, run: Run) => Items;

/** What is known of the values before there are any. */
export interface Shape {
  /** The type of the values that are plain JSON; undefined when every value says its own. */
  readonly raw: Type | undefined;
  /** Every type that a value can have; undefined when it can be anything. */
  readonly types: readonly Type[] | undefined;
}

export interface Compiled extends Shape {
  /** Present when there is never more than one value. */
  readonly one?: One | undefined;
  readonly many: Many;
  /** True when the values depend on `%resource` and `%rootResource` alone. */
  readonly fixed?: boolean;
  /** False when the order of the values means nothing. */
  readonly ordered?: boolean;
  /** Variables that what follows in the chain may use. */
  readonly variables?: Variables | undefined;
  /** The values of one type only, read without looking at the others. */
  readonly narrowed?: ((type: Type) => Compiled | undefined) | undefined;
  /** The references of which these values are the targets. */
  readonly references?: Compiled | undefined;
}

/** Variables of defineVariable() by name. */
export type Variables = ReadonlyMap<string, { readonly slot: number; readonly shape: Shape }>;

export const anything: Shape = { raw: undefined, types: undefined };

export const shapeOf = (type: Type): Shape => ({ raw: type.namespace === 'FHIR' ? type : undefined, types: [type] });

const manyOf =
  (one: One): Many =>
  (self, run) => {
    const found = one(self, run);
    return found === undefined ? nothing : [found];
  };

/** At most one value. */
export const single = (shape: Shape, one: One, fixed = false): Compiled => ({
  raw: shape.raw,
  types: shape.types,
  one,
  many: manyOf(one),
  fixed,
});

/** Any number of values. */
export const several = (shape: Shape, many: Many, fixed = false): Compiled => ({ raw: shape.raw, types: shape.types, many, fixed });

const boolean = shapeOf(systemTypes.Boolean);

export const booleanOf = (one: (self: Item | undefined, run: Run) => boolean | undefined, fixed = false): Compiled =>
  single(boolean, one, fixed);

/** The shape of values that come from either. */
export function eitherShape(a: Shape, b: Shape): Shape {
  const types = a.types === undefined || b.types === undefined ? undefined : [...new Set([...a.types, ...b.types])];
  return { raw: a.raw === b.raw ? a.raw : undefined, types };
}
