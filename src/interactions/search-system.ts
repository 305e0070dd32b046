/** search-system is not offered: it is refused in plain words. https://hl7.org/fhir/R4/http.html#search */
import { refusal } from '../fhir/outcome.ts';
import type { Interaction } from './interaction.ts';

export const searchSystem: Interaction = async () => {
  throw refusal('not-supported', 'Searching all types at once is not supported; search one type, such as [base]/Patient?name=…');
};
