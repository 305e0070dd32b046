/** The types whose resources are found by canonical, and can change what is valid. https://hl7.org/fhir/R4/resource.html#canonical */

const conformanceTypes: ReadonlySet<string> = new Set([
  'StructureDefinition',
  'ValueSet',
  'CodeSystem',
  'ConceptMap',
  'Questionnaire',
  'Measure',
  'Library',
  'OperationDefinition',
  'SearchParameter',
  'StructureMap',
  'ActivityDefinition',
  'PlanDefinition',
  'CapabilityStatement',
  'CompartmentDefinition',
  'GraphDefinition',
  'ImplementationGuide',
  'MessageDefinition',
]);

export const isConformanceType = (type: string): boolean => conformanceTypes.has(type);
