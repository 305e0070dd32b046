/** $reindex and $reindex-status as clients ask them, on a whole server that works at its jobs. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { shoe, wearer } from '../support/node.ts';

let database: TestDatabase;
let url: string;

const log = createLog('silent');
const json = 'application/fhir+json';

/** All of them: one that a failed test leaves would keep the process alive. */
const opening: Promise<Server>[] = [];
const open = async (): Promise<[Server, string]> => {
  const starting = createServer({
    config: readConfig({ AUTHORIZATION: 'off', PORT: '0' }),
    connection: database.connection,
    log,
    version: '9.9.9',
  });
  opening.push(starting);
  const one = await starting;
  return [one, (await one.listen()).url];
};

beforeAll(async () => {
  database = await testDatabase();
  [, url] = await open();
});
afterAll(async () => {
  for (const server of await Promise.all(opening)) await server.close();
  await database.drop();
});

interface Parameter {
  readonly name: string;
  readonly [value: `value${string}`]: unknown;
}

/** Values by name. */
const valuesOf = (body: { parameter: readonly Parameter[] }): Record<string, unknown> =>
  Object.fromEntries(body.parameter.map(({ name, ...value }) => [name, Object.values(value)[0]]));

const get = (path: string, at = url) => request(at).get(`/fhir/${path}`);
const post = (path: string, body?: object) =>
  request(url)
    .post(`/fhir/${path}`)
    .set('content-type', json)
    .send(body ?? '');
const put = (resource: { resourceType: string; id?: string }, at = url) =>
  request(at).put(`/fhir/${resource.resourceType}/${resource.id}`).set('content-type', json).send(resource);

/** Asks until the job has ended; answers the last response. */
async function ended(path: string, at = url) {
  for (let i = 0; i < 500; i++) {
    const response = await get(path, at);
    if (response.status !== 202) return response;
    expect(response.headers['retry-after']).toMatch(/^\d+$/);
    await sleep(10);
  }
  throw new Error('the job did not end');
}

