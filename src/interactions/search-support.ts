/** Which search parameters of the registry can really be used. https://hl7.org/fhir/R4/search.html */
import type { Definitions, SearchParameter } from '../fhir/definitions.ts';
import { referenceParameters } from '../search/include/parameter.ts';
import { type Indexing, indexingOf } from '../search/indexing.ts';
import { isResultParameter } from '../search/parse-result.ts';
import { targetTypes } from '../search/types/reference-parameter.ts';

/** Those that search parses, in the order of the registry. */
export function searchParametersOf(definitions: Definitions, type: string): readonly SearchParameter[] {
  const indexing = indexingOf(definitions, type);
  const isUsable = ({ code }: SearchParameter): boolean => !isResultParameter(code) && indexing.get(code)?.refused === undefined;
  return [...definitions.searchParameters(type).values()].filter(isUsable);
}

/** What `_include` can follow from resources of the type. */
export const includesOf = (definitions: Definitions, type: string): readonly string[] => [
  '*',
  ...referenceParameters(definitions, type).map(({ code }) => `${type}:${code}`),
];

/** What `_revinclude` can follow back to resources of each type. */
export function reverseIncludesOf(definitions: Definitions): ReadonlyMap<string, readonly string[]> {
  const found = new Map(definitions.resourceTypes.map((type) => [type, ['*']]));
  for (const source of definitions.resourceTypes) {
    const indexing = indexingOf(definitions, source);
    for (const parameter of referenceParameters(definitions, source)) {
      const types = targetTypes({ parameter, indexing: indexing.get(parameter.code) as Indexing }, definitions.resourceTypes);
      for (const type of types) found.get(type)?.push(`${source}:${parameter.code}`);
    }
  }
  return found;
}
