/**
 * fixed[x] and pattern[x]: a value that is wanted exactly, or at least.
 * https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_, #ElementDefinition.pattern_x_
 */
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import type { Wanted } from './element-node.ts';

/** Whether a value (of a primitive without its twin) is what is wanted. */
export type Fits = (value: unknown) => boolean;

export function fitsWanted({ kind, value }: Wanted): Fits {
  return kind === 'fixed' ? fixedFits(value) : patternFits(value);
}

/** SHALL: all of it and nothing else — elementdefinition.html#fixed. Ids of elements are no content. */
export function fixedFits(wanted: unknown): Fits {
  if (Array.isArray(wanted)) return fixedList(wanted.map(fixedFits));
  if (!isObject(wanted)) return (value) => value === wanted;
  const parts = Object.entries(wanted)
    .filter(([key]) => key !== 'id')
    .map(([key, part]) => ({ key, fits: fixedFits(part) }));
  const keys = new Set(parts.map(({ key }) => key));
  return (value) => isObject(value) && parts.every(({ key, fits }) => fits(value[key])) && !hasOther(value, keys);
}

function hasOther(value: JsonObject, keys: ReadonlySet<string>): boolean {
  for (const key in value) if (key !== 'id' && !keys.has(key)) return true;
  return false;
}

const fixedList =
  (items: readonly Fits[]): Fits =>
  (value) =>
    Array.isArray(value) && value.length === items.length && items.every((fits, i) => fits(value[i]));

/** SHALL: each item of the pattern's lists is found in the value — elementdefinition.html#pattern. */
export function patternFits(wanted: unknown): Fits {
  if (Array.isArray(wanted)) {
    const items = wanted.map(patternFits);
    return (value) => Array.isArray(value) && items.every((fits) => value.some(fits));
  }
  if (!isObject(wanted)) return (value) => value === wanted;
  const parts = Object.entries(wanted)
    .filter(([key]) => key !== 'id')
    .map(([key, part]) => ({ key, fits: patternFits(part) }));
  return (value) => isObject(value) && parts.every(({ key, fits }) => fits(value[key]));
}

const longest = 200;

/** A wanted value in words. */
export function told(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Where a value leaves what is wanted: path below the value, and what would be right there. */
export function difference(
  { kind, value: wanted }: Wanted,
  value: unknown,
): { readonly steps: readonly (string | number)[]; readonly expected: string } {
  if (isObject(wanted) && isObject(value)) {
    for (const [key, part] of Object.entries(wanted)) {
      if (key === 'id' || fitsWanted({ kind, value: part, source: '' })(value[key])) continue;
      if (value[key] === undefined || Array.isArray(part)) return { steps: [], expected: `${key} ${told(part)}` };
      const inner = difference({ kind, value: part, source: '' }, value[key]);
      return { steps: [key, ...inner.steps], expected: inner.expected };
    }
    const other = kind === 'fixed' ? Object.keys(value).find((key) => key !== 'id' && !(key in wanted)) : undefined;
    if (other !== undefined) return { steps: [other], expected: 'it to be absent' };
  }
  return { steps: [], expected: told(wanted) };
}
