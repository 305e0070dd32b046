/** search-system: GET [base]?… and POST _search, over all types or those of `_type`. https://hl7.org/fhir/R4/http.html#search */
import { systemScope } from '../search/scope.ts';
import { search } from './search.ts';

export const searchSystem = search((_path, definitions) => systemScope(definitions));
