/** An account that changes while somebody is signed in, or about to be. https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import { type Account, changePassword, changeTotp, findAccountByName } from '../../src/auth/account.ts';
import { newTotpSecret } from '../../src/auth/totp.ts';
import { answerOf, browse, callback, createPages, type PagesWorld, password, plainClient, verifier } from './pages-support.ts';
import { type Answer, post, until } from './token-support.ts';

let world: PagesWorld;
const scope = 'launch/patient patient/Patient.rs offline_access';
let count = 0;

beforeAll(async () => {
  world = await createPages();
  await world.client({ scopes: [...plainClient.scopes, 'launch', 'launch/encounter'] });
  await world.put({ resourceType: 'Patient', id: 'one' });
});
afterAll(() => world.close());

const fresh = (): Promise<Account> => world.account({ name: `ann${++count}`, role: 'patient', fhirUser: 'Patient/one' });
const found = async ({ name }: Account): Promise<Account> => (await findAccountByName(world.database, name)) as Account;
const codeOf = (secret: string): string => new TOTP({ secret }).generate();

async function grantedTo({ name }: Account): Promise<Record<string, string>> {
  const { browser, page } = await world.signedIn(name, { scope });
  const { code = '' } = answerOf(await browser.post(page, 'consent', { allow: ['s1-view', 'offline'] }));
  const { json } = await post(world.origin, 'token', {
    ...{ grant_type: 'authorization_code', code, client_id: 'app', redirect_uri: callback, code_verifier: verifier },
  });
  return json as Record<string, string>;
}

const refreshed = ({ refresh_token = '' }: Record<string, string>): Promise<Answer> =>
  post(world.origin, 'token', { grant_type: 'refresh_token', refresh_token, client_id: 'app' });
const reads = async ({ access_token }: Record<string, string>): Promise<number> =>
  (await fetch(`${world.base}/Patient/one`, { headers: { authorization: `Bearer ${access_token}` } })).status;

describe('Sessions, access tokens and refresh tokens end', () => {
  const changes: readonly (readonly [string, (account: Account) => Promise<void>])[] = [
    ['when the password is changed', (account) => changePassword(world.database, account, 'another correct horse')],
    ['when a second factor comes', (account) => changeTotp(world.database, account, newTotpSecret())],
    ['when the second factor is taken away', (account) => changeTotp(world.database, account, null)],
  ];
  test.each(changes)('%s', async (_, change) => {
    const account = await fresh();
    const { browser } = await world.signedIn(account.name);
    const [tokens, later] = [await grantedTo(account), await grantedTo(account)];
    expect((await browser.get(world.request())).text).toContain('Allow access?');
    expect([await reads(tokens), await reads(later)]).toEqual([200, 200]);
    await change(account);
    await until(async () => (await reads(tokens)) === 401, 1000);
    expect(await refreshed(later)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    expect((await browser.get(world.request())).text).toContain('Sign in');
  });

  test('and a code that was given before counts for nothing', async () => {
    const account = await fresh();
    const { browser, page } = await world.signedIn(account.name, { scope });
    const { code = '' } = answerOf(await browser.post(page, 'consent', { allow: ['s1-view'] }));
    await changePassword(world.database, account, 'another correct horse');
    const { json } = await post(world.origin, 'token', {
      ...{ grant_type: 'authorization_code', code, client_id: 'app', redirect_uri: callback, code_verifier: verifier },
    });
    expect(json).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('A refresh token for a patient', () => {
  const related = (active: boolean) => ({ resourceType: 'RelatedPerson', id: 'mother', active, patient: { reference: 'Patient/one' } });

  test('is worth nothing when the person is related to the patient no more, and access ends with it', async () => {
    await world.put(related(true));
    const account = await world.account({
      name: `ann${++count}`,
      role: 'related-person',
      fhirUser: 'RelatedPerson/mother',
      policy: undefined,
    });
    const tokens = await grantedTo(account);
    const next = (await refreshed(tokens)).json as Record<string, string>;
    expect(await reads(next)).toBe(200);
    await world.put(related(false));
    expect(await refreshed(next)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    await until(async () => (await reads(next)) === 401, 1000);
    await world.put(related(true));
    expect(await refreshed(next)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
  });
});

describe('Who gave the old password and owes the second factor', () => {
  test('has to begin again when the password was changed meanwhile', async () => {
    const account = await fresh();
    const secret = await world.totp(account);
    const { browser, page } = await world.signedIn(account.name);
    expect(page.text).toContain('Second step');
    await changePassword(world.database, await found(account), 'another correct horse');
    const answer = await browser.post(page, 'totp', { code: codeOf(secret) });
    expect(answer.text).toContain('Sign in');
    expect(browser.cookies.has('anamnesis-session')).toBe(false);
  });

  test('has to begin again when the second factor was taken away', async () => {
    const account = await fresh();
    const secret = await world.totp(account);
    const { browser, page } = await world.signedIn(account.name);
    await changeTotp(world.database, account, null);
    const answer = await browser.post(page, 'totp', { code: codeOf(secret) });
    expect(browser.cookies.has('anamnesis-session')).toBe(false);
    expect(answer.status).toBe(401);
  });
});

describe('The language of an account', () => {
  test('is that of the pages from the login on', async () => {
    const account = await world.account({ name: `ann${++count}`, role: 'patient', fhirUser: 'Patient/one', language: 'de' });
    const browser = browse(world.origin, 'fr');
    const login = await browser.get(world.request());
    expect(login.text).toContain('<html lang="fr">');
    const page = await browser.post(login, 'login', { name: account.name, password });
    expect(page.text).toContain('<html lang="de">');
  });

  test('is not that of who has chosen another one in this browser', async () => {
    const account = await world.account({ name: `ann${++count}`, role: 'patient', fhirUser: 'Patient/one', language: 'de' });
    const browser = browse(world.origin, 'fr');
    const login = await browser.get(`${world.request()}&lang=es`);
    expect(login.text).toContain('<html lang="es">');
    expect((await browser.post(login, 'login', { name: account.name, password })).text).toContain('<html lang="es">');
  });
});
