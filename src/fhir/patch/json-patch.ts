/** JSON Patch: six operations on the JSON of a resource. https://www.rfc-editor.org/rfc/rfc6902, https://hl7.org/fhir/R4/http.html#patch */
import { cloneJson } from '../json.ts';
import { isObject, type JsonObject, type Resource } from '../resource.ts';
import { type Carried, carriedFrom, putInto, spliceExact } from './exact-array.ts';
import { checkLevels, countValues, mostCopied } from './growth.ts';
import { existingIndex, holderOf, insertionIndex, type Pointer, printPointer, readPointer, startsWith, valueAt } from './json-pointer.ts';
import { badPatch, keepingIdentity, type Patch, unfit } from './patch.ts';

/** A document under change; `robbed` are the containers that lost an element and may have nothing left. */
interface Draft {
  root: unknown;
  readonly robbed: Set<object>;
  /** Values that copies may still make. */
  left: number;
}

type Operation = (draft: Draft) => void;
type ReadOperation = (operation: JsonObject) => Operation;

const operations: Readonly<Record<string, ReadOperation>> = {
  add: (operation) => {
    const path = pathOf(operation, 'path');
    const item = givenValue(operation);
    return (draft) => add(draft, path, item());
  },
  remove: (operation) => {
    const path = pathOf(operation, 'path');
    return (draft) => void remove(draft, path);
  },
  replace: (operation) => {
    const path = pathOf(operation, 'path');
    const item = givenValue(operation);
    return (draft) => replace(draft, path, item());
  },
  move: (operation) => {
    const from = pathOf(operation, 'from');
    const path = pathOf(operation, 'path');
    if (path.length > from.length && startsWith(path, from))
      throw badPatch(`${printPointer(from)} cannot be moved into itself (${printPointer(path)}).`);
    return (draft) => add(draft, path, remove(draft, from));
  },
  copy: (operation) => {
    const from = pathOf(operation, 'from');
    const path = pathOf(operation, 'path');
    return (draft) => add(draft, path, copied(draft, from));
  },
  test: (operation) => {
    const path = pathOf(operation, 'path');
    const item = givenValue(operation);
    return (draft) => {
      if (!equalJson(valueAt(draft.root, path), item().value))
        throw unfit(`The value at ${printPointer(path)} is not the one that "test" asks for.`);
    };
  },
};

/** Reads a JSON Patch document; throws 400 when it is none. */
export function readJsonPatch(json: unknown): Patch {
  const steps = readOperations(json);
  return keepingIdentity((current) => {
    const patched = apply(steps, current);
    if (!isObject(patched)) throw unfit('The patch leaves no resource: the whole document can be replaced by a resource only.');
    return patched as Resource;
  });
}

/** The same on any JSON document, with nothing kept or pruned. */
export function applyJsonPatch(json: unknown, document: unknown): unknown {
  const draft: Draft = { root: document, robbed: new Set(), left: mostCopied };
  for (const step of readOperations(json)) step(draft);
  return draft.root;
}

function apply(steps: readonly Operation[], current: unknown): unknown {
  const draft: Draft = { root: current, robbed: new Set(), left: mostCopied };
  for (const step of steps) step(draft);
  checkLevels(draft.root);
  if ([...draft.robbed].some(isEmpty)) prune(draft.root, draft.robbed);
  return draft.root;
}

function readOperations(json: unknown): Operation[] {
  if (!Array.isArray(json))
    throw badPatch('A JSON Patch is an array of operations such as [{"op": "replace", "path": "/active", "value": true}].');
  return json.map((operation: unknown, i) => {
    if (!isObject(operation)) throw badPatch(`Operation ${i} of the JSON Patch is no object.`);
    const read =
      typeof operation['op'] === 'string' && Object.hasOwn(operations, operation['op']) ? operations[operation['op']] : undefined;
    if (read === undefined) throw badPatch(`Operation ${i} of the JSON Patch: "op" must be one of ${Object.keys(operations).join(', ')}.`);
    return read(operation);
  });
}

function pathOf(operation: JsonObject, name: 'path' | 'from'): Pointer {
  const text = operation[name];
  if (typeof text !== 'string')
    throw badPatch(`The operation "${String(operation['op'])}" needs "${name}", a JSON Pointer such as /name/0/family.`);
  const pointer = readPointer(text);
  if (pointer.includes('__proto__')) throw badPatch('No element is called __proto__.');
  return pointer;
}

/** A fresh copy each time, since a patch may be applied more than once. */
function givenValue(operation: JsonObject): () => Carried {
  if (!Object.hasOwn(operation, 'value')) throw badPatch(`The operation "${String(operation['op'])}" needs "value".`);
  const carried = carriedFrom(operation, 'value');
  return () => ({ ...carried, value: cloneJson(carried.value) });
}

function add(draft: Draft, path: Pointer, item: Carried): void {
  if (path.length === 0) {
    draft.root = item.value;
    return;
  }
  const holder = holderOf(draft.root, path);
  if (Array.isArray(holder)) spliceExact(holder, insertionIndex(holder, path), 0, item);
  else putInto(holder, path.at(-1) ?? '', item);
}

function replace(draft: Draft, path: Pointer, item: Carried): void {
  valueAt(draft.root, path);
  if (path.length === 0) draft.root = item.value;
  else {
    const holder = holderOf(draft.root, path);
    if (Array.isArray(holder)) spliceExact(holder, existingIndex(holder, path, path.length - 1), 1, item);
    else putInto(holder, path.at(-1) ?? '', item);
  }
}

function remove(draft: Draft, path: Pointer): Carried {
  if (path.length === 0) throw unfit('The whole resource cannot be removed by a patch: delete it instead.');
  const item = copiedFrom(draft, path);
  const holder = holderOf(draft.root, path);
  if (Array.isArray(holder)) spliceExact(holder, existingIndex(holder, path, path.length - 1), 1);
  else delete (holder as JsonObject)[path.at(-1) ?? ''];
  draft.robbed.add(holder);
  return item;
}

function copied(draft: Draft, path: Pointer): Carried {
  const item = copiedFrom(draft, path);
  draft.left -= countValues(item.value, draft.left);
  if (draft.left < 0) throw unfit(`The patch copies more than ${mostCopied} values.`);
  return { ...item, value: cloneJson(item.value) };
}

function copiedFrom(draft: Draft, path: Pointer): Carried {
  const value = valueAt(draft.root, path);
  if (path.length === 0) return { value };
  const holder = holderOf(draft.root, path);
  return carriedFrom(holder, Array.isArray(holder) ? Number(path.at(-1)) : (path.at(-1) ?? ''));
}

/**
 * FHIR knows no empty array and no empty object: what a removal emptied is absent.
 * SHALL: properties are never empty — json.html#null
 */
function prune(value: unknown, robbed: Set<object>): void {
  if (typeof value !== 'object' || value === null) return;
  // From the end, so that places before a removed element keep their index.
  for (const [key, child] of Object.entries(value).reverse()) {
    prune(child, robbed);
    if (!isEmpty(child) || !robbed.has(child as object)) continue;
    if (Array.isArray(value)) spliceExact(value, Number(key), 1);
    else delete (value as JsonObject)[key];
    robbed.add(value);
  }
}

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

/** Equal by section 4.6 of RFC 6902: numbers by value, objects whatever the order of their members. */
export function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equalJson((a as JsonObject)[key], (b as JsonObject)[key]));
}
