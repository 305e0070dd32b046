/** Sets of items: the same item is held once. https://hl7.org/fhirpath/N1/#distinct-collection */
import { equalItems, isExactKey, keyOf } from './equality.ts';
import type { Item, Items } from './item.ts';
import type { Run } from './run.ts';
import type { Type, Types } from './type.ts';

interface Held {
  readonly item: Item;
  readonly raw: Type | undefined;
}

/** Finds equal items by keys, so that large collections need no pairs. */
export class ItemSet {
  /** Keys that say all. */
  private readonly exact = new Set<string>();
  /** Structures by what is told of them in their keys. */
  private readonly held = new Map<string, Held[]>();
  private readonly types: Types;
  private readonly run: Run;

  constructor(types: Types, run: Run) {
    this.types = types;
    this.run = run;
  }

  has(item: Item, raw: Type | undefined): boolean {
    const key = keyOf(item, raw);
    this.run.spend(1);
    return isExactKey(key) ? this.exact.has(key) : this.holds(this.held.get(key), item, raw);
  }

  /** False when it was there already. */
  add(item: Item, raw: Type | undefined): boolean {
    const key = keyOf(item, raw);
    this.run.spend(1);
    if (!isExactKey(key)) return this.hold(key, item, raw);
    if (this.exact.has(key)) return false;
    this.exact.add(key);
    return true;
  }

  addAll(items: Items, raw: Type | undefined): this {
    for (const item of items) this.add(item, raw);
    return this;
  }

  private hold(key: string, item: Item, raw: Type | undefined): boolean {
    const same = this.held.get(key);
    if (this.holds(same, item, raw)) return false;
    if (same === undefined) this.held.set(key, [{ item, raw }]);
    else same.push({ item, raw });
    return true;
  }

  private holds(same: readonly Held[] | undefined, item: Item, raw: Type | undefined): boolean {
    if (same === undefined) return false;
    this.run.spend(same.length);
    return same.some((held) => equalItems(held.item, held.raw, item, raw, this.types) === true);
  }
}

/** The first of every row of equal items. */
export function distinct(items: Items, raw: Type | undefined, types: Types, run: Run): Items {
  if (items.length < 2) return items;
  const seen = new ItemSet(types, run);
  const found = items.filter((item) => seen.add(item, raw));
  return found.length === items.length ? items : found;
}
