/** Why a FHIRPath expression of a definition cannot be read. https://hl7.org/fhirpath/N1/ */
import type { Definitions } from '../../../fhir/definitions.ts';
import { compileFhirPath } from '../../../fhir/fhirpath/fhirpath.ts';
import { FhirError } from '../../../fhir/outcome.ts';

/** Only whether it can be read: what it selects depends on profiles that are not looked at here. */
export function expressionFault(expression: string, definitions: Definitions): string | undefined {
  try {
    compileFhirPath(expression, { definitions, strict: false });
    return undefined;
  } catch (error) {
    if (error instanceof FhirError) return error.message;
    throw error;
  }
}
