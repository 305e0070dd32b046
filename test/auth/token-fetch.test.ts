/** Documents at addresses that others name: https://www.rfc-editor.org/rfc/rfc7591#section-5, https://www.rfc-editor.org/rfc/rfc9700 */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createGuardedFetch, FetchRefused, type GuardedFetch, type Resolve } from '../../src/auth/guarded-fetch.ts';
import { createKeySets } from '../../src/auth/key-set.ts';
import { isPrivateAddress } from '../../src/auth/private-address.ts';

let server: Server;
let host: string;
let asked: string[];
const answers: Record<string, (response: ServerResponse) => void> = {
  '/ok': (response) => response.setHeader('cache-control', 'max-age=7').end('{"keys":[]}'),
  '/redirect': (response) => response.writeHead(302, { location: '/secret' }).end(),
  '/secret': (response) => response.end('{"secret":true}'),
  '/long': (response) => response.end(`"${'x'.repeat(200_000)}"`),
  '/text': (response) => response.end('secret of the neighbour'),
  '/slow': () => undefined,
};

beforeAll(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answers[request.url ?? '']?.(response);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function fetched(url: string, settings: { internalHosts?: string[]; resolve?: Resolve } = {}): Promise<unknown> {
  const fetch = createGuardedFetch({ internalHosts: [], ...settings });
  try {
    return (await fetch.json(url)).body;
  } catch (error) {
    expect(error).toBeInstanceOf(FetchRefused);
    return (error as Error).message;
  } finally {
    await fetch.close();
  }
}

describe('An address', () => {
  test.each([
    ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1', '169.254.169.254', '100.64.0.1'],
    ...['192.0.2.1', '198.18.0.1', '198.51.100.7', '203.0.113.7', '224.0.0.1', '255.255.255.255', '::', '::1', '::ffff:127.0.0.1'],
    ...['::ffff:10.0.0.1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '64:ff9b::a00:1', '2001:db8::1', '2002:7f00:1::', 'example.org', ''],
  ])('%s is not public', (address) => expect(isPrivateAddress(address)).toBe(true));

  test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])('%s is public', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
});

describe('A document', () => {
  test.each([
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://0/x',
    'https://localhost/x',
  ])('at %s is not fetched', async (url) => {
    expect(await fetched(url)).toMatch(/not public|cannot be fetched/);
  });

  test('by plain http, with credentials, or by another scheme is not fetched', async () => {
    for (const url of ['http://example.org/x', 'ftp://example.org/x', 'file:///etc/passwd', 'gopher://127.0.0.1:25/', 'data:,x'])
      expect(await fetched(url)).toBe('it is not https');
    expect(await fetched('https://user:password@example.org/')).toBe('it holds credentials');
  });

  test('of a name that leads to a private address, if only with one of several, is not fetched', async () => {
    const leads =
      (addresses: string[]): Resolve =>
      (_, __, done) =>
        done(
          null,
          addresses.map((address) => ({ address, family: 4 })),
        );
    for (const addresses of [['127.0.0.1'], ['8.8.8.8', '10.0.0.1'], []])
      expect(await fetched('https://rebind.example.org/x', { resolve: leads(addresses) })).toMatch(/^the name leads to/);
    expect(asked).toEqual([]);
  });

  test('is fetched from the very address that was looked at: a second answer (DNS rebinding) is never asked for', async () => {
    let lookups = 0;
    const rebinding: Resolve = (_, __, done) => done(null, [{ address: lookups++ === 0 ? '203.0.114.1' : '127.0.0.1', family: 4 }]);
    const fetch = createGuardedFetch({ internalHosts: [], resolve: rebinding });
    const first = fetch.json(`https://rebind.example.org:${host.split(':')[1]}/ok`).catch((error: Error) => error.message);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(lookups).toBe(1);
    // The next connection looks again, and what it finds is looked at again.
    expect(await fetch.json('https://rebind.example.org:1/ok').catch((error: Error) => error.message)).toMatch(/^the name leads to/);
    expect(asked).toEqual([]);
    await fetch.close();
    await first;
  });

  test('of a host that a setting names may be near, and tells how long it holds', async () => {
    const fetch = createGuardedFetch({ internalHosts: [host] });
    expect(await fetch.json(`http://${host}/ok`)).toEqual({ body: { keys: [] }, cacheControl: 'max-age=7' });
    await fetch.close();
  });

  test('is not followed to where it redirects, and what stands there is not told', async () => {
    asked.length = 0;
    expect(await fetched(`http://${host}/redirect`, { internalHosts: [host] })).toMatch(/redirects are not followed/);
    expect(asked).toEqual(['/redirect']);
    expect(await fetched(`http://${host}/text`, { internalHosts: [host] })).toBe('it cannot be fetched');
  });

  test('that is too long, or comes too late, is left', async () => {
    expect(await fetched(`http://${host}/long`, { internalHosts: [host] })).toMatch(/longer than/);
    const started = performance.now();
    expect(await fetched(`http://${host}/slow`, { internalHosts: [host] })).toBe('it cannot be fetched');
    expect(performance.now() - started).toBeLessThan(8000);
  }, 15_000);
});

describe('Key sets', () => {
  const key = { kty: 'EC', kid: 'a' };
  const counting = (cacheControl: string): { fetch: GuardedFetch; count: () => number } => {
    let count = 0;
    return {
      fetch: { json: async () => (count++, { body: { keys: [key] }, cacheControl }), close: async () => undefined },
      count: () => count,
    };
  };

  test.each([
    ['max-age=60', 60],
    ['public, max-age="120"', 120],
    ['', 300],
    ['no-store', 10],
    ['max-age=0', 10],
    ['max-age=999999999', 86_400],
  ])('are kept by Cache-Control "%s" for %i s', async (cacheControl, seconds) => {
    let time = 0;
    const { fetch, count } = counting(cacheControl);
    const sets = createKeySets(fetch, () => time);
    await sets.at('https://a', () => true);
    time = seconds * 1000 - 1;
    await sets.at('https://a', () => true);
    expect(count()).toBe(1);
    time = seconds * 1000;
    await sets.at('https://a', () => true);
    expect(count()).toBe(2);
  });

  test('are fetched once for all who ask at the same time, and anew for a key that is missing, every ten seconds at most', async () => {
    let time = 0;
    const { fetch, count } = counting('max-age=3600');
    const sets = createKeySets(fetch, () => time);
    await Promise.all(Array.from({ length: 5 }, () => sets.at('https://a', () => true)));
    expect(count()).toBe(1);
    await sets.at('https://a', () => false);
    expect(count()).toBe(1);
    time = 10_000;
    await sets.at('https://a', () => false);
    await sets.at('https://a', () => false);
    expect(count()).toBe(2);
  });
});
