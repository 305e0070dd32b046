/** What a section of a patient summary is: what goes in, how it is told to people, and what stands there when nothing does. */
import type { JsonObject, Resource } from '../../fhir/resource.ts';

/** What is known of one patient, and what it refers to. */
export interface PatientRecord {
  readonly patient: Resource;
  of(type: string): readonly Resource[];
  /** `Medication/1`; undefined for what is not at hand. */
  find(reference: unknown): Resource | undefined;
  /** Its JSON text, as it is stored. */
  textOf(resource: Resource): string;
  /** Whether whoever asks may read resources of the type at all. */
  mayRead(type: string): boolean;
}

export interface Row {
  readonly resource: Resource;
  /** Elements that its copy in the summary has instead of its own, or beside them. */
  readonly change?: JsonObject;
  /** One for each of the columns. */
  readonly cells: readonly string[];
}

/** An entry that says that nothing is known, or that there is none. */
export interface Absence {
  /** The first is the entry. */
  readonly resources: readonly [Resource, ...Resource[]];
  readonly words: string;
}

export interface Section {
  readonly title: string;
  /** LOINC. */
  readonly code: string;
  readonly display: string;
  readonly columns: readonly string[];
  /** Types of its entries. */
  readonly types: readonly string[];
  /** A summary without it is none. */
  readonly required?: true;
  rows(record: PatientRecord): readonly Row[];
  /** Whether the entry stands within the Composition instead of beside it. */
  isContained?(resource: Resource): boolean;
  /** Of sections that a summary must or should have. */
  absence?(record: PatientRecord, id: string): Absence;
}

/** http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips */
export const absent = (code: string, display: string) => ({
  coding: [{ system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code, display }],
});

export const subjectOf = ({ patient }: PatientRecord) => ({ reference: `Patient/${patient.id}` });

/** An element that a profile wants and nobody has told. */
export const unknownElement = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
};

/** The first of the elements is said to be unknown where none of them stands. */
export const unlessTold = (resource: Resource, [first, ...others]: readonly [string, ...string[]]): Pick<Row, 'change'> =>
  [first, ...others].some((element) => resource[element] !== undefined) || resource[`_${first}`] !== undefined
    ? {}
    : { change: { [`_${first}`]: unknownElement } };
