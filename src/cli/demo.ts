/** Whom the first start on an empty database lets in: two people, a program, and the sample application. */
import { addAccount } from '../auth/account.ts';
import { createAuthorization } from '../auth/authorization.ts';
import { addClient, type Client } from '../auth/client.ts';
import { newPassword } from '../auth/password.ts';
import { newSecret } from '../auth/secret.ts';
import type { Tables } from '../auth/tables.ts';
import { sampleAppId, sampleAppPath } from '../http/sample-app.ts';
import { insertAccessToken } from '../store/statement/authorization/access-token.ts';
import { moveClient } from '../store/statement/authorization/client.ts';
import { CommandError } from './terminal.ts';

/** Secrets that are shown once and kept nowhere. */
export interface Demo {
  readonly people: readonly { readonly name: string; readonly password: string; readonly sees: string }[];
  readonly client: { readonly id: string; readonly secret: string };
  /** Of that client: reads everything for some minutes. */
  readonly token: string;
}

export const demoTokenMinutes = 15;

const clientOf = (client: Pick<Client, 'id' | 'name' | 'kind' | 'scopes' | 'grantTypes'> & Partial<Client>): Client => ({
  redirectUris: [],
  postLogoutRedirectUris: [],
  trusted: false,
  details: {},
  disabled: false,
  ...client,
});

const backend = { id: 'demo-backend', name: 'Demo backend service' };

/** Where a browser finds the sample application: at the public address, which is where launches lead, and on this machine. */
export function sampleAppUris(url: string, baseUrl: string | undefined): string[] {
  const { protocol, port, hostname } = new URL(url);
  const here = ['127.0.0.1', 'localhost'].map((host) => `${protocol}//${host}${port === '' ? '' : `:${port}`}`);
  // Nobody finds anything at the address that means all of this machine's.
  const own = ['0.0.0.0', '[::]'].includes(hostname) ? [] : [new URL(url).origin];
  const origins = new Set([...(baseUrl === undefined ? [] : [new URL(baseUrl).origin]), ...own, ...here]);
  return [...origins].map((origin) => `${origin}${sampleAppPath}`);
}

const launchUriOf = ([first = '']: readonly string[]): string => `${first}launch`;

export const sampleAppClient = (uris: readonly string[]): Client =>
  clientOf({
    id: sampleAppId,
    name: 'Anamnesis history',
    kind: 'public',
    redirectUris: uris,
    postLogoutRedirectUris: uris,
    launchUri: launchUriOf(uris),
    grantTypes: ['authorization_code', 'refresh_token'],
    scopes: ['openid', 'fhirUser', 'profile', 'launch', 'launch/patient', 'online_access', 'offline_access', 'patient/*.rs'],
  });

async function addPerson(
  tables: Tables,
  asked: { name: string; role: 'practitioner' | 'patient'; fhirUser: string; policy?: string },
): Promise<string> {
  const password = newPassword();
  if ((await addAccount(tables, { ...asked, password })) === undefined)
    throw new CommandError(`The account ${asked.name} is there already.`);
  return password;
}

/** A token as the client itself would be given, so that the first command can be tried as it stands. */
async function tokenOf(tables: Tables, client: string, scopes: readonly string[]): Promise<string> {
  const { text, hash } = newSecret();
  const authorization = await createAuthorization(tables, { client, scopes });
  await tables.run(insertAccessToken(tables.schema, hash, authorization, scopes.join(' '), demoTokenMinutes * 60));
  return text;
}

export interface DemoPeople {
  /** Such as `Practitioner/7`. */
  readonly practitioner: string;
  readonly patient: { readonly id: string; readonly name: string };
}

export async function createDemo(tables: Tables, { practitioner, patient }: DemoPeople, uris: readonly string[]): Promise<Demo> {
  const { text: secret, hash } = newSecret();
  const service = clientOf({
    ...backend,
    kind: 'confidential',
    secret: hash,
    scopes: ['system/*.cruds'],
    grantTypes: ['client_credentials'],
  });
  for (const client of [service, sampleAppClient(uris)]) await addClient(tables, client);
  const name = (patient.name.split(' ')[0] as string).toLowerCase();
  const doctor = await addPerson(tables, { name: 'doctor', role: 'practitioner', fhirUser: practitioner, policy: 'all-patients' });
  const own = await addPerson(tables, { name, role: 'patient', fhirUser: `Patient/${patient.id}` });
  return {
    people: [
      { name: 'doctor', password: doctor, sees: 'a practitioner: every record' },
      { name, password: own, sees: `a patient: the record of ${patient.name}` },
    ],
    client: { id: backend.id, secret },
    token: await tokenOf(tables, backend.id, ['system/*.rs']),
  };
}

/** The server may listen elsewhere than at its first start. */
export const keepSampleApp = async (tables: Tables, uris: readonly string[]): Promise<void> =>
  void (await tables.run(moveClient(tables.schema, sampleAppId, uris, launchUriOf(uris))));
