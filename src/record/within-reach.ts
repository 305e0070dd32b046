/** Reads what may be read: whatever may not is as if it were not there. https://hl7.org/fhir/R4/http.html#read */
import { FhirError } from '../fhir/outcome.ts';
import type { Repository } from '../repository/repository.ts';
import type { StoredVersion } from '../repository/stored-version.ts';

export async function readWithinReach(
  repository: Pick<Repository, 'read' | 'vread'>,
  type: string,
  id: string,
  version?: string,
): Promise<StoredVersion | undefined> {
  try {
    return await (version === undefined ? repository.read(type, id) : repository.vread(type, id, version));
  } catch (fault) {
    if (fault instanceof FhirError && fault.status === 403) return undefined;
    throw fault;
  }
}
