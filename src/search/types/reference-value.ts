/** Values of reference parameters: `id`, `Type/id`, absolute URL, canonical. https://hl7.org/fhir/R4/search.html#reference */
import { isId } from '../../fhir/id.ts';
import { unescaped } from '../escape.ts';
import { referenceTo } from '../index-text.ts';
import { indexedTarget } from './reference.ts';
import { refuseValue, type Searched } from './value.ts';

/** What a value refers to, in the form of the index: `Patient/1`, a URL or a canonical. */
export function referenceTargets(
  searched: Searched,
  value: string,
  type: string | undefined,
  resourceTypes: readonly string[],
): readonly string[] {
  const text = unescaped(value);
  const found = indexedTarget(text, searched.context);
  const target = found && (found.version === undefined ? found.target : `${found.target}/_history/${found.version}`);
  if (target !== undefined) return type === undefined || isTargetOfType(target, type) ? [target] : [];
  if (isCanonical(searched)) return [text];
  if (!isId(text)) throw refuseValue(searched, value, 'the forms are id, Type/id and an absolute URL');
  return (type === undefined ? targetTypes(searched, resourceTypes) : [type]).map((each) => `${each}/${text}`);
}

export const isTargetOfType = (target: string, type: string): boolean => target.startsWith(`${type}/`) || target.includes(`/${type}/`);

const isCanonical = ({ indexing }: Searched): boolean =>
  indexing.branches.every(({ type }) => type !== 'Reference' && type !== 'CodeableReference');

/** The types that the parameter can lead to: where neither it nor its elements say, any. */
export function targetTypes({ parameter, indexing }: Searched, resourceTypes: readonly string[]): readonly string[] {
  const elements = new Set(indexing.branches.flatMap(({ targets }) => targets ?? ['Resource']));
  const allowed = elements.has('Resource') || elements.has('Any') ? undefined : elements;
  const named = (parameter.target ?? []).filter((type) => allowed?.has(type) ?? true);
  const possible = named.length > 0 ? named : [...(allowed ?? resourceTypes)];
  return possible.filter((type) => resourceTypes.includes(type));
}

export const referenceTexts = (texts: readonly string[], targets: readonly string[]): readonly string[] =>
  texts.flatMap((text) => targets.map((target) => referenceTo(text, target)));
