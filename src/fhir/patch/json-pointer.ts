/** JSON Pointer: the path of a value in a JSON document. https://www.rfc-editor.org/rfc/rfc6901 */
import { badPatch, unfit } from './patch.ts';

/** Unescaped reference tokens; empty = the whole document. */
export type Pointer = readonly string[];

export function readPointer(text: string): Pointer {
  if (text === '') return [];
  if (!text.startsWith('/')) throw badPatch(`"${text}" is no JSON Pointer: it starts with "/" or is empty.`);
  if (/~(?![01])/.test(text)) throw badPatch(`"${text}" is no JSON Pointer: "~" is written ~0 and "/" inside a name ~1.`);
  return text.slice(1).split('/').map(unescaped);
}

const unescaped = (token: string): string => (token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token);

export const printPointer = (pointer: Pointer): string =>
  pointer.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

export const startsWith = (pointer: Pointer, prefix: Pointer): boolean =>
  pointer.length >= prefix.length && prefix.every((token, i) => pointer[i] === token);

/** The value that the pointer names; throws 422 when there is none. */
export function valueAt(document: unknown, pointer: Pointer): unknown {
  let value = document;
  for (let i = 0; i < pointer.length; i++) value = member(value, pointer, i);
  return value;
}

/** The object or array that holds the last token. */
export function holderOf(document: unknown, pointer: Pointer): object {
  const holder = valueAt(document, pointer.slice(0, -1));
  if (typeof holder !== 'object' || holder === null) throw missing(pointer, pointer.length - 1);
  return holder;
}

function member(value: unknown, pointer: Pointer, i: number): unknown {
  const token = pointer[i] ?? '';
  if (Array.isArray(value)) return value[existingIndex(value, pointer, i)];
  // Own properties only: `constructor` and `__proto__` name nothing that a client sent.
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) throw missing(pointer, i);
  return (value as Record<string, unknown>)[token];
}

/** The index that token `i` names in `array`; throws 422 when no element stands there. */
export function existingIndex(array: readonly unknown[], pointer: Pointer, i: number): number {
  const index = readIndex(pointer, i);
  if (index >= array.length) throw missing(pointer, i);
  return index;
}

/** The index at which an element may be put: any existing one, the end, or `-` for the end. */
export function insertionIndex(array: readonly unknown[], pointer: Pointer): number {
  const last = pointer.length - 1;
  if (pointer[last] === '-') return array.length;
  const index = readIndex(pointer, last);
  if (index > array.length) throw unfit(`${printPointer(pointer)} lies beyond the end of the array, which has ${array.length} elements.`);
  return index;
}

function readIndex(pointer: Pointer, i: number): number {
  const token = pointer[i] ?? '';
  if (!/^(0|[1-9][0-9]{0,9})$/.test(token)) throw unfit(`${printPointer(pointer.slice(0, i + 1))}: "${token}" is no index of an array.`);
  return Number(token);
}

const missing = (pointer: Pointer, i: number): Error =>
  unfit(
    `Nothing stands at ${printPointer(pointer.slice(0, i + 1))}${i + 1 < pointer.length ? ` on the way to ${printPointer(pointer)}` : ''}.`,
  );
