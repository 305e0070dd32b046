/** Answers a search or $everything behind the request that asked for it: all pages, as files of lines. https://hl7.org/fhir/R4/async.html */
import type { Principal } from '../auth/principal.ts';
import { parseJson, printJson } from '../fhir/json.ts';
import { isObject, type JsonObject } from '../fhir/resource.ts';
import { standing } from '../jobs/caller.ts';
import type { JobRequest } from '../jobs/client-jobs.ts';
import type { JobFile, JobKind, JobRun } from '../jobs/job.ts';
import type { Database } from '../store/database.ts';
import type { BulkStorage, StorageWriter } from './storage.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** What is asked, as its job keeps it. */
export interface AskedLater {
  readonly path: readonly string[];
  readonly query: Pairs;
  readonly headers: Readonly<Record<string, string>>;
}

/** Text of the Bundle that a GET is answered with, under the access of who asks, told to the log of accesses. Throws a FhirError. */
export type AnswerLater = (asked: AskedLater & { readonly base: string; readonly handle: string }, principal: Principal) => Promise<string>;

export interface RequestJobOptions {
  readonly database: Database;
  readonly storage: BulkStorage;
  readonly now: () => Date;
  readonly answer: AnswerLater;
  /** Resources in a page. */
  readonly pageSize?: number;
}

export const requestKind = 'request';
const contentType = 'application/fhir+ndjson';

export const requestJob = (options: RequestJobOptions): JobKind => ({ name: requestKind, run: (run) => answering(options, run) });

/** Files of one type each, that nobody sees before all are whole. */
class Files {
  readonly #storage: BulkStorage;
  readonly #handle: string;
  readonly #open = new Map<string, { readonly writer: StorageWriter; count: number }>();

  constructor(storage: BulkStorage, handle: string) {
    this.#storage = storage;
    this.#handle = handle;
  }

  async add(type: string, lines: readonly string[]): Promise<void> {
    const file = this.#open.get(type) ?? { writer: await this.#storage.create(this.#handle, `${type}.ndjson`, contentType), count: 0 };
    this.#open.set(type, file);
    await file.writer.write(Buffer.from(lines.map((line) => `${line}\n`).join('')));
    file.count += lines.length;
  }

  async finish(): Promise<JobFile[]> {
    const made: JobFile[] = [];
    for (const [type, { writer, count }] of this.#open)
      made.push({ name: `${type}.ndjson`, bytes: await writer.finish(), contentType, count, type });
    return made;
  }

  async abort(): Promise<void> {
    for (const { writer } of this.#open.values()) await writer.abort();
  }
}

interface Page {
  readonly lines: ReadonlyMap<string, readonly string[]>;
  readonly count: number;
  readonly total: number | undefined;
  readonly next: Pairs | undefined;
}

const listOf = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** A single resource stands for itself. */
function pageOf(text: string): Page {
  const bundle = parseJson(text) as JsonObject;
  const lines = new Map<string, string[]>();
  const found = bundle['resourceType'] === 'Bundle' ? listOf(bundle['entry']).map(({ resource }) => resource) : [bundle];
  for (const resource of found) {
    if (!isObject(resource)) continue;
    const type = String(resource['resourceType']);
    const own = lines.get(type) ?? [];
    own.push(printJson(resource));
    lines.set(type, own);
  }
  const url = listOf(bundle['link']).find(({ relation }) => relation === 'next')?.['url'];
  const { total } = bundle;
  const next = typeof url === 'string' ? [...new URL(url).searchParams] : undefined;
  return { lines, count: found.length, total: typeof total === 'number' ? total : undefined, next };
}

const usualPage = 1000;

/** A process that takes it over begins anew: what it was asked is asked again, and nothing was published. */
async function answering(options: RequestJobOptions, run: JobRun): Promise<void> {
  const { database, storage, answer, now, pageSize = usualPage } = options;
  const transactionTime = now().toISOString();
  const { path, query, headers } = run.job.input as AskedLater;
  const { base } = run.job.request as JobRequest;
  const files = new Files(storage, run.job.handle);
  try {
    let done = 0;
    for (let pairs: Pairs | undefined = [...query, ['_count', String(pageSize)]]; pairs !== undefined; ) {
      run.signal.throwIfAborted();
      const principal = await standing(database, database.schema, run.job.principal as Principal);
      const page = pageOf(await answer({ path, headers, base, query: pairs, handle: run.job.handle }, principal));
      for (const [type, lines] of page.lines) await files.add(type, lines);
      done += page.count;
      await run.save(database, { position: { done }, done, total: Math.max(page.total ?? 0, page.next === undefined ? done : done + 1) });
      pairs = page.next;
    }
    const made = await files.finish();
    const isOutcome = ({ type }: JobFile): boolean => type === 'OperationOutcome';
    const result = { transactionTime, output: made.filter((file) => !isOutcome(file)), error: made.filter(isOutcome) };
    await run.finish(database, result);
  } catch (fault) {
    await files.abort();
    throw fault;
  }
}
