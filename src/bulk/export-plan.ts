/**
 * Fixes what an export sends: the versions that stand at its moment, as row numbers. Whatever is written afterwards leaves them alone,
 * because every version is kept.
 */
import type pg from 'pg';
import type { Access } from '../auth/access.ts';
import { refusal } from '../fhir/outcome.ts';
import type { Repositories } from '../repository/create-repositories.ts';
import type { Condition } from '../search/condition.ts';
import type { Query } from '../search/query.ts';
import type { Session } from '../store/database.ts';
import { adoptMoment } from '../store/snapshot.ts';
import { countRows, dropWindows, gatherings, gatherMembers, storeWindows } from '../store/statement/export.ts';
import type { Statement } from '../store/statement.ts';
import type { ExportInput } from './export-input.ts';
import { filtered, type QueryContext, wholeTypes } from './export-query.ts';
import { membersOf } from './group-members.ts';

export interface PlanContext extends Omit<QueryContext, 'now'> {
  readonly connection: pg.PoolConfig;
  readonly schema: string;
  readonly repositories: Repositories;
  readonly now: () => Date;
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
}

const leastWindow = 200_000;
const mostWindow = 1_000_000;

const windowOf = (total: number): number => Math.max(leastWindow, Math.min(mostWindow, Math.ceil(total / 20)));

export async function planExport(context: PlanContext, job: string, input: ExportInput, access: Access): Promise<Plan> {
  const { session, at } = await adoptMoment(context.connection, context.schema, input.moment);
  try {
    for (const statement of [...gatherings, dropWindows(context.schema, job)]) await session.run(statement);
    const types = typesOf(context, input, access);
    await gather(context, session, input, access, types);
    const [count] = await session.run<{ total: string }>(countRows);
    const total = Number(count?.total ?? 0);
    const windows = await session.run(storeWindows(context.schema, job, context.windowRows ?? windowOf(total)));
    await session.run({ text: 'commit', values: [] });
    return { transactionTime: at, types, windows: windows.length, total };
  } finally {
    await session.close();
  }
}

/** Of those that are asked for or all, the ones that may be read at all. A label is a place in this list. */
function typesOf({ definitions }: PlanContext, { level, types }: ExportInput, access: Access): readonly string[] {
  const members = definitions.compartment('Patient');
  const all =
    level === 'system' ? definitions.resourceTypes : definitions.resourceTypes.filter((type) => type === 'Patient' || members.has(type));
  return (types ?? all).filter((type) => access.condition(type, ['r', 's']) !== undefined);
}

async function gather(context: PlanContext, session: Session, input: ExportInput, access: Access, types: readonly string[]): Promise<void> {
  const among = input.level === 'system' ? undefined : 'export_member';
  if (among !== undefined) await gatherPatients(context, session, input, access, types);
  const label = labelsOf(context, types);
  for (const query of queriesOf(context, input, types)) {
    const selection = await context.repositories.selection(session, access, query, among);
    await session.run(into(selection, label));
  }
}

function queriesOf(context: PlanContext, input: ExportInput, types: readonly string[]): readonly Query[] {
  const reading = { ...context, now: context.now() };
  const whole = types.filter((type) => input.filters.every((filter) => filter.type !== type));
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
  text: `insert into export_row select s.rid, s.sk, s.ver, s.id, (${labels})[s.tc] from (${text}) s
where not exists (select from export_row d where d.rid = s.rid)`,
  values,
});

async function gatherPatients(
  context: PlanContext,
  session: Session,
  input: ExportInput,
  access: Access,
  types: readonly string[],
): Promise<void> {
  const { repositories, schema } = context;
  const query = await patientQuery(context, session, input, access);
  const { text, values } = await repositories.selection(session, access, query);
  await session.run({ text: `insert into export_patient select distinct s.self from (${text}) s`, values });
  await session.run({ text: 'analyze export_patient', values: [] });
  const codes = types.flatMap((type) => repositories.typeCodes.get(type) ?? []);
  await session.run(gatherMembers(schema, codes, repositories.typeCodes.get('Patient') ?? -1));
  await session.run({ text: 'analyze export_member', values: [] });
}

/** The patients whose records are wanted, without a limit of time: theirs may have changed though they did not. */
async function patientQuery(context: PlanContext, session: Session, input: ExportInput, access: Access): Promise<Query> {
  const { repositories, definitions, schema, now } = context;
  const all = wholeTypes({ ...context, now: now() }, { base: input.base }, ['Patient']);
  if (access.condition('Patient', ['r', 's']) === undefined)
    throw refusal('forbidden', 'An export of patients needs a scope such as system/Patient.rs.');
  const listed =
    input.group === undefined ? undefined : await membersOf({ session, schema, repositories, access, definitions, now }, input.group);
  const ids = [listed, input.patients]
    .filter((list) => list !== undefined)
    .map((list): Condition => ({ kind: 'id', ids: list, negated: false }));
  return { ...all, conditions: [...all.conditions, ...ids] };
}
