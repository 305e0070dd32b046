/**
 * Fixes what an export sends: the versions that stand at its moment, as row numbers. Whatever is written afterwards leaves them alone,
 * because every version is kept.
 */
import type pg from 'pg';
import type { Access } from '../auth/access.ts';
import type { JobFile } from '../jobs/job.ts';
import type { Repositories } from '../repository/create-repositories.ts';
import { parameterText } from '../search/index-text.ts';
import { anyReferenceKey, referenceKey } from '../search/link-token.ts';
import type { Query } from '../search/query.ts';
import type { CopySession } from '../store/copy-out.ts';
import type { Session } from '../store/database.ts';
import { adoptMoment } from '../store/snapshot.ts';
import {
  countRows,
  deletedSince,
  dropWindows,
  gatherings,
  gatherProvenances,
  storeBlocks,
  storeWindows,
} from '../store/statement/export.ts';
import { countPatients, storePatients } from '../store/statement/export-patient.ts';
import type { Statement } from '../store/statement.ts';
import type { ExportInput } from './export-input.ts';
import { filtered, type QueryContext, wholeTypes } from './export-query.ts';
import { gatherRecords } from './export-record.ts';
import { LineFiles } from './line-files.ts';
import type { BulkStorage } from './storage.ts';

export interface PlanContext extends Omit<QueryContext, 'now'> {
  readonly connection: pg.PoolConfig;
  readonly schema: string;
  readonly repositories: Repositories;
  readonly storage: BulkStorage;
  readonly now: () => Date;
  /** Whose records they are is told to the log of accesses. */
  readonly told: boolean;
  /** Rows of a window; absent: by how many there are. */
  readonly windowRows?: number;
}

export interface Plan {
  /** FHIR instant. */
  readonly transactionTime: string;
  /** Type of each label. */
  readonly types: readonly string[];
  readonly windows: number;
  readonly total: number;
  /** What was deleted since the instant that was given. */
  readonly deleted: readonly JobFile[];
}

const leastWindow = 100_000;
const mostWindow = 1_000_000;

const windowOf = (total: number): number => Math.max(leastWindow, Math.min(mostWindow, Math.ceil(total / 20)));

export interface PlannedJob {
  readonly id: string;
  readonly handle: string;
}

export async function planExport(context: PlanContext, job: PlannedJob, input: ExportInput, access: Access): Promise<Plan> {
  const { session, at } = await adoptMoment(context.connection, context.schema, input.moment);
  try {
    for (const statement of [...gatherings, dropWindows(context.schema, job.id)]) await session.run(statement);
    const types = typesOf(context, input, access);
    await gather(context, session, input, access, types);
    const [count] = await session.run<{ total: string }>(countRows);
    const size = context.windowRows ?? windowOf(Number(count?.total ?? 0));
    const store = input.organizeBy === undefined ? storeWindows : storeBlocks;
    const windows = await session.run<StoredWindow>(store(context.schema, job.id, size));
    if (context.told && windows.length > 0) await gatherTold(context, session, job, input, windows);
    const deleted = await deletions(context, session, job, input, access, types);
    await session.run({ text: 'commit', values: [] });
    return { transactionTime: at, types, windows: windows.length, total: windows.reduce((sum, { rows }) => sum + rows, 0), deleted };
  } finally {
    await session.close();
  }
}

interface StoredWindow {
  readonly rows: number;
  readonly first: string;
}

/** Whoever reads a record that is organized by patients may find others in it: all are told with the first window. */
async function gatherTold(
  { schema, repositories }: PlanContext,
  session: Session,
  { id: job }: PlannedJob,
  { organizeBy }: ExportInput,
  windows: readonly StoredWindow[],
): Promise<void> {
  const patientType = repositories.typeCodes.get('Patient') ?? -1;
  const [count] = await session.run<{ total: string }>(countPatients(schema, patientType));
  const starts = organizeBy === undefined ? windows.map(({ first }) => first) : ['0'];
  const rows = windows.reduce((sum, window) => sum + window.rows, 0);
  await session.run(
    storePatients(schema, { job, starts, firstWindow: 0, patientType, anyKey: anyReferenceKey, rows }, Number(count?.total)),
  );
}

