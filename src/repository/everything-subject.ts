/** Whose records are gathered: one patient's, those of a Group's members, of all patients, or what belongs to an Encounter. */
import { gatherAround } from './everything-around.ts';
import { isFollowed } from './everything-filter.ts';
import { type Gathering, gatherMembers, Known } from './everything-gather.ts';
import { People } from './everything-people.ts';
import type { EverythingSubject } from './repository.ts';

export type Listening = Omit<Gathering, 'people'>;

/** False where the subject does not stand. */
export async function gatherSubject(listening: Listening, { type, id }: EverythingSubject): Promise<boolean> {
  if (type !== 'Patient' || id === undefined) throw new Error('not yet');
  const known = new Known();
  const gathering = { ...listening, people: new People([id]) };
  if (!(await gatherMembers(gathering, known, [id], true))) return false;
  if (isFollowed(listening.context, listening.options)) await gatherAround(gathering, known);
  return true;
}
