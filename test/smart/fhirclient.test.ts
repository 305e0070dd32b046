/** fhirclient, the library that most SMART applications use, in a browser and from another origin: both launches, refresh, user. https://github.com/smart-on-fhir/client-js */
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import express from 'express';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { createLaunch } from '../../src/auth/launch.ts';
import { projectFile } from '../../src/root.ts';
import { openBrowser } from '../support/browser.ts';
import { type Answers, signInWith } from './sign-in.ts';
import { password, type SmartWorld, smartWorld } from './smart-world.ts';

const library = readFileSync(projectFile('test', 'fixtures', 'fhirclient', 'fhir-client.pure.min.js'), 'utf8');
const page = (script: string) =>
  `<!doctype html><meta charset="utf-8"><title>App</title><script src="fhir-client.js"></script><script>${script}</script>`;

/** What the application does is what the documentation of the library shows. */
const launchPage = (standalone: string): string =>
  page(`FHIR.oauth2.authorize({ clientId: 'fhirclient', scope: ${JSON.stringify(standalone)}, redirectUri: 'index.html', pkceMode: 'required',
  ...(new URLSearchParams(location.search).has('launch') ? { scope: 'openid fhirUser launch offline_access patient/*.rs' } : {}) })
  .catch((error) => { document.title = 'failed'; window.failed = String(error); });`);
const indexPage = page(`FHIR.oauth2.ready().then((client) => { window.client = client; document.title = 'ready'; })
  .catch((error) => { document.title = 'failed'; window.failed = String(error); });`);

let world: SmartWorld;
let browser: Browser;
let app: Server;
let origin: string;
let context: BrowserContext;
let tab: Page;
const dora: Answers = { name: 'dora', password, patient: 'ann' };

beforeAll(async () => {
  browser = await openBrowser();
  app = express()
    .get('/fhir-client.js', (_, response) => void response.type('js').send(library))
    .get('/launch.html', (_, response) => void response.send(launchPage('openid fhirUser launch/patient offline_access patient/*.rs')))
    .get('/index.html', (_, response) => void response.send(indexPage))
    .listen(0, '127.0.0.1');
  await new Promise((resolve) => app.once('listening', resolve));
  origin = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  world = await smartWorld({ CORS_ORIGINS: origin });
  await world.account({});
  await world.client({
    ...{ id: 'fhirclient', redirectUris: [`${origin}/index.html`], launchUri: `${origin}/launch.html` },
    scopes: ['openid', 'fhirUser', 'launch', 'launch/patient', 'offline_access', 'patient/*.rs'],
  });
}, 180_000);
afterAll(async () => {
  await browser?.close();
  app?.closeAllConnections();
  app?.close();
  await world?.close();
});
beforeEach(async () => {
  context = await browser.newContext({ locale: 'en-GB' });
  tab = await context.newPage();
  tab.setDefaultTimeout(20_000);
});
afterEach(() => context.close());

/** Runs an expression on the client of the page. */
const ask = (expression: string): Promise<unknown> => tab.evaluate(expression);

async function isReady(): Promise<void> {
  await tab.waitForFunction('document.title === "ready" || document.title === "failed"');
  expect(await ask('window.failed')).toBeUndefined();
}

describe('fhirclient', () => {
  it('launches standalone, knows patient and user, reads and searches', async () => {
    await tab.goto(`${origin}/launch.html?iss=${encodeURIComponent(world.base)}`);
    await signInWith(tab, dora);
    await isReady();
    expect(await ask('client.patient.id')).toBe('ann');
    expect(await ask('client.user.fhirUser')).toBe('Practitioner/doctor');
    expect(await ask('client.getIdToken().fhirUser')).toBe(`${world.base}/Practitioner/doctor`);
    expect(await ask('client.patient.read()')).toMatchObject({ resourceType: 'Patient', id: 'ann' });
    expect(await ask('client.user.read()')).toMatchObject({ resourceType: 'Practitioner', id: 'doctor' });
    expect(await ask('client.patient.request("Condition?_count=4", { pageLimit: 0, flat: true }).then(({ length }) => length)')).toBe(10);
    expect(await ask('client.request("Patient/bob").catch(({ statusCode }) => statusCode)')).toBe(404);
    expect(new URL(tab.url()).searchParams.has('code')).toBe(false);
  });

  it('is launched by an EHR with its patient and encounter', async () => {
    const launch = await createLaunch(world.database, { context: { patient: 'bob', encounter: 'bob-visit' } }, 'fhirclient');
    await tab.goto(`${origin}/launch.html?iss=${encodeURIComponent(world.base)}&launch=${launch}`);
    await signInWith(tab, { name: 'dora', password });
    await isReady();
    expect(await ask('[client.patient.id, client.encounter.id]')).toEqual(['bob', 'bob-visit']);
    expect(await ask('client.encounter.read()')).toMatchObject({ resourceType: 'Encounter', id: 'bob-visit' });
    expect(await ask('client.request("Patient/ann").catch(({ statusCode }) => statusCode)')).toBe(404);
  });

  it('renews its token, and the record is read with the new one', async () => {
    await tab.goto(`${origin}/launch.html?iss=${encodeURIComponent(world.base)}`);
    await signInWith(tab, dora);
    await isReady();
    const before = await ask('client.state.tokenResponse.access_token');
    await ask('client.refresh().then(() => null)');
    expect(await ask('client.state.tokenResponse.access_token')).not.toBe(before);
    expect(await ask('client.patient.read()')).toMatchObject({ id: 'ann' });
  });

  it('hears that a person did not allow it', async () => {
    await tab.goto(`${origin}/launch.html?iss=${encodeURIComponent(world.base)}`);
    await signInWith(tab, { ...dora, refuse: true });
    await tab.waitForFunction('document.title === "failed"');
    expect(await ask('window.failed')).toMatch(/access|allow/i);
  });
});
