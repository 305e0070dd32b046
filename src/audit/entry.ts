/** An entry of the log of accesses: a compact text, from which its AuditEvents are made, always the same. https://hl7.org/fhir/R4/auditevent.html */
import type { SecurityEvent } from './security-event.ts';

/** What was done to what: `['R', 'Patient/1/_history/2', [0]]`; the numbers are places in `p`. */
export type Touched = readonly [action: Action, reference: string, patients: readonly number[], status?: number];

/** http://hl7.org/fhir/audit-event-action */
export type Action = 'C' | 'R' | 'U' | 'D' | 'E';

/** Who asked. Short names, because every entry holds them. */
export interface Who {
  /** Stable name of the authorization. */
  readonly id?: string | undefined;
  /** Reference of the person. */
  readonly u?: string | undefined;
  /** Account. */
  readonly n?: string | undefined;
  /** Client. */
  readonly c?: string | undefined;
  /** Patient in context. */
  readonly p?: string | undefined;
  /** Purpose of use. */
  readonly y?: string | undefined;
  /** Reason given for breaking the glass. */
  readonly g?: string | undefined;
  /** Scopes. */
  readonly o?: readonly string[] | undefined;
}

interface Common {
  readonly v: 1;
  /** FHIR base, as the client sees it. */
  readonly b: string;
  /** Address of who asked. */
  readonly a?: string | undefined;
  /** X-Request-Id */
  readonly x?: string | undefined;
  readonly w?: Who | undefined;
}

/** A request to the FHIR API. */
export interface RequestEntry extends Common {
  /** The interaction, such as `search-type`. */
  readonly k: string;
  readonly m: string;
  /** Path and query below the base, as they were sent. */
  readonly t: string;
  /** The form of a POST, as it was sent. */
  readonly f?: string | undefined;
  readonly s: number;
  /** Why it was refused: an issue type. */
  readonly e?: string | undefined;
  readonly i?: readonly Touched[] | undefined;
  /** Ids of the patients that it concerns. */
  readonly p?: readonly string[] | undefined;
  /** Stored by the write itself and found again after a crash: whether the answer was sent is not known. */
  readonly r?: true | undefined;
}

/** What does not come through the FHIR API. */
export interface EventEntry extends Common {
  readonly k: `!${SecurityEvent['kind']}`;
  readonly s: SecurityEvent['outcome'];
  readonly d?: string | undefined;
  readonly j?: string | undefined;
  readonly q?: string | undefined;
}

export type Entry = RequestEntry | EventEntry;

export const isEvent = (entry: Entry): entry is EventEntry => entry.k.startsWith('!');

/** The patient of the AuditEvent that speaks of all or of none: no id has a star. */
export const anyPatient = '*';

/** One AuditEvent for each patient; one more that says everything, unless there is exactly one patient. */
export function patientsOf(entry: Entry): readonly string[] {
  const patients = isEvent(entry) ? (entry.w?.p === undefined ? [] : [entry.w.p]) : (entry.p ?? []);
  return patients.length === 1 ? patients : [anyPatient, ...patients];
}
