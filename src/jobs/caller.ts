/** Who a job belongs to, and what they may still do when it runs. */
import { policyOf } from '../auth/account.ts';
import type { Principal } from '../auth/principal.ts';
import { refusal } from '../fhir/outcome.ts';
import type { Session } from '../store/database.ts';
import { type GrantRow, readJobGrant } from '../store/statement/client-job.ts';

/** The same for all tokens of one client, or of one person at one client, about one patient. */
export const callerOf = ({ id, client, account, fhirUser, patient }: Principal): string =>
  JSON.stringify([client ?? id, account ?? fhirUser ?? '', patient ?? '']);

const isOwn = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const policiesOf = ({ client_policy, account_policy, account_role }: GrantRow): NonNullable<Principal['policies']> => ({
  ...(account_role === null
    ? {}
    : { user: policyOf({ role: account_role, ...(account_policy === null ? {} : { policy: account_policy }) }) }),
  ...(client_policy === null ? {} : { system: client_policy }),
});

/**
 * The principal as it stands now: with the scopes that were granted, under the policies of the moment. Throws a FhirError (403) when its
 * authorization was revoked, or its client or person may act no more. Tokens of other issuers cannot be asked about.
 */
export async function standing(session: Session, schema: string, principal: Principal): Promise<Principal> {
  const { id, client, account } = principal;
  if (client === undefined || !isOwn.test(id)) return principal;
  const [row] = await session.run<GrantRow>(readJobGrant(schema, id, client, account ?? null));
  if (row !== undefined) return { ...principal, policies: policiesOf(row) };
  throw refusal('forbidden', 'What this job was asked with was revoked, or its client or person may act no more.');
}

/** What was made with some scopes is given to who has them all: a token that may read less gets none of it. Throws a FhirError (403). */
export function assertCovers(principal: Principal, asked: Principal): void {
  const missing = asked.scopes.filter((scope) => !principal.scopes.includes(scope));
  const isSame = (principal.purpose ?? 'TREAT') === (asked.purpose ?? 'TREAT');
  if (missing.length === 0 && isSame) return;
  const text = missing.length > 0 ? `a token with the scopes that it was asked with (${missing.join(' ')} is missing)` : 'the same purpose';
  throw refusal('forbidden', `What this job made is given to its caller with ${text}.`);
}