/** Of those that are asked for or all, the ones that may be read at all. A label is a place in this list. */
function typesOf({ definitions }: PlanContext, { types, provenance }: ExportInput, access: Access): readonly string[] {
  const more = provenance === undefined ? [] : ['Provenance'];
  return [...new Set([...(types ?? definitions.resourceTypes), ...more])].filter(
    (type) => access.condition(type, ['r', 's']) !== undefined,
  );
}

async function gather(context: PlanContext, session: Session, input: ExportInput, access: Access, types: readonly string[]): Promise<void> {
  const among = input.level === 'system' ? undefined : 'export_member';
  if (among !== undefined) await gatherRecords(context, session, input, access, types);
  const label = labelsOf(context, types);
  for (const query of queriesOf(context, input, types)) {
    const selection = await context.repositories.selection(session, access, query, among);
    await session.run(into(selection, label));
  }
  if (input.provenance !== undefined) await gatherAssociated(context, session, input, access, types);
}

/** Of Provenances those that tell of what is sent, wherever they are. */
async function gatherAssociated(
  context: PlanContext,
  session: Session,
  input: ExportInput,
  access: Access,
  types: readonly string[],
): Promise<void> {
  const label = types.indexOf('Provenance');
  if (label < 0) return;
  const all = wholeTypes({ ...context, now: context.now() }, { base: input.base }, ['Provenance']);
  const selection = await context.repositories.selection(session, access, all);
  const key = referenceKey(parameterText('Provenance', 'target'));
  await session.run({ text: 'analyze export_row', values: [] });
  await session.run(gatherProvenances(context.schema, selection, { key, label, latest: input.provenance === 'latest' }));
}

const mostInBundle = 1000;

/** Only who may see everything is told what is deleted: who had been allowed to see it cannot be said any more. */
async function deletions(
  { storage, schema, repositories }: PlanContext,
  session: CopySession,
  { handle }: PlannedJob,
  { level, since, filters }: ExportInput,
  access: Access,
  types: readonly string[],
): Promise<readonly JobFile[]> {
  if (since === undefined || level !== 'system' || !access.isUnrestricted) return [];
  const codes = types.flatMap((type) => (filters.some((filter) => filter.type === type) ? [] : (repositories.typeCodes.get(type) ?? [])));
  const files = new LineFiles({ storage, job: handle, nameOf: () => 'deleted-1.ndjson', typeOf: () => 'Bundle' });
  let urls: string[] = [];
  const flush = (): Promise<void> | undefined => {
    const entry = urls.map((url) => ({ request: { method: 'DELETE', url } }));
    urls = [];
    return files.add(0, Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry })));
  };
  try {
    await session.copy(deletedSince(schema, since, codes), (row, start, end) => {
      urls.push(row.toString('utf8', start, end - 1));
      return urls.length < mostInBundle ? undefined : flush();
    });
    if (urls.length > 0) await flush();
    return await files.finish();
  } catch (fault) {
    await files.abort();
    throw fault;
  }
}

function queriesOf(context: PlanContext, input: ExportInput, types: readonly string[]): readonly Query[] {
  const reading = { ...context, now: context.now() };
  // Of each resource the latest or the relevant ones, and no others — CodeSystem-include-associated-data.html
  const isLeftOut = (type: string): boolean => type === 'Provenance' && input.provenance !== undefined;
  const whole = types.filter((type) => !isLeftOut(type) && input.filters.every((filter) => filter.type !== type));
  const filters = input.filters.filter(({ type }) => types.includes(type));
  return [...(whole.length === 0 ? [] : [wholeTypes(reading, input, whole)]), ...filters.map((filter) => filtered(reading, input, filter))];
}

/** The label of a type code, as an SQL array. */
function labelsOf({ repositories }: PlanContext, types: readonly string[]): string {
  const labels: (number | null)[] = [];
  types.forEach((type, label) => {
    const code = repositories.typeCodes.get(type);
    if (code !== undefined) labels[code] = label;
  });
  return `'{${Array.from(labels, (label) => label ?? 'null')
    .slice(1)
    .join(',')}}'::smallint[]`;
}

/** A resource that several filters find is there once. */
const into = ({ text, values }: Statement, labels: string): Statement => ({
  text: `insert into export_row select s.rid, s.sk, s.ver, s.id, s.self, s.pat, (${labels})[s.tc] from (${text}) s
where not exists (select from export_row d where d.rid = s.rid)`,
  values,
});
