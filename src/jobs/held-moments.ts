/** Moments of the database that are held for jobs from when they are asked for until they have begun. */
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Database } from '../store/database.ts';
import { type HeldMoment, holdMoment } from '../store/snapshot.ts';
import { type JobRow, readJob } from '../store/statement/job.ts';

export interface HeldMoments {
  /** Undefined when too many are held: then a job sees the moment at which it is begun. */
  hold(): Promise<HeldMoment | undefined>;
  /** Gives it up as soon as the job has got anywhere or has ended. */
  until(job: string, moment: HeldMoment): void;
  close(): Promise<void>;
}

/** Each is a connection, and keeps the database from clearing away what was replaced. */
const mostHeld = 8;
const longestMs = 600_000;
const lookMs = 250;

export function heldMoments(database: Database, connection: pg.PoolConfig): HeldMoments {
  const stopping = new AbortController();
  const watching = new Set<Promise<void>>();
  let held = 0;
  const isWaiting = async (job: string): Promise<boolean> => {
    const [row] = await database.run<JobRow>(readJob(database.schema, job));
    return row !== undefined && row.position === null && (row.state === 'queued' || row.state === 'running');
  };
  const watch = async (job: string, moment: HeldMoment): Promise<void> => {
    const end = performance.now() + longestMs;
    try {
      do await sleep(lookMs, undefined, { signal: stopping.signal });
      while (performance.now() < end && (await isWaiting(job)));
    } catch {
      // The server stops, or the database is away: then the moment is lost as well.
    } finally {
      await moment.release();
    }
  };
  return {
    hold: async () => {
      if (held >= mostHeld || stopping.signal.aborted) return undefined;
      held++;
      try {
        const moment = await holdMoment(connection, database.schema);
        const release = async (): Promise<void> => {
          held--;
          await moment.release();
        };
        return { ...moment, release };
      } catch (fault) {
        held--;
        throw fault;
      }
    },
    until: (job, moment) => {
      const watched = watch(job, moment).finally(() => watching.delete(watched));
      watching.add(watched);
    },
    close: async () => {
      stopping.abort();
      await Promise.all(watching);
    },
  };
}
