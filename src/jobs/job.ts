/** A kind of work that goes on behind requests: one file per kind, and a line in kinds.ts. */
import type { Session } from '../store/database.ts';
import type { JobRow, Progress } from '../store/statement/job.ts';

export interface JobRun {
  readonly job: JobRow;
  /** Aborted when the process stops or the job belongs to another one. */
  readonly signal: AbortSignal;
  /** Stores how far the job got, in the transaction of the work itself. Throws LeaseLost. */
  readonly save: (session: Session, progress: Progress) => Promise<void>;
  /** Ends the job, in the transaction of its last work. Throws LeaseLost. */
  readonly finish: (session: Session) => Promise<void>;
}

export interface JobKind {
  readonly name: string;
  /** Goes on from `job.position`; ends with `finish`. A throw means that it is tried again. */
  readonly run: (run: JobRun) => Promise<void>;
}

/** Another process has taken the job over: this one must not write any more. */
export class LeaseLost extends Error {
  constructor() {
    super('the job was taken over by another process');
  }
}
