/** Binary in its native content type: binary.html#rest. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { type FakeServer } from '../support/fake-server.ts';
import { newServer } from './server.ts';

const bytes = Buffer.from([0, 255, 13, 10, 7]);
let server: FakeServer;
beforeEach(() => {
  server = newServer();
});

describe('Binary', () => {
  test('keeps native content, and gives it back byte by byte in its type', async () => {
    const made = await server.ask('POST', 'Binary', { bytes, contentType: 'image/png', headers: { 'x-security-context': 'Patient/1' } });
    expect([made.status, made.json['data'], made.json['contentType']]).toEqual([201, bytes.toString('base64'), 'image/png']);
    const read = await server.ask('GET', 'Binary/s1');
    expect(read.bytes).toEqual({ contentType: 'image/png', data: bytes });
    expect(read.headers).toMatchObject({ etag: 'W/"1"', 'x-security-context': 'Patient/1' });
  });

  test('is updated with native content under the id of the URL', async () => {
    expect((await server.ask('PUT', 'Binary/a', { bytes, contentType: 'text/plain' })).status).toBe(201);
    expect((await server.ask('GET', 'Binary/a')).bytes?.contentType).toBe('text/plain');
  });

  test('takes application/json as content, and application/fhir+json as the resource', async () => {
    await server.ask('PUT', 'Binary/a', { bytes: Buffer.from('{"a":1}'), contentType: 'application/json' });
    expect((await server.ask('GET', 'Binary/a')).bytes?.data.toString()).toBe('{"a":1}');
    const body = { resourceType: 'Binary', id: 'b', contentType: 'text/plain', data: bytes.toString('base64') };
    expect((await server.ask('PUT', 'Binary/b', { body })).status).toBe(201);
    expect((await server.ask('GET', 'Binary/b')).bytes).toEqual({ contentType: 'text/plain', data: bytes });
  });

  const accepts: [string, boolean][] = [
    ['*/*', false],
    ['image/png', false],
    ['image/*', false],
    ['text/html', false],
    ['application/fhir+json', true],
    ['application/fhir+xml', true],
    ['application/fhir+json;q=0.5, image/png', false],
    ['application/fhir+json, image/png;q=0.5', true],
    ['application/json', true],
    ['application/fhir+json;q=0, */*', false],
  ];
  test.each(accepts)('with Accept: %s comes as the resource: %s', async (accept, isResource) => {
    await server.ask('PUT', 'Binary/a', { bytes, contentType: 'image/png' });
    const answer = await server.ask('GET', 'Binary/a', { headers: { accept } });
    expect([answer.bytes === undefined, answer.json.resourceType === 'Binary']).toEqual([isResource, isResource]);
  });

  test('keeps the parameters of its content type', async () => {
    const headers = { 'content-type': 'text/plain;  charset=iso-8859-1 ' };
    await server.ask('PUT', 'Binary/a', { bytes, contentType: 'text/plain', headers });
    expect((await server.ask('GET', 'Binary/a', { headers: { accept: 'text/plain' } })).bytes?.contentType).toBe(
      'text/plain; charset=iso-8859-1',
    );
  });

  test('with _format comes as the resource', async () => {
    await server.ask('PUT', 'Binary/a', { bytes, contentType: 'image/png' });
    expect((await server.ask('GET', 'Binary/a?_format=json')).json.resourceType).toBe('Binary');
  });

  test('is 304 and 410 as any other resource', async () => {
    await server.ask('PUT', 'Binary/a', { bytes, contentType: 'image/png' });
    expect((await server.ask('GET', 'Binary/a', { headers: { 'if-none-match': 'W/"1"' } })).status).toBe(304);
    await server.ask('DELETE', 'Binary/a');
    expect((await server.ask('GET', 'Binary/a')).status).toBe(410);
  });
});
