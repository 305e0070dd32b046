/** An id token that comes back at logout: whose session it means, even when it has expired. https://openid.net/specs/openid-connect-rpinitiated-1_0.html#RPLogout */
import { compactVerify, createLocalJWKSet } from 'jose';
import type { Database } from '../store/database.ts';
import { openBox, type SecretBox } from './secret-box.ts';
import { signingAlgorithm, signingKeySet } from './signing-key.ts';

export interface IdTokenHint {
  /** Id of the account. */
  readonly subject: string;
  /** Id of the client that it was made for. */
  readonly client: string;
}

/** Undefined when this server did not sign it for the issuer. */
export async function readIdTokenHint(
  database: Database,
  issuer: string,
  text: string,
  box: SecretBox = openBox,
): Promise<IdTokenHint | undefined> {
  try {
    const keys = createLocalJWKSet(await signingKeySet(database, box));
    const { payload } = await compactVerify(text, keys, { algorithms: [signingAlgorithm] });
    const { iss, sub, aud } = JSON.parse(new TextDecoder().decode(payload)) as Readonly<Record<string, unknown>>;
    return iss === issuer && typeof sub === 'string' && typeof aud === 'string' ? { subject: sub, client: aud } : undefined;
  } catch {
    return undefined;
  }
}
