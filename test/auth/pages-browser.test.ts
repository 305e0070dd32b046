/** The pages in a real browser: by keyboard alone, on narrow screens, in every language, in the dark, and what assistive technology gets to know. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expectNoBarriers, focused } from '../support/barriers.ts';
import { openBrowser } from '../support/browser.ts';
import { callback, createPages, type PagesWorld, password, patient } from './pages-support.ts';

let world: PagesWorld;
let browser: Browser;
let secret: string;

beforeAll(async () => {
  world = await createPages();
  await world.client({
    name: 'Growth Chart',
    scopes: ['patient/*.cruds', 'user/*.rs', 'launch/patient', 'launch/encounter', 'openid', 'fhirUser', 'offline_access'],
    details: { policy_uri: 'https://app.example.org/privacy' },
  });
  await world.account();
  secret = await world.totp(await world.account({ name: 'berta' }));
  const city = { address: [{ city: 'Bremen' }], identifier: [{ system: 'http://example.org/mrn', value: 'MRN-4711' }] };
  const people = ['Amsel', 'Bergmann', 'Castro', 'Dupont', 'Ek', 'Fischer', 'García', 'Haddad', 'Ito', 'Jansen', 'Kovács'];
  await world.put(
    ...people.map((family, i) => patient(`p${i}`, family, { birthDate: `19${40 + i * 5}-0${1 + (i % 9)}-1${i % 9}`, ...city })),
  );
  await world.put(
    ...people.flatMap((_, i) =>
      ['2024-05-31', '2023-11-02'].map((day, j) => ({
        ...{ resourceType: 'Encounter', id: `p${i}-${j}`, status: j === 0 ? 'in-progress' : 'finished' },
        ...{ subject: { reference: `Patient/p${i}` }, class: { code: j === 0 ? 'AMB' : 'IMP' }, period: { start: day, end: day } },
        ...{ type: [{ text: j === 0 ? 'Check-up' : 'Hip replacement' }], serviceProvider: { display: 'Clinic North' } },
      })),
    ),
  );
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await world.close();
});

/** Set to a folder to look at the pages. */
const pictures = process.env.SCREENSHOTS;

async function picture(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}

const scopes =
  'launch/patient launch/encounter openid fhirUser offline_access patient/Patient.rs patient/Observation.rs patient/Condition.cruds patient/MedicationRequest.read user/Practitioner.rs';

interface Opened {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Resolves when the browser is sent to the client. */
  readonly answer: Promise<URL>;
  readonly faults: string[];
}

