/** All children of a value, each with its type. https://hl7.org/fhirpath/N1/#tree-navigation */
import type { JsonObject } from '../resource.ts';
import { bodyOf, type Item, type Items, Node, nothing, typeOf, withType } from './item.ts';
import { readerOf } from './read.ts';
import type { Run } from './run.ts';
import { placed } from './track.ts';
import type { Type, Types } from './type.ts';

type ReadChildren = (body: JsonObject) => Items;

/** By type and JSON property; kept as long as the type is. */
const readers = new WeakMap<Type, ReadonlyMap<string, ReadChildren>>();

function readersOf(type: Type, types: Types): ReadonlyMap<string, ReadChildren> {
  const known = readers.get(type);
  if (known !== undefined) return known;
  const made = new Map<string, ReadChildren>();
  for (const { name, list, alternatives } of type.members.values()) {
    for (const alternative of alternatives) {
      const { raw, many } = readerOf({ name, list, choice: false, alternatives: [alternative] });
      const read: ReadChildren = (body) => many(body).map((item) => withType(item, raw, types));
      made.set(alternative.key, read);
      made.set(alternative.twin, (body) => (body[alternative.key] === undefined ? read(body) : nothing));
    }
  }
  readers.set(type, made);
  return made;
}

function addChildren(item: Item, raw: Type | undefined, types: Types, out: Item[]): void {
  const body = bodyOf(item);
  if (body === undefined) return;
  const type = typeOf(item, raw, types);
  if (item instanceof Node && item.place !== undefined) {
    for (const member of type.members.values()) out.push(...placed(item, member));
    return;
  }
  const byKey = readersOf(type, types);
  for (const key in body) {
    const found = byKey.get(key)?.(body);
    if (found !== undefined) for (const child of found) out.push(child);
  }
}

export function children(items: Items, raw: Type | undefined, types: Types, run: Run): Items {
  const out: Item[] = [];
  for (const item of items) addChildren(item, raw, types, out);
  run.spend(out.length);
  return out;
}

/** Parents before their children. */
export function descendants(items: Items, raw: Type | undefined, types: Types, run: Run): Items {
  const out: Item[] = [];
  for (const item of items) addChildren(item, raw, types, out);
  for (let at = 0; at < out.length; at++) {
    const before = out.length;
    addChildren(out[at] as Item, undefined, types, out);
    run.spend(out.length - before + 1);
  }
  return out;
}
