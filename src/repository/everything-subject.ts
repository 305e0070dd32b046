/** Whose records are gathered: one patient's, those of a Group's members, of all patients, or what belongs to an Encounter. */
import { refusal } from '../fhir/outcome.ts';
import { patientIds } from '../store/statement/everything.ts';
import { gatherAround } from './everything-around.ts';
import { gatherEncounter } from './everything-encounter.ts';
import { mayBeTexts, tellEntries } from './everything-entries.ts';
import { isFollowed } from './everything-filter.ts';
import { accepted, type Gathering, gatherMembers, Known, type Listening } from './everything-gather.ts';
import { groupOf } from './everything-group.ts';
import { People } from './everything-people.ts';
import type { EverythingSubject } from './repository.ts';

/** False where the subject does not stand. */
export async function gatherSubject(listening: Listening, subject: EverythingSubject): Promise<boolean> {
  const { type, id } = subject;
  if (id === undefined) return gatherAll(listening);
  switch (type) {
    case 'Patient':
      return gatherPatient(listening, id, mayBeTexts(subject, listening.options));
    case 'Group':
      return gatherGroup(listening, id);
    case 'Encounter':
      return gatherEncounter(listening, id);
  }
}

async function gatherPatient(listening: Listening, id: string, asTexts: boolean): Promise<boolean> {
  const [known, gathering] = [new Known(), { ...listening, people: new People([id]) }];
  const told = asTexts ? await tellEntries(gathering, known, id) : 'linked';
  if (told === 'absent' || (told === 'linked' && !(await gatherMembers(gathering, known, [id], true)))) return false;
  await around(gathering, known);
  return true;
}

async function around(gathering: Gathering, known: Known): Promise<void> {
  if (isFollowed(gathering.context, gathering.options)) await gatherAround(gathering, known);
}

/** The Groups themselves first, then the records of the members. */
async function gatherGroup(listening: Listening, id: string): Promise<boolean> {
  const group = await groupOf(listening, id);
  if (group === undefined) return false;
  const [known, gathering] = [new Known(), { ...listening, people: new People(group.patients) }];
  gathering.take(await accepted(gathering, known, group.rows));
  await gatherMembers(gathering, known, group.patients, true);
  await around(gathering, known);
  return true;
}

/** What is told of must be known while it is told: beyond so many patients an export is the right way. */
const mostPatients = 100_000;
const page = 10_000;

async function gatherAll(listening: Listening): Promise<boolean> {
  const { session, context } = listening;
  const ids: string[] = [];
  for (let after = '0'; ; ) {
    const rows = await session.run<{ rid: string; id: string }>(
      patientIds(context.schema, context.typeCodes.get('Patient') ?? 0, after, page, context.patients),
    );
    ids.push(...rows.map(({ id }) => id));
    after = rows.at(-1)?.rid ?? after;
    if (ids.length > mostPatients)
      throw refusal('too-costly', `There are more than ${mostPatients} patients: ask for them with Patient/$export.`, { status: 400 });
    if (rows.length < page) break;
  }
  const [known, gathering] = [new Known(), { ...listening, people: new People(ids) }];
  await gatherMembers(gathering, known, ids, false);
  await around(gathering, known);
  return true;
}
