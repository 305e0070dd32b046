/** Which search parameters of the registry can really be used. https://hl7.org/fhir/R4/search.html */
import type { Definitions, SearchParameter } from '../fhir/definitions.ts';
import { indexingOf } from '../search/indexing.ts';
import { resultParameters } from '../search/parse-result.ts';

const isResult = (code: string): boolean => (resultParameters as readonly string[]).includes(code);

/** Those that search parses, in the order of the registry. */
export function searchParametersOf(definitions: Definitions, type: string): readonly SearchParameter[] {
  const indexing = indexingOf(definitions, type);
  const isUsable = ({ code }: SearchParameter): boolean => !isResult(code) && indexing.get(code)?.refused === undefined;
  return [...definitions.searchParameters(type).values()].filter(isUsable);
}
