/** The lists of kinds of jobs: one line each. */
import type { BulkStorage } from '../bulk/storage.ts';
import type { Repositories } from '../repository/create-repositories.ts';
import type { SearchRegistry } from '../repository/search-registry.ts';
import type { Database } from '../store/database.ts';
import type { JobKind } from './job.ts';
import { type ReindexOptions, reindexJob } from './reindex.ts';

export type JobOptions = ReindexOptions;

/** The server's own: one of a kind at a time. */
export const jobKinds = (options: JobOptions): readonly JobKind[] => [reindexJob(options)];

export interface ClientJobOptions {
  readonly database: Database;
  readonly registry: SearchRegistry;
  readonly repositories: Repositories;
  readonly storage: BulkStorage;
}

/** What clients ask for: several at a time, in turns. */
export const clientJobKinds = (_options: ClientJobOptions): readonly JobKind[] => [];
