/** All children of a value, each with its type. https://hl7.org/fhirpath/N1/#tree-navigation */
import type { JsonObject } from '../resource.ts';
import { bodyOf, type Item, type Items, Node, typeOf } from './item.ts';
import { readerOf } from './read.ts';
import type { Run } from './run.ts';
import { placed } from './track.ts';
import type { Alternative, Member, Type, Types } from './type.ts';

type AddChildren = (body: JsonObject, out: Item[]) => void;

/** By type and JSON property; kept as long as the type is. */
const adders = new WeakMap<Type, ReadonlyMap<string, AddChildren>>();

function addersOf(type: Type, types: Types): ReadonlyMap<string, AddChildren> {
  const known = adders.get(type);
  if (known !== undefined) return known;
  const made = new Map<string, AddChildren>();
  for (const member of type.members.values()) {
    for (const alternative of member.alternatives) {
      const { key, twin } = alternative;
      const add = adder(member, alternative, types);
      made.set(key, add);
      made.set(twin, (body, out) => (body[key] === undefined ? add(body, out) : undefined));
    }
  }
  adders.set(type, made);
  return made;
}

function adder({ name, list }: Member, alternative: Alternative, types: Types): AddChildren {
  const { type } = alternative;
  const { one, many } = readerOf({ name, list, choice: false, alternatives: [alternative] });
  // A resource says its type itself.
  const isSure = type.kind !== 'resource';
  const node = (item: Item): Item => (item instanceof Node ? item : new Node(item, isSure ? type : typeOf(item, type, types)));
  if (one !== undefined) {
    return (body, out) => {
      const item = one(body);
      if (item !== undefined) out.push(node(item));
    };
  }
  return (body, out) => {
    for (const item of many(body)) out.push(node(item));
  };
}

function addChildren(item: Item, raw: Type | undefined, types: Types, out: Item[]): void {
  const body = bodyOf(item);
  if (body === undefined) return;
  const type = typeOf(item, raw, types);
  if (item instanceof Node && item.place !== undefined) {
    for (const member of type.members.values()) out.push(...placed(item, member, types));
    return;
  }
  const byKey = addersOf(type, types);
  for (const key in body) byKey.get(key)?.(body, out);
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
