/**
 * Indexes all resources, or those of some types, anew; search parameters that wait for it are searched by from its end on. It goes
 * through the resources by their row numbers, beside the requests, and goes on where it was when a process died.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { typesOf } from '../fhir/with-search-parameters.ts';
import { channel, newIndex, reindexKind } from '../repository/registration-sql.ts';
import { type ReindexContext, reindexRows } from '../repository/reindex.ts';
import { nextStamp, type SearchRegistry } from '../repository/search-registry.ts';
import { plainType } from '../search/contained/type.ts';
import { hashVersion } from '../search/hash.ts';
import type { Database, Session } from '../store/database.ts';
import { setHashVersion } from '../store/setting.ts';
import { containedTypes } from '../store/statement/contained.ts';
import { lockStamp, setStamp } from '../store/statement/index-version.ts';
import type { JobRow, Progress } from '../store/statement/job.ts';
import { type ReindexRow, reindexPage, reindexTotal, withoutTimeout, writers } from '../store/statement/reindex.ts';
import { adoptParameters, notify, switchParameters } from '../store/statement/search-parameter.ts';
import type { JobKind, JobRun } from './job.ts';

export interface ReindexOptions extends ReindexContext {
  readonly registry: SearchRegistry;
  /** Share of the time that is spent working; 1 while nobody else wants anything. */
  readonly share?: number;
  readonly batch?: number;
}

/** What a job is asked for: some types, all (neither), or what the parameters that wait for it need. */
interface Input {
  readonly types?: readonly string[];
  readonly parameters?: boolean;
  /** The whole index is made by the rules of this program. */
  readonly hashVersion?: number;
}

interface Position {
  readonly types?: readonly string[];
  readonly after: string;
  /** The last row number that was there at the beginning: whatever came later was indexed when it was written. */
  readonly last: string;
  /** Rows that were there at the beginning, and those that were looked at, the deleted ones included. */
  readonly expected: number;
  readonly seen: number;
}

type State = Progress & { readonly position: Position };

const batchRows = 500;
const batchBytes = 8 * 1024 * 1024;

/** Row numbers that are looked at in one statement, however few resources of the types are among them. */
const window = 20_000n;

export const reindexJob = (options: ReindexOptions): JobKind => ({ name: reindexKind, run: (run) => reindex(options, run) });

async function reindex(options: ReindexOptions, run: JobRun): Promise<void> {
  let state = stored(run.job) ?? (await begin(options, run));
  for (;;) {
    run.signal.throwIfAborted();
    if (state.position.after === state.position.last || isPointless(options, run)) break;
    const started = performance.now();
    state = await step(options, run, state);
    const share = options.share ?? 0.5;
    await sleep(((performance.now() - started) * (1 - share)) / share);
  }
  await end(options, run, state);
}

const stored = ({ position, done, total }: JobRow): State | undefined =>
  position === null ? undefined : { position: position as Position, done: Number(done), total: Number(total) };

const inputOf = ({ job }: JobRun): Input => job.input as Input;

/** All parameters that it was made for were changed or withdrawn meanwhile. */
const isPointless = ({ registry }: ReindexOptions, run: JobRun): boolean =>
  inputOf(run).parameters === true && waiting(registry, run).length === 0;

const waiting = (registry: SearchRegistry, { job }: JobRun) =>
  registry.current().registered.filter((one) => one.job === job.id && one.state === 'building');

/** Fixes what is done, once every write that does not know of it has ended, and counts. */
async function begin(options: ReindexOptions, run: JobRun): Promise<State> {
  const { database, typeCodes } = options;
  const types = await claimed(options, run);
  await earlierWriters(options, run.signal);
  const codes = types?.map((type) => typeCodes.get(type) ?? -1);
  return database.transaction(async (session) => {
    await session.run(withoutTimeout);
    const [count] = await session.run<{ last: string; rows: string; live: string }>(reindexTotal(database.schema, codes));
    const { last = '0', rows = '0', live = '0' } = count ?? {};
    const position = { ...(types === undefined ? {} : { types }), after: '0', last, expected: Number(rows), seen: 0 };
    const state = { position, done: 0, total: Number(live) };
    await run.save(session, state);
    return state;
  });
}