describe('$reindex', () => {
  test('of everything is accepted, and its Content-Location tells how far it is until it has ended', async () => {
    await put(wearer('a', '42'));
    await put(wearer('b', '43'));
    const response = await post('$reindex');
    expect(response.status).toBe(202);
    expect(valuesOf(response.body)).toMatchObject({ state: 'queued', percent: 0, done: 0 });
    const location = response.headers['content-location'] as string;
    expect(location).toBe(`${url}/fhir/$reindex-status?job=${valuesOf(response.body)['job']}`);
    const last = await ended(location.slice(`${url}/fhir/`.length));
    expect(last.status).toBe(200);
    expect(valuesOf(last.body)).toMatchObject({ state: 'finished', percent: 100, done: 2, total: 2 });
    expect(valuesOf(last.body)['finished']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  test('of a type names it', async () => {
    const response = await post('Patient/$reindex');
    expect(response.status).toBe(202);
    expect(valuesOf(response.body)['type']).toBe('Patient');
  });

  test('of one resource is done when it is answered', async () => {
    const response = await post('Patient/a/$reindex');
    expect(response.status).toBe(200);
    expect(valuesOf(response.body)).toEqual({ state: 'finished', percent: 100, done: 1, total: 1 });
  });

  test.each<[string, string, number]>([
    ['of a resource that never was', 'Patient/nobody/$reindex', 404],
    ['of a resource that is deleted', 'Patient/gone/$reindex', 410],
    ['of an unknown type', 'Patent/$reindex', 404],
  ])('%s is refused', async (_case, path, status) => {
    await put(wearer('gone', '42'));
    await request(url).delete('/fhir/Patient/gone');
    expect((await post(path)).status).toBe(status);
  });

  test('changes the server and so is called with POST', async () => {
    const response = await get('$reindex');
    expect(response.status).toBe(405);
    expect(response.headers['allow']).toBe('POST');
  });

  test('takes no parameters, and says so', async () => {
    const response = await post('$reindex', { resourceType: 'Parameters', parameter: [{ name: 'type', valueCode: 'Patient' }] });
    expect(response.status).toBe(400);
  });
});

describe('$reindex-status', () => {
  test.each(['0', '999999999', '99999999999999999999999', 'x', "1'"])('of job %s, which is none, is 404', async (job) => {
    expect((await get(`$reindex-status?job=${job}`)).status).toBe(404);
  });

  test('needs a job', async () => {
    expect((await get('$reindex-status')).status).toBe(400);
  });

  test('of a SearchParameter that is none to search by says so', async () => {
    await put(shoe({ id: 'draft', status: 'draft' }));
    expect(valuesOf((await get('SearchParameter/draft/$reindex-status')).body)).toEqual({ searchParameter: 'none' });
  });

  test('of a SearchParameter that does not exist is 404, of one that is deleted 410', async () => {
    await request(url).delete('/fhir/SearchParameter/draft');
    expect((await get('SearchParameter/nobody/$reindex-status')).status).toBe(404);
    expect((await get('SearchParameter/draft/$reindex-status')).status).toBe(410);
  });
});

describe('A SearchParameter over HTTP', () => {
  const codes = async (at = url): Promise<string[]> => {
    const { body } = await get('metadata', at);
    const patient = body.rest[0].resource.find(({ type }: { type: string }) => type === 'Patient');
    return patient.searchParam.map(({ name }: { name: string }) => name);
  };

  test('is built, told of, listed in the CapabilityStatement, and searched by, on every server', async () => {
    const [, otherUrl] = await open();
    const tag = (await get('metadata')).headers['etag'];
    expect((await get('Patient?shoe=42')).status).toBe(400);
    expect((await put(shoe())).status).toBe(201);
    const last = await ended('SearchParameter/shoe/$reindex-status');
    expect(valuesOf(last.body)).toMatchObject({ searchParameter: 'active', state: 'finished', percent: 100, done: 2, total: 2 });
    for (const at of [url, otherUrl]) {
      for (let i = 0; i < 300 && (await get('Patient?shoe=42', at)).status === 400; i++) await sleep(10);
      const { body } = await get('Patient?shoe=42', at);
      expect(body.entry.map(({ resource }: { resource: { id: string } }) => resource.id)).toEqual(['a']);
      expect(await codes(at)).toContain('shoe');
    }
    expect((await get('metadata').set('if-none-match', tag as string)).status).toBe(200);
    await request(otherUrl).delete('/fhir/SearchParameter/shoe');
    expect((await get('Patient?shoe=42', otherUrl)).status).toBe(400);
    for (let i = 0; i < 300 && (await get('Patient?shoe=42')).status === 200; i++) await sleep(10);
    expect((await get('Patient?shoe=42')).status).toBe(400);
    expect(await codes()).not.toContain('shoe');
  });

  test('that cannot be used is refused with the place of the fault', async () => {
    const { status, body } = await put(shoe({ expression: 'Patient.name.shout()' }));
    expect(status).toBe(422);
    expect(body.issue[0]).toMatchObject({ severity: 'error', expression: ['SearchParameter.expression'] });
  });

  test('of a batch says in its own entry what is wrong', async () => {
    const entry = (resource: object, id: string) => ({ resource, request: { method: 'PUT', url: `SearchParameter/${id}` } });
    const good = shoe({ id: 'good', code: 'good', url: 'http://example.org/good' });
    const bad = shoe({ id: 'bad', type: 'special' });
    const { body } = await post('', { resourceType: 'Bundle', type: 'batch', entry: [entry(good, 'good'), entry(bad, 'bad')] });
    expect(body.entry.map(({ response }: { response: { status: string } }) => response.status.slice(0, 3))).toEqual(['201', '422']);
    await ended('SearchParameter/good/$reindex-status');
  });

  test('for an additional type is written like any other', async () => {
    const analysis = shoe({ id: 'described', code: 'described', url: 'http://example.org/described', base: ['GenomicStudy'] });
    const { status, body } = await put({ ...analysis, type: 'string', expression: 'GenomicStudy.description' } as never);
    expect([status, body.issue]).toEqual([201, undefined]);
  });
});
