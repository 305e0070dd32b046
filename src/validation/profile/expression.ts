/** FHIRPath of profiles, as HL7 publishes it. https://hl7.org/fhir/R4/fhirpath.html */
import type { Definitions } from '../../fhir/definitions.ts';
import { FhirPathError } from '../../fhir/fhirpath/fault.ts';
import { type CompiledExpression, compileFhirPath } from '../../fhir/fhirpath/fhirpath.ts';

/** The expression on values of that type, or what is wrong with it. */
export function expressionOn(definitions: Definitions, text: string, type: string): CompiledExpression | FhirPathError {
  const resourceType = definitions.type(type)?.kind === 'resource' ? type : 'Resource';
  try {
    return compileFhirPath(text, { definitions, type, resourceType, strict: false, published: true });
  } catch (error) {
    if (error instanceof FhirPathError) return error;
    throw error;
  }
}
