/**
 * Elements of published profiles that say what nobody meant, put right as later versions of them did.
 * https://hl7.org/fhir/R4/vitalsigns.html
 */
import { listOf, type RawElement } from './structure-definition.ts';

type Correction = (element: RawElement) => RawElement;

/** By url and path. */
const corrections: ReadonlyMap<string, Correction> = new Map([
  // Components of vital signs are more than quantities with the usual units: inhaled oxygen, in L/min, is in no vital signs unit.
  [
    'http://hl7.org/fhir/StructureDefinition/vitalsigns#Observation.component.value[x]',
    (element) => (element.binding === undefined ? element : { ...element, binding: { ...element.binding, strength: 'extensible' } }),
  ],
  // Times other than a dateTime, such as a Period, have no precision to be checked: an empty result counted as broken.
  [
    'http://hl7.org/fhir/StructureDefinition/vitalsigns#Observation.effective[x]',
    (element) => withExpression(element, 'vs-1', '$this is dateTime implies ($this as dateTime).toString().length() >= 8'),
  ],
]);

const withExpression = (element: RawElement, key: string, expression: string): RawElement => ({
  ...element,
  constraint: listOf(element.constraint).map((one) => (one.key === key ? { ...one, expression } : one)),
});

export const correctedElement = (url: string, element: RawElement): RawElement =>
  corrections.get(`${url}#${element.path}`)?.(element) ?? element;
