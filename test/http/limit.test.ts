/** What is beyond the limits of PostgreSQL, of Node or of clients is refused or left out, never a fault of the server. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { readConfig } from '../../src/config.ts';
import { refusalFor } from '../../src/http/error.ts';
import { createLog } from '../../src/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { openDatabase } from '../../src/store/database.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
let server: Server;
let url: string;

beforeAll(async () => {
  database = await testDatabase();
  const config = readConfig({ AUTHORIZATION: 'off', PORT: '0', DATABASE_POOL_SIZE: '4' });
  server = await createServer({ config, connection: database.connection, log: createLog('silent'), version: '9.9.9' });
  ({ url } = await server.listen());
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const post = (path: string, resource: object) =>
  request(url).post(`/fhir${path}`).set('Content-Type', 'application/fhir+json').send(JSON.stringify(resource));

const pathOf = (headers: Record<string, string>): string => new URL(headers['location'] as string).pathname.replace('/_history/1', '');

describe('A limit', () => {
  const coded = (code: string): Error => Object.assign(new Error('secret detail'), { code });

  it.each([
    ['of the stack of PostgreSQL', coded('54001'), 400, 'too-costly'],
    ['of the columns of a statement', coded('54011'), 400, 'too-costly'],
    ['of PostgreSQL', coded('54000'), 400, 'too-costly'],
    ['of the length of a text', new RangeError('Invalid string length'), 403, 'too-costly'],
  ])('%s is told as such', (_, error, status, code) => {
    const refused = refusalFor(error, 'id-1');
    expect([refused.status, refused.issues[0]?.code]).toEqual([status, code]);
    expect(refused.message).not.toContain('secret');
  });

  it('of the parameters of a statement is told before it is sent', async () => {
    const opened = openDatabase({ connection: database.connection, schema: 'anamnesis', poolSize: 2, statementTimeoutMs: 5000 });
    const values = Array.from({ length: 65_536 }, (_, i) => i);
    const statement = { text: `select 1 where ${values.map((i) => `$${i + 1} = 1`).join(' or ')}`, values };
    await expect(opened.run(statement)).rejects.toMatchObject({ status: 400, issues: [{ code: 'too-costly' }] });
    await expect(opened.transaction((session) => session.run(statement))).rejects.toMatchObject({ status: 400 });
    await expect(opened.transaction((session) => session.finish([statement]))).rejects.toMatchObject({ status: 400 });
    expect(await opened.run({ text: 'select 1 as one', values: [] })).toEqual([{ one: 1 }]);
    await opened.close();
  });

  it('of a header does not hide a Binary with a very long content type or security context', async () => {
    const patient = `urn:${'x'.repeat(20_000)}`;
    const created = await post('/Binary', {
      resourceType: 'Binary',
      contentType: `a/b; c=${'d'.repeat(20_000)}`,
      data: 'QUJD',
      securityContext: { reference: patient },
    });
    expect(created.status).toBe(201);
    const read = await request(url).get(pathOf(created.headers)).buffer(true);
    expect([read.status, read.headers['content-type'], (read.body as Buffer).toString()]).toEqual([200, 'application/octet-stream', 'ABC']);
  });

  it('of time holds for a resource with very many references that lead nowhere', async () => {
    const member = (reference: (i: number) => string) =>
      Array.from({ length: 30_000 }, (_, i) => ({ entity: { reference: reference(i) } }));
    const group = (reference: (i: number) => string) => ({
      resourceType: 'Group',
      type: 'person',
      actual: true,
      member: member(reference),
    });
    const started = Date.now();
    const refused = await post(
      '/Group',
      group((i) => `Patient/none${i}`),
    );
    expect([refused.status, JSON.parse(refused.text).issue.length]).toEqual([422, 50]);
    const resource = group((i) => `urn:uuid:00000000-0000-4000-8000-${String(i).padStart(12, '0')}`);
    const entry = [{ resource, request: { method: 'POST', url: 'Group' } }];
    const unresolved = await post('', { resourceType: 'Bundle', type: 'transaction', entry });
    expect([unresolved.status, JSON.parse(unresolved.text).issue.length]).toEqual([400, 50]);
    expect(Date.now() - started).toBeLessThan(15_000);
  }, 60_000);

  it('of the answer to a batch refuses the entries that read beyond it, none that write', async () => {
    const data = 'QUJD'.repeat(1_000_000);
    const created = await post('/Binary', { resourceType: 'Binary', contentType: 'a/b', data });
    const read = { request: { method: 'GET', url: pathOf(created.headers).replace('/fhir/', '') } };
    const write = { resource: { resourceType: 'Patient', active: true }, request: { method: 'POST', url: 'Patient' } };
    const answer = await post('', { resourceType: 'Bundle', type: 'batch', entry: [...Array(60).fill(read), write] });
    expect(answer.status).toBe(200);
    const statuses = (JSON.parse(answer.text).entry as { response: { status: string } }[]).map(({ response }) => response.status);
    expect(new Set(statuses.slice(0, 60))).toEqual(new Set(['200 OK', '403 Forbidden']));
    expect(statuses[60]).toBe('201 Created');
    const transaction = await post('', { resourceType: 'Bundle', type: 'transaction', entry: [...Array(60).fill(read), write] });
    expect([transaction.status, JSON.parse(transaction.text).issue[0].code]).toEqual([403, 'too-costly']);
    expect(JSON.parse((await request(url).get('/fhir/Patient?_summary=count')).text).total).toBe(1);
  }, 60_000);
});
