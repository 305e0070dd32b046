/** What an export was asked for, as its job keeps it. https://hl7.org/fhir/uv/bulkdata/export.html#query-parameters */
import type { Moment } from '../store/snapshot.ts';

export interface TypeFilter {
  readonly type: string;
  /** The search behind the question mark, as pairs. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
}

export interface ExportInput {
  readonly level: 'system' | 'patient' | 'group';
  /** Id of the Group. */
  readonly group?: string;
  /** Ids of patients; absent: all, or all of the group. */
  readonly patients?: readonly string[];
  /** Absent: all that may be read. */
  readonly types?: readonly string[];
  /** FHIR instants. */
  readonly since?: string;
  readonly until?: string;
  readonly filters: readonly TypeFilter[];
  /** Elements by type; those under `*` are of every type. */
  readonly elements?: Readonly<Record<string, readonly string[]>>;
  readonly provenance?: 'latest' | 'relevant';
  readonly organizeBy?: 'Patient';
  /** FHIR base of the request: references to it are local. */
  readonly base: string;
  /** When it was asked; absent: when it is begun. */
  readonly moment?: Moment;
}

export const exportKind = 'export';
