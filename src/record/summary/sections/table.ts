/** The sections of a summary, in their order: the required ones first. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */
import type { Section } from '../section.ts';
import { allergies } from './allergies.ts';
import { devices } from './devices.ts';
import { advanceDirectives, functionalStatus, immunizations, plans, procedures } from './events.ts';
import { medications } from './medications.ts';
import { diagnosticResults, pregnancies, socialHistory, vitalSigns } from './observations.ts';
import { pastIllnesses, problems } from './problems.ts';

export const sections: readonly Section[] = [
  medications,
  allergies,
  problems,
  immunizations,
  procedures,
  devices,
  diagnosticResults,
  vitalSigns,
  pastIllnesses,
  socialHistory,
  pregnancies,
  functionalStatus,
  plans,
  advanceDirectives,
];
