/** Where the answer to a form may lead, in a browser that holds redirects to it. https://www.w3.org/TR/CSP3/#directive-form-action */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { answerSources } from '../../src/http/auth/form-action.ts';
import { openBrowser } from '../support/browser.ts';
import { createPages, type PagesWorld, password, plainClient } from './pages-support.ts';

let world: PagesWorld;
let browser: Browser;
const servers: Server[] = [];

/** A program of the person: it shows where it was reached, or leads on at once. */
async function program(words: string, host = '127.0.0.1', onward?: string): Promise<string> {
  const server = createServer((_, response) => {
    if (onward === undefined) response.writeHead(200, { 'content-type': 'text/html' }).end(`<h1>${words}</h1>`);
    else response.writeHead(302, { location: onward }).end();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

beforeAll(async () => {
  world = await createPages();
  await world.account();
  browser = await openBrowser();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  for (const server of servers) server.close();
  await world.close();
});

interface Opened {
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser refused, and requests that no program took. */
  readonly told: string[];
}

async function opened(client: string, redirectUri: string): Promise<Opened> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  page.on('requestfailed', (request) => told.push(`nobody takes ${request.url()}`));
  await page.goto(world.request({ client_id: client, redirect_uri: redirectUri, scope: 'openid' }));
  return { context, page, told };
}

async function allow(page: Page): Promise<void> {
  await page.fill('#name', 'anna');
  await page.fill('#password', password);
  await page.click('main button >> nth=0');
  await page.click('#consent button:not(.second)');
}

const public_ = (id: string, redirectUris: readonly string[], more: object = {}) =>
  world.client({ ...plainClient, id, redirectUris, ...more });

describe('The answer reaches', () => {
  test.each(['127.0.0.1', '::1'])(
    'a program at the loopback address %s, at the port that it has now',
    async (host) => {
      const origin = await program('reached', host);
      await public_(`local ${host}`, [`${origin.replace(/:\d+$/, '')}/callback`]);
      const { page, context } = await opened(`local ${host}`, `${origin}/callback`);
      await allow(page);
      await page.waitForSelector('text=reached');
      expect(new URL(page.url()).searchParams.get('code')).toMatch(/^[\w-]{43}$/);
      const again = await context.newPage();
      await again.goto(world.request({ client_id: `local ${host}`, redirect_uri: `${origin}/callback`, scope: 'openid' }));
      await again.click('#consent button.second');
      await again.waitForSelector('text=reached');
      expect(new URL(again.url()).searchParams.get('error')).toBe('access_denied');
      await context.close();
    },
    60_000,
  );

  test('an application on a phone, by its own scheme', async () => {
    await public_('phone', ['org.example.app:/callback']);
    const { page, context, told } = await opened('phone', 'org.example.app:/callback');
    await allow(page);
    await page.waitForTimeout(500);
    expect(told.filter((line) => line.includes('Content Security Policy'))).toEqual([]);
    // No program is there for the scheme; that the browser looked for one is what counts.
    expect(told.join(' ')).toMatch(/nobody takes org\.example\.app:\/callback\?code=[\w-]{43}&state=/);
    await context.close();
  }, 60_000);

  test('an application that leads on at once to another address that it has registered', async () => {
    const home = await program('at home');
    const callback = `${await program('', '127.0.0.1', `${home}/start`)}/callback`;
    await public_('two', [callback, `${home}/other`]);
    const { page, context } = await opened('two', callback);
    await allow(page);
    await page.waitForSelector('text=at home');
    await context.close();
  }, 60_000);
});

describe('A form leads nowhere else', () => {
  test('not even by way of the application: to an origin that nobody registered', async () => {
    const stranger = await program('stranger');
    const callback = `${await program('', '127.0.0.1', `${stranger}/`)}/callback`;
    await public_('led', [callback]);
    const { page, context, told } = await opened('led', callback);
    await allow(page);
    await page.waitForTimeout(500);
    expect(await page.content()).not.toContain('stranger');
    expect(told.join(' ')).toContain('form-action');
    await context.close();
  }, 60_000);

  test('by a form that somebody planted in the page: what is typed into it is not sent', async () => {
    const stranger = await program('stranger');
    await public_('plain', ['http://127.0.0.1/callback']);
    const { page, context, told } = await opened('plain', 'http://127.0.0.1:9/callback');
    await page.evaluate((to) => {
      const form = document.querySelector('form');
      if (form !== null) form.action = to;
    }, `${stranger}/steal`);
    await page.fill('#name', 'anna');
    await page.fill('#password', password);
    await page.evaluate(() => document.querySelector('form')?.requestSubmit());
    await page.waitForTimeout(500);
    expect(await page.content()).not.toContain('stranger');
    expect(told.join(' ')).toContain('form-action');
    await context.close();
  }, 60_000);
});

describe('The sources of a policy', () => {
  const client = { redirectUris: ['https://app.example.org/callback', 'https://app.example.org/silent'], details: {} };

  test('are the origins that the client registered, each once', () => {
    expect(answerSources('https://app.example.org/callback', client)).toEqual(['https://app.example.org']);
    const more = { ...client, launchUri: 'https://launch.example.org/', details: { client_uri: 'https://www.example.org/about' } };
    expect(answerSources('https://app.example.org/callback', more)).toEqual([
      ...['https://app.example.org', 'https://launch.example.org', 'https://www.example.org'],
    ]);
    expect(answerSources('http://127.0.0.1:5123/cb', { redirectUris: ['http://127.0.0.1/cb'], details: {} })).toEqual([
      ...['http://127.0.0.1:5123', 'http://127.0.0.1'],
    ]);
    expect(answerSources(undefined, client)).toEqual([]);
  });

  test.each([
    ['https://a;script-src/callback', 'https:'],
    ["https://a'unsafe-inline'/callback", 'https:'],
    ['https://a,b.example/callback', 'https:'],
    ['http://[::1]:8000/callback', 'http:'],
    ['https://a_b.example/callback', 'https:'],
    ['https://bücher.example/callback', 'https://xn--bcher-kva.example'],
    ['org.example.app:/callback;x', 'org.example.app:'],
  ])('say nothing more than where: %s is %s', (uri, source) => {
    expect(answerSources(uri, { redirectUris: [], details: {} })).toEqual([source]);
  });
});
