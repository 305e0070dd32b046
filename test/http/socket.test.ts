/** Trouble on the wire: floods, lies, half-sent and slow clients, bombs, and closing down. */

import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FhirResponse } from '../../src/interactions/interaction.ts';
import { outcome, patient, type Running, raw, start } from './support.ts';

let server: Running;
afterEach(() => server?.close());

const limit = 100_000;
const quick = { headers: 500, request: 1_500, bodyIdle: 300, sendIdle: 300, health: 100 };

/** Reads the body whole, as an interaction would. */
const serve = async (options: Parameters<typeof start>[1] = {}): Promise<void> => {
  server = await start(
    async ({ method, body }) => ({
      status: 200,
      body: method === 'GET' ? patient : `{"resourceType":"Basic","id":"${body.bytes.length}"}`,
    }),
    { bodyLimit: limit, timing: quick, ...options },
  );
};

const head = (lines: string[]): string => `${lines.join('\r\n')}\r\n\r\n`;
const postHead = (...more: string[]): string =>
  head(['POST /fhir/Basic HTTP/1.1', 'Host: localhost', 'Content-Type: application/fhir+json', ...more]);
const statusOf = (text: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]);
const statusesOf = (text: string): number[] => [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
/** The answer is read to its end: a connection with an unread answer keeps the process alive. */
async function isAlive(): Promise<boolean> {
  const response = await fetch(`${server.url}/fhir/Patient/1`);
  await response.text();
  return response.status === 200;
}

describe('Text that is no HTTP', () => {
  it.each<[string, string, number]>([
    ['garbage', 'hello\r\n\r\n', 400],
    ['a space in the path', 'GET /fhir/Patient/a b HTTP/1.1\r\nHost: localhost\r\n\r\n', 400],
    ['a method nobody knows', 'FROB /fhir/Patient/1 HTTP/1.1\r\nHost: localhost\r\n\r\n', 405],
    ['no Host', 'GET /fhir/Patient/1 HTTP/1.1\r\n\r\n', 400],
    ['two lengths', postHead('Content-Length: 5', 'Content-Length: 6'), 400],
    ['a length and chunks', postHead('Content-Length: 5', 'Transfer-Encoding: chunked'), 400],
    ['a negative length', postHead('Content-Length: -5'), 400],
    ['a broken chunk', `${postHead('Transfer-Encoding: chunked')}zz\r\n`, 400],
    ['a NUL in a header', 'GET /fhir/Patient/1 HTTP/1.1\r\nHost: localhost\r\nA: b\0c\r\n\r\n', 400],
    ['a flood of one header', `GET /fhir/Patient/1 HTTP/1.1\r\nHost: localhost\r\nA: ${'b'.repeat(200_000)}\r\n\r\n`, 431],
    [
      'a flood of headers',
      head(['GET /fhir/Patient/1 HTTP/1.1', 'Host: localhost', ...Array.from({ length: 1_500 }, (_, i) => `X-${i}: y`)]),
      431,
    ],
    ['an endless path', `GET /fhir/Patient/${'b'.repeat(200_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`, 431],
    ['a strange host', 'GET /fhir/Patient/1 HTTP/1.1\r\nHost: a/b"c\r\n\r\n', 421],
  ])('such as %s is refused, and the server lives on', async (_, text, status) => {
    await serve();
    const answered = await raw(server.port, text, 1_500);
    expect(statusOf(answered.text)).toBe(status);
    if (status === 431) expect(answered.closed).toBe(true);
    expect(await isAlive()).toBe(true);
  });

  it('is told so by an OperationOutcome', async () => {
    await serve();
    const { text, closed } = await raw(server.port, 'hello\r\n\r\n');
    expect(outcome(text.slice(text.indexOf('\r\n\r\n') + 4)).issue[0]?.code).toBe('structure');
    expect(closed).toBe(true);
  });

  it('is told so without a body when it is a HEAD', async () => {
    await serve();
    const { text } = await raw(server.port, 'HEAD /fhir/\u00e9 HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect(statusOf(text)).toBe(400);
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe('');
  });

  it('behind a good request does not spoil its answer', async () => {
    await serve();
    const { text } = await raw(server.port, 'GET /fhir/Patient/1 HTTP/1.1\r\nHost: localhost\r\n\r\nnonsense\r\n\r\n', 1_500);
    expect(statusesOf(text)[0] ?? 0).toBeGreaterThanOrEqual(200);
    expect(text).not.toContain('HTTP/1.1 500');
    expect(await isAlive()).toBe(true);
  });

  it('an absolute request target means its path', async () => {
    await serve();
    await raw(server.port, 'GET http://elsewhere.example/fhir/Patient/7 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    expect(server.requests.at(-1)?.path).toEqual(['Patient', '7']);
  });
});

describe('Any bytes', () => {
  it('are answered below 500 or with a closed socket, and the server lives on', async () => {
    await serve({ timing: { ...quick, headers: 200, bodyIdle: 100 } });
    const part = fc.constantFrom(
      'GET ',
      'POST ',
      '/fhir/Patient/1',
      '/fhir/',
      '?a=%',
      ' HTTP/1.1\r\n',
      'Host: localhost\r\n',
      'Content-Length: 5\r\n',
      '\r\n',
      '\0',
    );
    const more = fc.constantFrom(
      'Transfer-Encoding: chunked\r\n',
      'Content-Encoding: gzip\r\n',
      'Accept: ;q=\r\n',
      'Range: bytes=-\r\n',
      'Expect: x\r\n',
      '{}',
    );
    const text = fc
      .array(fc.oneof(part, more, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 16 })
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 8, maxLength: 8 }), async (texts) => {
        const answered = await Promise.all(texts.map((one) => raw(server.port, one, 60)));
        for (const { text: answer } of answered) for (const status of statusesOf(answer)) expect(status).toBeLessThan(500);
      }),
      { numRuns: 25 },
    );
    expect(await isAlive()).toBe(true);
  });
});

