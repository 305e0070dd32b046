/** $everything within an access. https://hl7.org/fhir/R4/patient-operation-everything.html */
import type { PatientSet } from '../auth/access.ts';
import { isOpen } from '../auth/restriction.ts';
import { compartmentToken } from '../search/link-token.ts';
import { everything } from './everything.ts';
import type { EverythingContext, OwnedVersion } from './everything-context.ts';
import { asking, contentWithin, lackingScope } from './reaching.ts';
import { type Reading, rowWithin } from './read-within.ts';
import type { EverythingOptions, EverythingPage, EverythingSubject } from './repository.ts';

export async function everythingWithin(
  reading: Reading & EverythingContext,
  subject: EverythingSubject,
  options: EverythingOptions,
): Promise<EverythingPage | undefined> {
  const { session, access } = reading;
  const patients = access.condition('Patient', ['r']);
  if (subject.id === undefined && patients === undefined) throw lackingScope('Patient', 'r');
  if (subject.id !== undefined) {
    const row = await rowWithin(reading, subject.type, subject.id);
    // What is told page by page is told to its end, as it was.
    if (row === undefined || (row.body === null && options.after === undefined)) return undefined;
  }
  return everything(session, { ...reading, within: seenOf(reading), ...(patients && { patients }) }, subject, options);
}

/** By what was read: a resource that is moved meanwhile is seen as it was then, or not at all. */
function seenOf(reading: Reading) {
  const { access, typeNames } = reading;
  const isAmong = amongPatients();
  const isSeen = async (row: OwnedVersion, ask: ReturnType<typeof asking>): Promise<boolean> => {
    const type = typeNames.get(row.tc) ?? '';
    const any = access.restriction(type, 'r')?.any ?? [];
    if (any.some(isOpen)) return true;
    if (row.pat !== '0')
      for (const { patients, filter } of any)
        if (patients !== undefined && filter === undefined && (await isAmong(row.pat, patients, ask))) return true;
    return contentWithin(reading, ask, type, row);
  };
  return async (rows: readonly OwnedVersion[]): Promise<readonly OwnedVersion[]> => {
    const ask = asking(reading);
    const seen = await Promise.all(rows.map((row) => isSeen(row, ask)));
    return rows.filter((_, i) => seen[i]);
  };
}

type IsAmong = (token: string, patients: PatientSet, ask: ReturnType<typeof asking>) => Promise<boolean> | boolean;

/** Whether a patient, told by the compartment token, is one of some; each is asked once. */
function amongPatients(): IsAmong {
  const known = new Map<PatientSet, Map<string, Promise<boolean>>>();
  return (token, patients, ask) => {
    if (patients.kind === 'one') return compartmentToken(patients.id) === token;
    const answers = known.get(patients) ?? new Map<string, Promise<boolean>>();
    known.set(patients, answers);
    const found = answers.get(token) ?? ask.stored('Patient', token, patients.condition);
    answers.set(token, found);
    return found;
  };
}
