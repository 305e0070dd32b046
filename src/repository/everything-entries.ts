/**
 * The record of one patient as texts of many entries, as far as nothing of it has to be looked at one by one.
 * https://hl7.org/fhir/R4/patient-operation-everything.html
 */
import { compartmentToken } from '../search/link-token.ts';
import { found, versionsOf } from '../store/statement/everything.ts';
import { type EntriesRecord, entriesOf, type MemberEntries, memberEntries, part } from '../store/statement/everything-entries.ts';
import type { OwnedVersion } from './everything-context.ts';
import { isFollowed, memberFilter } from './everything-filter.ts';
import { accepted, chunk, type Gathering, isOfThem, type Known } from './everything-gather.ts';
import { eachReference, type LocalReference } from './everything-reference.ts';
import type { EverythingOptions, EverythingSubject } from './repository.ts';

/** Rows that the first statement tells, so that the client soon has something to read. */
const firstRows = 600;

/** Whoever asks takes texts, and nothing is asked that is about single resources. */
export function mayBeTexts({ type, id }: EverythingSubject, options: EverythingOptions): boolean {
  const { entriesUnder, types, since, count, certificate } = options;
  const isPlain = types === undefined && since === undefined && count === undefined && certificate !== true;
  return isPlain && entriesUnder !== undefined && type === 'Patient' && id !== undefined;
}

const values = (list: string | null): readonly string[] => (list === null || list === '' ? [] : list.split(','));

/** `absent`: the patient does not stand. `linked`: others may be the same person, which has to be looked at first; nothing was told. */
export type Told = 'absent' | 'linked' | 'told';

export async function tellEntries(gathering: Gathering, known: Known, id: string): Promise<Told> {
  const { session, context, options } = gathering;
  const whole = context.whole === undefined ? [...context.typeCodes.values()] : await context.whole(compartmentToken(id), session);
  const filter = memberFilter(context, options, [id], firstRows);
  const rows = await session.run<MemberEntries>(memberEntries(context.schema, filter, options.entriesUnder ?? '', whole));
  const own = rows.find(({ patients }) => values(patients).includes(id));
  if (own === undefined) return 'absent';
  if (mayBeLinked(rows, own, id)) return 'linked';
  for (const row of rows.filter((each) => each.part >= 0)) await tellText(gathering, known, row, id);
  for (const row of rows.filter((each) => each.part === part.left)) await tellLeft(gathering, known, row, id);
  for (const row of rows.filter((each) => each.part === part.apart)) await tellApart(gathering, known, row);
  for (const { names } of rows) if (names !== null) known.addTargets(values(names));
  return 'told';
}

const mayBeLinked = (rows: readonly MemberEntries[], own: MemberEntries, id: string): boolean =>
  own.part < 0 ||
  // Patients come first.
  values(own.long).includes(values(own.rids)[0] ?? '') ||
  own.text?.includes('"link":[') === true ||
  rows.some(({ founds, patients }) => values(founds).includes(String(found.linking)) || values(patients).some((patient) => patient !== id));

/** What is told is remembered as `accepted` does, of all of it at once. */
async function tellText(gathering: Gathering, known: Known, row: EntriesRecord, id: string): Promise<void> {
  const [rids, vers] = [values(row.rids), values(row.vers)];
  const long = values(row.long);
  for (const rid of rids) known.rows.add(rid);
  if (row.text !== null) {
    const text = { text: row.text, count: rids.length - long.length, patients: referencesIn(gathering, known, row.text, id) };
    const isShort = (_: string, i: number): boolean => long.length === 0 || !long.includes(rids[i] as string);
    gathering.takeText(text, { rids: rids.filter(isShort), vers: vers.filter((_, i) => isShort('', i)) });
  }
  if (long.length === 0) return;
  const versions = long.map((rid) => Number(vers[rids.indexOf(rid)]));
  gathering.take(
    await accepted(gathering, known, await gathering.session.run<OwnedVersion>(versionsOf(gathering.context.schema, long, versions))),
  );
}

async function tellLeft(gathering: Gathering, known: Known, row: MemberEntries, id: string): Promise<void> {
  const { session, context, options } = gathering;
  const [rids, vers] = [values(row.rids), values(row.vers)];
  for (let from = 0; from < rids.length && !gathering.isStopped(); from += chunk) {
    const [some, versions] = [rids.slice(from, from + chunk), vers.slice(from, from + chunk)];
    for (const each of await session.run<EntriesRecord>(entriesOf(context.schema, some, versions, options.entriesUnder ?? '')))
      await tellText(gathering, known, each, id);
  }
}

const marks: Readonly<Record<string, boolean>> = { t: true, f: false };

async function tellApart(gathering: Gathering, known: Known, row: MemberEntries): Promise<void> {
  const { session, context } = gathering;
  const [rids, vers, founds, marked] = [row.rids, row.vers, row.founds, row.marks].map(values);
  if (rids === undefined || vers === undefined) return;
  for (let from = 0; from < rids.length && !gathering.isStopped(); from += chunk) {
    const versions = await session.run<OwnedVersion>(
      versionsOf(context.schema, rids.slice(from, from + chunk), vers.slice(from, from + chunk).map(Number)),
    );
    const mark = (i: number): boolean | null => marks[marked?.[from + i] ?? ''] ?? null;
    const whole = context.marks === undefined ? versions : versions.map((version, i) => ({ ...version, marked: mark(i) }));
    const own = whole.filter((each, i) => founds?.[from + i] !== String(found.mentioning) || isOfThem(gathering, each));
    gathering.take(await accepted(gathering, known, own));
  }
}

/** Patients that the text speaks of, the one whose record it is among them; what it refers to outside of records is remembered. */
function referencesIn({ context, options }: Gathering, known: Known, text: string, id: string): ReadonlySet<string> {
  const { definitions, typeCodes, bases } = context;
  const members = definitions.compartment('Patient');
  const follows = isFollowed(context, options);
  const patients = new Set([id]);
  const isOutside = (type: string): boolean => type === 'Patient' || (follows && !members.has(type) && typeCodes.has(type));
  const take = (to: LocalReference): void => {
    if (to.type === 'Patient') patients.add(to.id);
    else known.references.add(`${to.type}/${to.id}`);
  };
  eachReference(text, bases, isOutside, take, { type: 'Patient', id });
  return patients;
}
