/** Values of reference parameters: `id`, `Type/id`, absolute URL, canonical. https://hl7.org/fhir/R4/search.html#reference */
import { isId } from '../../fhir/id.ts';
import { isFencedBy } from '../compartment.ts';
import type { Condition } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { identifierParameter } from '../index-text.ts';
import { referenceLink, unversionedLink } from '../link-token.ts';
import { isRelation, relatedReferences } from './hierarchy-value.ts';
import { indexedTarget } from './reference.ts';
import { isCanonical, literalTexts, targetTypes } from './reference-parameter.ts';
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
  if (isRelation(modifier)) return relatedReferences(searched, modifier, values, definitions);
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
