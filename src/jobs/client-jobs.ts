/** Jobs that clients ask for and come back to: made, looked at, cancelled, cleared away. https://hl7.org/fhir/R4/async.html */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Principal } from '../auth/principal.ts';
import type { BulkStorage } from '../bulk/storage.ts';
import { refusal } from '../fhir/outcome.ts';
import type { Database } from '../store/database.ts';
import { instantOf } from '../store/instant.ts';
import {
  cancelClientJob,
  countJobs,
  deleteJob,
  expiredClientJobs,
  listClientJobs,
  readClientJob,
  submitClientJob,
} from '../store/statement/client-job.ts';
import type { JobRow } from '../store/statement/job.ts';
import { callerOf } from './caller.ts';
import type { HeldMoments } from './held-moments.ts';
import type { JobFailure, JobKind, JobResult } from './job.ts';

/** What was asked, as it came. */
export interface JobRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** FHIR base, as the client sees it. */
  readonly base: string;
}

export interface NewJob {
  readonly kind: string;
  readonly principal: Principal;
  readonly request: JobRequest;
  readonly input: object;
}

/** A job as its caller and operators see it; times are FHIR instants. */
export interface ClientJob extends Omit<JobRow, 'principal' | 'request' | 'result'> {
  readonly principal: Principal;
  readonly request: JobRequest;
  /** A JobFailure when it failed. */
  readonly result: JobResult | JobFailure | null;
}

export interface JobCount {
  readonly kind: string;
  readonly state: JobRow['state'];
  readonly count: number;
}

export interface ClientJobs {
  /** Answers its handle. Throws a FhirError (429) when the caller has too many under way. */
  start(job: NewJob): Promise<string>;
  /**
   * The same, and it sees the database as it is now, whenever it is begun: `input.moment`. `tellsLog`: AuditEvents are part of it, and
   * as many as a short while allows are made of the log first; later ones are not of this moment.
   */
  startNow(job: NewJob, tellsLog: boolean): Promise<string>;
  /** Undefined for what is none, was cancelled, has expired, or is another caller's. */
  find(handle: string, principal: Principal): Promise<ClientJob | undefined>;
  /** False where there is nothing to cancel. */
  cancel(handle: string, principal: Principal): Promise<boolean>;
  /** The newest, whoever asked: for operators. */
  list(limit: number): Promise<readonly ClientJob[]>;
  counts(): Promise<readonly JobCount[]>;
  readonly storage: BulkStorage;
}

export interface ClientJobsOptions {
  readonly database: Database;
  readonly storage: BulkStorage;
  /** There is a new job, or one was cancelled. */
  readonly wake: () => void;
  /** Jobs of one caller that are not done, at most. */
  readonly mostOfCaller?: number;
  readonly moments?: Pick<HeldMoments, 'hold' | 'until'>;
  /** Makes AuditEvents of the log, as far as the milliseconds reach. */
  readonly settle?: (patience: number) => Promise<void>;
}

/** Nobody who starts a job waits longer for AuditEvents of before. */
const settlePatience = 5000;
const usualMost = 20;

const instant = (at: string | null): string | null => (at === null ? null : instantOf(at));

const shown = (row: ClientJob): ClientJob => ({
  ...row,
  ...{ created: instantOf(row.created), started: instant(row.started), finished: instant(row.finished), expires: instant(row.expires) },
});

export function clientJobs(options: ClientJobsOptions): ClientJobs {
  const { database, storage, wake, mostOfCaller = usualMost, moments, settle } = options;
  const { schema } = database;
  const find: ClientJobs['find'] = async (handle, principal) => {
    const [row] = await database.run<ClientJob>(readClientJob(schema, handle));
    return row?.caller === callerOf(principal) ? shown(row) : undefined;
  };
  const submit = async ({ kind, principal, request, input }: NewJob): Promise<{ id: string; handle: string }> => {
    const job = { kind, caller: callerOf(principal), principal, request, input };
    const [row] = await database.run<{ id: string; handle: string }>(submitClientJob(schema, job, mostOfCaller));
    if (row === undefined)
      throw refusal('throttled', `${mostOfCaller} jobs of yours are not done yet: wait for one, or cancel it.`, {
        status: 429,
        headers: { 'retry-after': '60' },
      });
    wake();
    return row;
  };
  return {
    storage,
    find,
    start: async (job) => (await submit(job)).handle,
    startNow: async (job, tellsLog) => {
      if (tellsLog) await settle?.(settlePatience);
      const moment = await moments?.hold();
      if (moments === undefined || moment === undefined) return (await submit(job)).handle;
      try {
        const { snapshot, at } = moment;
        const { id, handle } = await submit({ ...job, input: { ...job.input, moment: { snapshot, at } } });
        moments.until(id, moment);
        return handle;
      } catch (fault) {
        await moment.release();
        throw fault;
      }
    },
    cancel: async (handle, principal) => {
      const job = await find(handle, principal);
      if (job === undefined) return false;
      await database.run(cancelClientJob(schema, job.id));
      wake();
      return true;
    },
    list: async (limit) => (await database.run<ClientJob>(listClientJobs(schema, limit))).map(shown),
    counts: () => database.run<JobCount>(countJobs(schema)),
  };
}

const sweptAtOnce = 100;

export interface SweepOptions {
  readonly database: Database;
  readonly storage: BulkStorage;
  readonly kinds: readonly JobKind[];
}

/** Clears away what has expired or was cancelled: files first, so that nothing is left that nobody knows of. */
export async function sweepJobs({ database, storage, kinds }: SweepOptions): Promise<number> {
  const { schema } = database;
  const names = kinds.map(({ name }) => name);
  const rows = await database.run<JobRow>(expiredClientJobs(schema, names, sweptAtOnce));
  for (const row of rows) {
    await storage.remove(row.handle);
    await kinds.find(({ name }) => name === row.kind)?.discard?.(row);
    await database.run(deleteJob(schema, row.id));
  }
  return rows.length;
}

/** Sweeps now and then until the signal. */
export async function keepSwept(options: SweepOptions, everyMs: number, onFault: (fault: unknown) => void, signal: AbortSignal) {
  while (!signal.aborted) {
    await sweepJobs(options).catch(onFault);
    await sleep(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
