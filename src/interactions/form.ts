/** Parameters sent as an HTML form sends them. https://hl7.org/fhir/R4/http.html#search, #summary (operations) */
import { refusal } from '../fhir/outcome.ts';
import type { RequestBody } from './interaction.ts';
import type { Pairs } from './parameter.ts';

export const formType = 'application/x-www-form-urlencoded';

/** The pairs of a form body, in their order. Throws 400. */
export function formPairs({ bytes }: RequestBody): Pairs {
  const pairs = [...new URLSearchParams(bytes.toString('utf8'))];
  if (pairs.some(([name, value]) => name.includes('\0') || value.includes('\0')))
    throw refusal('value', 'A parameter contains a NUL character.');
  return pairs;
}
