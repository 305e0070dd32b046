/** The rules of https://hl7.org/fhir/R4/http.html in their order, each asked of the whole server over HTTP on a real database. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { createLog } from '../../src/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are whatever the server says
  readonly json: any;
}

interface Ask {
  readonly body?: unknown;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

let database: TestDatabase;
let server: Server;
let multiple: Server;
let base: string;
let multipleBase: string;

const open = async (environment: Record<string, string>): Promise<[Server, string]> => {
  const config = readConfig({ AUTHORIZATION: 'off', PORT: '0', DATABASE_POOL_SIZE: '4', ...environment });
  const opened = await createServer({ config, connection: database.connection, log: createLog('silent'), version: '1.2.3' });
  return [opened, `${(await opened.listen()).url}/fhir`];
};

beforeAll(async () => {
  database = await testDatabase();
  [server, base] = await open({ CORS_ORIGINS: 'https://app.example' });
  [multiple, multipleBase] = await open({ CONDITIONAL_DELETE: 'multiple', UPDATE_CREATE: 'false' });
});
afterAll(async () => {
  await Promise.all([server.close(), multiple.close()]);
  await database.drop();
});

const json = 'application/fhir+json';

async function askAt(root: string, method: string, path: string, { body, type = json, headers = {} }: Ask = {}): Promise<Answer> {
  const payload = body === undefined ? {} : { body: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) };
  const sent = { ...(body === undefined ? {} : { 'content-type': type }), ...headers };
  const response = await fetch(`${root}${path}`, { method, headers: sent, redirect: 'manual', ...payload } as RequestInit);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}

const ask = (method: string, path: string, options?: Ask): Promise<Answer> => askAt(base, method, path, options);
const get = (path: string, headers: Ask['headers'] = {}): Promise<Answer> => ask('GET', path, { headers });

let serial = 0;
/** A value that no other test uses. */
const fresh = (): string => `r${Date.now().toString(36)}${serial++}`;
const patient = (more: object = {}): Resource => ({ resourceType: 'Patient', ...more });
const identified = (value: string, more: object = {}): Resource => patient({ identifier: [{ system: 'urn:t', value }], ...more });
const observation = (reference: string, more: object = {}): Resource => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  subject: { reference },
  ...more,
});

/** A patient of its own for one test; answers its id. */
async function made(more: object = {}): Promise<string> {
  const id = fresh();
  expect((await ask('PUT', `/Patient/${id}`, { body: patient({ id, ...more }) })).status).toBe(201);
  return id;
}

interface EntryRequest {
  readonly ifMatch?: string;
  readonly ifNoneExist?: string;
  readonly ifNoneMatch?: string;
}

const entry = (method: string, url: string, resource?: Resource, fullUrl?: string, more: EntryRequest = {}): object => ({
  ...(fullUrl === undefined ? {} : { fullUrl }),
  ...(resource === undefined ? {} : { resource }),
  request: { method, url, ...more },
});

const post = (type: string, entries: readonly object[], headers: Ask['headers'] = {}): Promise<Answer> =>
  ask('POST', '', { body: { resourceType: 'Bundle', type, entry: entries }, headers });
const transaction = (entries: readonly object[], headers?: Ask['headers']): Promise<Answer> => post('transaction', entries, headers);
const representation = { prefer: 'return=representation' };

const statuses = (answer: Answer): string[] =>
  answer.json.entry.map((one: { response: { status: string } }) => one.response.status.slice(0, 3));
const codes = (answer: Answer): string[] => answer.json.issue.map((issue: { code: string }) => issue.code);

describe('General', () => {
  test('"Servers SHALL support both forms" of a path: with and without a trailing slash', async () => {
    const id = await made();
    for (const path of [`/Patient/${id}/`, `/Patient/?_id=${id}`, `/Patient/${id}/_history/`, '/metadata/'])
      expect([path, (await get(path)).status]).toEqual([path, 200]);
    expect((await ask('DELETE', `/Patient/?_id=${id}`)).status).toBe(204);
  });

  test('"All URLs are case sensitive"', async () => {
    const id = await made();
    expect((await get(`/patient/${id}`)).status).toBe(404);
    expect((await get(`/Patient/${id.toUpperCase()}`)).status).toBe(404);
  });

  test('"In case of failure, servers SHOULD always return a body that contains an OperationOutcome", in the format asked for', async () => {
    const inJson = await get('/Patient/nobody');
    expect([inJson.status, inJson.json.resourceType, codes(inJson)]).toEqual([404, 'OperationOutcome', ['not-found']]);
    const inXml = await get('/Patient/nobody', { accept: 'application/fhir+xml' });
    expect(inXml.text).toMatch(/<OperationOutcome xmlns="http:\/\/hl7.org\/fhir">.*<code value="not-found"\/>/);
  });

  test('"HEAD: same response as a GET, but with no body"', async () => {
    const id = await made();
    for (const path of [
      `/Patient/${id}`,
      `/Patient/${id}/_history/1`,
      '/Patient?_count=1',
      '/Patient/_history',
      '/metadata',
      '/Patient/nobody',
    ]) {
      const [whole, head] = [await get(path), await ask('HEAD', path)];
      expect([path, head.status, head.text]).toEqual([path, whole.status, '']);
      for (const name of ['content-type', 'etag', 'last-modified']) expect(head.headers.get(name)).toBe(whole.headers.get(name));
    }
  });

  test('"servers SHOULD implement CORS": for the origins of the setting, with the headers of FHIR', async () => {
    const asked = { origin: 'https://app.example', 'access-control-request-method': 'PUT' };
    const preflight = await ask('OPTIONS', '/Patient/1', { headers: asked });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example']);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    for (const name of ['If-Match', 'If-None-Exist', 'Prefer', 'Authorization'])
      expect(preflight.headers.get('access-control-allow-headers')).toContain(name);
    const answer = await get('/metadata?_elements=name', asked);
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/Location.*ETag.*Last-Modified/);
    expect(
      (await get('/metadata?_elements=name', { origin: 'https://evil.example' })).headers.get('access-control-allow-origin'),
    ).toBeNull();
  });

  test('X-Request-Id "assigned by either client or server" and X-Correlation-Id "echoed back"', async () => {
    const given = await get('/metadata?_elements=name', { 'x-request-id': 'abc-1', 'x-correlation-id': 'c-9' });
    expect([given.headers.get('x-request-id'), given.headers.get('x-correlation-id')]).toEqual(['abc-1', 'c-9']);
    expect((await get('/metadata?_elements=name')).headers.get('x-request-id')).toMatch(/./);
  });
});

