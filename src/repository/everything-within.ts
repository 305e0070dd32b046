/** Patient/$everything within an access. https://hl7.org/fhir/R4/patient-operation-everything.html */
import type { PatientSet } from '../auth/access.ts';
import { isOpen } from '../auth/restriction.ts';
import { selfHash } from '../search/link-token.ts';
import type { VersionRecord } from '../store/statement/read.ts';
import { everything } from './everything.ts';
import { asking, contentWithin } from './reaching.ts';
import { type Reading, rowWithin } from './read-within.ts';
import type { EverythingOptions, EverythingPage } from './repository.ts';

export async function everythingWithin(
  reading: Reading & Parameters<typeof everything>[1],
  patientId: string,
  options: EverythingOptions,
): Promise<EverythingPage | undefined> {
  const patient = await rowWithin(reading, 'Patient', patientId);
  if (patient === undefined || patient.body === null) return undefined;
  return everything(reading.session, { ...reading, within: seenOf(reading, patientId) }, patientId, options);
}

/** By what was read: a resource that is moved meanwhile is seen as it was then, or not at all. */
function seenOf(reading: Reading, patientId: string) {
  const { access, typeNames } = reading;
  const isAmong = amongPatients(reading, patientId);
  const isSeen = async (row: VersionRecord, ask: ReturnType<typeof asking>): Promise<boolean> => {
    const type = typeNames.get(row.tc) ?? '';
    const any = access.restriction(type, 'r')?.any ?? [];
    if (any.some(isOpen)) return true;
    // All rows of types that have a compartment are from that of this patient.
    for (const { patients, filter } of any) if (patients !== undefined && filter === undefined && (await isAmong(patients))) return true;
    return contentWithin(reading, ask, type, row);
  };
  return async (rows: readonly VersionRecord[]): Promise<readonly VersionRecord[]> => {
    const ask = asking(reading);
    const seen = await Promise.all(rows.map((row) => isSeen(row, ask)));
    return rows.filter((_, i) => seen[i]);
  };
}

/** Whether the patient is one of some; each is asked once. */
function amongPatients(reading: Reading, patientId: string): (patients: PatientSet) => Promise<boolean> {
  const known = new Map<PatientSet, Promise<boolean>>();
  const look = async (patients: PatientSet): Promise<boolean> =>
    patients.kind === 'one'
      ? patients.id === patientId
      : asking(reading).stored('Patient', selfHash('Patient', patientId), patients.condition);
  return (patients) => {
    const found = known.get(patients) ?? look(patients);
    known.set(patients, found);
    return found;
  };
}
