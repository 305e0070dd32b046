/** The sample application in a browser, before servers that behave and servers that do not. https://hl7.org/fhir/smart-app-launch/app-launch.html */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { type Fake, fakeServer, type Plays } from './fake-server.ts';

let browser: Browser;
let fake: Fake;
let context: BrowserContext;
let page: Page;
let faults: string[];

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  fake = await fakeServer();
  context = await browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  faults = [];
  page.on('pageerror', ({ message }) => faults.push(message));
});
afterEach(async () => {
  expect(faults).toEqual([]);
  await context.close();
  await fake.close();
});

async function connect(plays: Plays = {}): Promise<void> {
  fake.plays = plays;
  await page.goto(`${fake.origin}/app/`);
  await page.click('#connect');
}

const heading = () => page.textContent('h1');
const notice = () => page.textContent('.notice');
const inStorage = () => page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie])');

describe('A standalone launch', () => {
  it('asks with a fresh S256 challenge, state, nonce and the FHIR base as audience, and answers the challenge', async () => {
    await connect();
    await page.waitForSelector('.result');
    const [asked] = fake.to('GET /oauth/authorize');
    const [exchanged] = fake.to('POST /oauth/token');
    expect(Object.fromEntries(asked ?? [])).toMatchObject({
      response_type: 'code',
      client_id: 'anamnesis-history',
      redirect_uri: `${fake.origin}/app/`,
      aud: fake.base,
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      scope: expect.stringMatching(/^openid fhirUser profile online_access launch\/patient patient\/Patient\.rs/),
    });
    const challenge = createHash('sha256')
      .update(exchanged?.get('code_verifier') ?? '')
      .digest('base64url');
    expect([exchanged?.get('code'), challenge]).toEqual(['the-code', asked?.get('code_challenge')]);
  });

  it('shows who it is and the history, newest first, with counts and trends', async () => {
    await connect();
    await page.waitForSelector('.result');
    expect(await heading()).toBe('Ann Example');
    expect(await page.textContent('.who')).toBe('Ann Example');
    expect(await page.textContent('#conditions .count')).toBe('10');
    expect(await page.locator('#conditions h3').allTextContents()).toEqual(Array.from({ length: 8 }, (_, index) => `Condition ${index}`));
    expect(await page.textContent('.result .value')).toContain('70 kg');
    expect(await page.locator('.result .spark').count()).toBe(1);
    expect(await page.textContent('#allergies .body')).toBe('No allergies are recorded.');
  });

  it('leaves neither code nor state in the address, and no token where another tab or a script of another day finds it', async () => {
    await connect();
    await page.waitForSelector('.result');
    expect(page.url()).toBe(`${fake.origin}/app/`);
    expect(await inStorage()).toBe('[{},{},""]');
  });
});

describe('A launch by an EHR', () => {
  it('hands the launch on and asks for its context', async () => {
    await page.goto(`${fake.origin}/app/launch?iss=${encodeURIComponent(fake.base)}&launch=xyz`);
    await page.waitForSelector('.result');
    const [asked] = fake.to('GET /oauth/authorize');
    expect([asked?.get('launch'), asked?.get('scope')?.split(' ')[4]]).toEqual(['xyz', 'launch']);
  });

  it('of a server that is not its own is refused before anything is asked there', async () => {
    const other = await fakeServer();
    await page.goto(`${fake.origin}/app/launch?iss=${encodeURIComponent(other.base)}&launch=xyz`);
    expect(await notice()).toBe(`This application works with ${fake.base} only.`);
    expect(other.asked).toEqual([]);
    await other.close();
  });

  it('shows no banner where the EHR shows its own', async () => {
    fake.plays = { token: { need_patient_banner: false } };
    await page.goto(`${fake.origin}/app/launch?iss=${encodeURIComponent(fake.base)}&launch=xyz`);
    await page.waitForSelector('.result');
    expect(await page.locator('.banner').count()).toBe(0);
  });
});

describe('An answer that is not what was asked for', () => {
  const falsehoods: [string, Plays, RegExp][] = [
    ['of another state', { answer: { state: 'other' } }, /does not belong to a question of this tab/],
    ['of another issuer', { answer: { iss: 'https://evil.example.org/fhir' } }, /comes from another server/],
    ['without an issuer', { answer: { iss: undefined } }, /comes from another server/],
    ['that says no', { answer: { code: undefined, error: 'access_denied' } }, /^The access was not allowed\./],
    ['to a discovery in the name of another', { discovery: { issuer: 'https://evil.example.org/fhir' } }, /in the name of another/],
    ['of a server without PKCE', { discovery: { code_challenge_methods_supported: ['plain'] } }, /does not know PKCE/],
  ];
  it.each(falsehoods)('%s ends at the start, without a request for a token', async (_, plays, words) => {
    await connect(plays);
    await page.waitForSelector('.notice');
    expect(await notice()).toMatch(words);
    expect(fake.to('POST /oauth/token')).toEqual([]);
  });

  it.each([
    ['another audience', { aud: 'someone-else' }],
    ['another issuer', { iss: 'https://evil.example.org/fhir' }],
    ['another nonce', { nonce: 'replayed' }],
    ['no time left', { exp: 1 }],
  ])('with an id token of %s is refused', async (_, claims) => {
    await connect({ claims });
    expect(await notice()).toBe('The id token is not for this application.');
  });

  it('without a patient is refused', async () => {
    await connect({ token: { patient: undefined } });
    expect(await notice()).toMatch(/No patient was chosen/);
  });
});

