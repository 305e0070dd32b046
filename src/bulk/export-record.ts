/**
 * Gathers the records of the patients of an export: as $everything tells them (docs/record.md), but by sets, so that a hundred thousand
 * patients cost no more statements than one. https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-kick-off-request
 */
import type { Access } from '../auth/access.ts';
import { refusal } from '../fhir/outcome.ts';
import { holders, pointing } from '../repository/everything-filter.ts';
import { logIdPrefix } from '../repository/log-id.ts';
import type { Condition } from '../search/condition.ts';
import { anyReferenceKey, referenceKey } from '../search/link-token.ts';
import type { Query } from '../search/query.ts';
import type { Session } from '../store/database.ts';
import {
  type AboutKeys,
  analyzed,
  clearFound,
  findAbout,
  findLinked,
  findMembers,
  findProvenances,
  findReferred,
  joinPersons,
  recordTables,
  takeFound,
} from '../store/statement/export-record.ts';
import type { ExportInput } from './export-input.ts';
import type { PlanContext } from './export-plan.ts';
import { wholeTypes } from './export-query.ts';
import { membersOf } from './group-members.ts';

const linkKey = referenceKey('Patient|link');

interface Gathering {
  readonly context: PlanContext;
  readonly session: Session;
  readonly input: ExportInput;
  readonly access: Access;
  /** That may be read. */
  readonly readable: readonly string[];
}

/** Fills `export_member` with what belongs to the records, of the types or beyond them. */
export async function gatherRecords(
  context: PlanContext,
  session: Session,
  input: ExportInput,
  access: Access,
  types: readonly string[],
): Promise<void> {
  const { definitions } = context;
  const readable = definitions.resourceTypes.filter((type) => access.condition(type, ['r', 's']) !== undefined);
  const gathering = { context, session, input, access, readable };
  for (const statement of recordTables) await session.run(statement);
  await gatherPatients(gathering);
  const isFollowed = types.some((type) => type === 'Provenance' || isOutside(context, type));
  await gatherMembers(gathering, isFollowed ? readable : types);
  if (isFollowed) await gatherAround(gathering);
  else await session.run(takeFound);
  await session.run(analyzed('export_member'));
}

const isOutside = ({ definitions }: PlanContext, type: string): boolean =>
  type !== 'Patient' && !definitions.compartment('Patient').has(type);

const codesOf = ({ repositories }: PlanContext, types: readonly string[]): readonly number[] =>
  types.flatMap((type) => repositories.typeCodes.get(type) ?? []);

const codeOf = (context: PlanContext, type: string): number => codesOf(context, [type])[0] ?? -1;

const count = async (session: Session, statement: typeof takeFound): Promise<number> =>
  (await session.run<{ rows: number }>(statement))[0]?.rows ?? 0;

async function gatherPatients(gathering: Gathering): Promise<void> {
  const { context, session, input, access } = gathering;
  const { repositories } = context;
  const { text, values } = await repositories.selection(session, access, await patientQuery(gathering));
  await session.run({ text: `insert into export_patient select distinct on (s.self) s.self, s.self, s.id from (${text}) s`, values });
  await session.run(analyzed('export_patient'));
  // Nobody can be added to all.
  const isAll = input.group === undefined && input.patients === undefined;
  while (!isAll && (await addLinked(gathering)) > 0) await session.run(analyzed('export_patient'));
  while ((await count(session, joinPersons(context.schema, linkKey))) > 0);
}

/** One step along the links; of those that they lead to, the ones that may be seen. */
async function addLinked({ context, session, input, access }: Gathering): Promise<number> {
  const { repositories, schema } = context;
  await session.run(findLinked(schema, codeOf(context, 'Patient'), linkKey));
  const all = wholeTypes({ ...context, now: context.now() }, { base: input.base }, ['Patient']);
  const { text, values } = await repositories.selection(session, access, all, 'export_found');
  const added = await session.run<{ tok: string }>({
    text: `insert into export_patient select distinct on (s.self) s.self, s.self, s.id from (${text}) s on conflict do nothing returning tok::text`,
    values,
  });
  await session.run(clearFound);
  return added.length;
}

/** The patients whose records are wanted, without a limit of time: theirs may have changed though they did not. */
async function patientQuery({ context, session, input, access }: Gathering): Promise<Query> {
  const { repositories, definitions, schema, now } = context;
  const all = wholeTypes({ ...context, now: now() }, { base: input.base }, ['Patient']);
  if (access.condition('Patient', ['r', 's']) === undefined)
    throw refusal('forbidden', 'An export of patients needs a scope such as system/Patient.rs.');
  const listed =
    input.group === undefined
      ? undefined
      : await membersOf({ session, schema, repositories, access, definitions, now, base: input.base }, input.group);
  const ids = [listed, input.patients]
    .filter((list) => list !== undefined)
    .map((list): Condition => ({ kind: 'id', ids: list, negated: false }));
  return { ...all, conditions: [...all.conditions, ...ids] };
}

const keysOf = (context: PlanContext, { base }: ExportInput): AboutKeys => ({
  pointing: pointing.map(referenceKey),
  focus: referenceKey('Observation|focus'),
  any: anyReferenceKey,
  holders: codesOf(context, holders),
  base,
});

async function gatherMembers({ context, session, input }: Gathering, types: readonly string[]): Promise<void> {
  const { schema } = context;
  const codes = codesOf(context, types);
  // Who looked at the record is no part of it, unless AuditEvents are asked for.
  const log = input.types?.includes('AuditEvent') ? {} : { log: { typeCode: codeOf(context, 'AuditEvent'), idPrefix: logIdPrefix } };
  await session.run(findMembers(schema, { typeCodes: codes, patientType: codeOf(context, 'Patient'), ...log }));
  for (const statement of findAbout(schema, codes, keysOf(context, input))) await session.run(statement);
}

/** Round after round, until nothing is found any more. What may not be seen leads nowhere. */
async function gatherAround({ context, session, input, access, readable }: Gathering): Promise<void> {
  const { schema, repositories } = context;
  const all = wholeTypes({ ...context, now: context.now() }, { base: input.base }, readable);
  const outside = codesOf(
    context,
    readable.filter((type) => isOutside(context, type)),
  );
  for (;;) {
    await session.run(analyzed('export_found'));
    const { text, values } = await repositories.selection(session, access, all, 'export_found');
    await session.run({ text: 'truncate export_seen', values: [] });
    await session.run({
      text: `insert into export_seen select distinct on (s.rid) s.rid, s.sk, s.self from (${text}) s where not exists (select from export_member m where m.rid = s.rid)`,
      values,
    });
    if ((await count(session, takeFound)) === 0) return;
    for (const table of ['export_seen', 'export_member']) await session.run(analyzed(table));
    await session.run(findReferred(schema, outside, { any: anyReferenceKey, base: input.base }));
    await session.run(findProvenances(schema, codeOf(context, 'Provenance'), referenceKey('Provenance|target')));
  }
}
