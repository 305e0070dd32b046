/** Elements that know where they stand, so that a result can be told by its path. https://hl7.org/fhirpath/#fn-pathname */
import { isObject, type JsonObject } from '../resource.ts';
import { bodyOf, type Item, type Items, Node, type NodePlace, nothing, typeOf } from './item.ts';
import { readerOf } from './read.ts';
import type { Alternative, Member, Type, Types } from './type.ts';

/** The elements of one name in a node, each with its place. */
export function placed(parent: Node, member: Member, types: Types): Items {
  const body = bodyOf(parent);
  return body === undefined ? nothing : member.alternatives.flatMap((alternative) => placedOf(parent, body, member, alternative, types));
}

function placedOf(parent: Node, body: JsonObject, { name, list }: Member, alternative: Alternative, types: Types): Node[] {
  const { key, twin, type } = alternative;
  if (body[key] === undefined && body[twin] === undefined) return [];
  const { many } = readerOf({ name, list, choice: false, alternatives: [alternative] });
  const positions = list ? positionsOf(body[key], body[twin]) : undefined;
  return many(body).map((item, i) =>
    at(item, typeOf(item, type, types), { parent, key, name, ...(list ? { index: positions?.[i] ?? i } : {}) }),
  );
}

const at = (item: Item, type: Type, place: NodePlace): Node =>
  item instanceof Node ? new Node(item.value, item.type, item.twin, place) : new Node(item, type, undefined, place);

/** Positions in the JSON list of what is there; undefined when there are no gaps. */
function positionsOf(values: unknown, extras: unknown): number[] | undefined {
  if (!Array.isArray(values) || !values.includes(null)) return undefined;
  const isThere = (value: unknown, i: number) => value !== null || (Array.isArray(extras) && isObject(extras[i]));
  return values.flatMap((value: unknown, i) => (isThere(value, i) ? [i] : []));
}
