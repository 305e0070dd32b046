/** `_summary` and `_elements`: a resource without the rest of its elements. https://hl7.org/fhir/R4/search.html#summary, #elements */
import type { Definitions } from '../fhir/definitions.ts';
import { parseJson, printJson } from '../fhir/json.ts';
import { nearest } from '../fhir/nearest.ts';
import { refusal } from '../fhir/outcome.ts';
import { prune, unknownElements } from '../fhir/prune.ts';
import type { Resource } from '../fhir/resource.ts';
import { type Pairs, single } from './parameter.ts';

export type Subset =
  | { readonly summary: 'true' | 'text' | 'data' }
  | { readonly elements: readonly string[] }
  | { readonly excluded: readonly string[] };

const readElements = (text: string): readonly string[] => text.split(',').map((name) => name.trim());

/** Throws 400 for names that are no elements of the type: a misspelt one would silently leave something out. */
export function checkElements(definitions: Definitions, types: string | readonly string[], elements: readonly string[]): void {
  const list = typeof types === 'string' ? [types] : types;
  // What one of several types has is meant for that one.
  const wrong = elements.find((name) => list.every((type) => unknownElements(definitions, type, [name]).length > 0));
  if (wrong === undefined) return;
  const type = list.slice(0, 5).join(', ');
  const known = list.flatMap((each) => [...definitions.properties(each).values()].map(({ element }) => element.name));
  const near = nearest(wrong, new Set(known));
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  throw refusal('value', `_elements lists elements of ${type} with commas between; "${wrong.slice(0, 40)}" is none.${hint}`, {
    expression: '_elements',
  });
}

function readSummary(text: string): Subset | undefined {
  if (text === 'true' || text === 'text' || text === 'data') return { summary: text };
  if (text === 'false') return undefined;
  if (text === 'count')
    throw refusal('not-supported', '_summary=count counts the matches of a search; here it is true, text, data or false.');
  throw refusal('value', `_summary is true, text, data or false, not "${text.slice(0, 20)}".`);
}

/** Undefined = the whole resource. `type` is absent where several types answer. Throws 400. */
export function readSubset(definitions: Definitions, pairs: Pairs, type?: string): Subset | undefined {
  if (pairs.length === 0) return undefined;
  const elements = single(pairs, '_elements');
  const text = single(pairs, '_summary');
  const summary = text === undefined ? undefined : readSummary(text);
  if (elements === undefined) return summary;
  if (summary !== undefined) throw refusal('value', '_summary and _elements each choose the elements; give one of them.');
  const names = readElements(elements);
  if (type !== undefined) checkElements(definitions, type, names);
  return { elements: names };
}

/** The JSON text of a stored body, pruned. */
export const subsetText = (definitions: Definitions, body: string, subset: Subset): string =>
  printJson(prune(parseJson(body) as Resource, definitions, subset));
