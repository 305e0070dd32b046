/** The order in which files are read: what others refer to comes first, so that few lines have to wait for what comes later. */
import type { ImportFile } from './import-input.ts';

/** Each refers mostly to those before it. */
const referredTo = [
  ...[
    'Organization',
    'Endpoint',
    'Location',
    'HealthcareService',
    'Practitioner',
    'PractitionerRole',
    'Patient',
    'Person',
    'RelatedPerson',
  ],
  ...['Group', 'Substance', 'Medication', 'Device', 'DeviceDefinition', 'Coverage', 'Account', 'EpisodeOfCare', 'Appointment', 'Encounter'],
  ...['Condition', 'Specimen', 'ServiceRequest', 'MedicationRequest', 'BodyStructure', 'Binary', 'Media', 'Observation', 'Procedure'],
  ...[
    'AllergyIntolerance',
    'Immunization',
    'ImagingStudy',
    'MolecularSequence',
    'DiagnosticReport',
    'Goal',
    'CareTeam',
    'CarePlan',
    'Claim',
  ],
];
const ranks: ReadonlyMap<string, number> = new Map(referredTo.map((type, i) => [type, i]));
/** Refers to anything. */
const lasts: ReadonlySet<string> = new Set(['Provenance', 'List', 'Composition', 'AuditEvent', 'Linkage']);

const rankOf = ({ type }: ImportFile): number => (lasts.has(type ?? '') ? ranks.size + 1 : (ranks.get(type ?? '') ?? ranks.size));

/** Files of one type keep their order, in which later lines are later versions; and so do all where one may hold any type. */
export const inOrder = (files: readonly ImportFile[]): readonly ImportFile[] =>
  files.some(({ type }) => type === undefined) ? files : files.toSorted((one, other) => rankOf(one) - rankOf(other));
