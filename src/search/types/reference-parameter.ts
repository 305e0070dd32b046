/** What the definitions say of a reference parameter: where it can lead, and how its values are indexed. https://hl7.org/fhir/R4/search.html#reference */
import { parameterText } from '../index-text.ts';
import type { Searched } from './value.ts';

/** Types of elements that lead to a resource by its type and id. */
const literalTypes: ReadonlySet<string> = new Set(['Reference', 'CodeableReference', 'Resource']);

export const isCanonical = ({ indexing }: Searched): boolean =>
  indexing.branches.every(({ type, typed }) => typed === undefined && !literalTypes.has(type));

/** The types that the parameter can lead to: where neither it nor its elements say, any. */
export function targetTypes(
  { parameter, indexing }: Pick<Searched, 'parameter' | 'indexing'>,
  resourceTypes: readonly string[],
): readonly string[] {
  const elements = new Set(indexing.branches.flatMap(({ targets }) => targets ?? ['Resource']));
  const allowed = elements.has('Resource') || elements.has('Any') ? undefined : elements;
  const named = (parameter.target ?? []).filter((type) => allowed?.has(type) ?? true);
  const possible = named.length > 0 ? named : [...(allowed ?? resourceTypes)];
  return possible.filter((type) => resourceTypes.includes(type));
}

/** The texts under which the literal references of the parameter are indexed. */
export const literalTexts = ({ indexing, texts, type }: Pick<Searched, 'indexing' | 'texts' | 'type'>): readonly string[] =>
  indexing.literalsOf === undefined ? texts : [parameterText(type, indexing.literalsOf)];
