/** create, update, patch and delete: http.html#create, #update, #patch, #delete, #ops. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { base, type FakeServer } from '../support/fake-server.ts';
import { identified, newServer, patient } from './server.ts';

let server: FakeServer;
beforeEach(() => {
  server = newServer();
});

describe('create', () => {
  test('answers 201 with Location, ETag, Last-Modified and the resource', async () => {
    const answer = await server.ask('POST', 'Patient', { body: patient });
    expect(answer.status).toBe(201);
    expect(answer.headers).toEqual({
      location: `${base}/Patient/s1/_history/1`,
      etag: 'W/"1"',
      'last-modified': 'Thu, 01 Jan 2026 12:00:00 GMT',
    });
    expect(answer.json).toMatchObject({ ...patient, id: 's1', meta: { versionId: '1' } });
  });

  test('ignores the id of the client', async () => {
    const answer = await server.ask('POST', 'Patient', { body: { ...patient, id: 'mine' } });
    expect(answer.json['id']).toBe('s1');
  });

  test('needs a body of the type of its URL', async () => {
    const answer = await server.ask('POST', 'Observation', { body: patient });
    expect([answer.status, answer.diagnostics]).toEqual([400, 'The body is a Patient, but the URL says Observation; both must agree.']);
  });

  test('refuses parameters, which would make it another interaction', async () =>
    expect((await server.ask('POST', 'Patient?identifier=1', { body: patient, headers: { prefer: 'handling=lenient' } })).status).toBe(
      400,
    ));

  test.each([
    ['return=minimal', 201, ''],
    ['return=representation', 201, 'Patient'],
    ['return=OperationOutcome', 201, 'OperationOutcome'],
  ])('answers Prefer: %s', async (prefer, status, type) => {
    const answer = await server.ask('POST', 'Patient', { body: patient, headers: { prefer } });
    expect([answer.status, answer.json.resourceType ?? '']).toEqual([status, type]);
    expect(answer.headers['location']).toBeDefined();
  });
});

describe('conditional create', () => {
  const headers = { 'if-none-exist': 'identifier=s|1' };

  test('creates when nothing matches, and gives what is there when one does', async () => {
    const first = await server.ask('POST', 'Patient', { body: identified('1'), headers });
    const second = await server.ask('POST', 'Patient', { body: identified('1'), headers });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.json['id']).toBe(first.json['id']);
    expect(second.headers['location']).toBe(first.headers['location']);
    expect(server.repository.log).toHaveLength(1);
  });

  test('is 412 when several match', async () => {
    await server.ask('POST', 'Patient', { body: identified('1') });
    await server.ask('POST', 'Patient', { body: identified('1') });
    expect((await server.ask('POST', 'Patient', { body: identified('1'), headers })).status).toBe(412);
  });

  test.each(['?identifier=s|1', 'Patient?identifier=s|1', `${base}/Patient?identifier=s|1`])('reads %s as criteria too', async (header) => {
    await server.ask('POST', 'Patient', { body: identified('1') });
    expect((await server.ask('POST', 'Patient', { body: identified('1'), headers: { 'if-none-exist': header } })).status).toBe(200);
  });

  test.each(['', '?', 'Observation?identifier=1', 'identifier=', '_count=1', 'identifier=s|1&_sort=name'])('refuses %j', async (header) =>
    expect((await server.ask('POST', 'Patient', { body: patient, headers: { 'if-none-exist': header } })).status).toBe(400),
  );
});

describe('update', () => {
  test('creates under the id of the client with 201 and Location, then replaces with 200', async () => {
    const first = await server.ask('PUT', 'Patient/a', { body: { ...patient, id: 'a' } });
    const second = await server.ask('PUT', 'Patient/a', { body: { ...patient, id: 'a', active: false } });
    expect([first.status, first.headers['location']]).toEqual([201, `${base}/Patient/a/_history/1`]);
    expect([second.status, second.headers['etag'], second.headers['location']]).toEqual([200, 'W/"2"', undefined]);
    expect(second.json).toMatchObject({ id: 'a', active: false, meta: { versionId: '2' } });
  });

  test.each([
    ['no id', patient],
    ['another id', { ...patient, id: 'b' }],
    ['an id that is no string', { ...patient, id: 1 }],
    ['another type', { resourceType: 'Observation', id: 'a' }],
  ])('is 400 when the body has %s', async (_name, body) => expect((await server.ask('PUT', 'Patient/a', { body })).status).toBe(400));

  test('is 400 for an id that breaks the grammar', async () => {
    const answer = await server.ask('PUT', 'Patient/a_b', { body: { ...patient, id: 'a_b' } });
    expect([answer.status, answer.diagnostics]).toEqual([400, expect.stringContaining('1 to 64 letters')]);
  });

  test('is 405 for an unknown id where clients may not choose ids', async () => {
    server = newServer({ updateCreate: false });
    const { json } = await server.ask('POST', 'Patient', { body: patient });
    expect((await server.ask('PUT', 'Patient/a', { body: { ...patient, id: 'a' } })).status).toBe(405);
    expect((await server.ask('PUT', `Patient/${json['id']}`, { body: { ...patient, id: json['id'] } })).status).toBe(200);
    expect((await server.ask('PUT', 'Patient?identifier=s|9', { body: { ...identified('9'), id: 'a' } })).status).toBe(405);
    expect((await server.ask('PUT', 'Patient?identifier=s|9', { body: identified('9') })).status).toBe(201);
  });

  const matches: [string, number][] = [
    ['W/"1"', 200],
    ['"1"', 200],
    ['W/"7", W/"1"', 200],
    ['*', 200],
    ['W/"2"', 412],
    ['W/"7", W/"8"', 412],
    ['1', 400],
    ['W/1', 400],
  ];
  test.each(matches)('with If-Match: %s of version 1 is %i', async (header, status) => {
    const body = { ...patient, id: 'a' };
    await server.ask('PUT', 'Patient/a', { body });
    expect((await server.ask('PUT', 'Patient/a', { body, headers: { 'if-match': header } })).status).toBe(status);
  });

  test.each(['*', 'W/"1"', 'W/"1", W/"2"'])('with If-Match: %s of nothing is 412', async (header) =>
    expect((await server.ask('PUT', 'Patient/a', { body: { ...patient, id: 'a' }, headers: { 'if-match': header } })).status).toBe(412),
  );

  test('with If-None-Match: * creates but never replaces', async () => {
    const asked = { body: { ...patient, id: 'a' }, headers: { 'if-none-match': '*' } };
    expect((await server.ask('PUT', 'Patient/a', asked)).status).toBe(201);
    expect((await server.ask('PUT', 'Patient/a', asked)).status).toBe(412);
    expect((await server.ask('PUT', 'Patient/a', { ...asked, headers: { 'if-none-match': 'W/"1"' } })).status).toBe(400);
  });
});

describe('conditional update', () => {
  const url = 'Patient?identifier=s|1';

  test('creates when nothing matches, under the id of the body if it has one', async () => {
    const made = await server.ask('PUT', url, { body: identified('1') });
    expect([made.status, made.headers['location']]).toEqual([201, `${base}/Patient/s1/_history/1`]);
    const named = await server.ask('PUT', 'Patient?identifier=s|2', { body: { ...identified('2'), id: 'mine' } });
    expect([named.status, named.json['id']]).toEqual([201, 'mine']);
  });

  test('updates the one match, is 400 when the body has another id, 412 when several match', async () => {
    await server.ask('PUT', 'Patient/a', { body: { ...identified('1'), id: 'a' } });
    expect(await server.ask('PUT', url, { body: identified('1') })).toMatchObject({ status: 200, json: { id: 'a' } });
    expect((await server.ask('PUT', url, { body: { ...identified('1'), id: 'b' } })).status).toBe(400);
    await server.ask('PUT', 'Patient/b', { body: { ...identified('1'), id: 'b' } });
    expect((await server.ask('PUT', url, { body: identified('1') })).status).toBe(412);
  });

  test('without criteria is refused: it would mean any resource', async () => {
    expect((await server.ask('PUT', 'Patient', { body: patient })).status).toBe(412);
    expect((await server.ask('PUT', 'Patient?_format=json&identifier=', { body: patient })).status).toBe(412);
  });

  test.each(['*', 'W/"1", W/"2"'])('refuses If-Match: %s, which does not name one version', async (header) =>
    expect((await server.ask('PUT', url, { body: identified('1'), headers: { 'if-match': header } })).status).toBe(400),
  );

  test('refuses an id of the body that breaks the grammar', async () =>
    expect((await server.ask('PUT', url, { body: { ...identified('1'), id: 'a b' } })).status).toBe(400));
});

describe('patch', () => {
  const contentType = 'application/json-patch+json';
  const replace = [{ op: 'replace', path: '/active', value: false }];
  beforeEach(async () => {
    await server.ask('PUT', 'Patient/a', { body: { ...identified('1'), id: 'a' } });
  });

  test('by JSON Patch makes a new version', async () => {
    const answer = await server.ask('PATCH', 'Patient/a', { body: replace, contentType });
    expect([answer.status, answer.headers['etag'], answer.json['active']]).toEqual([200, 'W/"2"', false]);
  });

  test('by FHIRPath Patch makes a new version', async () => {
    const part = [
      { name: 'type', valueCode: 'replace' },
      { name: 'path', valueString: 'Patient.active' },
      { name: 'value', valueBoolean: false },
    ];
    const answer = await server.ask('PATCH', 'Patient/a', {
      body: { resourceType: 'Parameters', parameter: [{ name: 'operation', part }] },
    });
    expect([answer.status, answer.json['active']]).toEqual([200, false]);
  });

  test('by criteria patches the one match', async () => {
    expect((await server.ask('PATCH', 'Patient?identifier=s|1', { body: replace, contentType })).status).toBe(200);
    expect((await server.ask('PATCH', 'Patient?identifier=s|2', { body: replace, contentType })).status).toBe(404);
    expect((await server.ask('PATCH', 'Patient', { body: replace, contentType })).status).toBe(412);
  });

  test('in another format is 415 and says which are read', async () => {
    const answer = await server.ask('PATCH', 'Patient/a', { body: replace, contentType: 'application/xml-patch+xml' });
    expect([answer.status, answer.headers['accept-patch']]).toEqual([
      415,
      'application/json-patch+json, application/fhir+json, application/fhir+xml',
    ]);
  });

  test('with a body that is no Parameters is 400', async () =>
    expect((await server.ask('PATCH', 'Patient/a', { body: patient })).status).toBe(400));

  test('with a stale If-Match is 412', async () =>
    expect((await server.ask('PATCH', 'Patient/a', { body: replace, contentType, headers: { 'if-match': 'W/"9"' } })).status).toBe(412));
});

describe('delete', () => {
  beforeEach(async () => {
    await server.ask('PUT', 'Patient/a', { body: { ...identified('1'), id: 'a' } });
  });

  test('is 204 with the ETag of the deletion, and 204 again', async () => {
    const first = await server.ask('DELETE', 'Patient/a');
    expect([first.status, first.text, first.headers['etag']]).toEqual([204, '', 'W/"2"']);
    expect((await server.ask('DELETE', 'Patient/a')).status).toBe(204);
    expect((await server.ask('DELETE', 'Patient/never')).status).toBe(204);
    expect(server.repository.log).toHaveLength(2);
  });

  test('is 200 with an OperationOutcome when that is preferred', async () => {
    const headers = { prefer: 'return=OperationOutcome' };
    expect(await server.ask('DELETE', 'Patient/a', { headers })).toMatchObject({ status: 200, diagnostics: 'Patient/a was deleted.' });
    expect(await server.ask('DELETE', 'Patient/b', { headers })).toMatchObject({
      status: 200,
      diagnostics: 'There was nothing to delete.',
    });
  });

  test('with a stale If-Match is 412', async () =>
    expect((await server.ask('DELETE', 'Patient/a', { headers: { 'if-match': 'W/"9"' } })).status).toBe(412));

  test('by criteria deletes the one match, and nothing when nothing matches', async () => {
    expect((await server.ask('DELETE', 'Patient?identifier=s|2')).status).toBe(204);
    expect((await server.ask('DELETE', 'Patient?identifier=s|1')).status).toBe(204);
    expect((await server.ask('GET', 'Patient/a')).status).toBe(410);
  });

  test('by criteria deletes several only where the setting allows it', async () => {
    await server.ask('PUT', 'Patient/b', { body: { ...identified('1'), id: 'b' } });
    expect((await server.ask('DELETE', 'Patient?identifier=s|1')).status).toBe(412);
    server = newServer({ conditionalDelete: 'multiple' });
    for (const id of ['a', 'b']) await server.ask('PUT', `Patient/${id}`, { body: { ...identified('1'), id } });
    const answer = await server.ask('DELETE', 'Patient?identifier=s|1', { headers: { prefer: 'return=OperationOutcome' } });
    expect(answer).toMatchObject({ status: 200, diagnostics: '2 resources were deleted.' });
  });

  test.each(['Patient?_count=1', 'Patient?identifier=s|1&_sort=name'])('%s is 400: result parameters select nothing', async (url) =>
    expect((await server.ask('DELETE', url)).status).toBe(400),
  );

  test('an empty value among criteria is passed on to be refused, not left out', async () => {
    expect((await server.ask('DELETE', 'Patient?identifier=s|1&name=')).status).toBe(204);
    expect((await server.ask('GET', 'Patient/a')).status).toBe(200);
  });

  test.each(['Patient', 'Patient?', 'Patient?_format=json', 'Patient?identifier='])(
    '%s is refused: it would delete everything',
    async (url) => {
      expect((await server.ask('DELETE', url)).status).toBe(412);
      expect((await server.ask('GET', 'Patient/a')).status).toBe(200);
    },
  );
});
