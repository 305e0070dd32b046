/** Takes jobs and works at them, one after the other or some side by side; other processes on the database do the same. */
import { randomUUID } from 'node:crypto';
import { FhirError } from '../fhir/outcome.ts';
import { describeError, type Log } from '../log.ts';
import { type Database, type Session, sqlState } from '../store/database.ts';
import {
  claimJob,
  failJob,
  finishJob,
  type JobRow,
  leaseSeconds,
  readJob,
  releaseJob,
  renewJob,
  saveJob,
  yieldJob,
} from '../store/statement/job.ts';
import type { Statement } from '../store/statement.ts';
import { type JobFailure, type JobKind, type JobRun, LeaseLost } from './job.ts';

export interface RunnerOptions {
  readonly database: Database;
  readonly kinds: readonly JobKind[];
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** How often to look for work that nobody told of. */
  readonly pollMs?: number;
  /** Jobs at the same time: 1 unless told otherwise. */
  readonly slots?: number;
  /** Milliseconds of work after which a job that can lets others go first. */
  readonly turnMs?: number;
  /** Seconds for which what came of clients' jobs is kept. */
  readonly keptSeconds?: number;
}

export interface Runner {
  /** There may be work. */
  wake(): void;
  /** Gives back the job under way and ends. */
  stop(): Promise<void>;
}

/** Tries without progress, deaths of the process included. */
const mostAttempts = 5;

const usualTurnMs = 2000;
const usualKeptSeconds = 86_400;

/** Seconds until a failed job is tried again. */
const patience = (attempts: number): number => Math.min(2 ** attempts, 60);

export function startRunner(options: RunnerOptions): Runner {
  const stopping = new AbortController();
  const loops = Array.from({ length: options.slots ?? 1 }, () => startLoop(options, stopping));
  return {
    wake: () => {
      for (const loop of loops) loop.wake();
    },
    stop: async () => {
      stopping.abort();
      for (const loop of loops) loop.wake();
      await Promise.all(loops.map(({ ended }) => ended));
    },
  };
}

function startLoop(options: RunnerOptions, stopping: AbortController): { wake(): void; readonly ended: Promise<void> } {
  const { pollMs = 5000, log } = options;
  let wake: () => void = () => undefined;
  let woken = false;
  const rest = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, woken || stopping.signal.aborted ? 0 : pollMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      woken = false;
      const worked = await workOnce(options, stopping.signal).catch((err: unknown) => {
        log.warn({ err }, 'Jobs cannot be looked at');
        return false;
      });
      if (!worked) await rest();
    }
  };
  const ended = loop();
  return {
    ended,
    wake: () => {
      woken = true;
      wake();
    },
  };
}

/** Works at one job, if there is one: false when there was none. */
export async function workOnce(options: RunnerOptions, signal: AbortSignal): Promise<boolean> {
  const { database, kinds } = options;
  const owner = randomUUID();
  const job = await claim(database, kinds, owner);
  const kind = kinds.find(({ name }) => name === job?.kind);
  if (job === undefined || kind === undefined) return false;
  if (job.attempts > mostAttempts) {
    await database.run(
      failJob(database.schema, job.id, owner, 'The process that worked at it ended each time', failureOf(undefined), keptOf(options)),
    );
    return true;
  }
  await work(options, kind, job, owner, signal);
  return true;
}

const keptOf = ({ keptSeconds = usualKeptSeconds }: RunnerOptions): number => keptSeconds;

/** Two processes that take different jobs of one kind at the same moment: the unique index lets one of them through. */
async function claim(database: Database, kinds: readonly JobKind[], owner: string): Promise<JobRow | undefined> {
  try {
    const names = kinds.map(({ name }) => name);
    return (await database.run<JobRow>(claimJob(database.schema, names, owner)))[0];
  } catch (fault) {
    if (sqlState(fault) === '23505') return undefined;
    throw fault;
  }
}

async function work(options: RunnerOptions, kind: JobKind, job: JobRow, owner: string, stopped: AbortSignal): Promise<void> {
  const { database, log } = options;
  const lost = new AbortController();
  const beat = setInterval(() => void stillOurs(database, job, owner, lost), (leaseSeconds * 1000) / 3);
  beat.unref();
  try {
    await kind.run(runOf(options, job, owner, AbortSignal.any([stopped, lost.signal])));
    const [left] = await database.run(yieldJob(database.schema, job.id, owner));
    if (left === undefined) log.info({ job: job.id, kind: kind.name }, 'Job finished');
  } catch (fault) {
    if (fault instanceof LeaseLost || lost.signal.aborted) log.warn({ job: job.id, kind: kind.name }, 'Job was taken over');
    else await giveBack(options, job, owner, stopped.aborted ? undefined : fault);
  } finally {
    clearInterval(beat);
  }
}

/** The database not answering for a moment loses nothing yet. */
async function stillOurs(database: Database, job: JobRow, owner: string, lost: AbortController): Promise<void> {
  const renewed = await database.run(renewJob(database.schema, job.id, owner)).catch(() => undefined);
  if (renewed?.length === 0) lost.abort(new LeaseLost());
}

function runOf(options: RunnerOptions, job: JobRow, owner: string, signal: AbortSignal): JobRun {
  const { schema } = options.database;
  const until = performance.now() + (options.turnMs ?? usualTurnMs);
  const only = async (session: Session, statement: Statement): Promise<void> => {
    if ((await session.run(statement)).length === 0) throw new LeaseLost();
  };
  return {
    job,
    signal,
    isTurnOver: () => performance.now() > until,
    save: (session, progress) => only(session, saveJob(schema, job.id, owner, progress)),
    finish: (session, result) => only(session, finishJob(schema, job.id, owner, result, keptOf(options))),
  };
}

/** `fault` undefined: the process stops, and the job goes on elsewhere. If nothing can be said to the database the lease runs out. */
async function giveBack(options: RunnerOptions, job: JobRow, owner: string, fault: unknown): Promise<void> {
  const { database, log } = options;
  const { schema } = database;
  try {
    if (fault === undefined) return void (await database.run(releaseJob(schema, job.id, owner, 0, null)));
    const [now] = await database.run<JobRow>(readJob(schema, job.id));
    const attempts = now?.attempts ?? job.attempts;
    const isRefused = fault instanceof FhirError && (fault.status < 500 || fault.status === 507);
    const facts = { job: job.id, kind: job.kind, attempts };
    // A refusal quotes what it refuses.
    if (isRefused) log.warn({ ...facts, ...failureOf(fault) }, 'Job was refused');
    else log.error({ ...facts, err: fault }, 'Job failed');
    const text = faultText(fault);
    const isLast = attempts >= mostAttempts || isRefused;
    await database.run(
      isLast
        ? failJob(schema, job.id, owner, text, failureOf(fault), keptOf(options))
        : releaseJob(schema, job.id, owner, patience(attempts), text),
    );
  } catch (err) {
    log.warn({ err, job: job.id }, 'Job could not be given back: it is free when its lease has run out');
  }
}

const failureOf = (fault: unknown): JobFailure =>
  fault instanceof FhirError ? { status: fault.status, code: fault.issues[0]?.code ?? 'exception' } : { status: 500, code: 'exception' };

/** For those who ask for the job: never what the database or a parser quotes of resources. */
function faultText(fault: unknown): string {
  if (fault instanceof FhirError)
    return fault.issues.map((issue) => [...(issue.expression ?? []), issue.diagnostics].join(': ')).join('; ');
  const { message, type, code } = describeError(fault);
  return typeof message === 'string' ? message : [type, code].filter((part) => part !== undefined).join(' ');
}
