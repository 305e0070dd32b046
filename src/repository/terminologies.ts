/** Terminology over what a repository can read, and over what comes with the server. https://hl7.org/fhir/R4/terminology-service.html */
import type { Definitions } from '../fhir/definitions.ts';
import { createTerminology, shippedSources } from '../terminology/create-terminology.ts';
import { Shelf } from '../terminology/shelf.ts';
import type { Terminology } from '../terminology/terminology.ts';
import type { Repository } from './repository.ts';
import { storedDefinitions } from './stored-definitions.ts';

export interface TerminologiesOptions {
  readonly definitions: Definitions;
  readonly base?: string;
}

/** What was read is kept for all, and what comes with the server is opened once; what is found is up to the repository. */
export function terminologies({ definitions, base }: TerminologiesOptions): (repository: Repository) => Terminology {
  const common = { sources: shippedSources(), shelf: new Shelf(), bases: base === undefined ? [] : [base] };
  return (repository) => createTerminology({ ...common, stored: storedDefinitions(repository, definitions) });
}
