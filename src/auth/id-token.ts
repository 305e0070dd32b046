/** Who signed in, as a token for the client, and the same as claims for userinfo. https://openid.net/specs/openid-connect-core-1_0.html#IDToken */
import { SignJWT } from 'jose';
import type { Database } from '../store/database.ts';
import type { Account } from './account.ts';
import { findAccount } from './account.ts';
import { openBox, type SecretBox } from './secret-box.ts';
import { signingKey } from './signing-key.ts';

export interface IdTokenContent {
  /** The FHIR base. */
  readonly issuer: string;
  /** Id of the client. */
  readonly client: string;
  /** Id of the account. */
  readonly account: string;
  /** What was granted. */
  readonly scopes: readonly string[];
  /** As the authorization request gave it. */
  readonly nonce?: string | null | undefined;
  /** When the person proved who they are. */
  readonly authenticated: Date;
  readonly now: Date;
}

/** Seconds: a client looks at it once, at once. */
const lifetime = 600;

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** `sub` is the account for ever, the same for all clients. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-identity-data */
export function identityClaims(account: Account, scopes: readonly string[], base: string): Readonly<Record<string, string>> {
  const user = account.fhirUser === undefined ? undefined : `${base}/${account.fhirUser}`;
  const profile = scopes.includes('profile');
  return {
    sub: account.id,
    ...(user !== undefined && scopes.includes('fhirUser') ? { fhirUser: user } : {}),
    ...(user !== undefined && profile ? { profile: user } : {}),
    ...(profile ? { preferred_username: account.name } : {}),
  };
}

/** Undefined when the scope `openid` was not granted, or the account is no more. */
export async function makeIdToken(database: Database, content: IdTokenContent, box: SecretBox = openBox): Promise<string | undefined> {
  const { issuer, client, scopes, nonce, authenticated, now } = content;
  if (!scopes.includes('openid')) return undefined;
  const account = await findAccount(database, content.account);
  if (account === undefined || account.disabled) return undefined;
  const { kid, algorithm, key } = await signingKey(database, box);
  const claims = { ...identityClaims(account, scopes, issuer), auth_time: seconds(authenticated), ...(nonce == null ? {} : { nonce }) };
  return new SignJWT(claims)
    .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
    .setIssuer(issuer)
    .setAudience(client)
    .setIssuedAt(seconds(now))
    .setExpirationTime(seconds(now) + lifetime)
    .sign(key);
}
