/** What the server sends of the sample application. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { sampleApp, sampleAppId } from '../../src/http/sample-app.ts';
import { projectFile } from '../../src/root.ts';

const base = 'https://records.example.org/fhir';
const files = readdirSync(projectFile('web'));
let server: Server;
let url: string;

beforeAll(async () => {
  const app = express().use('/app/', sampleApp({ baseOf: () => base }));
  server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/app/`;
});
afterAll(() => void server.close());

const policyOf = (response: Response): Map<string, string> =>
  new Map((response.headers.get('content-security-policy') ?? '').split('; ').map((rule) => rule.split(/ (.*)/s) as [string, string]));

describe('The sample application', () => {
  it.each(files)('sends %s as it lies in web/', async (name) => {
    const response = await fetch(`${url}${name === 'index.html' ? '' : name}`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(readFileSync(projectFile('web', name), 'utf8'));
    expect(response.headers.get('content-type')).toMatch(/^(text\/(html|css|javascript)|image\/svg\+xml); charset=utf-8$/);
  });

  it('is launched at /app/launch, and tells its page who issues tokens and who it is', async () => {
    expect(await (await fetch(`${url}launch?iss=x&launch=y`)).text()).toContain('main.js');
    expect(await (await fetch(`${url}settings.json`)).json()).toEqual({ issuer: base, clientId: sampleAppId });
  });

  it('allows no script, style, frame or connection but its own and that to the FHIR server', async () => {
    const policy = policyOf(await fetch(url));
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('style-src')).toBe("'self'");
    expect(policy.get('connect-src')).toBe("'self' https://records.example.org");
    expect(policy.get('frame-ancestors')).toBe("'none'");
    expect(policy.get('require-trusted-types-for')).toBe("'script'");
  });

  it('names nothing of other servers, makes no markup from texts, and keeps no token where other tabs see it', () => {
    const texts = files.map((name) => [name, readFileSync(projectFile('web', name), 'utf8')] as const);
    const foreign = texts.filter(
      ([name, text]) => name !== 'icon.svg' && /(?:src|href|import|from|url)\s*[=(]?\s*["']?https?:/i.test(text),
    );
    const unsafe = texts.filter(([, text]) =>
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|localStorage|document\.cookie/.test(text),
    );
    expect([...foreign, ...unsafe].map(([name]) => name)).toEqual([]);
  });

  it.each(['../package.json', '%2e%2e/package.json', 'main.js/x', 'LAUNCH/', '..%2fpackage.json', 'nothing.js'])(
    'has nothing at %s',
    async (path) => {
      const { status } = await fetch(`${url}${path}`);
      expect(status).toBe(404);
    },
  );

  it('leads /app to /app/, where its files are', async () => {
    const response = await fetch(url.slice(0, -1), { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([308, '/app/']);
  });
});
