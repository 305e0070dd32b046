/** What a summary is made from: of each kind the newest. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */
import { lifeCodes } from './summary/sections/observations.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

export interface Wanted {
  readonly type: string;
  /** Search parameters. */
  readonly filter: Pairs;
  readonly newest?: true;
  /** Bounds the memory, and is far beyond what a summary shows. */
  readonly most: number;
}

const category = (value: string): Pairs => [['category', `http://terminology.hl7.org/CodeSystem/observation-category|${value}`]];
const status = (value: string): Pairs => [['status', value]];

/** Observations may be many: measurements of a device that is worn, day and night. */
export const wantedObservations: readonly Wanted[] = [
  { type: 'Observation', filter: category('laboratory'), newest: true, most: 500 },
  { type: 'Observation', filter: category('imaging'), newest: true, most: 100 },
  { type: 'Observation', filter: category('vital-signs'), newest: true, most: 200 },
  { type: 'Observation', filter: [['code', lifeCodes.map((code) => `http://loinc.org|${code}`).join(',')]], newest: true, most: 100 },
];

export const wantedOthers: readonly Wanted[] = [
  { type: 'AllergyIntolerance', filter: [], most: 500 },
  { type: 'Condition', filter: [], most: 1000 },
  { type: 'MedicationStatement', filter: status('active,intended,on-hold,unknown'), most: 500 },
  { type: 'MedicationRequest', filter: status('active,on-hold,unknown'), most: 500 },
  { type: 'Immunization', filter: [], newest: true, most: 500 },
  { type: 'Procedure', filter: [], newest: true, most: 500 },
  { type: 'DeviceUseStatement', filter: [], most: 200 },
  { type: 'DiagnosticReport', filter: status('final'), newest: true, most: 20 },
  { type: 'ClinicalImpression', filter: status('completed'), newest: true, most: 20 },
  { type: 'CarePlan', filter: status('active'), most: 100 },
  { type: 'Consent', filter: status('active'), most: 100 },
];

/** R4's compartment of a patient has no Devices. */
export const wantedDevices: Wanted = { type: 'Device', filter: [['status:not', 'inactive,entered-in-error']], most: 200 };
