/** Works at an export: plans it once, sends its windows some at a time, and tells what came of it. https://hl7.org/fhir/uv/bulkdata/export.html */
import type pg from 'pg';
import type { Audit } from '../audit/open-audit.ts';
import type { RecordEvent } from '../audit/security-event.ts';
import type { Principal } from '../auth/principal.ts';
import { FhirError } from '../fhir/outcome.ts';
import { subsetText } from '../interactions/subset.ts';
import { standing } from '../jobs/caller.ts';
import type { JobFile, JobKind, JobResult, JobRun } from '../jobs/job.ts';
import type { Repositories } from '../repository/create-repositories.ts';
import type { SearchRegistry } from '../repository/search-registry.ts';
import type { Database } from '../store/database.ts';
import { dropWindows } from '../store/statement/export.ts';
import { type ExportInput, exportKind } from './export-input.ts';
import { type Plan, planExport } from './export-plan.ts';
import { tellWindow } from './export-told.ts';
import { type Rewrite, sendWindow, type WindowContext } from './export-window.ts';
import type { BulkStorage } from './storage.ts';

export interface ExportOptions {
  readonly database: Database;
  readonly connection: pg.PoolConfig;
  readonly registry: SearchRegistry;
  readonly repositories: Repositories;
  readonly storage: BulkStorage;
  readonly now: () => Date;
  readonly timeZone?: string;
  readonly record: RecordEvent;
  readonly audit?: Pick<Audit, 'request'> | undefined;
  /** Windows that are sent at the same time. */
  readonly lanes?: number;
  readonly windowRows?: number;
}

interface Position extends Plan {
  /** Files of the windows that are done, by their numbers. */
  readonly files: Readonly<Record<string, readonly JobFile[]>>;
}

const usualLanes = 2;

export const exportJob = (options: ExportOptions): JobKind => ({
  name: exportKind,
  run: async (run) => {
    try {
      await exporting(options, run);
    } catch (fault) {
      // It ends here: what others need on a full disk is given back at once.
      if (fault instanceof FhirError && fault.status === 507) await options.storage.remove(run.job.handle);
      throw fault;
    }
  },
  discard: async ({ id }) => void (await options.database.run(dropWindows(options.database.schema, id))),
});

const inputOf = ({ job }: JobRun): ExportInput => job.input as ExportInput;

/** The access of the moment: what was withdrawn ends the job. */
const principalOf = ({ database }: ExportOptions, { job }: JobRun): Promise<Principal> =>
  standing(database, database.schema, job.principal as Principal);

async function exporting(options: ExportOptions, run: JobRun): Promise<void> {
  const principal = await principalOf(options, run);
  let position = (run.job.position as Position | null) ?? (await begin(options, run, principal));
  let saving = Promise.resolve();
  const done = (n: number, files: readonly JobFile[]): Promise<void> => {
    saving = saving.then(async () => {
      position = { ...position, files: { ...position.files, [n]: files } };
      await run.save(options.database, { position, done: countOf(position), total: position.total });
    });
    return saving;
  };
  const left = Array.from({ length: position.windows }, (_, n) => n).filter((n) => position.files[n] === undefined);
  await inLanes(options, run, left, position, done);
  if (Object.keys(position.files).length === position.windows) await end(options, run, principal, position);
}

const countOf = ({ files }: Position): number =>
  Object.values(files)
    .flat()
    .reduce((sum, { count = 0 }) => sum + count, 0);

async function begin(options: ExportOptions, run: JobRun, principal: Principal): Promise<Position> {
  const { database, registry, repositories } = options;
  const input = inputOf(run);
  await registry.refresh();
  const told = options.audit !== undefined;
  const context = { ...options, schema: database.schema, definitions: registry.current().definitions, told };
  const plan = await planExport(context, run.job, input, repositories.access(principal));
  const position = { ...plan, files: {} };
  await run.save(database, { position, done: 0, total: plan.total });
  return position;
}

/** Sends what is left, until it is the turn of others. */
async function inLanes(
  options: ExportOptions,
  run: JobRun,
  left: number[],
  { types }: Position,
  done: (n: number, files: readonly JobFile[]) => Promise<void>,
): Promise<void> {
  const { database, connection, storage, lanes = usualLanes } = options;
  const { id, handle } = run.job;
  const failing = new AbortController();
  const signal = AbortSignal.any([run.signal, failing.signal]);
  const context: WindowContext = { connection, schema: database.schema, storage, signal, rewriteOf: rewriting(options, inputOf(run)) };
  const lane = async (): Promise<void> => {
    for (let n = left.shift(); n !== undefined; n = run.isTurnOver() ? undefined : left.shift()) {
      const principal = await principalOf(options, run);
      const window = { id, handle, types, organized: inputOf(run).organizeBy !== undefined };
      const files = await sendWindow(context, window, n);
      // Nothing is in a manifest that is not on the log.
      await tellWindow(database, options.audit, run.job, principal, n);
      await done(n, files);
    }
  };
  // The other lanes end, and clear away what they began, before the fault is told.
  const results = await Promise.allSettled(
    Array.from({ length: lanes }, () =>
      lane().catch((fault: unknown) => {
        failing.abort(fault);
        throw fault;
      }),
    ),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
}

/** `_elements`: the only lines that are read. */
function rewriting({ registry }: ExportOptions, { elements }: ExportInput): (type: string) => Rewrite | undefined {
  if (elements === undefined) return () => undefined;
  const { definitions } = registry.current();
  return (type) => {
    const wanted = [...(elements['*'] ?? []), ...(elements[type] ?? [])];
    return wanted.length === 0 ? undefined : (line) => subsetText(definitions, line, { elements: wanted });
  };
}

const byType = (a: JobFile, b: JobFile): number => (a.type ?? '').localeCompare(b.type ?? '');

function resultOf({ organizeBy }: ExportInput, { transactionTime, files, deleted }: Position): JobResult {
  const output = Object.keys(files)
    .sort((a, b) => Number(a) - Number(b))
    .flatMap((n) => files[n] ?? [])
    .sort(byType);
  return { transactionTime, output, deleted, error: [], ...(organizeBy === undefined ? {} : { more: { outputOrganizedBy: organizeBy } }) };
}

async function end(options: ExportOptions, run: JobRun, principal: Principal, position: Position): Promise<void> {
  const { database, record } = options;
  const { id, client, account, fhirUser, patient, purpose, scopes } = principal;
  await record({
    ...{ kind: 'export', outcome: 'success', detail: `${position.total} resources`, subject: `_job/${run.job.handle}` },
    ...{ authorization: id, client, account, fhirUser, patient, purpose, scopes },
    query: (run.job.request as { readonly url: string }).url,
  });
  await database.transaction(async (session) => {
    await session.run(dropWindows(database.schema, run.job.id));
    await run.finish(session, resultOf(inputOf(run), position));
  });
}
