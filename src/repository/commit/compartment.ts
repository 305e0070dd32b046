/** The patients in whose compartments a resource is, as its index rows tell. https://hl7.org/fhir/R4/compartmentdefinition-patient.html */
import type { IndexRows } from '../../search/index-rows.ts';
import { compartmentToken } from '../../search/link-token.ts';

const prefix = 'Patient/';

/** Ids; a patient is in the compartment of its own. */
export function patientsOf(type: string, id: string, { patient, tokens, references }: IndexRows): ReadonlySet<string> {
  const referred = references.filter((reference) => reference.startsWith(prefix)).map((reference) => reference.slice(prefix.length));
  const isIn = (token: string): boolean => token === patient || tokens.includes(token);
  return new Set([...(type === 'Patient' ? [id] : []), ...referred.filter((each) => isIn(compartmentToken(each)))]);
}
