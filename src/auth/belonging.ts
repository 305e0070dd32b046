/** How a resource says whose record it is in, by its type. https://hl7.org/fhir/R4/compartmentdefinition-patient.html */
import type { Definitions } from '../fhir/definitions.ts';

/**
 * `compartment`: by the compartment of the patient. `reference`: by any reference to the patient. `context`: by what
 * Binary.securityContext leads to. `shared`: it speaks of no patient. `unknown`: it may hold anything and says not whose it is.
 */
export type Belonging = 'compartment' | 'reference' | 'context' | 'shared' | 'unknown';

/** Outside the compartment, with elements that lead to a patient. */
const referring = new Set([
  ...['Contract', 'Device', 'GuidanceResponse', 'Linkage', 'MessageHeader', 'PaymentNotice', 'Task', 'VerificationResult'],
]);

/** Places, organizations and those who work there, products, plans and definitions. */
const shared = new Set([
  ...['Endpoint', 'HealthcareService', 'InsurancePlan', 'Location', 'Organization', 'OrganizationAffiliation', 'Practitioner'],
  ...['PractitionerRole', 'ResearchStudy', 'Slot'],
  ...['CatalogEntry', 'DeviceDefinition', 'Medication', 'MedicationKnowledge', 'MedicinalProduct', 'MedicinalProductAuthorization'],
  ...['MedicinalProductContraindication', 'MedicinalProductIndication', 'MedicinalProductIngredient', 'MedicinalProductInteraction'],
  ...['MedicinalProductManufactured', 'MedicinalProductPackaged', 'MedicinalProductPharmaceutical', 'MedicinalProductUndesirableEffect'],
  ...['Substance', 'SubstanceNucleicAcid', 'SubstancePolymer', 'SubstanceProtein', 'SubstanceReferenceInformation'],
  ...['SubstanceSourceMaterial', 'SubstanceSpecification'],
  ...['ActivityDefinition', 'CapabilityStatement', 'ChargeItemDefinition', 'CodeSystem', 'CompartmentDefinition', 'ConceptMap'],
  ...['EffectEvidenceSynthesis', 'EventDefinition', 'Evidence', 'EvidenceVariable', 'ExampleScenario', 'GraphDefinition'],
  ...['ImplementationGuide', 'Library', 'Measure', 'MessageDefinition', 'NamingSystem', 'ObservationDefinition', 'OperationDefinition'],
  ...['PlanDefinition', 'Questionnaire', 'ResearchDefinition', 'ResearchElementDefinition', 'RiskEvidenceSynthesis', 'SearchParameter'],
  ...['SpecimenDefinition', 'StructureDefinition', 'StructureMap', 'TerminologyCapabilities', 'TestScript', 'ValueSet'],
]);

/** A Group tells of all its members: it is nobody's record, although the compartment of each member names it. */
const ofMany = new Set(['Group']);

export function belongingOf(definitions: Definitions, type: string): Belonging {
  if (ofMany.has(type)) return 'unknown';
  if (type === 'Patient' || definitions.compartment('Patient').has(type)) return 'compartment';
  if (type === 'Binary') return 'context';
  if (referring.has(type)) return 'reference';
  return shared.has(type) ? 'shared' : 'unknown';
}
