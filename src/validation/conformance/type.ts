/** The types whose resources are found by canonical, and can change what is valid. https://hl7.org/fhir/R4/resource.html#canonical */

export const conformanceTypes: readonly string[] = [
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
];

const known: ReadonlySet<string> = new Set(conformanceTypes);

export const isConformanceType = (type: string): boolean => known.has(type);
