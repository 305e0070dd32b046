/** Which policies there are, by name: a name that is not known would allow nothing, and nobody would know why. */
import type { Definitions } from '../fhir/definitions.ts';
import { type PolicyRow, readPolicies } from '../store/statement/authorization/policy.ts';
import { OAuthError } from './oauth-error.ts';
import { shippedPolicies } from './shipped-policies.ts';
import type { Tables } from './tables.ts';

/** Throws OAuthError (400). */
export async function assertPolicy(tables: Tables, name: string | undefined, definitions: Definitions): Promise<void> {
  if (name === undefined) return;
  const stored = await tables.run<PolicyRow>(readPolicies(tables.schema));
  const names = [...shippedPolicies((type) => definitions.isResourceType(type)).keys(), ...stored.map((row) => row.name)];
  if (!names.includes(name)) throw new OAuthError('invalid_request', `policy must be one of ${[...new Set(names)].sort().join(', ')}.`);
}