async function open(options: Parameters<Browser['newContext']>[0] = {}, changed: Record<string, string> = {}): Promise<Opened> {
  const context = await browser.newContext({ locale: 'en-US', ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !/favicon|status of 4\d\d/.test(message.text())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  const answer = new Promise<URL>((resolve) => {
    void page.route(`${callback}**`, async (route) => {
      resolve(new URL(route.request().url()));
      await route.fulfill({ status: 200, contentType: 'text/plain', body: 'the application' });
    });
  });
  await page.goto(world.request({ scope: scopes, ...changed }));
  return { page, context, answer, faults };
}

/** Presses Tab until the focus is on what begins so. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if ((await focused(page)).startsWith(words)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`"${words}" cannot be reached by keyboard`);
}

const code = (at = Date.now()): string => new TOTP({ secret, digits: 6, period: 30 }).generate({ timestamp: at });

describe('By keyboard alone', () => {
  test('a person signs in with two factors, chooses a patient, leaves out what they do not want, and comes back with a code', async () => {
    const { page, context, answer, faults } = await open();
    await picture(page, '1-login');
    expect(await focused(page)).toBe('User name');
    await page.keyboard.type('berta');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1:has-text("Second step")');
    await picture(page, '2-totp');
    expect(await focused(page)).toBe('Six-digit code');
    await page.keyboard.type(code());
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1:has-text("Choose a patient")');
    await picture(page, '3-picker');
    expect(await focused(page)).toBe('Name');
    await page.keyboard.type('castro');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=1 shown');
    await tabTo(page, 'Maria Castro');
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1:has-text("Choose a visit")');
    await picture(page, '3b-encounter');
    expect(await focused(page)).toBe('Date');
    await page.keyboard.type('2023');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=1 shown');
    await tabTo(page, 'November 2, 2023');
    await page.keyboard.press('Enter');
    await page.waitForSelector('h1:has-text("Allow access?")');
    await picture(page, '4-consent');
    await tabTo(page, 'Choose parts: Measurements');
    await page.keyboard.press('Enter');
    await tabTo(page, 'Laboratory');
    await page.keyboard.press('Space');
    await tabTo(page, 'Add, change, and delete');
    await page.keyboard.press('Space');
    await picture(page, '5-consent-parts');
    await tabTo(page, 'Allow');
    await page.keyboard.press('Enter');
    const { searchParams } = await answer;
    expect(searchParams.get('code')).toMatch(/^[\w-]{43}$/);
    expect(searchParams.get('iss')).toBe(world.base);
    expect(faults).toEqual([]);
    await context.close();
  }, 60_000);
});

/** Every page in turn. */
async function walk(opened: Opened, name: string, language: string): Promise<void> {
  const { page } = opened;
  const at = async (which: string): Promise<void> => {
    await picture(page, `${name}-${which}`);
    await expectNoBarriers(page, language);
  };
  await at('1-login');
  await page.fill('#name', 'anna');
  await page.fill('#password', 'not the password');
  await page.click('main button >> nth=0');
  await page.waitForSelector('[role=alert]');
  await at('2-refused');
  await page.fill('#password', password);
  await page.click('main button >> nth=0');
  await page.waitForSelector('#results');
  await at('3-picker');
  await page.click('.people button >> nth=1');
  await page.waitForSelector('#date');
  await at('3b-encounter');
  await page.click('.people button >> nth=1');
  await page.waitForSelector('#consent');
  for (const summary of await page.locator('summary').all()) await summary.click();
  await at('4-consent');
  await page.click('.actions button >> nth=1');
  const { searchParams } = await opened.answer;
  expect(Object.fromEntries(searchParams)).toMatchObject({ error: 'access_denied', state: 'st&te=1', iss: world.base });
  expect(opened.faults).toEqual([]);
  await opened.context.close();
}

const modes = [
  ['wide', {}],
  ['narrow', { viewport: { width: 320, height: 640 }, hasTouch: true }],
  ['dark', { colorScheme: 'dark' as const }],
  ['dark and narrow', { colorScheme: 'dark' as const, viewport: { width: 320, height: 640 } }],
] as const;

describe('Every page', () => {
  test.each(modes)(
    'on a screen that is %s: names, targets, contrast, and nothing beside the screen',
    async (name, options) => {
      await walk(await open(options), name.replaceAll(' ', '-'), 'en');
    },
    60_000,
  );

  test.each(['es', 'de', 'fr'])(
    'in %s, also on a narrow screen',
    async (language) => {
      await walk(await open({ locale: language, viewport: { width: 360, height: 740 } }), language, language);
    },
    60_000,
  );

  test.each(modes)(
    'at the end, on a screen that is %s: an error, signing out, and out',
    async (name, options) => {
      const { page, context } = await open(options, { redirect_uri: 'https://evil.example/' });
      await picture(page, `${name.replaceAll(' ', '-')}-5-error`);
      await expectNoBarriers(page, 'en');
      await page.goto(world.request({ scope: 'openid' }));
      await page.fill('#name', 'anna');
      await page.fill('#password', password);
      await page.click('main button >> nth=0');
      await page.waitForSelector('#consent');
      await page.goto(`${world.origin}/oauth/logout?client_id=app`);
      await picture(page, `${name.replaceAll(' ', '-')}-6-logout`);
      await expectNoBarriers(page, 'en');
      await page.click('main button >> nth=0');
      await page.waitForSelector('h1:has-text("You are signed out")');
      await picture(page, `${name.replaceAll(' ', '-')}-7-out`);
      await expectNoBarriers(page, 'en');
      await context.close();
    },
    60_000,
  );

  test('works without JavaScript', async () => {
    const { page, context } = await open({ javaScriptEnabled: false });
    await page.fill('#name', 'anna');
    await page.fill('#password', password);
    await page.click('main button >> nth=0');
    await page.waitForSelector('#results');
    await context.close();
  }, 60_000);

  test('changes its language with the switch at its foot, and keeps it', async () => {
    const { page, context } = await open();
    await page.click('text=Deutsch');
    await page.waitForSelector('h1:has-text("Anmelden")');
    await page.fill('#name', 'anna');
    await page.fill('#password', password);
    await page.click('main button >> nth=0');
    await page.waitForSelector('h1:has-text("Patientin oder Patienten wählen")');
    await context.close();
  }, 60_000);

  test('cannot be framed (RFC 9700, 4.16)', async () => {
    const { page, context } = await open();
    const url = page.url();
    const html = { contentType: 'text/html', body: `<iframe src="${url}"></iframe>` };
    await page.route(`${callback}**`, (route) => route.fulfill(html));
    await page.goto(callback);
    await page.waitForTimeout(500);
    const inside = await page
      .frames()[1]
      ?.content()
      .catch(() => '');
    expect(inside ?? '').not.toContain('User name');
    await context.close();
  }, 60_000);
});
