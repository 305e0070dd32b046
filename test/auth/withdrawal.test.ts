/** Access that is withdrawn, at two servers on one database: within a second neither of them gives anything for it. https://www.rfc-editor.org/rfc/rfc7009 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, changePassword, changePolicy, changeTotp, findAccountByName, setDisabled } from '../../src/auth/account.ts';
import { deleteRegistered, disableClient } from '../../src/auth/client.ts';
import { dropPolicy, putPolicy } from '../../src/repository/policies.ts';
import { tellWithdrawn } from '../../src/store/statement/authorization/notice.ts';
import { answerOf, type Browsing, callback, createPages, type PagesWorld, patient, plainClient, verifier } from './pages-support.ts';
import { type Answer, post, until } from './token-support.ts';

let world: PagesWorld;
let origins: readonly string[];
let count = 0;

beforeAll(async () => {
  world = await createPages();
  origins = [world.origin, await world.serve()];
  await world.put(patient('one', 'Amsel'));
});
afterAll(() => world.close());

const scope = 'user/Patient.rs offline_access openid';

interface Given {
  readonly account: Account;
  readonly client: string;
  readonly browser: Browsing;
  readonly access: string;
  readonly refresh: string;
  /** Not used yet. */
  readonly code: string;
}

const everything = { name: 'everything', description: 'All patients.', rules: [{ types: ['*'], rights: 'rs', patients: 'all' }] };

const codeFrom = async (browser: Browsing, client: string): Promise<string> =>
  answerOf(
    await browser.post(await browser.get(world.request({ scope, client_id: client })), 'consent', {
      allow: ['s0-view', 'offline', 'identity'],
    }),
  )['code'] ?? '';

const redeem = (origin: string, client: string, code: string): Promise<Answer> =>
  post(origin, 'token', { grant_type: 'authorization_code', code, client_id: client, redirect_uri: callback, code_verifier: verifier });
const refresh = (origin: string, { client, refresh: token }: Given): Promise<Answer> =>
  post(origin, 'token', { grant_type: 'refresh_token', refresh_token: token, client_id: client });
const reads = async (origin: string, { access }: Given): Promise<number> =>
  (await fetch(`${origin}/fhir/Patient/one`, { headers: { authorization: `Bearer ${access}` } })).status;
const finds = async (origin: string, { access }: Given): Promise<number> =>
  (await fetch(`${origin}/fhir/Patient?_id=one`, { headers: { authorization: `Bearer ${access}` } })).status;

/** A person, an application of their own, and all that can be withdrawn of both; both servers know the token. */
async function given(policy = 'all-patients'): Promise<Given> {
  const client = `app${++count}`;
  await world.client({ id: client, scopes: ['user/*.rs', 'offline_access', 'openid'] });
  const { name } = await world.account({ name: `ann${count}`, policy, fhirUser: 'Practitioner/dr' });
  const account = (await findAccountByName(world.database, name)) as Account;
  const { browser } = await world.signedIn(name, { scope, client_id: client });
  const { json } = await redeem(world.origin, client, await codeFrom(browser, client));
  const code = await codeFrom(browser, client);
  const all = { account, client, browser, code, access: String(json['access_token']), refresh: String(json['refresh_token']) };
  for (const origin of origins) expect([await reads(origin, all), await finds(origin, all)]).toEqual([200, 200]);
  return all;
}

const withdrawn: readonly (readonly [what: string, withdraw: (given: Given) => Promise<unknown>])[] = [
  ['A password is changed', ({ account }) => changePassword(world.database, account, 'another correct horse')],
  ['A second factor comes', ({ account }) => changeTotp(world.database, account, 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')],
  ['An account is shut out', ({ account }) => setDisabled(world.database, account, true)],
  ['A client is disabled', ({ client }) => disableClient(world.database, client)],
  ['A client is deleted', ({ client }) => deleteRegistered(world.database, client)],
];

describe.each(withdrawn)('%s', (_, withdraw) => {
  test('and within a second no server takes an access token, a refresh token or a code', async () => {
    const all = await given();
    await withdraw(all);
    await Promise.all(
      origins.map(async (origin) => expect(await until(async () => (await reads(origin, all)) === 401)).toBeLessThan(1000)),
    );
    for (const origin of origins) {
      expect(await finds(origin, all)).toBe(401);
      expect([400, 401]).toContain((await refresh(origin, all)).status);
      expect([400, 401]).toContain((await redeem(origin, all.client, all.code)).status);
    }
    const page = await all.browser.get(world.request({ scope, client_id: all.client }));
    expect(page.location ?? page.text).not.toContain('code=');
    expect(page.text).not.toContain('id="consent"');
  });
});

describe('A policy', () => {
  /** As `anamnesis policy` changes it. */
  const change = async (body: object | undefined): Promise<void> => {
    const { database } = world;
    await (body === undefined
      ? dropPolicy(database, database.schema, 'everything')
      : putPolicy(database, database.schema, body, (name) => name === 'Observation'));
  };
  const reach = async (all: Given, status: number): Promise<void> => {
    await Promise.all(
      origins.map(async (origin) => expect(await until(async () => (await reads(origin, all)) === status)).toBeLessThan(1000)),
    );
  };

  test('that an account loses takes its records from all servers within a second', async () => {
    const all = await given();
    await changePolicy(world.database, all.account, 'own-patients');
    await reach(all, 404);
  });

  test('that is narrowed, or removed, takes its records from all servers within a second', async () => {
    await change(everything);
    const all = await given('everything');
    await change({ ...everything, rules: [{ types: ['Observation'], rights: 'rs', patients: 'all' }] });
    await reach(all, 403);
    await change(everything);
    await reach(all, 200);
    await change(undefined);
    await reach(all, 403);
  });
});

test('What is told of all withdraws everything that servers remember, and takes nothing that counts', async () => {
  const all = await given();
  await world.database.run(tellWithdrawn('anamnesis', 'all'));
  for (const origin of origins) expect(await reads(origin, all)).toBe(200);
});

test('An account that is let in again has to sign in anew: what was withdrawn does not come back', async () => {
  const all = await given();
  await setDisabled(world.database, all.account, true);
  await setDisabled(world.database, all.account, false);
  for (const origin of origins) {
    await until(async () => (await reads(origin, all)) === 401, 1000);
    expect((await refresh(origin, all)).json).toMatchObject({ error: 'invalid_grant' });
  }
  expect((await all.browser.get(world.request({ scope, client_id: all.client }))).text).toContain('name="password"');
  expect(plainClient.id).not.toBe(all.client);
});
