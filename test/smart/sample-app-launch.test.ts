/** The sample application before the server itself: launches, history, renewal, logout. https://hl7.org/fhir/smart-app-launch/app-launch.html */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createLaunch } from '../../src/auth/launch.ts';
import { sampleAppClient, sampleAppUris } from '../../src/cli/demo.ts';
import { sampleAppId } from '../../src/http/sample-app.ts';
import { openBrowser } from '../support/browser.ts';
import { type Answers, signInWith } from './sign-in.ts';
import { password, type SmartWorld, smartWorld } from './smart-world.ts';

let world: SmartWorld;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[];
const dora: Answers = { name: 'dora', password, patient: 'ann' };

beforeAll(async () => {
  browser = await openBrowser();
  world = await smartWorld({ ACCESS_TOKEN_LIFETIME: '30s' });
  await world.account({});
  await world.account({ name: 'ann', role: 'patient', fhirUser: 'Patient/ann', policy: undefined });
  await world.client(sampleAppClient(sampleAppUris(world.origin, undefined)));
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'en-GB' });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  faults = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('console', (message) => message.type() === 'error' && /Content.Security/i.test(message.text()) && faults.push(message.text()));
});
afterEach(async () => {
  expect([...faults, ...world.faults()]).toEqual([]);
  await context.close();
});

const connect = async (answers: Answers): Promise<void> => {
  await page.goto(`${world.origin}/app/`);
  await page.click('#connect');
  await signInWith(page, answers);
};

const titles = (id: string) => page.locator(`#${id} h3`).allTextContents();

describe('The sample application', () => {
  it('shows a practitioner the history of the patient whom they chose, newest first and page by page', async () => {
    await connect(dora);
    await page.waitForSelector('.result');
    expect(await page.textContent('.banner h1')).toBe('ann Example');
    expect(await page.textContent('.who')).toBe('dora');
    expect(await titles('conditions')).toEqual([9, 8, 7, 6, 5, 4, 3, 2].map((index) => `Condition ${index} of ann`));
    await page.click('#conditions .more button');
    await page.locator('#conditions h3').nth(9).waitFor();
    expect(await page.locator('.result .name').allTextContents()).toEqual(['Glucose', 'Body weight']);
    expect(await page.textContent('#conditions .count')).toBe('10');
  });

  it('shows patients their own record without a choice', async () => {
    await connect({ name: 'ann', password });
    await page.waitForSelector('.result');
    expect(await page.textContent('.banner h1')).toBe('ann Example');
  });

  it('is launched by an EHR on the patient whom it has open', async () => {
    const launch = await createLaunch(world.database, { context: { patient: 'bob', need_patient_banner: false } }, sampleAppId);
    await page.goto(`${world.origin}/app/launch?iss=${encodeURIComponent(world.base)}&launch=${launch}`);
    await signInWith(page, { name: 'dora', password });
    await page.waitForSelector('.result');
    expect((await titles('conditions'))[0]).toBe('Condition 9 of bob');
    expect(await page.locator('.banner').count()).toBe(0);
  });

  it('renews its token before it ends, and once more', async () => {
    const renewals: number[] = [];
    page.on('response', (response) => {
      if (response.url().endsWith('/oauth/token')) renewals.push(response.status());
    });
    await connect(dora);
    await page.waitForSelector('.result');
    await page.waitForTimeout(11_000);
    await page.click('#conditions .more button');
    await page.locator('#conditions h3').nth(9).waitFor();
    expect(renewals.length).toBeGreaterThan(1);
    expect(new Set(renewals)).toEqual(new Set([200]));
  });

  it('shows what was left out as not shared', async () => {
    await page.goto(`${world.origin}/app/`);
    await page.click('#connect');
    await page.fill('input[name=name]', 'ann');
    await page.fill('input[name=password]', password);
    await page.click('button[type=submit]:not(.second)');
    for (const legend of ['Conditions', 'Health problems', 'Diagnoses']) {
      const box = page
        .locator('fieldset', { has: page.locator('legend', { hasText: legend }) })
        .locator('input')
        .first();
      if ((await box.count()) > 0) await box.uncheck();
    }
    await page.click('#consent button:not(.second)');
    await page.waitForSelector('.result');
    expect(await page.textContent('#conditions .body')).toBe('You have not shared this with the application.');
  });

  it('says so when the person refuses', async () => {
    await connect({ ...dora, refuse: true });
    expect(await page.textContent('.notice')).toMatch(/^The access was not allowed\./);
  });

  it('signs out: its tokens end, the session at the server too', async () => {
    const started = new Date();
    await connect(dora);
    await page.waitForSelector('.result');
    await page.click('#logout');
    const confirm = page.locator('button[name=answer][value=leave]');
    await page.waitForSelector('#connect, button[name=answer][value=leave]');
    if ((await confirm.count()) > 0) await confirm.click();
    await page.waitForSelector('#connect');
    await page.click('#connect');
    await page.waitForSelector('input[name=password]');
    const rows = await world.database.run<{ ended: boolean }>({
      text: 'select revoked is not null as ended from anamnesis."authorization" where client = $1 and created > $2',
      values: [sampleAppId, started],
    });
    expect(rows).toEqual([{ ended: true }]);
  });
});
