/** The one profile that the data types of R4 use themselves. https://hl7.org/fhir/R4/datatypes.html#SimpleQuantity */
import type { StructureDefinition } from './structure-definition.ts';

export const simpleQuantity: StructureDefinition = {
  resourceType: 'StructureDefinition',
  url: 'http://hl7.org/fhir/StructureDefinition/SimpleQuantity',
  type: 'Quantity',
  kind: 'complex-type',
  derivation: 'constraint',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Quantity',
  differential: { element: [{ id: 'Quantity.comparator', path: 'Quantity.comparator', max: '0' }] },
};