describe('Content types', () => {
  const accepted: [accept: string | undefined, query: string, type: string | number][] = [
    [undefined, '', 'application/fhir+json'],
    ['*/*', '', 'application/fhir+json'],
    ['application/fhir+json', '', 'application/fhir+json'],
    ['application/fhir+xml', '', 'application/fhir+xml'],
    ['application/json', '', 'application/json'],
    ['text/json', '', 'text/json'],
    ['application/xml', '', 'application/xml'],
    ['application/xml+fhir', '', 'application/fhir+xml'],
    ['application/fhir+json;q=0.1, application/fhir+xml', '', 'application/fhir+xml'],
    ['application/fhir+json; fhirVersion=4.0', '', 'application/fhir+json; fhirVersion=4.0'],
    ['application/fhir+xml', '_format=json', 'application/fhir+json'],
    [undefined, '_format=text/xml', 'application/fhir+xml'],
    [undefined, '_format=application/fhir%2Bxml', 'application/fhir+xml'],
    [undefined, '_format=application/fhir+xml', 'application/fhir+xml'],
    ['application/fhir+json; fhirVersion=5.0', '', 406],
    ['text/turtle', '', 406],
    ['text/html', '', 406],
    [undefined, '_format=ttl', 406],
  ];

  test.each(accepted)('"server-driven content negotiation": Accept %s and ?%s give %s', async (accept, query, type) => {
    const id = await made();
    const answer = await get(`/Patient/${id}?${query}`, accept === undefined ? {} : { accept });
    if (typeof type === 'number') expect([answer.status, answer.json.resourceType]).toEqual([type, 'OperationOutcome']);
    else expect([answer.status, answer.headers.get('content-type')]).toEqual([200, `${type}; charset=utf-8`]);
  });

  const bodies: [type: string, status: number][] = [
    ['application/fhir+json', 201],
    ['application/fhir+json; charset=UTF-8; fhirVersion=4.0', 201],
    ['application/json', 201],
    ['text/json', 201],
    ['application/json+fhir', 201],
    ['application/fhir+json; charset=iso-8859-1', 415],
    ['application/fhir+json; fhirVersion=3.0', 415],
    ['text/plain', 415],
    ['application/x-www-form-urlencoded', 415],
    ['application/fhir+turtle', 415],
  ];

  test.each(bodies)('"415 when the client posts a format that is not supported": %s is %i', async (type, status) => {
    expect((await ask('POST', '/Patient', { body: patient(), type })).status).toBe(status);
  });

  test('gzip goes both ways', async () => {
    const body = gzipSync(JSON.stringify(patient({ gender: 'male' })));
    const created = await ask('POST', '/Patient', { body, headers: { 'content-encoding': 'gzip' } });
    expect([created.status, created.json.gender]).toEqual([201, 'male']);
    const metadata = await get('/metadata', { 'accept-encoding': 'gzip' });
    expect([metadata.headers.get('content-encoding'), metadata.json.resourceType]).toEqual(['gzip', 'CapabilityStatement']);
    expect(gunzipSync(body).toString()).toContain('male');
  });

  test('_pretty=true is "for human convenience" and changes nothing else', async () => {
    const id = await made({ active: true });
    const [plain, pretty] = [await get(`/Patient/${id}`), await get(`/Patient/${id}?_pretty=true`)];
    expect(pretty.text).toContain('\n  "resourceType"');
    expect(pretty.json).toEqual(plain.json);
  });
});

