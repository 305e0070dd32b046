/** A kind of work that goes on behind requests: one file per kind, and a line in kinds.ts. */
import type { IssueType } from '../fhir/outcome.ts';
import type { Session } from '../store/database.ts';
import type { JobRow, Progress } from '../store/statement/job.ts';

/** A file that a job left in the storage, under `[handle]/[name]`. */
export interface JobFile {
  /** '' for what is counted without a file. */
  readonly name: string;
  readonly bytes: number;
  readonly contentType: string;
  /** Resources in it, and their type where there is only one. */
  readonly count?: number;
  readonly type?: string;
  /** Of what it tells, where that is a file as well. */
  readonly inputUrl?: string;
  /** Name of the file in which it goes on. */
  readonly continuesIn?: string;
}

/** What came of a job that a client asked for: told as a manifest. https://hl7.org/fhir/uv/bulkdata/ */
export interface JobResult {
  /** FHIR instant. */
  readonly transactionTime: string;
  readonly output: readonly JobFile[];
  readonly deleted?: readonly JobFile[];
  readonly error: readonly JobFile[];
  /** Further members of the manifest. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** How clients are told of a job that failed. */
export interface JobFailure {
  /** Of HTTP. */
  readonly status: number;
  /** An issue type. */
  readonly code: IssueType;
}

export interface JobRun {
  readonly job: JobRow;
  /** Aborted when the process stops or the job belongs to another one, or was cancelled. */
  readonly signal: AbortSignal;
  /** The turn is over: the job may return, and goes on from its last `save` when it is its turn again. */
  readonly isTurnOver: () => boolean;
  /** Stores how far the job got, in the transaction of the work itself. Throws LeaseLost. */
  readonly save: (session: Session, progress: Progress) => Promise<void>;
  /** Ends the job, in the transaction of its last work. Throws LeaseLost. */
  readonly finish: (session: Session, result?: JobResult) => Promise<void>;
}

export interface JobKind {
  readonly name: string;
  /**
   * Goes on from `job.position`; ends with `finish`, or returns without when its turn is over. A throw means that it is tried again, a
   * FhirError of 4xx or 507 that it has failed.
   */
  readonly run: (run: JobRun) => Promise<void>;
  /** Clears away what the job left, its files excepted: nobody may ask for it any more. */
  readonly discard?: (job: JobRow) => Promise<void>;
}

/** Another process has taken the job over, or it was cancelled: this one must not write any more. */
export class LeaseLost extends Error {
  constructor() {
    super('the job was cancelled or taken over by another process');
  }
}
