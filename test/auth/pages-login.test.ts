/** Signing in, and those who try to without being asked: https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import { type Account, changePassword, findAccountByName, setDisabled } from '../../src/auth/account.ts';
import { hashPassword, newPassword, verifyPassword } from '../../src/auth/password.ts';
import { beginGuess } from '../../src/auth/throttle.ts';
import { type Browsing, browse, createPages, type Page, type PagesWorld, password } from './pages-support.ts';

let world: PagesWorld;
let anna: Account;
let secret: string;

beforeAll(async () => {
  world = await createPages();
  await world.client();
  anna = await world.account();
  secret = await world.totp(await world.account({ name: 'berta' }));
});
afterAll(() => world.close());
afterEach(() => world.sql('delete from anamnesis.attempt'));

const request = (): string => world.request({ scope: 'openid' });

async function attempt(name: string, given: string, browser: Browsing = browse(world.origin)): Promise<Page> {
  return browser.post(await browser.get(request()), 'login', { name, password: given });
}

const code = (at = 0): string => new TOTP({ secret, digits: 6, period: 30 }).generate({ timestamp: Date.now() + at * 30_000 });

describe('A password', () => {
  test('is kept as argon2id with 19 MiB, two passes, one lane (OWASP)', async () => {
    expect(await hashPassword(password)).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashPassword(password)).not.toBe(await hashPassword(password));
  });

  test('is the same however its characters are composed', async () => {
    expect(await verifyPassword(await hashPassword('Gru\u0308ne Wiese im Mai'), 'Grüne Wiese im Mai')).toBe(true);
  });

  test('of nobody is wrong, after the same work', async () => {
    const stored = await hashPassword(password);
    await verifyPassword(undefined, 'x');
    // CPU of all threads, one beside the other, the lowest of many: what else the machine does is in neither.
    const cost = async (hash: string | undefined): Promise<number> => {
      const before = process.cpuUsage();
      expect(await verifyPassword(hash, 'x')).toBe(false);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    const costs: [known: number, unknown: number][] = [];
    for (let i = 0; i < 12; i++) costs.push([await cost(stored), await cost(undefined)]);
    const [known, unknown] = [0, 1].map((which) => Math.min(...costs.map((pair) => pair[which] as number))) as [number, number];
    expect(known).toBeGreaterThan(5000);
    expect(unknown / known).toBeGreaterThan(0.7);
    expect(unknown / known).toBeLessThan(1.4);
  });

  test.each(['short', 'aaaaaaaaaaaaaaaa', 'I am Carla, hello', 'x'.repeat(300)])('that is %j is not taken', async (weak) => {
    await expect(world.account({ name: 'carla', password: weak })).rejects.toMatchObject({ status: 400 });
  });

  test('that the server makes is long, and another each time', () => {
    expect(newPassword()).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    expect(new Set(Array.from({ length: 50 }, newPassword)).size).toBe(50);
  });
});

describe('A person who signs in', () => {
  test('may write the name in capitals', async () => {
    expect((await attempt(' ANNA ', password)).text).toContain('Allow access?');
  });

  test('learns the same whether the name, the password or the account is wrong', async () => {
    await world.account({ name: 'gone' });
    await setDisabled(world.database, (await findAccountByName(world.database, 'gone')) as Account, true);
    const pages = [await attempt('anna', 'wrong password'), await attempt('nobody', 'wrong password'), await attempt('gone', password)];
    const plain = ({ text }: Page): string => text.replace(/value="[^"]*"/g, '').replace(/authorize\/[\w-]{43}/g, '');
    expect(pages.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(pages.map(plain)).size).toBe(1);
    expect(pages[0]?.text).toContain('User name or password is not right.');
    expect(pages[0]?.text).toContain('role="alert"');
  });

  test.each(['', 'x'.repeat(5000), "'; drop table account; --", '\0', '%00', 'ann\u0430'])('as %j is refused', async (name) => {
    expect([400, 401]).toContain((await attempt(name, password)).status);
  });

  test('never finds the password in a page, and the log never has it', async () => {
    const page = await attempt('anna', 'a wrong password of mine');
    expect(page.text).not.toContain('a wrong password of mine');
    expect(world.log.join('')).not.toMatch(/wrong password of mine|correct horse/);
  });

  test('gets a new session id, whatever the browser brought (session fixation)', async () => {
    const browser = browse(world.origin);
    const page = await browser.get(request());
    browser.cookies.set('anamnesis-session', 'x'.repeat(43));
    await browser.post(page, 'login', { name: 'anna', password });
    const first = browser.cookies.get('anamnesis-session');
    expect(first).toMatch(/^[\w-]{43}$/);
    expect(first).not.toBe('x'.repeat(43));
    const again = await browser.get(world.request({ scope: 'openid', prompt: 'login' }));
    await browser.post(again, 'login', { name: 'anna', password });
    expect(browser.cookies.get('anamnesis-session')).not.toBe(first);
    // The id that was replaced is worth nothing.
    const thief = browse(world.origin);
    thief.cookies.set('anamnesis-session', first ?? '');
    expect((await thief.get(request())).text).toContain('Sign in');
  });

  test('is asked again when the session was idle, has lasted too long, or its account was disabled', async () => {
    const session = async (change: string): Promise<string> => {
      const browser = browse(world.origin);
      await attempt('anna', password, browser);
      expect((await browser.get(request())).text).toContain('Allow access?');
      await world.sql(change);
      return (await browser.get(request())).text;
    };
    expect(await session('update anamnesis.login_session set expires = clock_timestamp()')).toContain('Sign in');
    const old = `update anamnesis.login_session set authenticated = clock_timestamp() - interval '13 h'`;
    // What a request adds to the life of a session ends twelve hours after the login.
    const browser = browse(world.origin);
    await attempt('anna', password, browser);
    await world.sql(old);
    await browser.get(request());
    expect((await browser.get(request())).text).toContain('Sign in');
    expect(await session('update anamnesis.account set disabled = true')).toContain('Sign in');
    await world.sql('update anamnesis.account set disabled = false');
  });

  test('is signed out everywhere when the password is changed', async () => {
    const browser = browse(world.origin);
    await attempt('anna', password, browser);
    await changePassword(world.database, anna, 'another long password');
    expect((await browser.get(request())).text).toContain('Sign in');
    await changePassword(world.database, anna, password);
  });
});

describe('A form', () => {
  test('that does not come from the page is refused (CSRF)', async () => {
    const browser = browse(world.origin);
    const page = await browser.get(request());
    const body = new URLSearchParams({ name: 'anna', password }).toString();
    expect((await browser.send(`${page.url}/login`, body)).status).toBe(403);
    expect((await browser.send(`${page.url}/login`, `${body}&csrf=${'x'.repeat(43)}`)).status).toBe(403);
    expect(browser.cookies.has('anamnesis-session')).toBe(false);
  });

  test('of one page does not do for another', async () => {
    const browser = browse(world.origin);
    const [one, other] = [await browser.get(request()), await browser.get(request())];
    const answer = await browser.post({ ...one, url: other.url }, 'login', { name: 'anna', password });
    expect(answer.status).toBe(403);
  });

  test('of another browser is refused: what waits is bound to the one that opened it', async () => {
    const page = await browse(world.origin).get(request());
    const stranger = browse(world.origin);
    expect((await stranger.get(page.url)).text).toContain('was opened in another browser');
    expect((await stranger.post(page, 'login', { name: 'anna', password })).status).toBe(400);
  });

  test('is answered once', async () => {
    const { browser, page } = await world.signedIn('anna', { scope: 'openid' });
    const [one, other] = [
      await browser.post(page, 'consent', { allow: 'identity' }),
      await browser.post(page, 'consent', { allow: 'identity' }),
    ];
    expect(one.location).toContain('code=');
    expect(other.text).toContain('was answered already');
  });

  test('sent twice at the same moment gives one code', async () => {
    const { browser, page } = await world.signedIn('anna', { scope: 'openid' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => browser.post(page, 'consent', { allow: 'identity' })));
    expect(answers.filter(({ location }) => location?.includes('code='))).toHaveLength(1);
  });

  test('of a step that is not at hand leads back to the page', async () => {
    const browser = browse(world.origin);
    const page = await browser.get(request());
    for (const action of ['consent', 'patient', 'totp']) {
      const answer = await browser.post(page, action, { allow: 'identity', patient: 'one', code: '123456' });
      expect(answer.text).toContain('Sign in');
    }
  });

  test.each(['toString', '__proto__', 'constructor', 'nothing'])('named %s does not exist', async (action) => {
    const browser = browse(world.origin);
    expect((await browser.post(await browser.get(request()), action)).status).toBe(400);
  });
});

describe('A second factor', () => {
  const until = async (browser: Browsing): Promise<Page> =>
    browser.post(await browser.get(request()), 'login', { name: 'berta', password });

  test('is asked after the password, and nobody is signed in without', async () => {
    const browser = browse(world.origin);
    const page = await until(browser);
    expect(page.text).toContain('Second step');
    expect(browser.cookies.has('anamnesis-session')).toBe(false);
    expect((await browser.get(request())).text).toContain('Sign in');
    const answer = await browser.post(page, 'consent', { allow: 'identity' });
    expect(answer.text).toContain('Second step');
  });

  test('counts once: "MUST NOT accept the second attempt of the OTP" (RFC 6238, 5.2)', async () => {
    await world.sql('update anamnesis.account set totp_step = null');
    const [one, other] = [browse(world.origin), browse(world.origin)];
    const now = code();
    expect((await one.post(await until(one), 'totp', { code: ` ${now.slice(0, 3)} ${now.slice(3)}` })).text).toContain('Allow access?');
    const replayed = await other.post(await until(other), 'totp', { code: now });
    expect([replayed.status, replayed.text.includes('was used already')]).toEqual([401, true]);
    // Nor one that was made before it.
    expect((await other.post(replayed.text.includes('csrf') ? await until(other) : replayed, 'totp', { code: code(-1) })).status).toBe(401);
  });

  test.each(['', '12345', 'abcdef', '1234567'])('that is %j is wrong', async (wrong) => {
    const browser = browse(world.origin);
    expect((await browser.post(await until(browser), 'totp', { code: wrong })).status).toBe(401);
  });

  test('cannot be guessed: from the fifth wrong code on, waiting', async () => {
    const browser = browse(world.origin);
    const page = await until(browser);
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++) statuses.push((await browser.post(page, 'totp', { code: '000000' })).status);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.slice(5)).toContain(429);
  });
});

describe('Those who guess', () => {
  test('wait longer and longer for one account, even with the right password', async () => {
    for (let i = 0; i < 5; i++) await attempt('anna', 'wrong password');
    const page = await attempt('anna', password);
    expect(page.status).toBe(429);
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(page.text).toContain('Too many attempts');
  });

  test('learn nothing from it of whether the account exists', async () => {
    for (let i = 0; i < 5; i++) await attempt('nobody', 'wrong password');
    expect((await attempt('nobody', password)).status).toBe(429);
  });

  test('do not shut anybody else out', async () => {
    for (let i = 0; i < 6; i++) await attempt('nobody', 'wrong password');
    expect((await attempt('anna', password)).text).toContain('Allow access?');
  });

  test('are not quicker when they try many at once', async () => {
    const guesses = await Promise.all(Array.from({ length: 20 }, () => beginGuess(world.database, 'password', 'many', '10.0.0.1')));
    expect(guesses.filter(({ wait }) => wait === undefined).length).toBeLessThanOrEqual(6);
  });

  test('lock an account for a quarter of an hour at the tenth, which is told once', async () => {
    const guesses: (number | undefined)[] = [];
    let locked = 0;
    for (let i = 0; i < 12; i++) {
      const guess = await beginGuess(world.database, 'password', 'locked', `10.0.1.${i}`);
      guesses.push(guess.wait);
      if (guess.locked) locked++;
      // Time passes.
      if (i < 10) await world.sql(`update anamnesis.attempt set last = last - interval '60 s'`);
    }
    expect(guesses.slice(0, 10).every((wait) => wait === undefined)).toBe(true);
    expect(guesses[11]).toBeGreaterThan(600);
    expect(locked).toBe(1);
  });

  test('one password on many accounts wait by their address (password spraying)', async () => {
    const waits: (number | undefined)[] = [];
    for (let i = 0; i < 40; i++) waits.push((await beginGuess(world.database, 'password', `account-${i}`, '10.9.9.9')).wait);
    expect(waits.slice(0, 30).every((wait) => wait === undefined)).toBe(true);
    expect(waits.slice(31).every((wait) => wait !== undefined)).toBe(true);
    expect((await beginGuess(world.database, 'password', 'account-1', '10.9.9.8')).wait).toBeUndefined();
  });

  test('at an address are forgotten one a minute: a clinic behind one address is not shut out for good', async () => {
    for (let i = 0; i < 32; i++) await beginGuess(world.database, 'password', `person-${i}`, '10.8.8.8');
    expect((await beginGuess(world.database, 'password', 'person-x', '10.8.8.8')).wait).toBeDefined();
    await world.sql(`update anamnesis.attempt set last = last - interval '20 min'`);
    for (let i = 0; i < 15; i++) expect((await beginGuess(world.database, 'password', `person-${i}`, '10.8.8.8')).wait).toBeUndefined();
  });

  test('and know it are forgiven', async () => {
    for (let i = 0; i < 3; i++) await attempt('anna', 'wrong password');
    expect((await attempt('anna', password)).text).toContain('Allow access?');
    for (let i = 0; i < 3; i++) await attempt('anna', 'wrong password');
    expect((await attempt('anna', password)).text).toContain('Allow access?');
  });
});
