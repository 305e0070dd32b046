/** How the references of a search parameter lead from one type to another. https://hl7.org/fhir/R4/search.html#chaining */
import type { Definitions } from '../fhir/definitions.ts';
import { isFencedBy } from './compartment.ts';
import type { Link } from './condition.ts';
import { textOf } from './index-text.ts';
import { referenceKey, uriKey, versionedKey } from './link-token.ts';
import { literalTexts } from './types/reference-parameter.ts';
import type { Searched } from './types/value.ts';

export const canonicalTypes: ReadonlySet<string> = new Set(['canonical', 'uri', 'url']);

/** The parameter holds literal references; otherwise canonicals only. */
export const holdsReferences = ({ indexing }: Pick<Searched, 'indexing'>): boolean =>
  indexing.branches.some(({ type }) => !canonicalTypes.has(type));

export const holdsCanonicals = ({ indexing }: Pick<Searched, 'indexing'>): boolean =>
  indexing.branches.some(({ type }) => canonicalTypes.has(type));

/** The ways on which the parameter can lead to a resource of the type: by its id, by its canonical url, or both. */
export function linksOf(definitions: Definitions, searched: Searched, target: string): readonly Link[] {
  const { literalType } = searched.indexing;
  if (literalType !== undefined && literalType !== target) return [];
  const keys = literalTexts(searched).map(referenceKey);
  const fenced = target === 'Patient' && isFencedBy(definitions, searched.type, searched.parameter.code);
  const links: Link[] = holdsReferences(searched) ? [{ keys, fenced }] : [];
  const canonical = definitions.searchParameters(target).get('url');
  if (holdsCanonicals(searched) && canonical !== undefined) {
    const url = textOf(target, canonical);
    links.push({ keys, fenced: false, canonical: { url: uriKey(url), versioned: versionedKey(url) } });
  }
  return links;
}