describe('A slow client', () => {
  it('that never ends its headers is closed with 408', async () => {
    await serve();
    const { text, closed } = await raw(server.port, 'GET /fhir/Patient/1 HTTP/1.1\r\nHost: localhost\r\n', 4_000);
    expect([statusOf(text), closed]).toEqual([408, true]);
  });

  it('that stops in the middle of its body gets 408, and nothing is done', async () => {
    await serve();
    const { text, closed } = await raw(server.port, `${postHead('Content-Length: 50')}{"resourceType"`, 5_000);
    expect([statusOf(text), closed]).toEqual([408, true]);
    expect(server.requests).toHaveLength(0);
  });

  it('that drips its body is cut off after the time of a whole request', async () => {
    await serve();
    const socket = net.connect(server.port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk)).on('error', () => {});
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    socket.write(postHead('Content-Length: 5000'));
    const drip = setInterval(() => socket.write(' '), 100);
    await closed;
    clearInterval(drip);
    expect(statusOf(text)).toBe(408);
    expect(server.requests).toHaveLength(0);
  });

  it('that goes away in the middle of its body leaves nothing behind', async () => {
    await serve();
    const socket = net.connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(`${postHead('Content-Length: 50')}{"resou`);
    await sleep(50);
    socket.destroy();
    await sleep(50);
    expect(server.requests).toHaveLength(0);
    expect(server.log.some((line) => line.includes('"level":50'))).toBe(false);
    expect(await isAlive()).toBe(true);
  });

  it('that does not read its answer is dropped, and the making of the answer stops', async () => {
    let made = 0;
    let stopped = false;
    async function* endless(): AsyncIterable<string> {
      try {
        for (;;) {
          made += 1;
          yield 'x'.repeat(10_000);
          await sleep(0);
        }
      } finally {
        stopped = true;
      }
    }
    server = await start(async () => ({ status: 200, body: endless() }), { timing: quick });
    const socket = net.connect(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write('GET /fhir/Patient/1/$everything HTTP/1.1\r\nHost: localhost\r\n\r\n');
    socket.pause();
    for (let i = 0; i < 100 && !stopped; i++) await sleep(50);
    expect(stopped).toBe(true);
    expect(made).toBeLessThan(2_000);
    socket.destroy();
  });

  it('that goes away while its answer streams stops the making of it', async () => {
    let stopped = false;
    async function* endless(): AsyncIterable<string> {
      try {
        for (;;) {
          yield 'x'.repeat(1_000);
          await sleep(0);
        }
      } finally {
        stopped = true;
      }
    }
    server = await start(async () => ({ status: 200, body: endless() }), { timing: quick });
    for (const encoding of ['identity', 'gzip']) {
      stopped = false;
      const asked = http.get(`${server.url}/fhir/Patient/1/$everything`, { headers: { 'accept-encoding': encoding } }, (response) => {
        response.once('data', () => asked.destroy());
        response.on('error', () => {});
      });
      asked.on('error', () => {});
      for (let i = 0; i < 100 && !stopped; i++) await sleep(20);
      expect(stopped).toBe(true);
    }
  });
});

