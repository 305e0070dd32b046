/** An account that is changed while a login, a consent or a refresh is under way: what began before the change gives nothing after it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import { type Account, changePassword, changeTotp, findAccountByName, setDisabled } from '../../src/auth/account.ts';
import { answerOf, type Browsing, browse, callback, createPages, type PagesWorld, password, verifier } from './pages-support.ts';
import { type Answer, post } from './token-support.ts';

let world: PagesWorld;
let count = 0;
const scope = 'launch/patient patient/Patient.rs offline_access';

beforeAll(async () => {
  world = await createPages();
  await world.client();
  await world.put({ resourceType: 'Patient', id: 'one' });
});
afterAll(() => world.close());

const fresh = (): Promise<Account> => world.account({ name: `ann${++count}`, role: 'patient', fhirUser: 'Patient/one' });
const found = async ({ name }: Account): Promise<Account> => (await findAccountByName(world.database, name)) as Account;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** While the work runs, the database needs 600 ms for each row of the table that is changed so. */
async function whileSlow<T>(table: string, event: 'delete' | 'update' | 'insert', work: () => Promise<T>): Promise<T> {
  await world.sql(`create or replace function anamnesis.slow() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.6); return coalesce(new, old); end $$;
    create trigger slow before ${event} on anamnesis.${table} for each row execute function anamnesis.slow()`);
  try {
    return await work();
  } finally {
    await world.sql(`drop trigger slow on anamnesis.${table}`);
  }
}

/** Begins one, and makes the change while it waits for the database. */
async function during<T>(begun: () => Promise<T>, change: () => Promise<void>): Promise<T> {
  const running = begun();
  await pause(250);
  await change();
  return running;
}

const isSignedIn = async (browser: Browsing): Promise<boolean> =>
  !(await browser.get(world.request({ scope }))).text.includes('name="password"');

const redeem = (code = ''): Promise<Answer> =>
  post(world.origin, 'token', {
    ...{ grant_type: 'authorization_code', code, client_id: 'app', redirect_uri: callback, code_verifier: verifier },
  });
const refresh = (token: unknown): Promise<Answer> =>
  post(world.origin, 'token', { grant_type: 'refresh_token', refresh_token: String(token), client_id: 'app' });
const reads = async ({ json }: Answer): Promise<number> =>
  (await fetch(`${world.base}/Patient/one`, { headers: { authorization: `Bearer ${String(json['access_token'])}` } })).status;

const changes: readonly (readonly [string, (account: Account) => Promise<void>])[] = [
  ['the password is changed', (account) => changePassword(world.database, account, 'another correct horse')],
  ['a second factor comes', (account) => changeTotp(world.database, account, 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')],
  ['the account is shut out', (account) => setDisabled(world.database, account, true)],
];

describe.each(changes)('While %s', (_, change) => {
  test('a login that began before gets no session', async () => {
    const account = await fresh();
    const browser = browse(world.origin);
    const page = await browser.get(world.request({ scope }));
    // What was wrong before is forgotten after the right password, and before the session.
    await browser.post(page, 'login', { name: account.name, password: 'not the password' });
    const answer = await whileSlow('attempt', 'delete', () =>
      during(
        () => browser.post(page, 'login', { name: account.name, password }),
        () => change(account),
      ),
    );
    expect(answer.text).toContain('name="password"');
    expect(browser.cookies.has('anamnesis-session')).toBe(false);
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('a consent that was under way gives a code that is worth nothing', async () => {
    const account = await fresh();
    const { browser, page } = await world.signedIn(account.name, { scope });
    const answer = await whileSlow('interaction', 'delete', () =>
      during(
        () => browser.post(page, 'consent', { allow: ['s1-view', 'offline'] }),
        () => change(account),
      ),
    );
    expect((await redeem(answerOf(answer)['code'])).json).toMatchObject({ error: 'invalid_grant' });
    expect(await isSignedIn(browser)).toBe(false);
  });

  test('a refresh, and the use of a code, that were under way give tokens that are worth nothing', async () => {
    const account = await fresh();
    const { browser, page } = await world.signedIn(account.name, { scope });
    const tokens = await redeem(answerOf(await browser.post(page, 'consent', { allow: ['s1-view', 'offline'] }))['code']);
    const again = await browser.get(world.request({ scope }));
    const { code } = answerOf(await browser.post(again, 'consent', { allow: ['s1-view', 'offline'] }));
    expect(await reads(tokens)).toBe(200);
    const [refreshed, redeemed] = await whileSlow('access_token', 'insert', () =>
      during(
        () => Promise.all([refresh(tokens.json['refresh_token']), redeem(code)]),
        () => change(account),
      ),
    );
    for (const answer of [refreshed, redeemed]) {
      expect(await reads(answer)).toBe(401);
      expect((await refresh(answer.json['refresh_token'])).json).toMatchObject({ error: 'invalid_grant' });
    }
  });
});

describe('While the second factor is taken away', () => {
  test('a login that had proved it before gets no session', async () => {
    const account = await fresh();
    const secret = await world.totp(account);
    const { browser, page } = await world.signedIn(account.name, { scope });
    await browser.post(page, 'totp', { code: '000000' });
    const answer = await whileSlow('attempt', 'delete', () =>
      during(
        () => browser.post(page, 'totp', { code: new TOTP({ secret }).generate() }),
        async () => changeTotp(world.database, await found(account), null),
      ),
    );
    expect(answer.text).toContain('name="password"');
    expect(browser.cookies.has('anamnesis-session')).toBe(false);
  });
});

test('Whenever a password is changed beside logins with the old one, none of them is signed in afterwards', async () => {
  const account = await fresh();
  let current = password;
  for (let round = 0; round < 6; round++) {
    const next = `correct horse number ${round}`;
    const browsers = await Promise.all(
      [0, 1, 2].map(async () => {
        const browser = browse(world.origin);
        return { browser, page: await browser.get(world.request({ scope })) };
      }),
    );
    const old = current;
    const logins = browsers.map(async ({ browser, page }, i) => {
      await pause(i * 15 + round * 7);
      await browser.post(page, 'login', { name: account.name, password: old });
    });
    await Promise.all([changePassword(world.database, await found(account), next), ...logins]);
    current = next;
    for (const { browser } of browsers) expect([round, await isSignedIn(browser)]).toEqual([round, false]);
    await world.sql('delete from anamnesis.attempt');
  }
}, 60_000);
