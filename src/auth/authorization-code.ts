/** Authorization codes: bound to the client, its redirect URI and its PKCE challenge, good once and for a minute. https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2 */
import { insertCode } from '../store/statement/authorization/code.ts';
import { newSecret } from './secret.ts';
import type { Tables } from './tables.ts';

export interface NewCode {
  /** Id of the authorization. */
  readonly authorization: string;
  /** As the authorization request gave it: the token request must give the same. */
  readonly redirectUri: string;
  /** `code_challenge` of the method S256, the only one there is. https://www.rfc-editor.org/rfc/rfc7636#section-4.2 */
  readonly challenge: string;
  /** For the id token. */
  readonly nonce?: string | undefined;
  /** When the person proved who they are: `auth_time` of the id token. */
  readonly authenticated: Date;
}

/** Answers the code for the redirect; it is kept nowhere. */
export async function createCode(
  tables: Tables,
  { authorization, redirectUri, challenge, nonce, authenticated }: NewCode,
): Promise<string> {
  const { text, hash } = newSecret();
  await tables.run(insertCode(tables.schema, { hash, authorization, redirectUri, challenge, nonce: nonce ?? null, authenticated }));
  return text;
}
