/** `in`, `contains`, `|`. https://hl7.org/fhirpath/N1/#collections-1 */
import { booleanOf, type Compiled, eitherShape, several } from './compiled.ts';
import type { Compiler } from './compiler.ts';
import { ItemSet } from './distinct.ts';
import { equalItems } from './equality.ts';
import { type Item, type Items, withType } from './item.ts';
import type { Run } from './run.ts';
import { type Asker, onlyItem } from './single.ts';
import type { Type, Types } from './type.ts';

export function compileMembership(compiler: Compiler, item: Compiled, collection: Compiled, asker: Asker): Compiled {
  const only = onlyItem(item, asker);
  const { types } = compiler;
  return booleanOf(
    (self, run) => {
      const wanted = only(self, run);
      if (wanted === undefined) return undefined;
      const items = collection.many(self, run);
      run.spend(items.length);
      return items.some((one) => equalItems(one, collection.raw, wanted, item.raw, types) === true);
    },
    item.fixed === true && collection.fixed === true,
  );
}

/** Items of several collections, each with what is known of its type where these are not of one. */
export function mergedWith(raw: Type | undefined, ofItems: Type | undefined, items: Items, types: Types): Items {
  return raw === ofItems ? items : items.map((item) => withType(item, ofItems, types));
}

export function compileUnion(compiler: Compiler, operands: readonly Compiled[]): Compiled {
  const { types } = compiler;
  const [first, ...others] = operands as [Compiled, ...Compiled[]];
  const shape = others.reduce<Pick<Compiled, 'raw' | 'types'>>(eitherShape, first);
  const union = (self: Item | undefined, run: Run): Items => {
    const parts = operands.map(({ many, raw }) => ({ items: many(self, run), raw }));
    return united(parts, shape.raw, types, run);
  };
  return several(
    shape,
    union,
    operands.every(({ fixed }) => fixed === true),
  );
}

interface Part {
  readonly items: Items;
  readonly raw: Type | undefined;
}

/** SHALL: duplicates are left out — N1/#union-collections */
function united(parts: readonly Part[], raw: Type | undefined, types: Types, run: Run): Items {
  const filled = parts.filter(({ items }) => items.length > 0);
  const [only] = filled;
  if (only === undefined) return [];
  if (filled.length === 1 && only.items.length === 1) return mergedWith(raw, only.raw, only.items, types);
  const seen = new ItemSet(types, run);
  return filled.flatMap((part) =>
    mergedWith(
      raw,
      part.raw,
      part.items.filter((item) => seen.add(item, part.raw)),
      types,
    ),
  );
}
