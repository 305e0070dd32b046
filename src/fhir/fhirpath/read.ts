/**
 * Reads the elements of a structure from its JSON. Where the JSON says all that is to be known, it is handed on as it is.
 * https://hl7.org/fhir/R4/json.html#primitive
 */
import { exactNumber } from '../json/exact.ts';
import { isObject, type JsonObject } from '../resource.ts';
import { Decimal } from './decimal.ts';
import { type Item, type Items, Node, nothing } from './item.ts';
import type { Alternative, Member, Type } from './type.ts';

type ReadOne = (body: JsonObject) => Item | undefined;
export type ReadMany = (body: JsonObject) => Items;

export interface Reader {
  /** The type of the items that are plain JSON; undefined when every item says its own. */
  readonly raw: Type | undefined;
  /** Present for an element that does not repeat. */
  readonly one?: ReadOne;
  readonly many: ReadMany;
}

const made = new WeakMap<Member, Reader>();

/** How an element is read from the JSON object of its parent. */
export function readerOf(member: Member): Reader {
  const reader = made.get(member) ?? makeReader(member);
  made.set(member, reader);
  return reader;
}

function makeReader({ alternatives, list }: Member): Reader {
  const [only] = alternatives;
  if (only === undefined) return { raw: undefined, many: () => nothing };
  if (alternatives.length > 1) return choiceReader(alternatives);
  const { type } = only;
  if (list) return { raw: type, many: type.kind === 'primitive' ? primitives(only) : structures(only) };
  return single(type, type.kind === 'primitive' ? primitive(only) : structure(only));
}

const single = (raw: Type | undefined, one: ReadOne): Reader => ({
  raw,
  one,
  many: (body) => {
    const found = one(body);
    return found === undefined ? nothing : [found];
  },
});

const structure =
  ({ key }: Alternative): ReadOne =>
  (body) => {
    const value = body[key];
    return isObject(value) ? value : undefined;
  };

const structures =
  ({ key }: Alternative): ReadMany =>
  (body) => {
    const value = body[key];
    if (value === undefined) return nothing;
    if (!Array.isArray(value)) return isObject(value) ? [value] : nothing;
    return value.every(isObject) ? value : value.filter(isObject);
  };

function primitive({ key, twin, type }: Alternative): ReadOne {
  if (type.system === 'Decimal') return (body) => withTwin(exactly(body, key, type), body[twin], type);
  return (body) => {
    const value = body[key];
    const extra = body[twin];
    return extra === undefined && typeof value !== 'object' ? (value as Item | undefined) : withTwin(value, extra, type);
  };
}

/** Digits that the number lost stay with the value. */
function exactly(container: object, key: string | number, type: Type): unknown {
  const value = (container as Record<string | number, unknown>)[key];
  const digits = typeof value === 'number' ? exactNumber(container, key) : undefined;
  return digits === undefined ? value : new Node(Decimal.parse(digits) ?? value, type);
}

function withTwin(value: unknown, extra: unknown, type: Type): Item | undefined {
  const plain = value instanceof Node ? value.value : value;
  if (isObject(extra)) return new Node(isValue(plain) ? plain : undefined, type, extra);
  return isValue(plain) ? (value as Item) : undefined;
}

const isValue = (value: unknown): boolean => value instanceof Decimal || (value !== undefined && typeof value !== 'object');

function primitives({ key, twin, type }: Alternative): ReadMany {
  const isDecimal = type.system === 'Decimal';
  return (body) => {
    const values = body[key];
    const extras = body[twin];
    if (extras === undefined && !isDecimal && Array.isArray(values) && !values.includes(null)) return values as Item[];
    return mixed(asList(values), asList(extras), type);
  };
}

const asList = (value: unknown): readonly unknown[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

function mixed(values: readonly unknown[], extras: readonly unknown[], type: Type): Items {
  const found: Item[] = [];
  for (let i = 0; i < Math.max(values.length, extras.length); i++) {
    const item = withTwin(exactly(values, i, type), extras[i], type);
    if (item !== undefined) found.push(item);
  }
  return found;
}

/** From this many types on it is faster to look which properties are there than to try each. */
const manyTypes = 5;

function choiceReader(alternatives: readonly Alternative[]): Reader {
  const readers = alternatives.map((alternative) => ({ ...alternative, read: typedReader(alternative) }));
  if (readers.length < manyTypes) return single(undefined, (body) => firstOf(body, readers));
  const byKey = new Map(readers.flatMap(({ key, twin, read }) => [[key, read] as const, [twin, read] as const]));
  return single(undefined, (body) => {
    for (const key in body) {
      const found = byKey.get(key)?.(body);
      if (found !== undefined) return found;
    }
    return undefined;
  });
}

function firstOf(body: JsonObject, readers: readonly { readonly key: string; readonly twin: string; readonly read: ReadOne }[]) {
  for (const { key, twin, read } of readers) {
    if (body[key] !== undefined || body[twin] !== undefined) return read(body);
  }
  return undefined;
}

/** Reads one type of a choice, with that type. */
function typedReader(alternative: Alternative): ReadOne {
  const { type } = alternative;
  const read = type.kind === 'primitive' ? primitive(alternative) : structure(alternative);
  return (body) => {
    const found = read(body);
    return found === undefined || found instanceof Node ? found : new Node(found, type);
  };
}
