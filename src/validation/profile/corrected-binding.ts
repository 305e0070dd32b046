/**
 * Bindings of R4 that were published as required and cannot be meant so. https://hl7.org/fhir/R4/observation-vitalsigns.html
 */
import { bareCanonical, type RawBinding } from './structure-definition.ts';

/** Units of vital signs: components measure other things too, such as the flow of oxygen. HL7's own validator takes it as extensible. */
const extensible: ReadonlySet<string> = new Set(['http://hl7.org/fhir/ValueSet/ucum-vitals-common']);

export const correctedStrength = (strength: NonNullable<RawBinding['strength']>, valueSet: string | undefined): typeof strength =>
  strength === 'required' && valueSet !== undefined && extensible.has(bareCanonical(valueSet)) ? 'extensible' : strength;