describe('A body', () => {
  it('longer than it says leaves a broken second request, not a broken first one', async () => {
    await serve();
    const { text } = await raw(server.port, `${postHead('Content-Length: 3')}{} and more\r\n\r\n`, 1_500);
    expect(statusesOf(text)[0]).toBeLessThan(500);
    expect(await isAlive()).toBe(true);
  });

  it('in chunks is put together', async () => {
    await serve();
    const { text } = await raw(
      server.port,
      `${postHead('Transfer-Encoding: chunked', 'Connection: close')}5\r\n12345\r\n3\r\n678\r\n0\r\n\r\n`,
    );
    expect(text).toContain('"id":"8"');
  });

  it('that says it is too long is refused unseen, with an answer that arrives, and the connection closes', async () => {
    await serve();
    const { text, closed } = await raw(server.port, postHead(`Content-Length: ${limit + 1}`) + 'x'.repeat(limit + 1), 5_000);
    expect(statusOf(text)).toBe(413);
    expect(text).toContain('too-long');
    expect(text.toLowerCase()).toContain('connection: close');
    expect(closed).toBe(true);
  });

  it('that turns out too long in chunks is refused on the way', async () => {
    await serve();
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const { text, closed } = await raw(server.port, `${postHead('Transfer-Encoding: chunked')}${chunk.repeat(20)}`, 5_000);
    expect([statusOf(text), closed]).toEqual([413, true]);
  });

  it('far too long still gets its answer while the client writes', async () => {
    await serve();
    const answered = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': 'application/fhir+json' };
      const asked = http.request(`${server.url}/fhir/Basic`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject);
      const piece = Buffer.alloc(65_536, 'x');
      const more = (): void => {
        for (let i = 0; i < 200; i++) asked.write(piece);
      };
      more();
    });
    expect(answered).toBe(413);
  });

  it('among too many large ones at once is told to come again', async () => {
    const answer: { resolve?: (response: FhirResponse) => void } = {};
    const held = new Promise<FhirResponse>((resolve) => (answer.resolve = resolve));
    server = await start(() => held, { bodyLimit: limit });
    const post = (): Promise<Response> =>
      fetch(`${server.url}/fhir/Basic`, { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: 'x'.repeat(limit) });
    const running = Array.from({ length: 4 }, post);
    while (server.requests.length < 4) await sleep(10);
    const refused = await post();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '2']);
    answer.resolve?.({ status: 200, body: patient });
    expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await post()).status).toBe(200);
  });

  it('exactly as long as allowed is taken', async () => {
    await serve();
    const response = await fetch(`${server.url}/fhir/Basic`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: 'x'.repeat(limit),
    });
    expect([response.status, await response.text()]).toEqual([200, `{"resourceType":"Basic","id":"${limit}"}`]);
  });

  it('announced by Expect is asked for, unless it is too long', async () => {
    await serve();
    const fine = await raw(server.port, `${postHead('Content-Length: 2', 'Expect: 100-continue', 'Connection: close')}{}`);
    expect(statusesOf(fine.text)).toEqual([100, 200]);
    const refused = await raw(server.port, postHead(`Content-Length: ${limit * 20}`, 'Expect: 100-continue'), 4_000);
    expect(statusesOf(refused.text)).toEqual([413]);
  });

  it('with an expectation that nobody knows is answered as if there were none', async () => {
    await serve();
    const answer = await raw(server.port, `${postHead('Content-Length: 2', 'Expect: x', 'Connection: close')}{}`);
    expect(statusesOf(answer.text)).toEqual([200]);
  });

  it('refused for its method or Accept does not break the connection when it is short', async () => {
    await serve();
    const first = postHead('Content-Length: 2', 'Accept: image/png');
    const { text } = await raw(server.port, `${first}{}GET /fhir/Patient/1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(statusesOf(text)).toEqual([406, 200]);
  });
});

describe('A compressed body', () => {
  const send = async (encoding: string, body: Buffer): Promise<Response> =>
    fetch(`${server.url}/fhir/Basic`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json', 'content-encoding': encoding },
      body: new Uint8Array(body),
    });
  const text = Buffer.from('{"resourceType":"Basic"}'.padEnd(5_000));

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['identity', (bytes) => bytes],
  ])('by %s is inflated', async (encoding, squeeze) => {
    await serve();
    const response = await send(encoding, squeeze(text));
    expect([response.status, await response.text()]).toEqual([200, '{"resourceType":"Basic","id":"5000"}']);
  });

  it.each(['gzip', 'deflate', 'br'])('that is a bomb (%s) is refused with 413', async (encoding) => {
    await serve();
    const bomb = Buffer.alloc(50_000_000);
    const squeezed =
      encoding === 'gzip'
        ? gzipSync(bomb)
        : encoding === 'deflate'
          ? deflateSync(bomb)
          : brotliCompressSync(bomb, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
    expect(squeezed.length).toBeLessThan(limit);
    expect((await send(encoding, squeezed)).status).toBe(413);
    expect(await isAlive()).toBe(true);
  });

  it.each<[string, Buffer]>([
    ['gzip', Buffer.from('{"resourceType":"Basic"}')],
    ['gzip', gzipSync(text).subarray(0, 20)],
    ['deflate', Buffer.from('no')],
    ['br', Buffer.from('nothing of the kind')],
  ])('that is broken (%s) is refused with 400', async (encoding, body) => {
    await serve();
    expect((await send(encoding, body)).status).toBe(400);
  });

  it.each(['zstd', 'compress', 'gzip, gzip'])('by %s is refused with 415 and the valid ones', async (encoding) => {
    await serve();
    const response = await send(encoding, text);
    expect([response.status, response.headers.get('accept-encoding')]).toEqual([415, 'gzip, deflate, br']);
    expect(server.requests).toHaveLength(0);
  });
});

describe('Closing', () => {
  const deferred = (): { promise: Promise<FhirResponse>; resolve: (response: FhirResponse) => void } => {
    let resolve!: (response: FhirResponse) => void;
    const promise = new Promise<FhirResponse>((done) => (resolve = done));
    return { promise, resolve };
  };

  it('lets running requests finish, ends idle connections and takes no new ones', async () => {
    const answer = deferred();
    server = await start(() => answer.promise);
    const idle = net.connect(server.port, '127.0.0.1');
    const idleEnded = new Promise((resolve) => idle.on('close', resolve));
    idle.on('error', () => {}).resume();
    const running = fetch(`${server.url}/fhir/Patient/1`);
    while (server.requests.length === 0) await sleep(10);
    const closing = server.close();
    await idleEnded;
    await expect(fetch(`${server.url}/fhir/Patient/1`)).rejects.toThrow();
    answer.resolve({ status: 200, body: patient });
    const response = await running;
    expect(await response.text()).toBe(patient);
    expect(response.headers.get('connection')).toBe('close');
    await closing;
  });

  it('cuts what does not finish in time', async () => {
    server = await start(() => new Promise(() => {}), { shutdownTimeout: 200 });
    const running = fetch(`${server.url}/fhir/Patient/1`).catch(() => 'cut');
    await sleep(50);
    const started = Date.now();
    await server.close();
    expect(Date.now() - started).toBeLessThan(2_000);
    expect(await running).toBe('cut');
  });

  it('twice, or before listening, is harmless', async () => {
    await serve();
    await Promise.all([server.close(), server.close()]);
  });

  it('of a port that is taken fails to listen', async () => {
    await serve();
    await expect(start(async () => ({ status: 200 }), { port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
