/** Terminology over what a repository can read, and over what comes with the server. https://hl7.org/fhir/R4/terminology-service.html */
import type { Definitions } from '../fhir/definitions.ts';
import { createTerminology } from '../terminology/create-terminology.ts';
import { Shelf } from '../terminology/shelf.ts';
import type { TerminologySource } from '../terminology/source.ts';
import type { Terminology } from '../terminology/terminology.ts';
import type { Repository } from './repository.ts';
import { storedDefinitions } from './stored-definitions.ts';

export interface TerminologiesOptions {
  readonly definitions: Definitions;
  readonly base?: string;
  /** What comes with the server, in the order of preference. */
  readonly sources: readonly TerminologySource[];
}

/** What was read is kept for all; what is found is up to the repository. */
export function terminologies({
  definitions,
  base,
  sources,
}: TerminologiesOptions): (repository: Pick<Repository, 'read' | 'search'>) => Terminology {
  const common = { sources, shelf: new Shelf(), bases: base === undefined ? [] : [base] };
  return (repository) => createTerminology({ ...common, stored: storedDefinitions(repository, definitions) });
}
