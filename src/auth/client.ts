/** Applications that may ask for access. https://www.rfc-editor.org/rfc/rfc7591#section-2, https://hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html */
import type { JSONWebKeySet } from 'jose';
import {
  type ClientRow,
  deleteClient,
  insertClient,
  listClients,
  readClient,
  setClientDisabled,
} from '../store/statement/authorization/client.ts';
import { tellWithdrawn } from '../store/statement/authorization/notice.ts';
import type { Tables } from './tables.ts';

export interface Client {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'confidential';
  /** SHA-256 of its secret: it proves itself with client_secret_basic or _post. */
  readonly secret?: Buffer;
  /** Its public keys, by value or by address: it proves itself with private_key_jwt. */
  readonly jwks?: JSONWebKeySet;
  readonly jwksUri?: string;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  readonly launchUri?: string;
  readonly grantTypes: readonly string[];
  /** What it may ask for at most. */
  readonly scopes: readonly string[];
  /** Name of the policy that limits its scopes of `system/`. */
  readonly policy?: string;
  /** Why it may look at records, such as `TREAT`; the first is meant where it does not say. None = treatment. */
  readonly purposes?: readonly string[];
  /** Belongs to the house: people need not be asked for their consent. */
  readonly trusted: boolean;
  /** What is shown to people: `logo_uri`, `client_uri`, `tos_uri`, `policy_uri`, `contacts` … */
  readonly details: Readonly<Record<string, unknown>>;
  /** SHA-256 of the token with which it manages its own registration. https://www.rfc-editor.org/rfc/rfc7592 */
  readonly registrationToken?: Buffer;
  readonly disabled: boolean;
}

const wordsOf = (text: string): string[] => text.split(' ').filter((word) => word !== '');

const clientOf = (row: ClientRow): Client => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  ...(row.secret === null ? {} : { secret: row.secret }),
  ...(row.jwks === null ? {} : { jwks: row.jwks as JSONWebKeySet }),
  ...(row.jwks_uri === null ? {} : { jwksUri: row.jwks_uri }),
  redirectUris: row.redirect_uris,
  postLogoutRedirectUris: row.post_logout_redirect_uris,
  ...(row.launch_uri === null ? {} : { launchUri: row.launch_uri }),
  grantTypes: row.grant_types,
  scopes: wordsOf(row.scopes),
  ...(row.policy === null ? {} : { policy: row.policy }),
  ...(row.purpose === null ? {} : { purposes: wordsOf(row.purpose) }),
  trusted: row.trusted,
  details: row.details as Client['details'],
  ...(row.registration_token === null ? {} : { registrationToken: row.registration_token }),
  disabled: row.disabled,
});

const rowOf = (client: Client): ClientRow => ({
  id: client.id,
  name: client.name,
  kind: client.kind,
  secret: client.secret ?? null,
  jwks: client.jwks ?? null,
  jwks_uri: client.jwksUri ?? null,
  redirect_uris: client.redirectUris,
  post_logout_redirect_uris: client.postLogoutRedirectUris,
  launch_uri: client.launchUri ?? null,
  grant_types: client.grantTypes,
  scopes: client.scopes.join(' '),
  policy: client.policy ?? null,
  purpose: client.purposes?.join(' ') ?? null,
  trusted: client.trusted,
  details: client.details,
  registration_token: client.registrationToken ?? null,
  disabled: client.disabled,
});

/** PostgreSQL keeps no NUL, and no client has a longer id. */
const mayBeId = (id: string): boolean => id.length > 0 && id.length <= 255 && !id.includes('\0');

/** A client that may act; one that was disabled is as unknown as one that never was. */
export async function findClient(tables: Tables, id: string): Promise<Client | undefined> {
  if (!mayBeId(id)) return undefined;
  const [row] = await tables.run<ClientRow>(readClient(tables.schema, id));
  return row === undefined || row.disabled ? undefined : clientOf(row);
}

/** All of them, those that were disabled too. */
export const allClients = async (tables: Tables): Promise<Client[]> =>
  (await tables.run<ClientRow>(listClients(tables.schema))).map(clientOf);

/** False when the id is taken. */
export async function addClient(tables: Tables, client: Client): Promise<boolean> {
  const added = await tables.run(insertClient(tables.schema, rowOf(client)));
  // Its pages may call the API from now on.
  await tables.run(tellWithdrawn(tables.schema, 'client', client.id));
  return added.length === 1;
}

/** False when there is no such client. Its tokens end at once, in every process. */
export async function disableClient(tables: Tables, id: string): Promise<boolean> {
  const changed = await tables.run(setClientDisabled(tables.schema, id, true));
  await tables.run(tellWithdrawn(tables.schema, 'client', id));
  return changed.length === 1;
}

/** A client that registered itself goes with all of its tokens. */
export async function deleteRegistered(tables: Tables, id: string): Promise<void> {
  await tables.run(deleteClient(tables.schema, id));
  await tables.run(tellWithdrawn(tables.schema, 'client', id));
}