/** The types to go through. While the stamp is held nobody adds a parameter to this job. */
async function claimed({ database, registry }: ReindexOptions, run: JobRun): Promise<readonly string[] | undefined> {
  const { types, parameters } = inputOf(run);
  await database.transaction(async (session) => {
    await session.run(lockStamp(database.schema));
    if (types === undefined && parameters === undefined) await session.run(adoptParameters(database.schema, run.job.id));
  });
  await registry.refresh();
  if (parameters !== true) return types;
  const found = typesOf(
    registry.standard,
    waiting(registry, run).flatMap(({ parameter }) => parameter.base),
  );
  return (await areContained(database, found)) ? undefined : found;
}

/** What is contained is indexed together with what contains it, which may be of any type. */
async function areContained(database: Database, types: readonly string[]): Promise<boolean> {
  const rows = await database.run<{ name: string }>(containedTypes(database.schema));
  return rows.some(({ name }) => types.includes(plainType(name)));
}

const pause = 50;

/** A write that began before the parameters changed may end after it: its rows have to be there before the first one is read. */
async function earlierWriters({ database }: ReindexOptions, signal: AbortSignal): Promise<void> {
  const found = async (): Promise<string[]> => (await database.run<{ id: string }>(writers(database.schema))).map(({ id }) => id);
  let left = await found();
  while (left.length > 0) {
    await sleep(pause, undefined, { signal });
    const now = new Set(await found());
    left = left.filter((id) => now.has(id));
  }
}

async function step(options: ReindexOptions, run: JobRun, state: State): Promise<State> {
  const { position } = state;
  const upTo = least(BigInt(position.after) + window, BigInt(position.last));
  const { rows, after } = await page(options, position, upTo);
  const live = rows.filter(({ del }) => !del);
  const next = {
    position: { ...position, after, seen: position.seen + rows.length },
    done: state.done + live.length,
    total: Math.max(state.total, state.done + live.length),
  };
  await reindexRows(options, live, (session) => run.save(session, next));
  return next;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The rows up to a number, or the first of them, and where to go on. */
async function page(
  { database, typeCodes, batch = batchRows }: ReindexOptions,
  { types, after }: Position,
  upTo: bigint,
): Promise<{ readonly rows: readonly ReindexRow[]; readonly after: string }> {
  const codes = types?.map((type) => typeCodes.get(type) ?? -1);
  const range = { after, upTo: String(upTo), rows: batch, bytes: batchBytes, ...(codes === undefined ? {} : { typeCodes: codes }) };
  const found = await database.run<ReindexRow>(reindexPage(database.schema, range));
  const rows = found.filter(({ taken }) => taken);
  const isWhole = rows.length === found.length && found.length < batch;
  return { rows, after: isWhole ? String(upTo) : (rows.at(-1)?.rid ?? String(upTo)) };
}

/** Counts, and lets the parameters be searched by. */
async function end(options: ReindexOptions, run: JobRun, { position }: State): Promise<void> {
  const { database, registry } = options;
  if (position.after === position.last && position.seen < position.expected)
    throw new Error(`${position.expected} rows were to be indexed, but only ${position.seen} were found`);
  await database.transaction(async (session) => {
    await switchOver(options, run, session);
    await run.finish(session);
  });
  await registry.refresh();
}

async function switchOver({ database }: ReindexOptions, run: JobRun, session: Session): Promise<void> {
  const { schema } = database;
  const [row] = await session.run<{ value: string }>(lockStamp(schema));
  let changed = 0;
  for (const statement of switchParameters(schema, run.job.id)) changed += (await session.run(statement)).length;
  if (inputOf(run).hashVersion === hashVersion) await session.run(setHashVersion(schema, hashVersion));
  if (changed === 0) return;
  await session.run(setStamp(schema, nextStamp(row?.value ?? '')));
  await session.run(notify(channel, newIndex(schema)));
}
