/** A loopback server answers only under names of this machine: DNS rebinding finds nothing. */
import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Running, start } from './support.ts';

const ask = (port: number, host: string, path = '/fhir/Patient/1'): Promise<number> =>
  new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
      .on('error', reject);
  });

const answer = async () => ({ status: 200, body: '{"resourceType":"Patient"}' });

describe('A server on loopback', () => {
  let server: Running;
  beforeAll(async () => {
    server = await start(answer);
  });
  afterAll(() => server.close());

  test.each(['localhost', 'LOCALHOST:8080', '127.0.0.1', '127.0.0.1:1', '127.1.2.3', '[::1]', '[::1]:8080'])(
    'answers under %s',
    async (host) => {
      expect(await ask(server.port, host)).toBe(200);
    },
  );

  test.each(['evil.example', 'evil.example:8080', 'localhost.evil.example', '127.0.0.1.evil.example', '10.0.0.1', '[::2]'])(
    'refuses %s with 421, on every path',
    async (host) => {
      const before = server.requests.length;
      expect([await ask(server.port, host), await ask(server.port, host, '/'), await ask(server.port, host, '/metrics')]).toEqual([
        421, 421, 421,
      ]);
      expect(server.requests.length).toBe(before);
    },
  );
});

test('A server behind a proxy answers under the host of its public base', async () => {
  const server = await start(answer, { baseUrl: 'https://fhir.example.org/fhir' });
  expect([await ask(server.port, 'fhir.example.org'), await ask(server.port, 'evil.example')]).toEqual([200, 421]);
  await server.close();
});