describe('read', () => {
  test('"SHALL have an id element with a value that is the [id]", ETag with the versionId and Last-Modified', async () => {
    const id = await made();
    const { status, headers, json: body } = await get(`/Patient/${id}`);
    expect([status, body.id, headers.get('etag')]).toEqual([200, id, `W/"${body.meta.versionId}"`]);
    expect(headers.get('last-modified')).toBe(new Date(Math.floor(Date.parse(body.meta.lastUpdated) / 1000) * 1000).toUTCString());
  });

  test('"a GET for a deleted resource returns 410, for an unknown resource 404"; the 410 has an ETag', async () => {
    const id = await made();
    await ask('DELETE', `/Patient/${id}`);
    const gone = await get(`/Patient/${id}`);
    expect([gone.status, codes(gone), gone.headers.get('etag')]).toEqual([410, ['deleted'], 'W/"2"']);
    expect((await get('/Patient/unknown')).status).toBe(404);
    expect((await get('/Patient/no_id')).status).toBe(404);
  });

  test.each(['_summary=true', '_summary=text', '_summary=data', '_elements=gender'])(
    '"SHOULD define a meta.tag with SUBSETTED" for %s',
    async (query) => {
      const id = await made({ gender: 'male', photo: [{ title: 'x' }] });
      const { json: body } = await get(`/Patient/${id}?${query}`);
      expect(body.meta.tag).toContainEqual(expect.objectContaining({ code: 'SUBSETTED' }));
      expect(body.photo === undefined || query === '_summary=data').toBe(true);
    },
  );

  test('conditional: "304 Not Modified where content is unchanged", without body', async () => {
    const id = await made();
    const { headers } = await get(`/Patient/${id}`);
    const since = headers.get('last-modified') as string;
    const unchanged = [
      { 'if-none-match': 'W/"1"' },
      { 'if-none-match': '"0", "1"' },
      { 'if-none-match': '*' },
      { 'if-modified-since': since },
    ];
    for (const asked of unchanged) {
      const answer = await get(`/Patient/${id}`, asked);
      expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', 'W/"1"']);
    }
    expect((await get(`/Patient/${id}`, { 'if-none-match': 'W/"9"', 'if-modified-since': since })).status).toBe(200);
    expect((await get(`/Patient/${id}`, { 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' })).status).toBe(200);
  });
});

describe('vread', () => {
  test('"SHALL have a meta.versionId with a value of [vid]"; a deleted version is 410, an unknown one 404', async () => {
    const id = await made();
    await ask('PUT', `/Patient/${id}`, { body: patient({ id, active: true }) });
    await ask('DELETE', `/Patient/${id}`);
    const first = await get(`/Patient/${id}/_history/1`);
    expect([first.status, first.json.id, first.json.meta.versionId, first.headers.get('etag')]).toEqual([200, id, '1', 'W/"1"']);
    expect((await get(`/Patient/${id}/_history/2`)).json.active).toBe(true);
    expect((await get(`/Patient/${id}/_history/3`)).status).toBe(410);
    expect((await get(`/Patient/${id}/_history/4`)).status).toBe(404);
    expect((await get(`/Patient/${id}/_history/x`)).status).toBe(404);
  });
});

describe('update', () => {
  test('"200 if the resource was updated, 201 if it was created", with Last-Modified, ETag and on 201 a Location', async () => {
    const id = fresh();
    const created = await ask('PUT', `/Patient/${id}`, { body: patient({ id }) });
    expect([created.status, created.headers.get('location')]).toEqual([201, `${base}/Patient/${id}/_history/1`]);
    const updated = await ask('PUT', `/Patient/${id}`, { body: patient({ id, active: true }) });
    expect([updated.status, updated.headers.get('etag'), updated.headers.get('location')]).toEqual([200, 'W/"2"', null]);
    expect(updated.headers.get('last-modified')).toMatch(/GMT$/);
  });

  test('"201 if brought back to life", with the history kept', async () => {
    const id = await made();
    await ask('DELETE', `/Patient/${id}`);
    expect((await ask('PUT', `/Patient/${id}`, { body: patient({ id }) })).status).toBe(201);
    expect((await get(`/Patient/${id}/_history`)).json.total).toBe(3);
  });

  test('"If no id element is provided, or the id disagrees, SHALL respond with 400"', async () => {
    for (const body of [patient(), patient({ id: 'other' })]) {
      const refused = await ask('PUT', '/Patient/one', { body });
      expect([refused.status, refused.json.issue[0].expression]).toEqual([400, ['Patient.id']]);
    }
  });

  test('"SHALL ignore the provided versionId and lastUpdated values", and SHOULD refrain from altering the other metadata', async () => {
    const id = fresh();
    const kept = {
      source: 'urn:s',
      profile: ['http://p.example'],
      security: [{ system: 'urn:l', code: 'R' }],
      tag: [{ system: 'urn:t', code: 'a' }],
    };
    const body = patient({ id, meta: { versionId: '77', lastUpdated: '2001-01-01T00:00:00Z', ...kept } });
    const { meta } = (await ask('PUT', `/Patient/${id}`, { body })).json;
    expect(meta).toEqual({ versionId: '1', lastUpdated: expect.stringMatching(/^20[2-9]\d-.*Z$/), ...kept });
    expect(meta.lastUpdated > '2020').toBe(true);
  });

  test('"405: the resource did not exist prior to the update, and the server does not allow client defined ids"', async () => {
    expect((await askAt(multipleBase, 'PUT', '/Patient/mine', { body: patient({ id: 'mine' }) })).status).toBe(405);
    const { json: statement } = await askAt(multipleBase, 'GET', '/metadata');
    expect(statement.rest[0].resource[0]).toMatchObject({ updateCreate: false, conditionalDelete: 'multiple' });
  });

  test('version aware: "If the version id does not match, the server returns 412 instead of updating"', async () => {
    const id = await made();
    const put = (match: string, gender: string) =>
      ask('PUT', `/Patient/${id}`, { body: patient({ id, gender }), headers: { 'if-match': match } });
    expect((await put('W/"1"', 'male')).status).toBe(200);
    expect((await put('W/"1"', 'female')).status).toBe(412);
    expect((await put('"2"', 'female')).status).toBe(200);
    expect((await put('*', 'other')).status).toBe(200);
    expect((await get(`/Patient/${id}`)).json.gender).toBe('other');
    expect((await ask('PUT', '/Patient/new-one', { body: patient({ id: 'new-one' }), headers: { 'if-match': 'W/"1"' } })).status).toBe(412);
    expect((await ask('PUT', `/Patient/${id}`, { body: patient({ id }), headers: { 'if-none-match': '*' } })).status).toBe(412);
  });

  test('an update that changes nothing makes no version', async () => {
    const id = await made();
    const again = await ask('PUT', `/Patient/${id}`, { body: patient({ id }) });
    expect([again.status, again.headers.get('etag')]).toEqual([200, 'W/"1"']);
  });

  const broken: [string, unknown, number][] = [
    ['"could not be parsed"', '{"resourceType":"Patient",', 400],
    ['an array', '[]', 400],
    ['no resource', '{}', 400],
    ['another type than the URL', { resourceType: 'Observation' }, 400],
    ['an unknown element', { resourceType: 'Patient', nam: [] }, 422],
    ['a wrong code', { resourceType: 'Patient', gender: 'x' }, 422],
    ['a reference to nobody', { resourceType: 'Patient', managingOrganization: { reference: 'Organization/nobody' } }, 422],
  ];

  test.each(broken)('"400 or 422 … SHOULD be accompanied by an OperationOutcome": %s', async (_name, body, status) => {
    const answer = await ask('POST', '/Patient', { body });
    expect([answer.status, answer.json.resourceType]).toEqual([status, 'OperationOutcome']);
    expect(answer.json.issue[0].diagnostics.length).toBeGreaterThan(10);
  });

  test('the element of a reference to nobody is named', async () => {
    const body = patient({ generalPractitioner: [{ display: 'x' }, { reference: 'Practitioner/nobody' }] });
    const refused = await ask('POST', '/Patient', { body });
    expect(refused.json.issue[0].expression).toEqual(['Patient.generalPractitioner[1].reference']);
  });
});

describe('conditional update', () => {
  const put = (criteria: string, more: object = {}): Promise<Answer> => ask('PUT', `/Patient?${criteria}`, { body: patient(more) });

  test('"No matches, no id provided: The server creates the resource"', async () => {
    expect((await put(`identifier=urn:t|${fresh()}`)).status).toBe(201);
  });

  test('"No matches, id provided: Update as Create" — unless that id stands already (409)', async () => {
    const id = fresh();
    expect((await put(`identifier=urn:t|${id}`, { id })).headers.get('location')).toBe(`${base}/Patient/${id}/_history/1`);
    const other = await put(`identifier=urn:t|${id}`, { id, active: true });
    expect([other.status, codes(other)]).toEqual([409, ['conflict']]);
    expect((await get(`/Patient/${id}`)).json.active).toBeUndefined();
  });

  test('"One Match": updated without an id or with the right one, "400 if the id does not match"', async () => {
    const key = fresh();
    const id = await made({ identifier: [{ system: 'urn:t', value: key }] });
    const same = { identifier: [{ system: 'urn:t', value: key }] };
    expect((await put(`identifier=urn:t|${key}`, { ...same, active: true })).headers.get('etag')).toBe('W/"2"');
    expect((await put(`identifier=urn:t|${key}`, { ...same, id, active: false })).headers.get('etag')).toBe('W/"3"');
    expect((await put(`identifier=urn:t|${key}`, { ...same, id: 'other' })).status).toBe(400);
  });

  test('"Multiple matches: 412", of update, patch, create and delete alike; nothing selected is no selection', async () => {
    const key = fresh();
    const several = { identifier: [{ system: 'urn:t', value: key }] };
    await made(several);
    await made(several);
    const patch = { body: [{ op: 'add', path: '/active', value: true }], type: 'application/json-patch+json' };
    expect((await put(`identifier=urn:t|${key}`)).status).toBe(412);
    expect((await ask('PATCH', `/Patient?identifier=urn:t|${key}`, patch)).status).toBe(412);
    expect((await ask('DELETE', `/Patient?identifier=urn:t|${key}`)).status).toBe(412);
    expect((await ask('POST', '/Patient', { body: patient(), headers: { 'if-none-exist': `identifier=urn:t|${key}` } })).status).toBe(412);
    expect((await put('')).status).toBe(412);
    for (const criteria of ['_count=1', 'nonsense=1', 'identifier=']) expect((await put(criteria)).status).toBeGreaterThanOrEqual(400);
  });
});

describe('patch', () => {
  const patch = (id: string, operations: unknown, headers: Ask['headers'] = {}): Promise<Answer> =>
    ask('PATCH', `/Patient/${id}`, { body: operations, type: 'application/json-patch+json', headers });

  test('takes "a JSON Patch document" and "a FHIRPath Patch parameters resource" in JSON and XML', async () => {
    const id = await made();
    expect((await patch(id, [{ op: 'add', path: '/active', value: true }])).json.active).toBe(true);
    const part = (name: string, value: object) => ({ name, ...value });
    const parts = [
      part('type', { valueCode: 'add' }),
      part('path', { valueString: 'Patient' }),
      part('name', { valueString: 'birthDate' }),
    ];
    const body = {
      resourceType: 'Parameters',
      parameter: [{ name: 'operation', part: [...parts, part('value', { valueDate: '2001-02-03' })] }],
    };
    expect((await ask('PATCH', `/Patient/${id}`, { body })).json.birthDate).toBe('2001-02-03');
    const xml = `<Parameters xmlns="http://hl7.org/fhir"><parameter><name value="operation"/><part><name value="type"/><valueCode value="delete"/></part><part><name value="path"/><valueString value="Patient.active"/></part></parameter></Parameters>`;
    const deleted = await ask('PATCH', `/Patient/${id}`, { body: xml, type: 'application/fhir+xml' });
    expect([deleted.status, deleted.headers.get('etag'), deleted.json.active]).toEqual([200, 'W/"4"', undefined]);
  });

  const refused: [string, unknown, string, number][] = [
    ['a failing test', [{ op: 'test', path: '/active', value: true }], 'application/json-patch+json', 422],
    ['an absent target', [{ op: 'remove', path: '/active' }], 'application/json-patch+json', 422],
    ['another id', [{ op: 'replace', path: '/id', value: 'x' }], 'application/json-patch+json', 422],
    ['an invalid result', [{ op: 'add', path: '/gendr', value: 'x' }], 'application/json-patch+json', 422],
    ['no patch', { op: 'add' }, 'application/json-patch+json', 400],
    ['an unknown operation', [{ op: 'frob', path: '/a' }], 'application/json-patch+json', 400],
    ['a resource', patient(), json, 400],
    ['XML Patch', '<diff/>', 'application/xml-patch+xml', 415],
  ];

  test.each(refused)('with %s is refused and changes nothing', async (_name, body, type, status) => {
    const id = await made();
    expect((await ask('PATCH', `/Patient/${id}`, { body, type })).status).toBe(status);
    expect((await get(`/Patient/${id}`)).headers.get('etag')).toBe('W/"1"');
  });

  test('"servers SHALL support conditional PATCH, as specified for update in Concurrency Management"', async () => {
    const id = await made();
    const operation = [{ op: 'add', path: '/active', value: true }];
    expect((await patch(id, operation, { 'if-match': 'W/"7"' })).status).toBe(412);
    expect((await patch(id, operation, { 'if-match': 'W/"1"' })).status).toBe(200);
  });

  test('by criteria: "No matches: 404, One Match: the update"; an unknown id is 404, a deleted one 410', async () => {
    const key = fresh();
    const id = await made({ identifier: [{ system: 'urn:t', value: key }] });
    const asked = { body: [{ op: 'add', path: '/active', value: true }], type: 'application/json-patch+json' };
    expect((await ask('PATCH', `/Patient?identifier=urn:t|${key}`, asked)).json).toMatchObject({ id, active: true });
    expect((await ask('PATCH', `/Patient?identifier=urn:t|${key}none`, asked)).status).toBe(404);
    expect((await ask('PATCH', '/Patient/nobody', asked)).status).toBe(404);
    await ask('DELETE', `/Patient/${id}`);
    expect((await ask('PATCH', `/Patient/${id}`, asked)).status).toBe(410);
  });
});

describe('delete', () => {
  test('"Upon successful deletion, or if the resource does not exist at all: 204 with no payload"; again "has no effect"', async () => {
    const id = await made();
    const deleted = await ask('DELETE', `/Patient/${id}`);
    expect([deleted.status, deleted.text, deleted.headers.get('etag')]).toEqual([204, '', 'W/"2"']);
    expect((await ask('DELETE', `/Patient/${id}`)).status).toBe(204);
    expect((await ask('DELETE', '/Patient/never-was')).status).toBe(204);
    expect((await get(`/Patient?_id=${id}&_total=accurate`)).json.total).toBe(0);
    expect((await get(`/Patient/${id}/_history`)).json.total).toBe(2);
  });

  test('"200 OK if the response contains a payload"', async () => {
    const answer = await ask('DELETE', `/Patient/${await made()}`, { headers: { prefer: 'return=OperationOutcome' } });
    expect([answer.status, answer.json.resourceType]).toEqual([200, 'OperationOutcome']);
  });

  test('"409 because of referential integrity", If-Match that fails is 412', async () => {
    const id = await made();
    const created = await ask('POST', '/Observation', { body: observation(`Patient/${id}`) });
    expect((await ask('DELETE', `/Patient/${id}`)).status).toBe(409);
    const url = `/Observation/${created.json.id}`;
    expect((await ask('DELETE', url, { headers: { 'if-match': 'W/"5"' } })).status).toBe(412);
    expect((await ask('DELETE', url, { headers: { 'if-match': 'W/"1"' } })).status).toBe(204);
    expect((await ask('DELETE', `/Patient/${id}`)).status).toBe(204);
  });

  test('by criteria: no match and one match are ordinary deletes; "may choose to delete all the matching resources"', async () => {
    const key = fresh();
    const several = { identifier: [{ system: 'urn:t', value: key }] };
    const ids = [await made(several), await made(several)];
    const criteria = `/Patient?identifier=urn:t|${key}`;
    const all = await askAt(multipleBase, 'DELETE', criteria, { headers: { prefer: 'return=OperationOutcome' } });
    expect([all.status, all.json.issue[0].diagnostics]).toEqual([200, '2 resources were deleted.']);
    for (const id of ids) expect((await get(`/Patient/${id}`)).status).toBe(410);
    expect((await ask('DELETE', criteria)).status).toBe(204);
    await made(several);
    expect((await ask('DELETE', criteria)).status).toBe(204);
    expect((await get(`${criteria}&_total=accurate`)).json.total).toBe(0);
  });
});

describe('create', () => {
  test('"201 Created and SHALL also return a Location header", ETag, Last-Modified; the id is ignored, meta is populated', async () => {
    const { status, headers, json: body } = await ask('POST', '/Patient', { body: patient({ id: 'mine', meta: { versionId: '9' } }) });
    expect([status, headers.get('location'), headers.get('etag')]).toEqual([201, `${base}/Patient/${body.id}/_history/1`, 'W/"1"']);
    expect(body.id).not.toBe('mine');
    expect(body.meta).toEqual({ versionId: '1', lastUpdated: expect.any(String) });
    expect(headers.get('last-modified')).toMatch(/GMT$/);
  });

  test('conditional: "No matches: create; One Match: the server ignores the post and returns 200 OK"', async () => {
    const key = fresh();
    const post = () => ask('POST', '/Patient', { body: identified(key), headers: { 'if-none-exist': `identifier=urn:t|${key}` } });
    const [first, second] = [await post(), await post()];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
  });

  const preferences: [prefer: string, type: string | undefined][] = [
    ['return=minimal', undefined],
    ['return=representation', 'Patient'],
    ['return=OperationOutcome', 'OperationOutcome'],
    ['respond-async, return="representation"; x=1', 'Patient'],
  ];

  test.each(preferences)('"Servers SHOULD honor this header": Prefer: %s', async (prefer, type) => {
    const created = await ask('POST', '/Patient', { body: patient(), headers: { prefer } });
    expect([created.status, created.json?.resourceType, created.headers.get('location') !== null]).toEqual([201, type, true]);
    const id = await made();
    const updated = await ask('PUT', `/Patient/${id}`, { body: patient({ id, active: true }), headers: { prefer } });
    expect([updated.status, updated.json?.resourceType]).toEqual([200, type]);
  });

  test('"404: resource type not supported"; "405" names the methods', async () => {
    expect((await ask('POST', '/Foo', { body: { resourceType: 'Foo' } })).status).toBe(404);
    const wrong = await ask('DELETE', '/metadata');
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
    expect((await ask('POST', '/Patient/1', { body: patient() })).headers.get('allow')).toBe('GET, HEAD, PUT, PATCH, DELETE');
  });
});

describe('search', () => {
  test('"SHALL be a Bundle with type = searchset"; POST "has exactly the same semantics", parameters in URL and body alike', async () => {
    const key = fresh();
    const id = await made({ identifier: [{ system: 'urn:t', value: key }], gender: 'male' });
    const form = 'application/x-www-form-urlencoded';
    const asked = `identifier=${encodeURIComponent(`urn:t|${key}`)}`;
    const answers = [
      await get(`/Patient?${asked}&gender=male`),
      await ask('POST', '/Patient/_search', { body: `${asked}&gender=male`, type: form }),
      await ask('POST', `/Patient/_search?${asked}`, { body: 'gender=male', type: form }),
    ];
    for (const { status, json: bundle } of answers) {
      expect([status, bundle.type, bundle.link[0].relation]).toEqual([200, 'searchset', 'self']);
      expect(bundle.entry).toEqual([
        { fullUrl: `${base}/Patient/${id}`, resource: expect.objectContaining({ id }), search: { mode: 'match' } },
      ]);
    }
    const none = await get(`/Patient?${asked}&gender=female`);
    expect([none.status, none.json.entry]).toEqual([200, undefined]);
    expect((await ask('POST', '/Patient/_search', { body: `${asked}&_format=xml`, type: form })).text).toContain('<Bundle');
  });

  test('"If the search fails, SHALL be a status code 4xx with an OperationOutcome"; handling=lenient leaves out what is unknown', async () => {
    for (const query of ['foo=1', 'birthdate=x', '_count=-1', '_sort=foo', 'gender:frob=x']) {
      const refused = await get(`/Patient?${query}`);
      expect([query, refused.status, refused.json.resourceType]).toEqual([query, 400, 'OperationOutcome']);
    }
    const lenient = await get('/Patient?foo=1&_count=1', { prefer: 'handling=lenient' });
    expect([lenient.status, lenient.json.link[0].url]).toEqual([200, `${base}/Patient?_count=1`]);
  });

  test('paging: links "SHALL" lead through all pages, each match once, by GET or POST', async () => {
    const key = fresh();
    for (let i = 0; i < 5; i++) await made({ identifier: [{ system: 'urn:t', value: key }] });
    const seen: string[] = [];
    let next: string | undefined = `${base}/Patient?identifier=urn:t|${key}&_count=2&_sort=-_lastUpdated`;
    for (let pages = 0; next !== undefined && pages < 9; pages++) {
      const url: URL = new URL(next);
      const asPost = pages === 1;
      const { json: page } = asPost
        ? await ask('POST', '/Patient/_search', { body: url.search.slice(1), type: 'application/x-www-form-urlencoded' })
        : await get(`/Patient${url.search}`);
      for (const { resource } of page.entry) seen.push(resource.id);
      next = page.link.find(({ relation }: { relation: string }) => relation === 'next')?.url;
    }
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
  });
});

describe('capabilities', () => {
  test('"SHALL return a resource that describes the functionality", with an ETag; modes, _elements, 304', async () => {
    const { status, json: statement, headers } = await get('/metadata');
    expect([status, statement.resourceType, statement.fhirVersion, statement.kind]).toEqual([
      200,
      'CapabilityStatement',
      '4.0.1',
      'instance',
    ]);
    const etag = headers.get('etag') as string;
    expect((await get('/metadata', { 'if-none-match': etag })).status).toBe(304);
    expect((await get('/metadata?mode=normative')).status).toBe(200);
    expect((await get('/metadata?mode=terminology')).status).toBe(400);
    expect((await get('/metadata?_elements=name')).json.rest).toBeUndefined();
    expect((await get('/metadata', { accept: 'application/fhir+json; fhirVersion=3.0' })).status).toBe(406);
    expect((await get('/metadata?_format=xml')).text).toContain('<CapabilityStatement xmlns="http://hl7.org/fhir">');
  });

  test('every interaction that it names for a type is there, GenomicStudy too', async () => {
    const { json: statement } = await get('/metadata');
    const { resource: types } = statement.rest[0];
    const named = types.find(({ type }: { type: string }) => type === 'GenomicStudy');
    expect(named.interaction.map(({ code }: { code: string }) => code).sort()).toEqual(
      ['create', 'delete', 'history-instance', 'history-type', 'patch', 'read', 'search-type', 'update', 'vread'].sort(),
    );
    const names = named.searchParam.map(({ name }: { name: string }) => name);
    for (const name of ['identifier', 'status', 'subject', 'patient', 'focus']) expect(names).toContain(name);
    expect(statement.rest[0].interaction).toEqual(['search-system', 'history-system', 'transaction', 'batch'].map((code) => ({ code })));
    expect(statement.rest[0].compartment).toHaveLength(5);
  });
});

describe('batch', () => {
  test('"the HTTP response code is 200 regardless of the success of the operations": one entry each, in order, its failure its own', async () => {
    const [id, other] = [await made(), fresh()];
    const answer = await post('batch', [
      entry('GET', 'Patient/nobody'),
      entry('PUT', `Patient/${other}`, patient({ id: other })),
      entry('GET', `Patient/${id}`),
      entry('GET', `Patient/${id}`, undefined, undefined, { ifNoneMatch: 'W/"1"' }),
      entry('GET', `Patient?_id=${id}`),
      entry('POST', 'Foo', patient()),
      { resource: patient() },
      entry('PUT', `Patient/${id}`, patient({ id, active: true }), undefined, { ifMatch: 'W/"9"' }),
    ]);
    expect([answer.status, answer.json.type]).toEqual([200, 'batch-response']);
    expect(statuses(answer)).toEqual(['404', '201', '200', '304', '200', '404', '400', '412']);
    const [unknown, written, read, , searched] = answer.json.entry;
    expect(unknown.response.outcome.resourceType).toBe('OperationOutcome');
    expect(written.response).toMatchObject({ location: `Patient/${other}/_history/1`, etag: 'W/"1"' });
    expect(written.response.lastModified).toBe((await get(`/Patient/${other}`)).json.meta.lastUpdated);
    expect(read.response.lastModified).toBe(read.resource.meta.lastUpdated);
    expect(searched.resource).toMatchObject({ resourceType: 'Bundle', type: 'searchset' });
  });
});

describe('transaction', () => {
  const urn = (): string => `urn:uuid:${crypto.randomUUID()}`;

  test('"either accept all actions or reject all": a failure is one OperationOutcome and nothing is written', async () => {
    const id = fresh();
    const refused = await transaction([entry('PUT', `Patient/${id}`, patient({ id })), entry('GET', 'Patient/nobody')]);
    expect([refused.status, refused.json.resourceType, refused.json.issue[0].expression]).toEqual([
      404,
      'OperationOutcome',
      ['Bundle.entry[1]'],
    ]);
    expect((await get(`/Patient/${id}`)).status).toBe(404);
  });

  test('"It is not an error if the submitted bundle has no resources in it"', async () => {
    expect((await transaction([])).json).toEqual({ resourceType: 'Bundle', type: 'transaction-response' });
  });

  test('"SHALL NOT depend on the order": DELETE, POST, PUT and PATCH, GET', async () => {
    const [key, id] = [fresh(), fresh()];
    const old = await made({ identifier: [{ system: 'urn:t', value: key }] });
    const answer = await transaction([
      entry('GET', `Patient?identifier=urn:t|${key}&_elements=id`),
      entry('GET', `Patient/${id}`),
      entry('PUT', `Patient/${id}`, patient({ id })),
      entry('POST', 'Patient', identified(key), undefined, { ifNoneExist: `identifier=urn:t|${key}` }),
      entry('DELETE', `Patient?identifier=urn:t|${key}`),
    ]);
    expect(statuses(answer)).toEqual(['200', '200', '201', '201', '204']);
    const [found] = answer.json.entry[0].resource.entry;
    expect(found.resource.id).not.toBe(old);
    expect((await get(`/Patient/${old}`)).status).toBe(410);
  });

  test('"If any resource identities (including resolved identities) overlap, the transaction SHALL fail"', async () => {
    const key = fresh();
    const id = await made({ identifier: [{ system: 'urn:t', value: key }] });
    const body = identified(key, { id, active: true });
    const criteria = `Patient?identifier=urn:t|${key}`;
    const overlaps = [
      [entry('PUT', `Patient/${id}`, body), entry('DELETE', `Patient/${id}`)],
      [entry('PUT', `Patient/${id}`, body), entry('DELETE', criteria)],
      [entry('PUT', criteria, identified(key)), entry('PUT', `Patient/${id}`, body)],
      [entry('PUT', criteria, identified(key)), entry('PUT', `Patient?identifier=${key}`, identified(key, { active: true }))],
      [entry('POST', 'Patient', identified(key), undefined, { ifNoneExist: `identifier=${key}` }), entry('PUT', `Patient/${id}`, body)],
    ];
    for (const entries of overlaps) expect([entries, (await transaction(entries)).status]).toEqual([entries, 400]);
    expect((await get(`/Patient/${id}`)).headers.get('etag')).toBe('W/"1"');
  });

  test('"SHALL also update any references to that resource": circular, in references, uris, urls and narrative, but not canonicals', async () => {
    const [a, b] = [urn(), urn()];
    const div = `<div xmlns="http://www.w3.org/1999/xhtml"><a href="${b}">x</a> <img src="${b}" alt="y"/></div>`;
    const answer = await transaction(
      [
        entry('POST', 'Patient', patient({ generalPractitioner: [{ reference: b }], text: { status: 'generated', div } }), a),
        entry('POST', 'Practitioner', { resourceType: 'Practitioner', extension: [{ url: 'http://x.example', valueUri: a }] }, b),
        entry('POST', 'Basic', { resourceType: 'Basic', code: { text: 'x' }, meta: { profile: ['http://o.example/fhir/Patient/7'] } }),
        entry('POST', 'Patient', patient(), 'http://o.example/fhir/Patient/7'),
        entry('POST', 'Observation', observation('Patient/7'), 'http://o.example/fhir/Observation/9'),
        entry('POST', 'Observation', observation('http://o.example/fhir/Patient/7/_history/5')),
      ],
      representation,
    );
    const [one, two, basic, seven, relative, versioned] = answer.json.entry.map(({ resource }: { resource: Resource }) => resource);
    expect(one.generalPractitioner).toEqual([{ reference: `Practitioner/${two.id}` }]);
    expect(one.text.div).toBe(div.replaceAll(b, `Practitioner/${two.id}`));
    expect(two.extension[0].valueUri).toBe(`Patient/${one.id}`);
    expect(basic.meta.profile).toEqual(['http://o.example/fhir/Patient/7']);
    expect(relative.subject.reference).toBe(`Patient/${seven.id}`);
    expect(versioned.subject.reference).toBe(`Patient/${seven.id}/_history/1`);
  });

  test('links that a patch brings in are updated as well', async () => {
    const [id, practitioner] = [await made(), urn()];
    const patch = (reference: string): Resource => {
      const data = Buffer.from(JSON.stringify([{ op: 'add', path: '/generalPractitioner', value: [{ reference }] }])).toString('base64');
      return { resourceType: 'Binary', contentType: 'application/json-patch+json', data };
    };
    const answer = await transaction(
      [entry('PATCH', `Patient/${id}`, patch(practitioner)), entry('POST', 'Practitioner', { resourceType: 'Practitioner' }, practitioner)],
      representation,
    );
    const [patched, created] = answer.json.entry.map(({ resource }: { resource: Resource }) => resource);
    expect(patched.generalPractitioner).toEqual([{ reference: `Practitioner/${created.id}` }]);
    expect((await transaction([entry('PATCH', `Patient/${id}`, patch(urn()))])).status).toBe(400);
    expect((await transaction([entry('PATCH', `Patient/${id}`, patch('Practitioner?identifier=x'))])).status).toBe(422);
  });

  test('a temporary id that no entry has is refused where it stands', async () => {
    const refused = await transaction([entry('POST', 'Observation', observation(urn()))]);
    expect([refused.status, refused.json.issue[0].expression]).toEqual([400, ['Bundle.entry[0].resource.subject.reference']]);
  });

  test('If-Match of an entry fails the whole', async () => {
    const id = await made();
    const refused = await transaction([entry('PUT', `Patient/${id}`, patient({ id, active: true }), undefined, { ifMatch: 'W/"9"' })]);
    expect(refused.status).toBe(412);
  });

  test('the faults of all entries are told at once, each where it stands', async () => {
    const refused = await transaction([entry('POST', 'Patient', patient({ gendr: 1 })), entry('POST', 'Basic', { resourceType: 'Basic' })]);
    expect(refused.status).toBe(422);
    expect(refused.json.issue.map(({ expression }: { expression: string[] }) => expression[0])).toEqual([
      'Bundle.entry[0].resource.gendr',
      'Bundle.entry[1].resource',
    ]);
  });

  test('"one entry for each entry in the request, in the same order", 10,000 of them within the default limit', async () => {
    const subject = urn();
    const entries = [entry('POST', 'Patient', patient(), subject)];
    for (let i = 1; i < 10_000; i++) entries.push(entry('POST', 'Observation', observation(subject, { valueInteger: i })));
    const answer = await transaction(entries);
    expect(answer.json.entry).toHaveLength(10_000);
    expect(new Set(statuses(answer))).toEqual(new Set(['201']));
    const path = answer.json.entry[4321].response.location.replace('/_history/1', '');
    expect((await get(`/${path}`)).json.valueInteger).toBe(4321);
  }, 60_000);

  test('"servers SHOULD accept a history Bundle": its end is made true here, under the same ids', async () => {
    const created = (await ask('POST', '/Patient', { body: patient({ active: false }) })).json.id as string;
    await ask('PUT', `/Patient/${created}`, { body: patient({ id: created, active: true }) });
    const observed = (await ask('POST', '/Observation', { body: observation(`Patient/${created}`) })).json.id as string;
    const gone = await made();
    await ask('DELETE', `/Patient/${gone}`);
    const { json: history } = await get('/_history?_count=5');
    const other = await testDatabase();
    const config = readConfig({ AUTHORIZATION: 'off', PORT: '0', DATABASE_POOL_SIZE: '2' });
    const replica = await createServer({ config, connection: other.connection, log: createLog('silent'), version: '1.2.3' });
    try {
      const root = `${(await replica.listen()).url}/fhir`;
      for (const times of [1, 2]) {
        const answer = await askAt(root, 'POST', '', { body: history });
        expect([times, answer.status, statuses(answer)]).toEqual([
          times,
          200,
          times === 1 ? ['204', '204', '201', '201', '201'] : ['204', '204', '200', '200', '200'],
        ]);
      }
      const copy = await askAt(root, 'GET', `/Patient/${created}`);
      expect([copy.json.active, copy.headers.get('etag')]).toEqual([true, 'W/"1"']);
      expect((await askAt(root, 'GET', `/Observation/${observed}`)).json.subject.reference).toBe(`Patient/${created}`);
      const broken = await askAt(root, 'POST', '', { body: { ...history, entry: [...history.entry, entry('PUT', `Patient/${fresh()}`)] } });
      expect([broken.status, broken.json.issue[0].expression]).toEqual([400, ['Bundle.entry[5].resource']]);
    } finally {
      await replica.close();
      await other.drop();
    }
  });

  test('other types of Bundle are refused with 400, and no Bundle at all too', async () => {
    for (const type of ['collection', 'searchset', 'document', 'nonsense']) expect((await post(type, [])).status).toBe(400);
    expect((await ask('POST', '', { body: patient() })).status).toBe(400);
  });
});

describe('conditional references', () => {
  const to = (criteria: string): object => entry('POST', 'Observation', observation(`Patient?${criteria}`));
  const subjectOf = (answer: Answer, index = 0): string => answer.json.entry[index].resource.subject.reference;

  test('"if there is a single match, the server replaces the search URI"; without a match or with several the transaction fails', async () => {
    const key = fresh();
    const id = await made({ identifier: [{ system: 'urn:t', value: key }] });
    expect(subjectOf(await transaction([to(`identifier=urn:t|${key}`)], representation))).toBe(`Patient/${id}`);
    const none = await transaction([to(`identifier=urn:t|${key}none`)]);
    expect([none.status, codes(none), none.json.issue[0].expression]).toEqual([
      412,
      ['not-found'],
      ['Bundle.entry[0].resource.subject.reference'],
    ]);
    await made({ identifier: [{ system: 'urn:t', value: key }] });
    expect((await transaction([to(`identifier=urn:t|${key}`)])).status).toBe(412);
  });

  test('are resolved last: what the transaction creates, updates or deletes counts', async () => {
    const [key, born, died] = [fresh(), fresh(), fresh()];
    const created = await transaction([to(`identifier=urn:t|${key}`), entry('POST', 'Patient', identified(key))], representation);
    expect(subjectOf(created)).toBe(`Patient/${created.json.entry[1].resource.id}`);
    const id = await made({ identifier: [{ system: 'urn:t', value: died }] });
    const renamed = [to(`identifier=urn:t|${born}&gender=male&birthdate=2001&name=ann`)];
    const body = identified(born, { id, gender: 'male', birthDate: '2001-02-03', name: [{ given: ['Anna'] }] });
    expect(subjectOf(await transaction([...renamed, entry('PUT', `Patient/${id}`, body)], representation))).toBe(`Patient/${id}`);
    const again = identified(died, { id });
    expect((await transaction([to(`identifier=urn:t|${born}`), entry('PUT', `Patient/${id}`, again)])).status).toBe(412);
    const other = await made({ identifier: [{ system: 'urn:t', value: `${died}x` }] });
    expect((await transaction([to(`identifier=urn:t|${died}x`), entry('DELETE', `Patient/${other}`)])).status).toBe(412);
    expect((await transaction([to(`identifier=urn:t|${key}`), entry('POST', 'Patient', identified(key))])).status).toBe(412);
  });

  test('"Only filtering parameters are allowed"', async () => {
    const key = fresh();
    await made({ identifier: [{ system: 'urn:t', value: key }] });
    const refused = await transaction([to(`identifier=urn:t|${key}&_count=1`)]);
    expect([refused.status, refused.json.issue[0].expression]).toEqual([400, ['Bundle.entry[0].resource.subject.reference']]);
    expect((await transaction([to(`identifer=${key}`)])).status).toBe(400);
  });

  test('"in a transaction (and only in a transaction)"', async () => {
    const key = fresh();
    await made({ identifier: [{ system: 'urn:t', value: key }] });
    const body = observation(`Patient?identifier=urn:t|${key}`);
    const refused = await ask('POST', '/Observation', { body });
    expect([refused.status, refused.json.issue[0].expression]).toEqual([422, ['Observation.subject.reference']]);
    expect(statuses(await post('batch', [entry('POST', 'Observation', body)]))).toEqual(['422']);
  });
});

describe('A stored Bundle', () => {
  test('keeps its entries as they are, whatever they refer to', async () => {
    const inner = [
      { fullUrl: 'http://o.example/fhir/Patient/7', resource: patient({ id: '7' }) },
      { fullUrl: 'http://o.example/fhir/Observation/8', resource: observation('Patient/7', { id: '8' }) },
      { resource: observation('Patient?identifier=x'), request: { method: 'POST', url: 'Observation' } },
    ];
    const body = { resourceType: 'Bundle', type: 'collection', entry: inner.slice(0, 2) };
    const stored = await ask('POST', '/Bundle', { body });
    expect([stored.status, stored.json.entry]).toEqual([201, body.entry]);
    expect((await ask('POST', '/Bundle', { body: { ...body, type: 'transaction', entry: inner.slice(2) } })).status).toBe(201);
  });
});

describe('history', () => {
  test('"sorted with oldest versions last, and including deleted resources"; a PUT or POST entry SHALL contain a resource', async () => {
    const id = (await ask('POST', '/Patient', { body: patient() })).json.id as string;
    await ask('PUT', `/Patient/${id}`, { body: patient({ id, active: true }) });
    await ask('DELETE', `/Patient/${id}`);
    const { json: bundle } = await get(`/Patient/${id}/_history`);
    expect([bundle.type, bundle.total]).toEqual(['history', 3]);
    expect(bundle.entry.map(({ request }: { request: object }) => request)).toEqual([
      { method: 'DELETE', url: `Patient/${id}` },
      { method: 'PUT', url: `Patient/${id}` },
      { method: 'POST', url: 'Patient' },
    ]);
    expect(bundle.entry.map(({ resource }: { resource?: Resource }) => resource?.meta?.versionId)).toEqual([undefined, '2', '1']);
    for (const { fullUrl, response } of bundle.entry)
      expect([fullUrl, response.lastModified]).toEqual([`${base}/Patient/${id}`, expect.any(String)]);
    for (const scope of ['/Patient/_history', '/_history']) {
      const { json: all } = await get(`${scope}?_count=3`);
      expect(all.entry.map(({ request }: { request: { method: string } }) => request.method)).toEqual(['DELETE', 'PUT', 'POST']);
    }
  });

  test('_since is "at or after the given instant", _at "current at some point during the time period", _count across pages', async () => {
    const id = await made();
    const { lastUpdated } = (await get(`/Patient/${id}`)).json.meta;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await ask('PUT', `/Patient/${id}`, { body: patient({ id, active: true }) });
    const second = (await get(`/Patient/${id}`)).json.meta.lastUpdated;
    const versions = async (query: string): Promise<string[]> =>
      ((await get(`/Patient/${id}/_history?${query}`)).json.entry ?? []).map(
        ({ resource }: { resource: Resource }) => resource.meta?.versionId,
      );
    expect(await versions(`_since=${second}`)).toEqual(['2']);
    expect(await versions(`_since=${lastUpdated}`)).toEqual(['2', '1']);
    expect(await versions(`_at=${lastUpdated}`)).toEqual(['1']);
    expect(await versions(`_at=${second.slice(0, 10)}`)).toEqual(['2', '1']);
    expect(await versions('_at=2001')).toEqual([]);
    expect(await versions('_sort=_lastUpdated')).toEqual(['1', '2']);
    const first = await get(`/Patient/${id}/_history?_count=1`);
    const { search } = new URL(first.json.link[1].url);
    expect([first.json.entry.length, first.json.link[1].relation]).toEqual([1, 'next']);
    expect(await versions(search.slice(1))).toEqual(['1']);
  });

  test('"Each of these parameters SHALL NOT appear more than once"; _list and what is unknown are refused, nobody has 404', async () => {
    const id = await made();
    for (const query of [
      '_since=2020-01-01T00:00:00Z&_since=2020-01-01T00:00:00Z',
      '_since=2020',
      '_at=x',
      '_list=List/1',
      '_count=x',
      'foo=1',
    ])
      expect([query, (await get(`/Patient/${id}/_history?${query}`)).status]).toEqual([query, 400]);
    expect((await get('/Patient/nobody/_history')).status).toBe(404);
  });
});

describe('GenomicStudy, a type of R5', () => {
  test('is read, written, searched and part of a history like any other, in JSON and XML', async () => {
    const id = await made();
    const subject = { reference: `Patient/${id}` };
    const key = fresh();
    const body = {
      resourceType: 'GenomicStudy',
      resourceDefinition: 'http://hl7.org/fhir/StructureDefinition/GenomicStudy',
      identifier: [{ system: 'urn:t', value: key }],
      status: 'available',
      subject,
      reason: [{ concept: { text: 'x' } }, { reference: subject }],
      analysis: [{ focus: [subject] }],
    };
    const created = await ask('POST', '/GenomicStudy', { body });
    expect([created.status, created.json.resourceDefinition]).toEqual([201, body.resourceDefinition]);
    const path = `/GenomicStudy/${created.json.id}`;
    const xml = await get(path, { accept: 'application/fhir+xml' });
    const updated = await ask('PUT', path, { body: xml.text.replace('available', 'registered'), type: 'application/fhir+xml' });
    expect([updated.status, updated.json.status, updated.json.resourceDefinition]).toEqual([200, 'registered', body.resourceDefinition]);
    for (const query of [
      `identifier=urn:t|${key}`,
      `status=registered&subject=${subject.reference}`,
      `patient=${id}`,
      `focus=Patient/${id}`,
    ])
      expect([query, (await get(`/GenomicStudy?${query}`)).json.entry?.length]).toEqual([query, 1]);
    const types = (await get(`/Patient/${id}/$everything`)).json.entry.map(({ resource }: { resource: Resource }) => resource.resourceType);
    expect(types.sort()).toEqual(['GenomicStudy', 'Patient']);
  });
});

describe('Operations', () => {
  test('$everything is asked by GET, by Parameters and by a form', async () => {
    const id = await made();
    await ask('POST', '/Observation', { body: observation(`Patient/${id}`) });
    const url = `/Patient/${id}/$everything`;
    const answers = [
      await get(`${url}?_type=Observation`),
      await ask('POST', url, { body: { resourceType: 'Parameters', parameter: [{ name: '_type', valueCode: 'Observation' }] } }),
      await ask('POST', url, { body: '_type=Observation', type: 'application/x-www-form-urlencoded' }),
    ];
    for (const { status, json: bundle } of answers)
      expect([status, bundle.entry.map(({ resource }: { resource: Resource }) => resource.resourceType)]).toEqual([200, ['Observation']]);
    const xml = await ask('POST', url, { body: '_format=xml', type: 'application/x-www-form-urlencoded' });
    expect(xml.headers.get('content-type')).toBe('application/fhir+xml; charset=utf-8');
  });
});

describe('Binary', () => {
  test('takes any content "including application/fhir+json, except where the content is actually a Binary resource"', async () => {
    const content = JSON.stringify(patient({ active: true }));
    const wrapped = await ask('POST', '/Binary', { body: content });
    expect(wrapped.json).toMatchObject({ contentType: 'application/fhir+json', data: Buffer.from(content).toString('base64') });
    const resource = { resourceType: 'Binary', contentType: 'text/plain', data: 'aGVsbG8=' };
    for (const type of ['application/fhir+json', 'application/json']) {
      const stored = await ask('POST', '/Binary', { body: resource, type });
      expect((await get(`/Binary/${stored.json.id}`)).text).toBe('hello');
    }
    expect((await ask('POST', '/Binary', { body: '{"resourceType":', type: json })).status).toBe(400);
    const plain = await ask('POST', '/Binary', { body: '{"a":1}', type: 'application/json' });
    expect(plain.json).toMatchObject({ contentType: 'application/json', data: Buffer.from('{"a":1}').toString('base64') });
  });
});
