/** read and vread: http.html#read, http.html#vread, http.html#cread. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { FakeServer } from '../support/fake-server.ts';
import { newServer, patient } from './server.ts';

let server: FakeServer;
beforeEach(async () => {
  server = newServer();
  await server.ask('PUT', 'Patient/1', { body: { ...patient, id: '1' } });
});

describe('read', () => {
  test('gives the stored text with ETag and Last-Modified', async () => {
    const answer = await server.ask('GET', 'Patient/1');
    expect(answer.status).toBe(200);
    expect(answer.text).toBe(server.repository.log[0]?.body);
    expect(answer.headers).toEqual({ etag: 'W/"1"', 'last-modified': 'Thu, 01 Jan 2026 12:00:00 GMT' });
  });

  test('answers HEAD as GET', async () => expect((await server.ask('HEAD', 'Patient/1')).status).toBe(200));

  test('is 404 for an id that was never there', async () => {
    const answer = await server.ask('GET', 'Patient/2');
    expect([answer.status, answer.diagnostics]).toEqual([404, 'Patient/2 is not known here.']);
  });

  test('is 404 for an id that cannot be', async () => expect((await server.ask('GET', `Patient/${'x'.repeat(65)}`)).status).toBe(404));

  test('is 410 for a deleted resource, with the ETag of the deletion', async () => {
    await server.ask('DELETE', 'Patient/1');
    const answer = await server.ask('GET', 'Patient/1');
    expect([answer.status, answer.headers['etag']]).toEqual([410, 'W/"2"']);
  });

  test('knows _summary, _elements, _format and _pretty only', async () => {
    expect((await server.ask('GET', 'Patient/1?_format=json&_pretty=true')).status).toBe(200);
    const answer = await server.ask('GET', 'Patient/1?_elemnts=active');
    expect([answer.status, answer.diagnostics]).toEqual([400, expect.stringContaining('Did you mean "_elements"?')]);
    expect((await server.ask('GET', 'Patient/1?foo=1', { headers: { prefer: 'handling=lenient' } })).status).toBe(200);
  });

  test.each([
    ['_elements=active', true],
    ['_summary=true', true],
    ['_summary=text', false],
    ['_summary=data', true],
  ])('?%s gives a part of the resource, marked SUBSETTED', async (query, hasActive) => {
    const { status, json } = await server.ask('GET', `Patient/1?${query}`);
    expect(status).toBe(200);
    expect('active' in json).toBe(hasActive);
    expect(json['meta']).toMatchObject({ tag: [{ code: 'SUBSETTED' }] });
    expect(json['id']).toBe('1');
  });

  test.each(['_summary=count', '_summary=all', '_elements=a b', '_summary=true&_elements=active', '_summary=true&_summary=text'])(
    '?%s is refused',
    async (query) => expect((await server.ask('GET', `Patient/1?${query}`)).status).toBe(400),
  );
});

describe('conditional read', () => {
  const cases: [Record<string, string>, number][] = [
    [{ 'if-none-match': 'W/"1"' }, 304],
    [{ 'if-none-match': '"1"' }, 304],
    [{ 'if-none-match': 'W/"7", W/"1"' }, 304],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-none-match': 'W/"2"' }, 200],
    [{ 'if-none-match': '1' }, 400],
    [{ 'if-modified-since': 'Thu, 01 Jan 2026 12:00:00 GMT' }, 304],
    [{ 'if-modified-since': 'Thu, 01 Jan 2026 11:59:59 GMT' }, 200],
    [{ 'if-modified-since': 'yesterday' }, 200],
    // RFC 9110 section 13.2.2: If-None-Match wins.
    [{ 'if-none-match': 'W/"2"', 'if-modified-since': 'Fri, 02 Jan 2026 12:00:00 GMT' }, 200],
  ];
  test.each(cases)('%j is %i', async (headers, status) => {
    const answer = await server.ask('GET', 'Patient/1', { headers });
    expect(answer.status).toBe(status);
    if (status === 304) expect([answer.text, answer.headers['etag']]).toEqual(['', 'W/"1"']);
  });
});

describe('vread', () => {
  beforeEach(async () => {
    await server.ask('PUT', 'Patient/1', { body: { ...patient, id: '1', active: false } });
    await server.ask('DELETE', 'Patient/1');
  });

  test('gives each version with its own ETag, also after a deletion', async () => {
    for (const [vid, active] of [
      ['1', true],
      ['2', false],
    ] as const) {
      const answer = await server.ask('GET', `Patient/1/_history/${vid}`);
      expect([answer.status, answer.headers['etag'], answer.json['active']]).toEqual([200, `W/"${vid}"`, active]);
    }
  });

  test('is 410 for the version that is the deletion', async () =>
    expect((await server.ask('GET', 'Patient/1/_history/3')).status).toBe(410));
  test.each(['4', '0', '01', 'abc', '-1', '99999999999999999999', '1.0'])('is 404 for the version %s', async (vid) =>
    expect((await server.ask('GET', `Patient/1/_history/${vid}`)).status).toBe(404),
  );
  test('is 304 when the client has the version', async () =>
    expect((await server.ask('GET', 'Patient/1/_history/1', { headers: { 'if-none-match': 'W/"1"' } })).status).toBe(304));
});
