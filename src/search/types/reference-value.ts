/** Values of reference parameters: `id`, `Type/id`, absolute URL, canonical. https://hl7.org/fhir/R4/search.html#reference */
import { isId } from '../../fhir/id.ts';
import { isFencedBy } from '../compartment.ts';
import type { Condition } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { identifierParameter, parameterText } from '../index-text.ts';
import { referenceLink, unversionedLink } from '../link-token.ts';
import { indexedTarget } from './reference.ts';
import { tokenTexts } from './token-value.ts';
import { hashes, type ReadValues, refuseValue, type Searched, tokens } from './value.ts';

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

/** Types of elements that lead to a resource by its type and id. */
const literalTypes: ReadonlySet<string> = new Set(['Reference', 'CodeableReference', 'Resource']);

const isCanonical = ({ indexing }: Searched): boolean =>
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

function literals(searched: Searched, targets: readonly string[]): Condition & { readonly kind: 'tokens' } {
  const links = literalTexts(searched).flatMap((text) =>
    targets.flatMap((target) =>
      isCanonical(searched) ? [referenceLink(text, target), unversionedLink(text, target)] : [referenceLink(text, target)],
    ),
  );
  return hashes(links) as Condition & { readonly kind: 'tokens' };
}

export const referenceValues: ReadValues = (searched, modifier, values, { definitions }) => {
  if (modifier === 'identifier') {
    const texts = searched.texts.map(identifierParameter);
    return tokens(values.flatMap((value) => tokenTexts(searched, value, texts)));
  }
  const targets = values.flatMap((value) => referenceTargets(searched, value, modifier, definitions.resourceTypes));
  const { literalType } = searched.indexing;
  const condition = literals(
    searched,
    literalType === undefined ? targets : targets.filter((target) => isTargetOfType(target, literalType)),
  );
  const [target = ''] = targets;
  const isPatient = targets.length === 1 && target.startsWith('Patient/') && !target.includes('/_history/');
  if (!isPatient || !isFencedBy(definitions, searched.type, searched.parameter.code)) return condition;
  return { ...condition, patient: target.slice('Patient/'.length) };
};
