/** Which search parameters of the registry can really be used. https://hl7.org/fhir/R4/search.html */
import type { Definitions, SearchParameter } from '../fhir/definitions.ts';
import { indexingOf } from '../search/indexing.ts';
import { isResultParameter } from '../search/parse-result.ts';

/** Those that search parses, in the order of the registry. */
export function searchParametersOf(definitions: Definitions, type: string): readonly SearchParameter[] {
  const indexing = indexingOf(definitions, type);
  const isUsable = ({ code }: SearchParameter): boolean => !isResultParameter(code) && indexing.get(code)?.refused === undefined;
  return [...definitions.searchParameters(type).values()].filter(isUsable);
}
