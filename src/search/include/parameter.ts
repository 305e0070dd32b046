/** The reference parameters of a type that can be followed. https://hl7.org/fhir/R4/search.html#reference */
import type { Definitions, SearchParameter } from '../../fhir/definitions.ts';
import { indexingOf } from '../indexing.ts';

export function referenceParameters(definitions: Definitions, type: string): readonly SearchParameter[] {
  const indexing = indexingOf(definitions, type);
  return [...definitions.searchParameters(type).values()].filter(
    ({ code, type: kind }) => kind === 'reference' && indexing.get(code)?.refused === undefined,
  );
}