describe('Scopes that were not granted', () => {
  it('leave their part empty, say so, and are not asked for', async () => {
    await connect({ withheld: ['patient/Condition.rs', 'patient/Patient.rs'] });
    await page.waitForSelector('.result');
    expect(await page.textContent('#conditions .body')).toBe('You have not shared this with the application.');
    expect(await page.textContent('.banner')).toContain('You have not shared who the patient is.');
    expect(fake.asked.filter(({ what }) => /Condition|Patient/.test(what))).toEqual([]);
  });

  it('that were narrowed are told as a part', async () => {
    await connect({ scope: 'launch/patient patient/Observation.rs?category=vital-signs' });
    await page.waitForSelector('.result');
    expect(await page.textContent('#results .note')).toBe('Only a part of these is shared with the application.');
  });
});

describe('An access token that ends', () => {
  it('is renewed once for all requests that met its end, with the newest refresh token', async () => {
    await connect();
    await page.waitForSelector('.result');
    fake.endAccess();
    await Promise.all([page.click('#conditions .more button'), page.click('.result')]);
    await page.waitForSelector('.values tbody tr');
    await page.locator('#conditions h3').nth(9).waitFor();
    const grants = fake.to('POST /oauth/token').map((asked) => asked.get('grant_type'));
    expect(grants).toEqual(['authorization_code', 'refresh_token']);
  });

  it('is renewed before it ends', async () => {
    await connect({ token: { expires_in: 5 } });
    await page.waitForSelector('.result');
    expect(fake.to('POST /oauth/token').length).toBeGreaterThan(1);
  });

  it('and cannot be renewed takes the record from the screen', async () => {
    await connect({ refuseRefresh: true });
    await page.waitForSelector('.result');
    fake.endAccess();
    await page.click('#conditions .more button');
    expect(await notice()).toBe('Your access has ended. Please connect again.');
    expect(await page.textContent('body')).not.toContain('Ann Example');
  });
});

describe('A tab', () => {
  it('keeps its session over a reload, and a copy of it has none', async () => {
    await connect();
    await page.waitForSelector('.result');
    await page.reload();
    await page.waitForSelector('.result');
    expect(await inStorage()).toBe('[{},{},""]');
    expect(fake.to('POST /oauth/token')).toHaveLength(1);
  });

  it('signs out: the refresh token is revoked, the server told with the id token, nothing kept', async () => {
    await connect();
    await page.waitForSelector('.result');
    await page.click('#logout');
    await page.waitForSelector('#connect');
    const [revoked] = fake.to('POST /oauth/revoke');
    const [left] = fake.to('GET /oauth/logout');
    expect(revoked?.get('token')).toMatch(/^[\w-]{36}$/);
    expect([left?.get('post_logout_redirect_uri'), left?.get('id_token_hint')?.split('.').length]).toEqual([`${fake.origin}/app/`, 3]);
    expect(await inStorage()).toBe('[{},{},""]');
  });
});

describe('The page', () => {
  it('shows markup in a record as the text it is', async () => {
    const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await connect({ conditions: [{ resourceType: 'Condition', id: 'c', code: { text: markup } }] });
    await page.waitForSelector('#conditions h3');
    expect(await page.textContent('#conditions h3')).toBe(markup);
    expect(await page.title()).toBe('Anamnesis history');
  });

  it('opens a result by the keyboard, with a chart that says what it shows and a table of its values', async () => {
    await connect();
    await page.focus('.result');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.values tbody tr');
    expect(await page.getAttribute('.result', 'aria-expanded')).toBe('true');
    expect(await page.getAttribute('.chart', 'aria-label')).toBe('Body Weight over time, from 1 May 2024: 74 kg to 1 Sept 2024: 70 kg');
    expect(await page.locator('.values tbody tr').allTextContents()).toContain('1 Jun 202473 kg');
  });

  it('fits a screen of 320 pixels', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    await connect();
    await page.click('.result');
    await page.waitForSelector('.chart');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  it('follows the person into the dark', async () => {
    await page.goto(`${fake.origin}/app/`);
    const ground = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    await page.emulateMedia({ colorScheme: 'light' });
    const light = await ground();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await ground()).not.toBe(light);
  });
});
