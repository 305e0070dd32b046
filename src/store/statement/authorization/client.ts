/** The statements of clients. */
import { identifier, type Statement } from '../../statement.ts';

export interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'confidential';
  readonly secret: Buffer | null;
  readonly jwks: unknown;
  readonly jwks_uri: string | null;
  readonly redirect_uris: readonly string[];
  readonly post_logout_redirect_uris: readonly string[];
  readonly launch_uri: string | null;
  readonly grant_types: readonly string[];
  readonly scopes: string;
  readonly policy: string | null;
  readonly purpose: string | null;
  readonly trusted: boolean;
  readonly details: unknown;
  readonly registration_token: Buffer | null;
  readonly disabled: boolean;
}

const columns =
  'id, name, kind, secret, jwks, jwks_uri, redirect_uris, post_logout_redirect_uris, launch_uri, grant_types, scopes, policy, purpose, trusted, details, registration_token, disabled';

/** At most one row. */
export const readClient = (schemaName: string, id: string): Statement => ({
  text: `select ${columns} from ${identifier(schemaName)}.client where id = $1`,
  values: [id],
  name: 'authorization-client',
});

export const listClients = (schemaName: string): Statement => ({
  text: `select ${columns} from ${identifier(schemaName)}.client order by name, id`,
  values: [],
});

/** No row when the id is taken. */
export const insertClient = (schemaName: string, row: ClientRow): Statement => ({
  text: `insert into ${identifier(schemaName)}.client (${columns}, created)
values ($1, $2, $3, $4, $5::jsonb, $6, $7::text[], $8::text[], $9, $10::text[], $11, $12, $13, $14, $15::jsonb, $16, $17, clock_timestamp())
on conflict do nothing returning id`,
  values: [
    ...[row.id, row.name, row.kind, row.secret, row.jwks == null ? null : JSON.stringify(row.jwks), row.jwks_uri],
    ...[row.redirect_uris, row.post_logout_redirect_uris, row.launch_uri, row.grant_types, row.scopes, row.policy, row.purpose],
    ...[row.trusted, JSON.stringify(row.details), row.registration_token, row.disabled],
  ],
});

/** No row when there is no such client. */
export const setClientDisabled = (schemaName: string, id: string, disabled: boolean): Statement => ({
  text: `update ${identifier(schemaName)}.client set disabled = $2 where id = $1 returning id`,
  values: [id, disabled],
});

export const deleteClient = (schemaName: string, id: string): Statement => ({
  text: `delete from ${identifier(schemaName)}.client where id = $1 returning id`,
  values: [id],
});

/** Of all clients that may act: rows of {uri}. */
export const readRedirectUris = (schemaName: string): Statement => ({
  text: `select distinct unnest(redirect_uris) as uri from ${identifier(schemaName)}.client where not disabled`,
  values: [],
});

/** Where a client is found now. */
export const moveClient = (schemaName: string, id: string, uris: readonly string[], launchUri: string): Statement => ({
  text: `update ${identifier(schemaName)}.client set redirect_uris = $2::text[], post_logout_redirect_uris = $2::text[], launch_uri = $3
where id = $1 and redirect_uris <> $2::text[] returning id`,
  values: [id, uris, launchUri],
});
