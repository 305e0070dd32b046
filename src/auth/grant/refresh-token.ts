/**
 * refresh_token: each is good once and brings the next. One that comes back was stolen, from the client or by it: nobody can tell who of the
 * two asks, so the authorization ends. https://www.rfc-editor.org/rfc/rfc6749#section-6, https://www.rfc-editor.org/rfc/rfc9700#section-4.14
 */
import { FhirError } from '../../fhir/outcome.ts';
import { type RefreshTokenRow, readRefreshToken, useRefreshToken } from '../../store/statement/authorization/refresh-token.ts';
import { endAuthorization } from '../authorization.ts';
import type { LaunchContext } from '../launch-context.ts';
import { OAuthError } from '../oauth-error.ts';
import { coveredBy, parseScopes, printScope } from '../scope.ts';
import { hashOf } from '../secret.ts';
import { inOneTransaction } from '../tables.ts';
import { type Grant, type GrantContext, required, type TokenResponse } from './grant.ts';
import { accessSeconds, issueAccessToken, issueRefreshToken } from './issue.ts';

const refuse = (): OAuthError =>
  new OAuthError('invalid_grant', 'The refresh token is unknown, has expired, was used before or revoked, or is not of this client.');

/** "MUST NOT include any scope not originally granted by the resource owner" */
function narrowed(asked: string | undefined, granted: string): string {
  if (asked === undefined) return granted;
  try {
    const [scopes, all] = [parseScopes(asked), parseScopes(granted)];
    if (scopes.length > 0 && scopes.every((scope) => coveredBy(scope, all))) return scopes.map(printScope).join(' ');
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
  }
  throw new OAuthError('invalid_scope', 'scope asks for more than was granted, or is no list of scopes.');
}

async function find({ database }: GrantContext, hash: Buffer, client: string): Promise<RefreshTokenRow> {
  const [row] = await database.run<RefreshTokenRow>(readRefreshToken(database.schema, hash));
  if (row?.used) await endAuthorization(database, row.authorization_id);
  if (row === undefined || row.used || !row.counts || row.client !== client) throw refuse();
  return row;
}

/** Scopes of `patient/` mean this patient: with the person's own access ends what they gave to an application. */
async function assertStillSeen(
  { database, mayStillSee }: GrantContext,
  { account, context, authorization_id }: RefreshTokenRow,
): Promise<void> {
  const { patient } = context as LaunchContext;
  if (account === null || patient === undefined || (await mayStillSee(account, patient))) return;
  await endAuthorization(database, authorization_id);
  throw new OAuthError('invalid_grant', 'The person who allowed the access may not see the patient any more.');
}

/** Undefined when another request used the token in the meantime. */
const rotate = (
  { database, settings }: GrantContext,
  hash: Buffer,
  row: RefreshTokenRow,
  scopes: string,
): Promise<TokenResponse | undefined> =>
  inOneTransaction(database, async (tables) => {
    const mine = await tables.run(useRefreshToken(tables.schema, hash));
    if (mine.length === 0) return undefined;
    const authorization = row.authorization_id;
    const tokens = await issueAccessToken(tables, { authorization, scopes, seconds: accessSeconds(settings) });
    const next = await issueRefreshToken(tables, authorization, row.scopes, settings);
    return { ...tokens, refresh_token: next, ...(row.context as LaunchContext) };
  });

export const refreshToken: Grant = async (context, { client, form }) => {
  const hash = hashOf(required(form, 'refresh_token'));
  const row = await find(context, hash, client.id);
  await assertStillSeen(context, row);
  const tokens = await rotate(context, hash, row, narrowed(form.scope, row.scopes));
  if (tokens !== undefined) return tokens;
  await endAuthorization(context.database, row.authorization_id);
  throw refuse();
};
