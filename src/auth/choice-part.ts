/** Parts of a kind of data that people can tell apart: categories of a type, and groups of types of a whole record. */

export interface ChoicePart {
  /** Key of the texts, and of the check box. */
  readonly code: string;
  /** Condition of the scope that is granted for it. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#finer-grained-resource-constraints-using-search-parameters */
  readonly query?: string;
  /** Instead: types that are granted for it. */
  readonly types?: readonly string[];
}

const terminology = 'http://terminology.hl7.org/CodeSystem';

const categories = (system: string, codes: readonly string[]): readonly ChoicePart[] =>
  codes.map((code) => ({ code, query: `category=${system}|${code}` }));

const byType: Readonly<Record<string, readonly ChoicePart[]>> = {
  // http://terminology.hl7.org/CodeSystem/observation-category, the codes of http://hl7.org/fhir/ValueSet/observation-category
  Observation: categories(`${terminology}/observation-category`, [
    'laboratory',
    'vital-signs',
    'social-history',
    'survey',
    'imaging',
    'procedure',
    'exam',
    'therapy',
    'activity',
  ]),
  // http://hl7.org/fhir/ValueSet/condition-category, and health-concern of US Core
  Condition: [
    ...categories(`${terminology}/condition-category`, ['problem-list-item', 'encounter-diagnosis']),
    ...categories('http://hl7.org/fhir/us/core/CodeSystem/condition-category', ['health-concern']),
  ],
};

/** Every record needs them to be read: they speak of no patient. */
const shared: readonly string[] = ['Practitioner', 'PractitionerRole', 'Organization', 'Location', 'Medication'];

const ofRecord: readonly ChoicePart[] = [
  { code: 'group-person', types: ['Patient', 'RelatedPerson', 'CareTeam', ...shared] },
  {
    code: 'group-problem',
    types: [
      'Condition',
      'AllergyIntolerance',
      'FamilyMemberHistory',
      'AdverseEvent',
      'ClinicalImpression',
      'DetectedIssue',
      'Flag',
      'RiskAssessment',
    ],
  },
  {
    code: 'group-result',
    types: ['Observation', 'DiagnosticReport', 'ImagingStudy', 'Media', 'Specimen', 'BodyStructure', 'VisionPrescription'],
  },
  {
    code: 'group-medicine',
    types: [
      'MedicationRequest',
      'MedicationStatement',
      'MedicationAdministration',
      'MedicationDispense',
      'Immunization',
      'ImmunizationEvaluation',
      'ImmunizationRecommendation',
    ],
  },
  { code: 'group-procedure', types: ['Procedure', 'Device', 'DeviceUseStatement', 'DeviceRequest'] },
  { code: 'group-visit', types: ['Encounter', 'EpisodeOfCare', 'Appointment', 'AppointmentResponse'] },
  { code: 'group-plan', types: ['CarePlan', 'Goal', 'ServiceRequest', 'RequestGroup', 'NutritionOrder', 'Task'] },
  {
    code: 'group-document',
    types: [
      'DocumentReference',
      'DocumentManifest',
      'Composition',
      'Binary',
      'Communication',
      'CommunicationRequest',
      'QuestionnaireResponse',
      'Consent',
      'List',
      'Provenance',
    ],
  },
  { code: 'group-gene', types: ['MolecularSequence', 'GenomicStudy'] },
  {
    code: 'group-money',
    types: [
      'Coverage',
      'CoverageEligibilityRequest',
      'CoverageEligibilityResponse',
      'Claim',
      'ClaimResponse',
      'ExplanationOfBenefit',
      'Account',
      'Invoice',
      'ChargeItem',
    ],
  },
];

/** Of what nobody can choose parts there are none. */
export const partsOf = (type: string): readonly ChoicePart[] =>
  type === '*' ? ofRecord : Object.hasOwn(byType, type) ? (byType[type] as readonly ChoicePart[]) : [];
