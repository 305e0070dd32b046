/** Jobs of clients in one process: where they are asked for, who works at them, and who clears away. */
import { join } from 'node:path';
import { localStorage } from '../bulk/local-storage.ts';
import { s3Storage } from '../bulk/s3-storage.ts';
import type { BulkStorage } from '../bulk/storage.ts';
import type { Log } from '../log.ts';
import { type ClientJobs, type ClientJobsOptions, clientJobs, keepSwept } from './client-jobs.ts';
import { heldMoments } from './held-moments.ts';
import { type ClientJobOptions, clientJobKinds } from './kinds.ts';
import { type Runner, startRunner } from './runner.ts';

export interface BulkConfig {
  readonly dataDir: string;
  /** Jobs side by side; 0 = none here. */
  readonly jobSlots: number;
  /** Milliseconds. */
  readonly jobRetention: number;
  readonly s3Bucket?: string | undefined;
  readonly s3Prefix?: string | undefined;
  readonly s3Region?: string | undefined;
  readonly s3Endpoint?: string | undefined;
}

export interface ClientWorkOptions extends Omit<ClientJobOptions, 'storage'> {
  readonly config: BulkConfig;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Makes AuditEvents of the log of accesses: an export has them all. */
  readonly settle?: ClientJobsOptions['settle'];
}

export interface ClientWork {
  readonly jobs: ClientJobs;
  /** Works and clears away from here on. */
  start(): void;
  close(): Promise<void>;
}

const sweepMs = 60_000;
const pollMs = 2000;

/** In the bucket where there is one; the files of several tenants stand beside each other, since no two jobs have the same name. */
export function openStorage(config: Omit<BulkConfig, 'jobSlots' | 'jobRetention'>): BulkStorage {
  const { dataDir, s3Bucket: bucket, s3Prefix: prefix = '', s3Region: region = 'us-east-1', s3Endpoint: endpoint } = config;
  const folder = join(dataDir, 'bulk');
  if (bucket === undefined) return localStorage(folder);
  return s3Storage({ bucket, prefix, region, folder, ...(endpoint === undefined ? {} : { endpoint }) });
}

export function openClientWork(options: ClientWorkOptions): ClientWork {
  const { database, connection, config, log, settle } = options;
  const storage = openStorage(config);
  const kinds = clientJobKinds({ ...options, storage });
  const stopping = new AbortController();
  const moments = heldMoments(database, connection);
  let runner: Runner | undefined;
  let sweeping: Promise<void> | undefined;
  return {
    jobs: clientJobs({ database, storage, wake: () => runner?.wake(), moments, ...(settle === undefined ? {} : { settle }) }),
    start: () => {
      const { jobSlots: slots, jobRetention } = config;
      runner = slots === 0 ? undefined : startRunner({ database, kinds, log, slots, pollMs, keptSeconds: jobRetention / 1000 });
      const onFault = (err: unknown): void => log.warn({ err }, 'Jobs that expired could not be cleared away');
      sweeping = keepSwept({ database, storage, kinds }, sweepMs, onFault, stopping.signal);
    },
    close: async () => {
      stopping.abort();
      await Promise.all([runner?.stop(), sweeping, moments.close()]);
    },
  };
}
