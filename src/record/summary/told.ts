/** A section as it is told: what stands in the Composition, and the resources that it brings. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */

import { parseJson, printJson } from '../../fhir/json.ts';
import { type FhirError, refusal } from '../../fhir/outcome.ts';
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';
import { paragraph, table } from './narrative.ts';
import type { PatientRecord, Row, Section } from './section.ts';

/** A resource of the summary as JSON text. */
export interface Copy {
  /** `Condition/1`. */
  readonly reference: string;
  readonly text: string;
}

export interface Told {
  readonly section: JsonObject;
  readonly copies: readonly Copy[];
  /** What the Composition itself contains. */
  readonly contained: readonly JsonObject[];
}

export const referenceTo = ({ resourceType, id }: Resource): string => `${resourceType}/${id}`;

/** The stored text as it is, unless something is changed. */
export function copyOf(record: PatientRecord, resource: Resource, change: JsonObject = {}): Copy {
  const text = record.textOf(resource);
  const isChanged = Object.keys(change).length > 0;
  return {
    reference: referenceTo(resource),
    text: isChanged ? printJson(Object.assign(parseJson(text) as Resource, change)) : text,
  };
}

export const made = (resource: Resource): Copy => ({ reference: referenceTo(resource), text: JSON.stringify(resource) });

/** Without what a contained resource does not have: http://hl7.org/fhir/R4/domainresource.html#invs (dom-4) */
function containedOf(record: PatientRecord, { resource, change }: Row): JsonObject {
  const { meta, ...rest } = parseJson(copyOf(record, resource, change).text) as JsonObject;
  const profile = isObject(meta) && meta['profile'] !== undefined ? { meta: { profile: meta['profile'] } } : {};
  return { ...rest, ...profile };
}

/** What entries name and cannot be understood without; a device in use is that of the patient. */
function namedBy(record: PatientRecord, resource: Resource): readonly Copy[] {
  return ['medicationReference', 'device'].flatMap((element) => {
    const link = resource[element];
    const found = isObject(link) ? record.find(link['reference']) : undefined;
    if (found === undefined) return [];
    const isOwned = found.resourceType !== 'Device' || found['patient'] !== undefined || resource.resourceType !== 'DeviceUseStatement';
    return [copyOf(record, found, isOwned ? {} : { patient: { reference: referenceTo(record.patient) } })];
  });
}

function lackingScope(title: string, types: readonly string[]): FhirError {
  const scopes = types.map((type) => `user/${type}.rs`).join(' or ');
  return refusal('forbidden', `A summary tells ${title}, which needs a scope such as ${scopes}, and none was granted.`);
}

const headOf = ({ title, code, display }: Section): JsonObject => ({
  title,
  code: { coding: [{ system: 'http://loinc.org', code, display }] },
});

const unread = ({ types }: Section, record: PatientRecord): readonly string[] => types.filter((type) => !record.mayRead(type));

/** Whoever reads the section must know what was not looked at. */
function noteOf(section: Section, record: PatientRecord): string {
  const types = unread(section, record);
  return types.length === 0 ? '' : `Not looked at, for lack of a right to read it: ${types.join(', ')}.`;
}

function toldRows(record: PatientRecord, section: Section, rows: readonly Row[]): Told {
  const isInside = ({ resource }: Row): boolean => section.isContained?.(resource) ?? false;
  const beside = rows.filter((row) => !isInside(row));
  return {
    section: {
      ...headOf(section),
      text: table(section, rows, noteOf(section, record)),
      entry: rows.map((row) => ({ reference: isInside(row) ? `#${row.resource.id}` : referenceTo(row.resource) })),
    },
    copies: beside.flatMap(({ resource, change }) => [copyOf(record, resource, change), ...namedBy(record, resource)]),
    contained: rows.filter(isInside).map((row) => containedOf(record, row)),
  };
}

/**
 * Sections without anything are left out, unless they must or should be there: then they say so. Nothing is said of what may not be read.
 * Throws a FhirError (403) where that is all that a required section could tell.
 */
export function tell(section: Section, record: PatientRecord, uuid: () => string): readonly Told[] {
  const { types, required, title } = section;
  if (unread(section, record).length === types.length) {
    if (required) throw lackingScope(title, types);
    return [];
  }
  const rows = section.rows(record);
  if (rows.length > 0) return [toldRows(record, section, rows)];
  const absence = section.absence?.(record, uuid());
  if (absence === undefined) return [];
  const [first] = absence.resources;
  const entry = [{ reference: referenceTo(first) }];
  return [
    {
      section: { ...headOf(section), text: paragraph([absence.words, noteOf(section, record)].filter(Boolean).join(' ')), entry },
      copies: absence.resources.map(made),
      contained: [],
    },
  ];
}
