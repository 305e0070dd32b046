/** How the server is reached: TLS, proxies in front, the name that tokens are bound to. */

import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { originOf } from '../../src/auth/origin.ts';
import { createProxies } from '../../src/http/proxy.ts';
import { projectFile } from '../../src/root.ts';
import { createWorld, type World } from './token-support.ts';

let world: World;
const TLS_CERTIFICATE = projectFile('test', 'fixtures', 'tls', 'certificate.pem');
const TLS_KEY = projectFile('test', 'fixtures', 'tls', 'key.pem');

beforeAll(async () => {
  world = await createWorld();
  await world.client();
});
afterAll(() => world.close());

const get = (url: string): Promise<{ status: number | undefined; headers: IncomingMessage['headers']; text: string }> =>
  new Promise((resolve, reject) => {
    https
      .get(url, { rejectUnauthorized: false }, (response) => {
        let text = '';
        response
          .on('data', (piece) => (text += String(piece)))
          .on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
      })
      .on('error', reject);
  });

describe('A server with a certificate', () => {
  test('speaks https, says so in its addresses, and asks browsers to stay with it', async () => {
    const origin = await world.serve({ TLS_CERTIFICATE, TLS_KEY });
    expect(origin).toMatch(/^https:/);
    const smart = await get(`${origin}/fhir/.well-known/smart-configuration`);
    expect(smart.status).toBe(200);
    expect(JSON.parse(smart.text)).toMatchObject({ issuer: `${origin}/fhir`, token_endpoint: `${origin}/oauth/token` });
    const fhir = await get(`${origin}/fhir/Patient`);
    expect([fhir.status, fhir.headers['www-authenticate']]).toEqual([401, `Bearer realm="${origin}/fhir"`]);
    for (const { headers } of [smart, fhir]) expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test.each<['TLSv1.1' | 'TLSv1.2' | 'TLSv1.3', boolean]>([
    ['TLSv1.1', false],
    ['TLSv1.2', true],
    ['TLSv1.3', true],
  ])('with %s: %s', async (version, works) => {
    const origin = await world.serve({ TLS_CERTIFICATE, TLS_KEY });
    const { port } = new URL(origin);
    const old = version === 'TLSv1.1' ? { ciphers: 'DEFAULT:@SECLEVEL=0' } : {};
    const reached = await new Promise<boolean>((resolve) => {
      const limits = { minVersion: version, maxVersion: version, rejectUnauthorized: false, ...old };
      const socket = connect({ port: Number(port), host: '127.0.0.1', ...limits }, () => resolve(true));
      socket.on('error', () => resolve(false)).on('secureConnect', () => socket.destroy());
    });
    expect(reached).toBe(works);
  });

  test('that cannot be read, or is none, does not start', async () => {
    await expect(world.serve({ TLS_CERTIFICATE: '/nowhere.pem', TLS_KEY })).rejects.toThrow(/TLS_CERTIFICATE is \/nowhere\.pem.*ENOENT/);
    await expect(world.serve({ TLS_CERTIFICATE: TLS_KEY, TLS_KEY })).rejects.toThrow(/are no certificate with its key/);
  });
});

describe('A proxy in front', () => {
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'fhir.example.org' };
  const issuer = async (origin: string): Promise<unknown> =>
    ((await (await fetch(`${origin}/fhir/.well-known/smart-configuration`, { headers })).json()) as { issuer: string }).issuer;

  test('is believed where it is known, and nobody else is', async () => {
    expect(await issuer(await world.serve({ TRUSTED_PROXIES: '10.0.0.1, 127.0.0.0/8' }))).toBe('https://fhir.example.org/fhir');
    for (const environment of [{}, { TRUSTED_PROXIES: '10.0.0.0/8' }]) {
      const origin = await world.serve(environment);
      expect(await issuer(origin)).toBe(`${origin}/fhir`);
    }
  });

  test('that does TLS makes answers tell browsers to stay with https', async () => {
    const origin = await world.serve({ BASE_URL: 'https://fhir.example.org/fhir' });
    expect((await fetch(`${origin}/fhir/metadata`)).headers.get('strict-transport-security')).toBe('max-age=31536000');
    expect((await fetch(`${await world.serve()}/fhir/metadata`)).headers.get('strict-transport-security')).toBeNull();
  });

  test.each([
    ['10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['10.0.0.1', '6.6.6.6, 1.2.3.4', '1.2.3.4'],
    ['10.0.0.1', '1.2.3.4, 10.0.0.2', '1.2.3.4'],
    ['::ffff:10.0.0.1', '1.2.3.4', '1.2.3.4'],
    ['fd00::1', '2001:db8::5', '2001:db8::5'],
    ['10.0.0.1', 'nonsense', '10.0.0.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['9.9.9.9', '1.2.3.4', '9.9.9.9'],
  ])('from %s that forwards "%s" stands for %s', (direct, forwarded, address) => {
    const request = { socket: { remoteAddress: direct }, headers: { 'x-forwarded-for': forwarded } } as unknown as IncomingMessage;
    expect(createProxies(['10.0.0.0/8', 'fd00::/8']).addressOf(request)).toBe(address);
    expect(createProxies([]).addressOf(request)).toBe(direct);
  });
});

test.each([
  ['https://example.org/fhir', 'https://example.org'],
  ['https://example.org/a/fhir', 'https://example.org/a'],
  ['https://example.org', 'https://example.org'],
  ['http://[::1]:8080/fhir', 'http://[::1]:8080'],
])('The endpoints of %s are at %s', (base, origin) => expect(originOf(base)).toBe(origin));
