/** search-type: GET [type]?… and POST [type]/_search. https://hl7.org/fhir/R4/http.html#search */
import { typeScope } from '../search/scope.ts';
import { search } from './search.ts';

export const searchType = search(([type = '']) => typeScope(type));
