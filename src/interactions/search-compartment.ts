/** search-compartment: GET [compartment]/[id]/[type]?… or `*` for all types. https://hl7.org/fhir/R4/http.html#vsearch, https://hl7.org/fhir/R4/compartmentdefinition.html */
import { compartmentScope } from '../search/scope.ts';
import { search } from './search.ts';

export const searchCompartment = search(([compartment = '', id = '', type = ''], definitions) =>
  compartmentScope(definitions, compartment, id, type),
);
