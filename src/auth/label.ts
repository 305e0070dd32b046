/** Labels of resources that are withheld from a person. https://hl7.org/fhir/R4/security-labels.html */
import type { Definitions } from '../fhir/definitions.ts';
import type { Condition } from '../search/condition.ts';
import { parseParameter } from '../search/parse-parameter.ts';
import { belongingOf } from './belonging.ts';
import { isGlassBroken } from './break-glass.ts';
import type { Policy } from './policy.ts';
import type { Principal } from './principal.ts';
import type { ResourceScope } from './scope.ts';
import { type FilterContext, parseOptionsOf } from './scope-filter.ts';

/** "no disclosure to patient, family or caregivers without attending provider's authorization" — v3-ActCode */
const notToPatient = 'http://terminology.hl7.org/CodeSystem/v3-ActCode|NOPAT';

/** Who has the scopes of a patient and does not say who they are may be the patient. */
export const isPatientOrFamily = ({ fhirUser }: Pick<Principal, 'fhirUser'>, level: ResourceScope['level']): boolean =>
  fhirUser === undefined ? level === 'patient' : /^(Patient|RelatedPerson)\//.test(fhirUser);

/** Value sets, questionnaires and the like speak of nobody; a parameter that a client has defined does not make a definition of a type. */
function isDefinition(definitions: Definitions, type: string): boolean {
  const url = definitions.searchParameters(type).get('url');
  return belongingOf(definitions, type) === 'shared' && url !== undefined && url.generation === undefined;
}

/** That none of them is on a resource of the type; undefined where nothing is withheld. */
export function notWithheld(
  principal: Principal,
  level: ResourceScope['level'],
  policy: Policy | undefined,
  type: string,
  definitions: Definitions,
  context: FilterContext,
): Condition | undefined {
  const byPolicy = policy === undefined || isGlassBroken(principal, policy) ? [] : policy.withheld;
  const withheld = [...byPolicy, ...(isPatientOrFamily(principal, level) && !isDefinition(definitions, type) ? [notToPatient] : [])];
  if (withheld.length === 0) return undefined;
  return parseParameter({ definitions, type, options: parseOptionsOf(context) }, '_security:not', withheld.join(','));
}
