/**
 * What a principal may do, as conditions on resources: everything that reads or writes them asks here and nowhere else.
 *
 * `condition` speaks of rows that stand, deleted ones never among them: all of it is SQL (compile/test.ts). `restriction` is for content
 * that is at hand, on its way in or out of a former version: its patients are those of the compartment by index rows, its filter
 * is answered by these rows, but for `refers`, which looks at what stands. Both say the same, and are kept: ask them as often as you like.
 */
import type { Condition } from '../search/condition.ts';

/** create, read, update, delete, search: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources */
export type Right = 'c' | 'r' | 'u' | 'd' | 's';

/** Whose records: those of one patient, or of all patients on which a condition holds. */
export type PatientSet = { readonly kind: 'one'; readonly id: string } | { readonly kind: 'matching'; readonly condition: Condition };

/** One way in which a resource may be within reach; one with nothing in it reaches all of the type. */
export interface Grant {
  /** Absent: whoever the patient is, and of none. */
  readonly patients?: PatientSet;
  /** What must hold of the resource besides; references to patients, of types outside the compartment, are among it (`refers`). */
  readonly filter?: Condition;
}

/** Within reach is what one of the grants reaches. */
export interface Restriction {
  readonly any: readonly Grant[];
}

export interface Access {
  /** The same text means the same access. */
  readonly key: string;
  /** Everything is within reach: nothing need be asked. */
  readonly isUnrestricted: boolean;
  /** Work on the server as a whole, such as reindexing. */
  readonly mayAdminister: boolean;
  /** `Type/id` of what may always be referred to: the patient in context, and the person. */
  readonly own: readonly string[];
  /** How ids begin that nobody else gives. */
  readonly ownIds?: string | undefined;
  /** What the right reaches of the type; undefined = nothing, whatever the resource. */
  restriction(type: string, right: Right): Restriction | undefined;
  /** Holds of the stored rows of the type on which all of the rights are given; undefined = none at all. */
  condition(type: string, rights: readonly Right[]): Condition | undefined;
}
