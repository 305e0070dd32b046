/** The whole server on a database: wired, answering, draining. */

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import request from 'supertest';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let server: Server;
let url: string;
const log = createLog('silent');

beforeAll(async () => {
  database = await testDatabase();
  const config = readConfig({ AUTHORIZATION: 'off', PORT: '0', DATABASE_POOL_SIZE: '4', BODY_LIMIT: '1mb' });
  server = await createServer({ config, connection: database.connection, log, version: '9.9.9' });
  ({ url } = await server.listen());
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const create = (type: string, resource: object) =>
  request(url).post(`/fhir/${type}`).set('Content-Type', 'application/fhir+json').send(JSON.stringify(resource));

describe('The server', () => {
  it('keeps what is written in JSON and gives it back in JSON and XML', async () => {
    const created = await create('Patient', { resourceType: 'Patient', name: [{ family: 'Ångström' }], multipleBirthInteger: 2 });
    expect(created.status).toBe(201);
    expect(created.headers.location).toMatch(new RegExp(`^${url}/fhir/Patient/[^/]+/_history/1$`));
    const path = new URL(created.headers.location as string).pathname.replace('/_history/1', '');
    const read = await request(url).get(path);
    expect(JSON.parse(read.text).name[0].family).toBe('Ångström');
    expect(read.headers.etag).toBe('W/"1"');
    const xml = await request(url).get(path).set('Accept', 'application/fhir+xml');
    expect(xml.text).toContain('<family value="Ångström"/>');
    expect((await request(url).get(path).set('If-None-Match', 'W/"1"')).status).toBe(304);
    expect((await request(url).head(path)).headers['content-length']).toBe(read.headers['content-length']);
  });

  it('takes XML', async () => {
    const sent = '<Patient xmlns="http://hl7.org/fhir"><gender value="female"/></Patient>';
    const response = await request(url).post('/fhir/Patient').set('Content-Type', 'application/fhir+xml').send(sent);
    expect([response.status, JSON.parse(response.text).gender]).toEqual([201, 'female']);
  });

  it('keeps a native Binary byte for byte, and parts of it', async () => {
    const bytes = Buffer.from(Array.from({ length: 512 }, (_, i) => i % 256));
    const created = await request(url).post('/fhir/Binary').set('Content-Type', 'application/octet-stream').send(bytes);
    expect(created.status).toBe(201);
    const path = new URL(created.headers.location as string).pathname.replace('/_history/1', '');
    const whole = await request(url).get(path).buffer(true);
    expect(bytes.equals(whole.body as Buffer)).toBe(true);
    const part = await request(url).get(path).set('Range', 'bytes=10-19').buffer(true);
    expect([part.status, part.headers['content-range']]).toEqual([206, 'bytes 10-19/512']);
    expect(bytes.subarray(10, 20).equals(part.body as Buffer)).toBe(true);
  });

  it.each<[string, () => request.Test, number]>([
    ['unknown type', () => request(url).get('/fhir/Pation/1'), 404],
    ['unknown resource', () => request(url).get('/fhir/Patient/none'), 404],
    ['unknown element', () => create('Patient', { resourceType: 'Patient', nam: 1 }), 422],
    ['wrong type', () => create('Patient', { resourceType: 'Observation' }), 400],
    ['too long', () => create('Patient', { resourceType: 'Patient', language: 'x'.repeat(1_100_000) }), 413],
    ['wrong method', () => request(url).put('/fhir/metadata').set('Content-Type', 'application/fhir+json').send('{}'), 405],
    ['wrong content type', () => request(url).post('/fhir/Patient').set('Content-Type', 'text/plain').send('{}'), 415],
    ['wrong format', () => request(url).get('/fhir/Patient?_format=ttl'), 406],
  ])('refuses a request with %s', async (_, ask, status) => {
    const response = await ask();
    expect(response.status).toBe(status);
    expect(JSON.parse(response.text).resourceType).toBe('OperationOutcome');
  });

  it('says what it is, and is ready', async () => {
    expect(JSON.parse((await request(url).get('/fhir/metadata')).text).software.version).toBe('9.9.9');
    expect((await request(url).get('/health/ready')).body).toEqual({ status: 'ok', database: 'ok' });
    expect((await request(url).get('/metrics')).text).toContain('database_connections{state="idle"}');
  });

  it('lives on when its database connections are cut in the middle of writes', async () => {
    const statuses = new Set<number>();
    let stop = false;
    const write = async (): Promise<void> => {
      while (!stop) statuses.add((await create('Basic', { resourceType: 'Basic', code: { text: 'x' } })).status);
    };
    const writers = Array.from({ length: 4 }, write);
    const admin = new pg.Client(database.connection as pg.ClientConfig);
    await admin.connect();
    for (let i = 0; i < 20; i++) {
      await sleep(20);
      await admin.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    }
    await admin.end();
    stop = true;
    await Promise.all(writers);
    expect([...statuses].filter((status) => status !== 201 && status !== 503)).toEqual([]);
    expect((await create('Basic', { resourceType: 'Basic', code: { text: 'x' } })).status).toBe(201);
  });

  it('closes its database after the last answer', async () => {
    const config = readConfig({ AUTHORIZATION: 'off', PORT: '0' });
    const other = await createServer({ config, connection: database.connection, log, version: '9.9.9' });
    const { url: address } = await other.listen();
    const blocker = new pg.Client(database.connection as pg.ClientConfig);
    await blocker.connect();
    await blocker.query('begin; lock table anamnesis.res in access exclusive mode');
    const running = request(address)
      .get('/fhir/Patient?_count=1')
      .then(({ status }) => status);
    while ((await blocker.query("select from pg_locks where not granted and relation = 'anamnesis.res'::regclass")).rowCount === 0)
      await sleep(10);
    const closing = other.close();
    await sleep(50);
    await blocker.end();
    await closing;
    expect(await running).toBe(200);
    const { repository } = await other.services();
    await expect(repository({ id: 'local', scopes: [] }).read('Patient', '1')).rejects.toThrow();
  });
});
