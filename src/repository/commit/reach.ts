/**
 * Whether what is written is within reach of who writes it. The state before the write decides: nobody gains a record by what they
 * write into it, and nothing is moved into or out of a record that is not theirs.
 */
import type { Access, Grant, PatientSet, Right } from '../../auth/access.ts';
import type { Candidate } from '../../search/holds.ts';
import { compartmentToken } from '../../search/link-token.ts';
import type { Asking } from './asking.ts';
import { patientsOf } from './compartment.ts';

export interface Judged {
  readonly access: Access;
  readonly asking: Asking;
  /** Patients that the same transaction makes: they do not stand yet, and count by their own content. */
  readonly newPatients: ReadonlyMap<string, Candidate>;
}

/** A resource on its way in, or out. */
export interface Movement {
  /** What is to stand; for a delete what stood. */
  readonly candidate: Candidate;
  /** In whose records it was before; undefined where it stood nowhere. */
  readonly before?: ReadonlySet<string>;
  /** In whose records it then is; undefined after a delete. */
  readonly after?: ReadonlySet<string>;
}

const nobody: ReadonlySet<string> = new Set();

export const creation = (candidate: Candidate): Movement => ({ candidate, after: patientsIn(candidate) });
export const replacement = (before: Candidate, candidate: Candidate): Movement => ({
  candidate,
  before: patientsIn(before),
  after: patientsIn(candidate),
});
export const removal = (candidate: Candidate): Movement => ({ candidate, before: patientsIn(candidate) });

const patientsIn = ({ type, id, rows }: Candidate): ReadonlySet<string> => patientsOf(type, id, rows);

/** Every resource of the type is within reach, whatever it holds. */
export const reachesAll = (access: Access, type: string, right: Right): boolean =>
  access.isUnrestricted ||
  access.restriction(type, right)?.any.some(({ patients, filter }) => patients === undefined && filter === undefined) === true;

export async function mayMove(judged: Judged, right: Right, movement: Movement): Promise<boolean> {
  const grants = judged.access.restriction(movement.candidate.type, right)?.any ?? [];
  return some(grants, async (grant) => (await passesFilter(judged, grant, movement.candidate)) && isWithin(judged, grant, movement));
}

/** Whether what is written may be shown to who wrote it. */
export async function maySee(judged: Judged, candidate: Candidate): Promise<boolean> {
  const grants = judged.access.restriction(candidate.type, 'r')?.any ?? [];
  return some(
    grants,
    async (grant) =>
      (await passesFilter(judged, grant, candidate)) &&
      (grant.patients === undefined || some([...patientsIn(candidate)], reaches(judged, grant.patients, candidate))),
  );
}

const passesFilter = async ({ asking }: Judged, { filter }: Grant, candidate: Candidate): Promise<boolean> =>
  filter === undefined || asking.candidate(candidate, filter);

/** Whose record it enters or leaves must be within reach, and one of those in whose record it then is. */
async function isWithin(judged: Judged, { patients }: Grant, { candidate, before, after }: Movement): Promise<boolean> {
  if (patients === undefined) return true;
  const reached = reaches(judged, patients, candidate);
  const [from, to] = [before ?? nobody, after ?? nobody];
  const moved = [...difference(to, from), ...difference(from, to)];
  return (await every(moved, reached)) && some([...(after ?? from)], reached);
}

const difference = (one: ReadonlySet<string>, other: ReadonlySet<string>): string[] => [...one].filter((each) => !other.has(each));

const reaches =
  ({ asking, newPatients }: Judged, patients: PatientSet, candidate: Candidate) =>
  async (id: string): Promise<boolean> => {
    if (patients.kind === 'one') return patients.id === id;
    const isOwn = candidate.type === 'Patient' && candidate.id === id;
    const coming = isOwn ? candidate : newPatients.get(id);
    if (coming) return asking.candidate(coming, patients.condition);
    return asking.stored('Patient', compartmentToken(id), patients.condition);
  };

/** All at once, so that what they ask becomes one statement. */
const some = async <T>(list: readonly T[], test: (each: T) => Promise<boolean>): Promise<boolean> =>
  (await Promise.all(list.map(test))).includes(true);

const every = async <T>(list: readonly T[], test: (each: T) => Promise<boolean>): Promise<boolean> =>
  !(await Promise.all(list.map(test))).includes(false);
