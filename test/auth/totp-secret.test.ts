/** Secrets of second factors in the database: with a SECRET_KEY whoever reads it alone makes no code of them. https://www.rfc-editor.org/rfc/rfc6238#section-5.1 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import { type Account, addAccount, changeTotp, findAccount } from '../../src/auth/account.ts';
import { makeIdToken } from '../../src/auth/id-token.ts';
import { openBox, secretBox } from '../../src/auth/secret-box.ts';
import { newTotpSecret, useTotp } from '../../src/auth/totp.ts';
import { sealLooseTotp } from '../../src/auth/totp-secret.ts';
import { createPages, type PagesWorld, password } from './pages-support.ts';
import { until } from './token-support.ts';

const key = 'a secret of at least 32 characters';
const box = secretBox(key);
let world: PagesWorld;
let count = 0;

beforeAll(async () => {
  world = await createPages({ SECRET_KEY: key });
  await world.client();
});
afterAll(() => world.close());

const kept = async (): Promise<string> =>
  JSON.stringify(await world.database.run({ text: 'select totp from anamnesis.account where totp is not null', values: [] }));

const codeOf = (secret: string): string => new TOTP({ secret }).generate();
const again = async ({ id }: Account): Promise<Account> => (await findAccount(world.database, id)) as Account;

async function fresh(): Promise<Account> {
  const account = await addAccount(world.database, { name: `ann${++count}`, password, role: 'practitioner' });
  if (account === undefined) throw new Error('the name is taken');
  return account;
}

describe('A second factor under a SECRET_KEY', () => {
  test('is sealed from the beginning, and its codes are right', async () => {
    const [account, secret] = [await fresh(), newTotpSecret()];
    await changeTotp(world.database, account, secret, box);
    expect(await kept()).toContain('A256GCM');
    expect(await kept()).not.toContain(secret);
    expect(await useTotp(world.database, await again(account), codeOf(secret), new Date(), box)).toBe(true);
  });

  test('that lay open before there was the key is sealed, signs in as before, and signs nobody out', async () => {
    const [account, secret] = [await fresh(), newTotpSecret()];
    await changeTotp(world.database, account, secret);
    expect(await kept()).toContain(secret);
    const { browser, page } = await world.signedIn(account.name);
    await sealLooseTotp(world.database, box);
    expect(await kept()).not.toContain(secret);
    await sealLooseTotp(world.database, box);
    const next = await browser.post(page, 'totp', { code: codeOf(secret) });
    expect([next.text.includes('Choose a patient'), browser.cookies.has('anamnesis-session')]).toEqual([true, true]);
  });

  test('is sealed when a server starts', async () => {
    const [account, secret] = [await fresh(), newTotpSecret()];
    await changeTotp(world.database, account, secret);
    await world.serve({ SECRET_KEY: key });
    await until(async () => !(await kept()).includes(secret));
  });

  test('opens with the key alone, and for its own account alone', async () => {
    const [account, other, secret] = [await fresh(), await fresh(), newTotpSecret()];
    await changeTotp(world.database, account, secret, box);
    const sealed = await again(account);
    const tries = [openBox, secretBox('another secret of 32 characters or more')];
    for (const wrong of tries)
      await expect(useTotp(world.database, sealed, codeOf(secret), new Date(), wrong)).rejects.toThrow('SECRET_KEY');
    const moved = { ...(await again(other)), totp: sealed.totp as string };
    await expect(useTotp(world.database, moved, codeOf(secret), new Date(), box)).rejects.toThrow('SECRET_KEY');
  });

  test('lets nobody in at a server without the key', async () => {
    const [account, secret] = [await fresh(), newTotpSecret()];
    await changeTotp(world.database, account, secret, box);
    const origin = await world.serve();
    const { browser, page } = await world.signedIn(account.name);
    const other = page.url.replace(world.origin, origin);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const response = await browser.send(`${other}/totp`, new URLSearchParams({ csrf, code: codeOf(secret) }).toString());
    expect([response.status, browser.cookies.has('anamnesis-session')]).toEqual([500, false]);
    expect(response.text).not.toContain('SECRET_KEY');
  });

  test('without a key lies as it is, as signing keys do', async () => {
    const [account, secret] = [await fresh(), newTotpSecret()];
    await changeTotp(world.database, account, secret);
    await sealLooseTotp(world.database, openBox);
    expect(await kept()).toContain(secret);
    expect(await useTotp(world.database, await again(account), codeOf(secret), new Date())).toBe(true);
  });
});

test('An id token of before a restart signs its person out, where the keys that sign are sealed', async () => {
  const account = await fresh();
  const { browser } = await world.signedIn(account.name, { scope: 'openid' });
  const content = {
    issuer: world.base,
    client: 'app',
    account: account.id,
    scopes: ['openid'],
    authenticated: new Date(),
    now: new Date(),
  };
  const hint = (await makeIdToken(world.database, content, box)) ?? '';
  // Nothing was signed there yet: the key has to be opened for the first time.
  const origin = await world.serve({ SECRET_KEY: key, BASE_URL: world.base });
  const page = await browser.get(`${origin}/oauth/logout?${new URLSearchParams({ id_token_hint: hint })}`);
  expect([page.status, page.text.includes('You are signed out')]).toEqual([200, true]);
});
