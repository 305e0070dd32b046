/** Parts of invariants in JavaScript (../emit/native.ts): true, false, or undefined where only the engine can tell. */
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import type { Walk } from '../walk.ts';

/** Whether one of the properties is there. */
export function hasAny(owner: JsonObject | undefined, keys: ReadonlySet<string>): boolean {
  for (const key in owner) if (keys.has(key)) return true;
  return false;
}

/** Of ref-1: whether the resource that is referred to as `#id` is there. */
export function isContained({ around }: Walk, reference: unknown): boolean | undefined {
  if (typeof reference !== 'string' || reference.length < 2) return undefined;
  return around?.inside().has(reference.slice(1));
}

interface Concept {
  readonly code?: string;
  readonly _code?: unknown;
  readonly concept?: readonly Concept[];
}

/** Of csd-1. */
export function hasDistinctCodes(concepts: readonly Concept[] | undefined): boolean | undefined {
  const seen = new Set<string>();
  const open = [...(concepts ?? [])];
  let count = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next._code !== undefined) return undefined;
    if (next.code !== undefined) {
      seen.add(next.code);
      count++;
    }
    for (const inner of next.concept ?? []) open.push(inner);
  }
  return seen.size === count;
}

interface Entry {
  readonly fullUrl?: string;
  readonly _fullUrl?: unknown;
  readonly resource?: { readonly meta?: { readonly versionId?: string; readonly _versionId?: unknown } };
}

/** Of bdl-7. */
export function hasDistinctEntries(entries: readonly Entry[] | undefined): boolean | undefined {
  const seen = new Set<string>();
  let count = 0;
  for (const { fullUrl, _fullUrl, resource } of entries ?? []) {
    if (_fullUrl !== undefined || resource?.meta?._versionId !== undefined) return undefined;
    if (fullUrl === undefined) continue;
    seen.add(fullUrl + (resource?.meta?.versionId ?? ''));
    count++;
  }
  return seen.size === count;
}

/** Of sdf-8: whether the path of an element begins with that of the first one of the snapshot. */
export function isBelowRoot({ around }: Walk, path: unknown, view: string): boolean | undefined {
  const elements = (around?.resource[view] as JsonObject | undefined)?.['element'];
  const root: unknown = Array.isArray(elements) ? elements[0] : undefined;
  if (!isObject(root) || typeof root['path'] !== 'string' || typeof path !== 'string' || root['_path'] !== undefined) return undefined;
  const start = root['path'];
  return path.length > start.length && path.charCodeAt(start.length) === 46 && path.startsWith(start);
}

const isNameCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 45 || code === 95;

/** Of eld-19: names of letters and digits between dots. */
export function isPlainPath(path: unknown): true | undefined {
  if (typeof path !== 'string') return undefined;
  const end = path.endsWith('[x]') && path.includes('.') ? path.length - 3 : path.length;
  let length = 0;
  for (let i = 0; i < end; i++) {
    const code = path.charCodeAt(i);
    if (isNameCode(code)) {
      if (++length > 64) return undefined;
    } else if (code === 46 && length > 0) length = 0;
    else return undefined;
  }
  return length > 0 ? true : undefined;
}
