/** The list of kinds of jobs: one line each. */
import type { JobKind } from './job.ts';
import { type ReindexOptions, reindexJob } from './reindex.ts';

export type JobOptions = ReindexOptions;

export const jobKinds = (options: JobOptions): readonly JobKind[] => [reindexJob(options)];
