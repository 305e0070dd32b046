/** Ends a token at the wish of its client. https://www.rfc-editor.org/rfc/rfc7009 */
import { deleteAccessToken } from '../store/statement/authorization/access-token.ts';
import { type RefreshTokenRow, readRefreshToken } from '../store/statement/authorization/refresh-token.ts';
import { endAuthorization } from './authorization.ts';
import { hashOf } from './secret.ts';
import type { Tables } from './tables.ts';

/** With a refresh token ends all that was allowed with it (section 2.1); what is not the client's, or counts no more, is left and not told. */
export async function revoke(tables: Tables, token: string, client: string): Promise<void> {
  const hash = hashOf(token);
  await tables.run(deleteAccessToken(tables.schema, hash, client));
  const [row] = await tables.run<RefreshTokenRow>(readRefreshToken(tables.schema, hash));
  if (row?.client === client) await endAuthorization(tables, row.authorization_id);
}
