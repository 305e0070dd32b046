/** One clinical event of a person's history, as a row to scroll: when, what, what was found, and where to read more. */
import { isObject, type JsonObject, type Resource } from '../fhir/resource.ts';
import { findings, objects, when, words } from './summary/read.ts';

/** Types whose resources are events of a life: not those that speak of payment, of who looked, or of the person as such. */
export const eventTypes: readonly string[] = [
  'AdverseEvent',
  'AllergyIntolerance',
  'Appointment',
  'CarePlan',
  'ClinicalImpression',
  'Communication',
  'Composition',
  'Condition',
  'DetectedIssue',
  'DeviceRequest',
  'DeviceUseStatement',
  'DiagnosticReport',
  'DocumentReference',
  'Encounter',
  'EpisodeOfCare',
  'FamilyMemberHistory',
  'Flag',
  'GenomicStudy',
  'Goal',
  'ImagingStudy',
  'Immunization',
  'Media',
  'MedicationAdministration',
  'MedicationDispense',
  'MedicationRequest',
  'MedicationStatement',
  'MolecularSequence',
  'NutritionOrder',
  'Observation',
  'Procedure',
  'QuestionnaireResponse',
  'RiskAssessment',
  'ServiceRequest',
  'Specimen',
  'VisionPrescription',
];

/** The first that stands tells when. */
const moments = [
  'effectiveDateTime',
  'effectivePeriod',
  'effectiveInstant',
  'performedDateTime',
  'performedPeriod',
  'occurrenceDateTime',
  'occurrencePeriod',
  'onsetDateTime',
  'onsetPeriod',
  'whenHandedOver',
  'whenPrepared',
  'authoredOn',
  'authored',
  'dateWritten',
  'started',
  'startDate',
  'start',
  'period',
  'timingDateTime',
  'timingPeriod',
  'createdDateTime',
  'createdPeriod',
  'identifiedDateTime',
  'detected',
  'dateTime',
  'date',
  'sent',
  'recordedDate',
  'recorded',
  'issued',
  'receivedTime',
  'created',
];

/** The first that stands tells what it was. */
const subjects = [
  'code',
  'codeCodeableConcept',
  'vaccineCode',
  'medicationCodeableConcept',
  'event',
  'type',
  'serviceType',
  'description',
  'title',
  'relationship',
  'class',
  'category',
];

const firstConcept = (value: unknown): JsonObject | undefined => objects(value)[0];

/** An Encounter's class is a Coding. */
const conceptOf = (value: JsonObject): JsonObject =>
  value['code'] !== undefined && value['coding'] === undefined ? { coding: [value] } : value;

/** What a reference leads to, as far as it is at hand. */
export type FindNamed = (reference: string) => Resource | undefined;

const contained = (resource: Resource, reference: string): JsonObject | undefined =>
  objects(resource['contained']).find(({ id }) => `#${String(id)}` === reference);

/** A medicine by reference: what it is called where it stands, else what the reference shows. */
function medicineOf(resource: Resource, find: FindNamed): JsonObject | undefined {
  const link = resource['medicationReference'];
  if (!isObject(link)) return undefined;
  const reference = String(link['reference']);
  const code = (contained(resource, reference) ?? find(reference))?.['code'];
  if (isObject(code)) return code;
  return typeof link['display'] === 'string' ? { text: link['display'] } : undefined;
}

function subjectOf(resource: Resource, find: FindNamed): JsonObject | undefined {
  const medicine = medicineOf(resource, find);
  if (medicine !== undefined) return medicine;
  for (const element of subjects) {
    const value = resource[element];
    if (typeof value === 'string') return { text: value };
    const concept = firstConcept(value);
    if (concept !== undefined && words(conceptOf(concept)) !== undefined) return conceptOf(concept);
  }
  return undefined;
}

function valueOf(resource: Resource): string | undefined {
  if (resource.resourceType === 'Observation') return findings(resource);
  if (typeof resource['conclusion'] === 'string') return resource['conclusion'];
  const state = resource['status'] ?? words(resource['clinicalStatus']);
  return typeof state === 'string' ? state : undefined;
}

const part = (name: string, value: JsonObject): JsonObject => ({ name, ...value });

/** Parts of a parameter: https://hl7.org/fhir/R4/parameters.html */
export function eventParts(resource: Resource, find: FindNamed): readonly JsonObject[] {
  const date = when(resource, ...moments);
  const subject = subjectOf(resource, find);
  const category = firstConcept(resource['category']);
  const value = valueOf(resource);
  const interpretation = firstConcept(resource['interpretation']);
  return [
    ...(date === undefined ? [] : [part('date', { valueDateTime: date })]),
    part('type', { valueCode: resource.resourceType }),
    ...(category === undefined ? [] : [part('category', { valueCodeableConcept: category })]),
    ...(subject === undefined ? [] : [part('code', { valueCodeableConcept: subject })]),
    ...(value === undefined ? [] : [part('value', { valueString: value })]),
    ...(interpretation === undefined ? [] : [part('interpretation', { valueCodeableConcept: interpretation })]),
    part('reference', { valueReference: { reference: `${resource.resourceType}/${resource.id}` } }),
  ];
}
