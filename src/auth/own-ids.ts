/**
 * Ids under which a client may make resources although it does not reach all of the type: those that begin with its own name. Whether
 * one of them is taken tells of nobody but of itself, as nobody else gives such ids.
 */
import { isId } from '../fhir/id.ts';
import type { Principal } from './principal.ts';

/** `my-client.` for a client that acts by itself; a name with a dot in it could be the beginning of another one's. */
export function ownIdsOf({ client, account, fhirUser, patient }: Principal): string | undefined {
  const isPerson = account !== undefined || fhirUser !== undefined || patient !== undefined;
  return client === undefined || isPerson || !isId(client) || client.includes('.') ? undefined : `${client}.`;
}
