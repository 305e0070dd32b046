/** What clients may ask of the index: to make it anew, and how far that is. */

import { reindexKind } from '../repository/registration-sql.ts';
import { type ReindexContext, reindexRows } from '../repository/reindex.ts';
import type { SearchRegistry } from '../repository/search-registry.ts';
import { targetOf } from '../repository/target.ts';
import { instantOf } from '../store/instant.ts';
import { type JobRow, readJob, submitJob } from '../store/statement/job.ts';
import { type CurrentRow, currentVersions } from '../store/statement/lock.ts';
import { latestOf } from '../store/statement/search-parameter.ts';

/** A job as clients see it. */
export interface JobReport {
  readonly id: string;
  readonly state: JobRow['state'];
  readonly types?: readonly string[];
  readonly done: number;
  /** Known once it has begun. */
  readonly total?: number;
  /** FHIR instants. */
  readonly created: string;
  readonly started?: string;
  readonly finished?: string;
  /** Of the last attempt. */
  readonly error?: string;
}

export interface ParameterReport {
  /** `building`: not searched by before its job has finished. */
  readonly state: 'building' | 'active' | 'retired';
  readonly job?: JobReport;
}

export interface Reindexing {
  /** Absent types = all. */
  start(types?: readonly string[]): Promise<JobReport>;
  job(id: string): Promise<JobReport | undefined>;
  /** Of a SearchParameter resource; undefined where it was never something to search by. */
  parameter(id: string): Promise<ParameterReport | undefined>;
  /** At once; false for what does not stand. */
  resource(type: string, id: string): Promise<boolean>;
}

export interface ReindexingOptions extends ReindexContext {
  readonly registry: SearchRegistry;
  /** There is a new job. */
  readonly wake: () => void;
}

/** Of a definition that no job built, there is no job. */
type LatestRow = { readonly parameter: ParameterReport['state'] } & (JobRow | { readonly id: null });

const instant = (at: string | null): string | undefined => (at === null ? undefined : instantOf(at));

/** Only what is known. */
function report({ id, state, input, position, done, total, error, created, started, finished }: JobRow): JobReport {
  const types = ((position ?? input) as { types?: readonly string[] }).types;
  const known = {
    types,
    total: total === null ? undefined : Number(total),
    started: instant(started),
    finished: instant(finished),
    error: error ?? undefined,
  };
  const some = Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined));
  return { id, state, done: Number(done), created: instantOf(created), ...some };
}

export function reindexing(options: ReindexingOptions): Reindexing {
  const { database, typeCodes, wake } = options;
  const { schema } = database;
  const job = async (id: string): Promise<JobReport | undefined> => {
    const [row] = await database.run<JobRow>(readJob(schema, id));
    return row?.kind === reindexKind ? report(row) : undefined;
  };
  return {
    job,
    start: async (types) => {
      const [row] = await database.run<{ id: string }>(submitJob(schema, reindexKind, types === undefined ? {} : { types }));
      const started = row && (await job(row.id));
      if (started === undefined) throw new Error('a job that was just made is gone');
      wake();
      return started;
    },
    parameter: async (id) => {
      const [row] = await database.run<LatestRow>(latestOf(schema, `SearchParameter/${id}`));
      return row && { state: row.parameter, ...(row.id === null ? {} : { job: report(row) }) };
    },
    resource: async (type, id) => {
      const target = targetOf(typeCodes, type, id);
      const [row] = target === undefined ? [] : await database.run<CurrentRow>(currentVersions(schema, [target]));
      if (row === undefined || row.body === null) return false;
      await reindexRows(options, [{ ...row, del: false, taken: true }]);
      return true;
    },
  };
}
