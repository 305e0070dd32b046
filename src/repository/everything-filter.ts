/** By which rows of the store the record of some patients is found. https://hl7.org/fhir/R4/compartmentdefinition-patient.html */
import { hash64 } from '../search/hash.ts';
import { parameterText } from '../search/index-text.ts';
import { anyReferenceLink, compartmentToken, referenceLink } from '../search/link-token.ts';
import type { MemberFilter } from '../store/statement/everything.ts';
import type { EverythingContext } from './everything-context.ts';
import { linkToken } from './everything-people.ts';
import { logIdPrefix } from './log-id.ts';
import type { EverythingOptions } from './repository.ts';

/** Elements outside the compartment that say whom a resource is about, whoever else it names. */
export const pointing = [
  'Contract|subject',
  'Device|patient',
  'GuidanceResponse|subject',
  'Linkage|item',
  'Observation|focus',
  'VerificationResult|target',
];

/** They hold or list other resources: what these say of a patient, they do not say themselves. */
export const holders = ['Bundle', 'Group', 'Parameters', 'Patient'];

/** Dates of birth, and of records instead of care: "care dates, not record currency dates" — patient-operation-everything.html */
const undated = ['AuditEvent', 'Basic', 'Patient', 'Person', 'Practitioner', 'Provenance', 'RelatedPerson'];

/** Types that are not of R4: their date of care is the one that they are searched by, and stands among the other dates. */
const datedApart = ['GenomicStudy'];

/** Whether anything outside of the compartments can be part of the answer. */
export function isFollowed({ definitions }: EverythingContext, { types }: EverythingOptions): boolean {
  const members = definitions.compartment('Patient');
  return types === undefined || types.some((type) => type === 'Provenance' || !(type === 'Patient' || members.has(type)));
}

export const codesOf = ({ typeCodes }: EverythingContext, types: readonly string[]): readonly number[] =>
  types.flatMap((type) => typeCodes.get(type) ?? []);

export function memberFilter(context: EverythingContext, options: EverythingOptions, ids: readonly string[], bodies: number): MemberFilter {
  const { types, start, end } = options;
  const names = ids.map((id) => `Patient/${id}`);
  const code = (type: string): number => context.typeCodes.get(type) ?? 0;
  return {
    compartments: ids.map(compartmentToken),
    references: names.map(anyReferenceLink),
    pointing: names.flatMap((name) => pointing.map((element) => referenceLink(element, name))),
    links: ids.map(linkToken),
    holders: codesOf(context, holders),
    patientType: code('Patient'),
    provenanceType: code('Provenance'),
    undated: codesOf(context, undated),
    datedApart: {
      typeCodes: codesOf(context, datedApart),
      keys: datedApart.map((type) => hash64(parameterText(type, 'date'))),
    },
    // Who looked at the record is no part of it, unless AuditEvents are asked for.
    ...(types?.includes('AuditEvent') ? {} : { log: { typeCode: code('AuditEvent'), idPrefix: logIdPrefix } }),
    // What is followed is followed from all that belongs to the record, and only what is asked for is told.
    ...(types === undefined || isFollowed(context, options) ? {} : { typeCodes: codesOf(context, ['Patient', ...types]) }),
    ...(start === undefined ? {} : { start }),
    ...(end === undefined ? {} : { end }),
    bodies,
    ...(context.marks && { marks: context.marks }),
  };
}
