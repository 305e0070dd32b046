/** The lists of kinds of jobs: one line each. */
import { type ExportOptions, exportJob } from '../bulk/export-job.ts';
import { type ImportOptions, importJob } from '../bulk/import-job.ts';
import { type RequestJobOptions, requestJob } from '../bulk/request-job.ts';
import type { JobKind } from './job.ts';
import { type ReindexOptions, reindexJob } from './reindex.ts';

export type JobOptions = ReindexOptions;

/** The server's own: one of a kind at a time. */
export const jobKinds = (options: JobOptions): readonly JobKind[] => [reindexJob(options)];

export type ClientJobOptions = ExportOptions & ImportOptions & RequestJobOptions;

/** What clients ask for: several at a time, in turns. */
export const clientJobKinds = (options: ClientJobOptions): readonly JobKind[] => [
  exportJob(options),
  importJob(options),
  requestJob(options),
];
