/**
 * What belongs to the record of some patients, told in a fixed order: what is theirs, then all that this refers to outside of records and
 * the Provenances of either. Runs within one snapshot. https://hl7.org/fhir/R4/patient-operation-everything.html
 */
import type { Session } from '../store/database.ts';
import { instantOf } from '../store/instant.ts';
import { found, type MemberRecord, membersOf, versionsOf } from '../store/statement/everything.ts';
import type { EverythingContext, OwnedVersion } from './everything-context.ts';
import { isFollowed, memberFilter } from './everything-filter.ts';
import { addLinked, linkedIn, type People } from './everything-people.ts';
import { eachReference, patientsIn } from './everything-reference.ts';
import type { EntryText, EverythingOptions } from './repository.ts';

/** Rows fetched at once: memory stays bounded however long the history is. */
export const chunk = 1000;
/** Of which the first ones, so that the client has something to read. */
const firstChunk = 400;
/** Patients asked for in one statement. */
const mostPatients = 200;

export type Take = (rows: readonly OwnedVersion[]) => void;

/** Rows by their numbers and versions, of each as text. */
export interface Numbers {
  readonly rids: readonly string[];
  readonly vers: readonly string[];
}

export interface Gathering {
  readonly session: Session;
  readonly context: EverythingContext;
  readonly options: EverythingOptions;
  readonly people: People;
  /** Told of what is part of the answer, in its order. */
  readonly take: Take;
  /** The same of entries in one text, which are the rows with these numbers. */
  readonly takeText: (entries: EntryText, numbers: Numbers) => void;
  /** Nobody listens any more. */
  readonly isStopped: () => boolean;
}

/** Before it is known whose records they are. */
export type Listening = Omit<Gathering, 'people'>;

/** What is known while it is gathered. */
export class Known {
  /** Row numbers, so that each is told once. */
  readonly rows = new Set<string>();
  /** `Type/id` of what is referred to outside of records. */
  readonly references = new Set<string>();
  /** `Type/id` of what is told, where Provenances may point at it. */
  readonly targets: string[] = [];
  /** There are Provenances in nobody's compartment. */
  loose = false;

  addTargets(names: readonly string[]): void {
    this.loose = true;
    for (const name of names) this.targets.push(name);
  }
}

/** False if the patient does not stand. */
export async function gatherMembers(gathering: Gathering, known: Known, ids: readonly string[], linked: boolean): Promise<boolean> {
  let isThere = false;
  for (let from = 0; from < ids.length && !gathering.isStopped(); from += mostPatients)
    if (await membersOfSome(gathering, known, ids.slice(from, from + mostPatients), linked)) isThere = true;
  return isThere;
}

async function membersOfSome(gathering: Gathering, known: Known, ids: readonly string[], linked: boolean): Promise<boolean> {
  const { session, context, options, people } = gathering;
  const rows = await session.run<MemberRecord>(membersOf(context.schema, memberFilter(context, options, ids, firstChunk)));
  const isThere = rows.some((row) => isPatientOf(context, row) && ids.includes(row.id));
  if (!isThere) return false;
  known.loose ||= rows[0]?.loose === true;
  const before = new Set(people.ids);
  if (linked && rows.some((row) => mayBeLinked(context, row))) await addLinked(session, context, people, ids);
  await tellMembers(
    gathering,
    known,
    rows.filter((row) => row.found !== found.linking),
  );
  const others = people.ids.filter((id) => !before.has(id));
  if (others.length > 0) await gatherMembers(gathering, known, others, false);
  return true;
}

const isPatientOf = ({ typeCodes }: EverythingContext, row: MemberRecord): boolean =>
  row.tc === typeCodes.get('Patient') && row.found === found.member;

const mayBeLinked = (context: EverythingContext, row: MemberRecord): boolean =>
  row.found === found.linking || (isPatientOf(context, row) && linkedIn(context, row.body).length > 0);

async function tellMembers(gathering: Gathering, known: Known, rows: readonly MemberRecord[]): Promise<void> {
  for (const part of partsOf(rows)) {
    if (gathering.isStopped()) return;
    const some = part.filter(({ rid }) => !known.rows.has(rid));
    const whole = some.every(hasBody) ? some : await withBodies(gathering, some);
    const own = whole.filter((row, i) => some[i]?.found !== found.mentioning || isOfThem(gathering, row));
    gathering.take(await accepted(gathering, known, own));
  }
}

/** Those with bodies, then the others. */
function partsOf(rows: readonly MemberRecord[]): readonly (readonly MemberRecord[])[] {
  const [first, rest] = [rows.filter(hasBody), rows.filter((row) => !hasBody(row))];
  return [first, ...Array.from({ length: Math.ceil(rest.length / chunk) }, (_, i) => rest.slice(i * chunk, (i + 1) * chunk))];
}

/** The first rows of a statement come with everything. */
const hasBody = (row: MemberRecord): row is MemberRecord & OwnedVersion => row.body !== null;

async function withBodies({ session, context }: Gathering, rows: readonly MemberRecord[]): Promise<OwnedVersion[]> {
  const versions = await session.run<OwnedVersion>(
    versionsOf(
      context.schema,
      rows.map(({ rid }) => rid),
      rows.map(({ ver }) => ver),
    ),
  );
  return context.marks === undefined ? versions : versions.map((version, i) => ({ ...version, marked: rows[i]?.marked ?? null }));
}

/** Speaks of no patient but one of those whose record it is. */
export const isOfThem = ({ people, context }: Gathering, { body }: OwnedVersion): boolean =>
  body !== null && people.areOne(patientsIn(body, context.bases));

/** Of rows that belong to the record those that are part of the answer; what they refer to is remembered. */
export async function accepted(gathering: Gathering, known: Known, rows: readonly OwnedVersion[]): Promise<readonly OwnedVersion[]> {
  const { context, options, session } = gathering;
  const seen = context.within === undefined || rows.length === 0 ? rows : await context.within(rows, session);
  for (const { rid } of seen) known.rows.add(rid);
  if (isFollowed(context, options)) remember(context, known, seen);
  return options.types === undefined && options.since === undefined ? seen : seen.filter((row) => isWanted(context, options, row));
}

/** Most references lead to what is in a record anyway: their ids are not looked at. */
function remember({ definitions, typeCodes, typeNames, bases }: EverythingContext, known: Known, rows: readonly OwnedVersion[]): void {
  const members = definitions.compartment('Patient');
  const isOutside = (type: string): boolean => type !== 'Patient' && !members.has(type) && typeCodes.has(type);
  for (const { body, tc, id } of rows) {
    if (body !== null) eachReference(body, bases, isOutside, (to) => known.references.add(`${to.type}/${to.id}`));
    if (known.loose) known.targets.push(`${typeNames.get(tc)}/${id}`);
  }
}

function isWanted({ typeNames }: EverythingContext, { types, since }: EverythingOptions, row: OwnedVersion): boolean {
  if (types !== undefined && !types.includes(typeNames.get(row.tc) ?? '')) return false;
  return since === undefined || instantOf(row.upd) >= since;
}
