/** Batches: http.html#brules. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type BundleServer, base, bundleServer, entry, observation, patient } from './bundle-server.ts';

let server: BundleServer;
beforeAll(async () => {
  server = await bundleServer();
});
afterAll(() => server.close());

describe('A batch', () => {
  test('answers every entry in the order of the request', async () => {
    const answer = await server.post('batch', [
      entry('GET', 'Patient/b1'),
      entry('PUT', 'Patient/b1', patient({ id: 'b1', birthDate: '2000' })),
      entry('POST', 'Observation', observation()),
      entry('DELETE', 'Patient/never'),
      entry('GET', 'metadata'),
      entry('GET', 'Patient?_id=b1'),
      entry('HEAD', 'Patient/b1'),
    ]);
    expect(answer.status).toBe(200);
    expect(answer.json['type']).toBe('batch-response');
    expect(answer.statuses).toEqual(['200 OK', '201 Created', '201 Created', '204 No Content', '200 OK', '200 OK', '200 OK']);
    expect(answer.json.entry?.[0]).toMatchObject({
      fullUrl: `${base}/Patient/b1`,
      resource: { resourceType: 'Patient', id: 'b1', birthDate: '2000' },
    });
    expect(answer.json.entry?.[1]?.resource).toBeUndefined();
    expect(answer.json.entry?.[1]?.response).toMatchObject({
      location: 'Patient/b1/_history/1',
      etag: 'W/"1"',
      lastModified: expect.any(String),
    });
    expect(answer.json.entry?.[5]?.resource).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
    expect(answer.json.entry?.[6]?.resource).toBeUndefined();
  });

  test('goes on after an entry that fails, and tells its outcome there', async () => {
    const answer = await server.post('batch', [
      entry('GET', 'Patient/nobody'),
      entry('POST', 'Patient', patient({ birthDate: 'yesterday', id: 'x' })),
      entry('PUT', 'Patient/other', patient({ id: 'one' })),
      entry('POST', 'Patient', patient()),
      entry('GET', 'Nothing/1'),
      entry('PATCH', 'Patient/b2', { resourceType: 'Binary', contentType: 'text/plain', data: 'eA==' }),
    ]);
    expect(answer.status).toBe(200);
    expect(answer.statuses[0]).toBe('404 Not Found');
    expect(answer.statuses[1]).toMatch(/^4\d\d /);
    expect(answer.statuses.slice(2)).toEqual(['400 Bad Request', '201 Created', '404 Not Found', '415 Unsupported Media Type']);
    expect(answer.json.entry?.[0]?.response.outcome?.issue[0]).toMatchObject({ code: 'not-found', expression: ['Bundle.entry[0]'] });
    expect(answer.json.entry?.[2]?.response.outcome?.issue[0]?.expression).toEqual(['Bundle.entry[2].resource.id']);
  });

  test.each<[string, unknown]>([
    ['no object', 7],
    ['without request', { resource: patient() }],
    ['without method', { request: { url: 'Patient/1' } }],
    ['with an unknown method', { request: { method: 'OPTIONS', url: 'Patient/1' } }],
    ['without url', { request: { method: 'GET' } }],
    ['with a url of another server', { request: { method: 'GET', url: 'http://elsewhere.example/fhir/Patient/1' } }],
    ['with a url that is not percent-encoded', { request: { method: 'GET', url: 'Patient?name=%zz' } }],
    ['with a NUL in the url', { request: { method: 'GET', url: 'Patient?name=%00' } }],
    ['with an empty path segment', { request: { method: 'GET', url: 'Patient//1' } }],
    ['with a misspelt element', { request: { method: 'POST', url: 'Patient', ifNoneExists: 'identifier=1' }, resource: patient() }],
    ['with a header that is no string', { request: { method: 'PUT', url: 'Patient/1', ifMatch: 1 }, resource: patient({ id: '1' }) }],
    ['with a resource that is none', { request: { method: 'POST', url: 'Patient' }, resource: [] }],
    ['with a resource for a GET', { request: { method: 'GET', url: 'Patient/1' }, resource: patient() }],
    ['without resource for a POST', { request: { method: 'POST', url: 'Patient' } }],
    ['without resource for a PATCH', { request: { method: 'PATCH', url: 'Patient/1' } }],
    ['with a version in fullUrl', { fullUrl: 'http://a/Patient/1/_history/1', request: { method: 'GET', url: 'Patient/1' } }],
    ['with a Bundle to process inside', { request: { method: 'POST', url: '/' }, resource: { resourceType: 'Bundle', type: 'batch' } }],
    ['of another type than its url', { request: { method: 'POST', url: 'Patient' }, resource: observation() }],
  ])('refuses an entry %s and processes the others', async (_name, bad) => {
    const answer = await server.post('batch', [bad, entry('POST', 'Patient', patient())]);
    expect(answer.statuses).toEqual([expect.stringMatching(/^40[05] /), '201 Created']);
    expect(answer.json.entry?.[0]?.response.outcome?.issue[0]?.expression?.[0]).toMatch(/^Bundle\.entry\[0\]/);
  });

  test('hands the conditions of each entry to its interaction', async () => {
    await server.send('PUT', 'Patient/c', patient({ id: 'c' }));
    const identifier = [{ system: 'http://x', value: 'batch-1' }];
    const answer = await server.post('batch', [
      entry('GET', 'Patient/c', undefined, { ifNoneMatch: 'W/"1"' }),
      entry('PUT', 'Patient/c', patient({ id: 'c', active: true }), { ifMatch: 'W/"7"' }),
      entry('POST', 'Patient', patient({ identifier }), { ifNoneExist: 'identifier=http://x|batch-1' }),
      entry('GET', 'Patient/c', undefined, { ifModifiedSince: '2099-01-01T00:00:00Z' }),
    ]);
    expect(answer.statuses).toEqual(['304 Not Modified', '412 Precondition Failed', '201 Created', '304 Not Modified']);
    const again = await server.post('batch', [
      entry('POST', 'Patient', patient({ identifier }), { ifNoneExist: 'identifier=http://x|batch-1' }),
    ]);
    expect(again.statuses).toEqual(['200 OK']);
  });

  test('gives resources or outcomes of writes when the request prefers them', async () => {
    const write = [entry('POST', 'Patient', patient())];
    const represented = await server.post('batch', write, { prefer: 'return=representation' });
    expect(represented.json.entry?.[0]?.resource).toMatchObject({ resourceType: 'Patient', id: expect.any(String) });
    const told = await server.post('batch', write, { prefer: 'return=OperationOutcome' });
    expect(told.json.entry?.[0]?.resource).toBeUndefined();
    expect(told.json.entry?.[0]?.response.outcome).toMatchObject({ resourceType: 'OperationOutcome' });
  });

  test('accepts absolute urls of this server', async () => {
    await server.send('PUT', 'Patient/abs', patient({ id: 'abs' }));
    const answer = await server.post('batch', [
      entry('GET', `${base}/Patient/abs`),
      entry('GET', '/Patient/abs'),
      entry('GET', `${base}/Patient?_id=abs`),
    ]);
    expect(answer.statuses).toEqual(['200 OK', '200 OK', '200 OK']);
  });

  test('writes the same resource one after the other, as the entries stand', async () => {
    const entries = Array.from({ length: 20 }, (_, i) => entry('PUT', 'Patient/same', patient({ id: 'same', multipleBirthInteger: i })));
    const answer = await server.post('batch', entries);
    expect(answer.json.entry?.map(({ response }) => response.etag)).toEqual(entries.map((_, i) => `W/"${i + 1}"`));
  });

  test('may be empty', async () => {
    const answer = await server.post('batch', []);
    expect([answer.status, answer.text]).toEqual([200, '{"resourceType":"Bundle","type":"batch-response"}']);
  });
});

describe('POST [base]', () => {
  test.each([
    ['a Bundle of another type', { resourceType: 'Bundle', type: 'collection' }],
    ['a Bundle without type', { resourceType: 'Bundle' }],
    ['another resource', patient()],
    ['a Bundle whose entries are no list', { resourceType: 'Bundle', type: 'batch', entry: {} }],
  ])('refuses %s', async (_name, body) => {
    expect((await server.send('POST', '', body)).status).toBe(400);
  });
});
