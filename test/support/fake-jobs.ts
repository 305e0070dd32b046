/** Jobs of clients without a database: they are never begun. */
import type { ClientJob, ClientJobs, NewJob } from '../../src/jobs/client-jobs.ts';

export interface FakeJobs extends ClientJobs {
  readonly started: NewJob[];
}

const nothing = (): Promise<never> => Promise.reject(new Error('there are no files here'));

export function fakeJobs(jobs: readonly ClientJob[] = []): FakeJobs {
  const started: NewJob[] = [];
  const start = async (job: NewJob): Promise<string> => `00000000-0000-4000-8000-${String(started.push(job)).padStart(12, '0')}`;
  return {
    ...{ started, start, startNow: start },
    find: async (handle) => jobs.find((job) => job.handle === handle),
    cancel: async (handle) => jobs.some((job) => job.handle === handle),
    list: async () => jobs,
    counts: async () => [],
    storage: { create: nothing, read: nothing, remove: nothing },
  };
}
