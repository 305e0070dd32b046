/** The statements of authorizations: what one person allowed one client, or a client is allowed for itself. */
import { identifier, type Statement } from '../../statement.ts';
import { tellEachSql } from './notice.ts';

export interface AuthorizationRow {
  readonly id: string;
  readonly client: string;
  readonly account: string | null;
  /** Hash of the session of the browser in which it was given. */
  readonly session: Buffer | null;
  readonly scopes: string;
  readonly context: unknown;
  readonly purpose: string | null;
}

export const insertAuthorization = (schemaName: string, row: AuthorizationRow): Statement => ({
  text: `insert into ${identifier(schemaName)}.authorization (id, client, account, session, scopes, context, purpose, created)
values ($1, $2, $3, $4, $5, $6::jsonb, $7, clock_timestamp())`,
  values: [row.id, row.client, row.account, row.session, row.scopes, JSON.stringify(row.context), row.purpose],
});

/** Ends the authorizations that the condition names, and tells all processes when the transaction is committed. */
function revokeWhere(schemaName: string, condition: string, values: readonly unknown[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `with ended as (update ${schema}.authorization set revoked = clock_timestamp() where revoked is null and ${condition} returning id)
${tellEachSql(schema, 'authorization', 'ended')}`,
    values,
  };
}

export const revokeAuthorization = (schemaName: string, id: string): Statement => revokeWhere(schemaName, 'id = $1', [id]);

export const revokeOfAccount = (schemaName: string, account: string): Statement => revokeWhere(schemaName, 'account = $1', [account]);

/** Access that was asked to outlive the session does. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-a-refresh-token */
export const revokeOfSession = (schemaName: string, session: Buffer): Statement =>
  revokeWhere(schemaName, `session = $1 and not 'offline_access' = any(string_to_array(scopes, ' '))`, [session]);
