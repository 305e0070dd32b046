/**
 * Elements of published profiles that say what nobody meant, put right as later versions of them did.
 * https://hl7.org/fhir/R4/vitalsigns.html
 */
import type { RawElement } from './structure-definition.ts';

type Correction = (element: RawElement) => RawElement;

/** By url and path. */
const corrections: ReadonlyMap<string, Correction> = new Map([
  // Components of vital signs are more than quantities with the usual units: inhaled oxygen, in L/min, is in no vital signs unit.
  [
    'http://hl7.org/fhir/StructureDefinition/vitalsigns#Observation.component.value[x]',
    (element) => (element.binding === undefined ? element : { ...element, binding: { ...element.binding, strength: 'extensible' } }),
  ],
]);

export const correctedElement = (url: string, element: RawElement): RawElement =>
  corrections.get(`${url}#${element.path}`)?.(element) ?? element;
