/** From a request that writes one resource to its Change, and from the Change to the response: a transaction takes the same Changes. */
import type { Change } from '../repository/change.ts';
import type { CommitOptions } from '../repository/repository.ts';
import type { FhirRequest, Interaction, Services } from './interaction.ts';
import { written } from './written.ts';

/** Reads what a request wants to write; checks the rules of the request itself, not those of the content. */
export type ToChange = (request: FhirRequest, services: Services) => Promise<Change>;

/** The interaction that commits the one Change of its request. */
export const writing =
  (toChange: ToChange, options?: (services: Services) => CommitOptions): Interaction =>
  async (request, services) => {
    const change = await toChange(request, services);
    const [result] = await services.repository(request.principal).commit([change], options?.(services));
    if (result === undefined) throw new Error('A commit gave no result for its change');
    return written(request, result);
  };
