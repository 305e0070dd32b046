/** Reindexing without a database: jobs stay as they were made. */
import type { JobReport, Reindexing } from '../../src/jobs/reindexing.ts';

export interface FakeReindexing extends Reindexing {
  readonly jobs: JobReport[];
}

export function fakeReindexing(stands: (type: string, id: string) => boolean = () => true): FakeReindexing {
  const jobs: JobReport[] = [];
  return {
    jobs,
    start: async (types) => {
      const job: JobReport = {
        id: String(jobs.length + 1),
        state: 'queued',
        done: 0,
        created: '2026-01-01T12:00:00.000Z',
        ...(types === undefined ? {} : { types }),
      };
      jobs.push(job);
      return job;
    },
    job: async (id) => jobs.find((job) => job.id === id),
    parameter: async () => undefined,
    resource: async (type, id) => stands(type, id),
  };
}
