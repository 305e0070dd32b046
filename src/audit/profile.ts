/** Which profile of BALP an AuditEvent follows: those of successful requests only. https://profiles.ihe.net/ITI/BALP/1.1.3/artifacts.html */
import { anyPatient, type Entry, isEvent } from './entry.ts';

const names: Readonly<Record<string, string>> = {
  read: 'Read',
  vread: 'Read',
  create: 'Create',
  update: 'Update',
  'update-conditional': 'Update',
  patch: 'Update',
  'patch-conditional': 'Update',
  delete: 'Delete',
  'search-type': 'Query',
  'search-system': 'Query',
  'search-compartment': 'Query',
};

/** The profiles know one resource: a conditional delete may have met several or none. */
export function profileOf(entry: Entry, patient: string): string | undefined {
  if (isEvent(entry) || entry.s >= 400 || entry.r) return undefined;
  const name = names[entry.k];
  if (name === undefined || (name !== 'Query' && entry.i?.length !== 1)) return undefined;
  return `https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.${patient === anyPatient ? '' : 'Patient'}${name}`;
}
