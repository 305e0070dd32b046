/** A section as it is told: what stands in the Composition, and the resources that it brings. https://hl7.org/fhir/uv/ips/STU1.1/StructureDefinition-Composition-uv-ips.html */
import { parseJson, printJson } from '../../fhir/json.ts';
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

const headOf = ({ title, code, display }: Section): JsonObject => ({
  title,
  code: { coding: [{ system: 'http://loinc.org', code, display }] },
});

function toldRows(record: PatientRecord, section: Section, rows: readonly Row[]): Told {
  const isInside = ({ resource }: Row): boolean => section.isContained?.(resource) ?? false;
  const beside = rows.filter((row) => !isInside(row));
  return {
    section: {
      ...headOf(section),
      text: table(section, rows),
      entry: rows.map((row) => ({ reference: isInside(row) ? `#${row.resource.id}` : referenceTo(row.resource) })),
    },
    copies: beside.flatMap(({ resource, change }) => [copyOf(record, resource, change), ...namedBy(record, resource)]),
    contained: rows.filter(isInside).map((row) => containedOf(record, row)),
  };
}

/** Sections without anything are left out, unless they must or should be there: then they say so. */
export function tell(section: Section, record: PatientRecord, uuid: () => string): readonly Told[] {
  const rows = section.rows(record);
  if (rows.length > 0) return [toldRows(record, section, rows)];
  const absence = section.absence?.(record, uuid());
  if (absence === undefined) return [];
  const [first] = absence.resources;
  const entry = [{ reference: referenceTo(first) }];
  return [{ section: { ...headOf(section), text: paragraph(absence.words), entry }, copies: absence.resources.map(made), contained: [] }];
}
