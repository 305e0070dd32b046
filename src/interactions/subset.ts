/** `_summary` and `_elements`: a resource without the rest of its elements. https://hl7.org/fhir/R4/search.html#summary, #elements */
import type { Definitions } from '../fhir/definitions.ts';
import { parseJson, printJson } from '../fhir/json.ts';
import { refusal } from '../fhir/outcome.ts';
import { prune } from '../fhir/prune.ts';
import type { Resource } from '../fhir/resource.ts';
import { type Pairs, single } from './parameter.ts';

export type Subset = { readonly summary: 'true' | 'text' | 'data' } | { readonly elements: readonly string[] };

const elementName = /^(?:[A-Z][A-Za-z]*\.)?[a-z][A-Za-z0-9]*(?:\[x\])?(?:\.[A-Za-z0-9]+)*$/;

function readElements(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !elementName.test(name));
  if (wrong === undefined) return names;
  throw refusal(
    'value',
    `_elements lists names of elements with commas between, such as identifier,active; "${wrong.slice(0, 40)}" is none.`,
  );
}

function readSummary(text: string): Subset | undefined {
  if (text === 'true' || text === 'text' || text === 'data') return { summary: text };
  if (text === 'false') return undefined;
  if (text === 'count')
    throw refusal('not-supported', '_summary=count counts the matches of a search; here it is true, text, data or false.');
  throw refusal('value', `_summary is true, text, data or false, not "${text.slice(0, 20)}".`);
}

/** Undefined = the whole resource. Throws 400. */
export function readSubset(pairs: Pairs): Subset | undefined {
  if (pairs.length === 0) return undefined;
  const elements = single(pairs, '_elements');
  const text = single(pairs, '_summary');
  const summary = text === undefined ? undefined : readSummary(text);
  if (elements === undefined) return summary;
  if (summary !== undefined) throw refusal('value', '_summary and _elements each choose the elements; give one of them.');
  return { elements: readElements(elements) };
}

/** The JSON text of a stored body, pruned. */
export const subsetText = (definitions: Definitions, body: string, subset: Subset): string =>
  printJson(prune(definitions, parseJson(body) as Resource, subset));
