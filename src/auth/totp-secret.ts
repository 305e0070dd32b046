/** Secrets of second factors as the table keeps them: in base32, or sealed with SECRET_KEY for the account they belong to. https://www.rfc-editor.org/rfc/rfc6238#section-5.1 */
import { listTotp, sealTotp, type TotpRow } from '../store/statement/authorization/account.ts';
import type { SecretBox } from './secret-box.ts';
import type { Tables } from './tables.ts';

/** What was sealed for one account is not opened for another. */
const about = (account: string): string => `totp ${account}`;

interface Kept {
  readonly secret: string;
}

/** Base32 has no brace. */
const isSealed = (kept: string): boolean => kept.startsWith('{');

export function sealedTotp(box: SecretBox, account: string, secret: string): string {
  const sealed = box.seal({ secret } satisfies Kept, about(account));
  return box.isLoose({ secret }) ? JSON.stringify(sealed) : secret;
}

/** Throws an Error where it was sealed with a key that is not there. */
export const openedTotp = (box: SecretBox, account: string, kept: string): string =>
  isSealed(kept) ? (box.open(JSON.parse(kept) as unknown, about(account)) as Kept).secret : kept;

/** What was kept before there was a SECRET_KEY is sealed with it; whoever changes one meanwhile is not overwritten. */
export async function sealLooseTotp(tables: Tables, box: SecretBox): Promise<void> {
  for (const { id, totp } of await tables.run<TotpRow>(listTotp(tables.schema)))
    if (!isSealed(totp) && box.isLoose({ secret: totp })) await tables.run(sealTotp(tables.schema, id, totp, sealedTotp(box, id, totp)));
}
