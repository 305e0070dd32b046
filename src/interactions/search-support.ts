/** Which search parameters of the registry can really be used. https://hl7.org/fhir/R4/search.html */
import type { Definitions, SearchParameter, SearchParameterType } from '../fhir/definitions.ts';

const supported: ReadonlySet<SearchParameterType> = new Set(['token', 'reference', 'string', 'date']);

export const searchParametersOf = (definitions: Definitions, type: string): readonly SearchParameter[] =>
  [...definitions.searchParameters(type).values()].filter((parameter) => supported.has(parameter.type));
