/** Looking up names for a client that may not see all types: what it may not ask for is not there for it. */
import { FhirError } from '../fhir/outcome.ts';
import type { Repository } from '../repository/repository.ts';

const isForbidden = (fault: unknown): boolean => fault instanceof FhirError && fault.status === 403;

/** Answers as if nothing were known where the scopes of who asks do not name the type. */
export const withinReach = (repository: Repository): Pick<Repository, 'read' | 'search'> => {
  const orNothing =
    <T>(nothing: T) =>
    (fault: unknown): T => {
      if (isForbidden(fault)) return nothing;
      throw fault;
    };
  return {
    read: (type, id) => attempt(() => repository.read(type, id)).catch(orNothing(undefined)),
    search: (query) => attempt(() => repository.search(query)).catch(orNothing({ matches: [], included: [] })),
  };
};

/** Also what is refused before a promise is made. */
const attempt = async <T>(ask: () => Promise<T>): Promise<T> => ask();
