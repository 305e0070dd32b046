/** Makes the whole index anew before anything is served, where the one in the database was made by other rules of hashing. */
import { setTimeout as sleep } from 'node:timers/promises';
import { reindexKind } from '../repository/registration-sql.ts';
import { nextStamp } from '../repository/search-registry.ts';
import { hashVersion } from '../search/hash.ts';
import type { Database } from '../store/database.ts';
import { hashVersionOf } from '../store/setting.ts';
import { lockStamp, setStamp } from '../store/statement/index-version.ts';
import { type JobRow, openJob, readJob, submitJob } from '../store/statement/job.ts';
import { type JobOptions, jobKinds } from './kinds.ts';
import { type RunnerOptions, workOnce } from './runner.ts';

/** Whoever waits for it is told. */
export interface RebuildProgress {
  /** Resources. */
  begin(total: number): void;
  advance(resources: number): void;
  end(): void;
}

export const isBuilt = async (database: Database): Promise<boolean> =>
  (await hashVersionOf(database, database.schema, hashVersion)) === String(hashVersion);

const pause = 200;

/** Works at it, or waits for the process that does; goes on where a start before this one was broken off. */
export async function rebuildIndex(options: JobOptions, log: RunnerOptions['log'], progress: RebuildProgress): Promise<void> {
  const { database, registry } = options;
  const id = await taken(database);
  await registry.refresh();
  const stop = new AbortController();
  const working = workAlong({ database, kinds: jobKinds({ ...options, share: 1 }), log }, stop.signal);
  try {
    await watched(database, id, progress);
  } finally {
    stop.abort();
    await working;
  }
}

/** From here on programs of other rules can write no more; the job is made by the first who comes. */
async function taken(database: Database): Promise<string> {
  const { schema } = database;
  const input = { hashVersion };
  return database.transaction(async (session) => {
    const [stamp] = await session.run<{ value: string }>(lockStamp(schema));
    if (!stamp?.value.startsWith(`${hashVersion}.`)) await session.run(setStamp(schema, nextStamp(stamp?.value ?? '')));
    const [open] = await session.run<{ id: string }>(openJob(schema, reindexKind, input));
    const [job] = open ? [open] : await session.run<{ id: string }>(submitJob(schema, reindexKind, input));
    return job?.id ?? '';
  });
}

async function workAlong(options: RunnerOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const worked = await workOnce(options, signal).catch(() => false);
    if (!worked) await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

async function watched(database: Database, id: string, progress: RebuildProgress): Promise<void> {
  let shown: number | undefined;
  for (;;) {
    const [job] = await database.run<JobRow>(readJob(database.schema, id));
    if (job === undefined || job.state === 'failed')
      throw new Error(`The search index could not be rebuilt: ${job?.error ?? 'its job is gone'}`);
    if (job.total !== null && shown === undefined) progress.begin(Number(job.total));
    if (job.total !== null) progress.advance(Number(job.done) - (shown ?? 0));
    shown = job.total === null ? undefined : Number(job.done);
    if (job.state === 'finished') return progress.end();
    await sleep(pause);
  }
}
