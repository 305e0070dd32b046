/** Values chosen and turned into others. https://hl7.org/fhirpath/N1/#filtering-and-projection */
import { type Compiled, eitherShape, several, single } from '../compiled.ts';
import { ItemSet } from '../distinct.ts';
import { type Item, type Items, nothing } from '../item.ts';
import { mergedWith } from '../membership.ts';
import type { Run } from '../run.ts';
import { truth } from '../single.ts';
import { type Call, define, type FunctionDefinition } from './call.ts';

function where(call: Call): Compiled {
  const { input, asker } = call;
  const holds = truth(call.lambda(0), asker);
  const { one, many } = input;
  if (one !== undefined) return single(input, oneWhere(one, holds));
  const filter = (self: Item | undefined, run: Run): Items => {
    const items = many(self, run);
    if (items.length === 0) return nothing;
    run.spend(items.length);
    const outer = run.index;
    const found: Item[] = [];
    for (let i = 0; i < items.length; i++) {
      run.index = i;
      if (holds(items[i], run) === true) found.push(items[i] as Item);
    }
    run.index = outer;
    return found;
  };
  return { ...several(input, filter), ...(input.ordered === false ? { ordered: false } : {}) };
}

const oneWhere =
  (one: NonNullable<Compiled['one']>, holds: ReturnType<typeof truth>): NonNullable<Compiled['one']> =>
  (self, run) => {
    const item = one(self, run);
    if (item === undefined) return undefined;
    const outer = run.index;
    run.index = 0;
    const found = holds(item, run) === true ? item : undefined;
    run.index = outer;
    return found;
  };

function select(call: Call): Compiled {
  const { input } = call;
  const projection = call.lambda(0);
  return several(projection, (self, run) => {
    const items = input.many(self, run);
    if (items.length === 0) return nothing;
    const outer = run.index;
    const found: Item[] = [];
    for (let i = 0; i < items.length; i++) {
      run.index = i;
      const values = projection.many(items[i], run);
      run.spend(1 + values.length);
      for (const value of values) found.push(value);
    }
    run.index = outer;
    return found;
  });
}

/** Values of the projection are projected again: their type is known only when they are there. */
function repeated(call: Call, isSet: boolean): Compiled {
  const { input, compiler } = call;
  const { types } = compiler;
  const [first, again] = projections(call);
  const shape = { raw: again.raw, types: undefined };
  const repeat = (self: Item | undefined, run: Run): Items => {
    const seen = isSet ? new ItemSet(types, run) : undefined;
    const found: Item[] = [];
    const add = (items: Items, { raw }: Compiled) => {
      run.spend(1 + items.length);
      for (const item of mergedWith(shape.raw, raw, items, types)) if (seen === undefined || seen.add(item, shape.raw)) found.push(item);
    };
    for (const item of input.many(self, run)) add(first.many(item, run), first);
    for (let at = 0; at < found.length; at++) add(again.many(found[at], run), again);
    return found;
  };
  return { ...several({ raw: shape.raw, types: again.types }, repeat), ordered: false };
}

/** The projection of the input, and that of its own results. */
function projections(call: Call): [Compiled, Compiled] {
  const first = call.lambda(0);
  const again = call.lambda(0, first);
  if (again.raw === first.raw && sameTypes(first, again)) return [first, again];
  return [first, call.lambda(0, { raw: undefined, types: undefined })];
}

const sameTypes = (a: Compiled, b: Compiled): boolean =>
  a.types !== undefined && b.types !== undefined && a.types.length === b.types.length && a.types.every((type) => b.types?.includes(type));

/** SHALL: the first argument that gives anything, and no later one is evaluated — hl7.org/fhirpath/#coalesce */
function coalesce(call: Call): Compiled {
  const options = Array.from({ length: call.count }, (_, i) => call.argument(i));
  const [first, ...others] = options as [Compiled, ...Compiled[]];
  const shape = others.reduce<Pick<Compiled, 'raw' | 'types'>>(eitherShape, first);
  return several(shape, (self, run) => {
    for (const option of options) {
      const found = option.many(self, run);
      if (found.length > 0) return mergedWith(shape.raw, option.raw, found, call.compiler.types);
    }
    return nothing;
  });
}

export const filtering: readonly FunctionDefinition[] = [
  define('where', 1, 1, where),
  define('select', 1, 1, select),
  define('repeat', 1, 1, (call) => repeated(call, true)),
  define('repeatAll', 1, 1, (call) => repeated(call, false)),
  define('coalesce', 1, Number.POSITIVE_INFINITY, coalesce),
];
