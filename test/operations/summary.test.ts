/** Patient/$summary over HTTP on a real database: https://hl7.org/fhir/uv/ips/STU1.1/OperationDefinition-summary.html */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { projectFile } from '../../src/root.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

interface Answer {
  readonly status: number;
  readonly json: {
    readonly resourceType: string;
    readonly type?: string;
    readonly entry?: readonly {
      readonly fullUrl: string;
      readonly resource: Record<string, unknown> & { resourceType: string; id: string };
    }[];
    readonly issue?: readonly { readonly severity: string; readonly code: string; readonly diagnostics: string }[];
  };
}

const person = 'gayla-ferry.json.gz';
let database: TestDatabase;
let server: Server;
let base: string;
let id: string;

async function send(method: string, path: string, body?: string): Promise<Answer> {
  const sent = body === undefined ? {} : { body, headers: { 'content-type': 'application/fhir+json' } };
  const response = await fetch(`${base}/${path}`, { method, ...sent } as RequestInit);
  return { status: response.status, json: (await response.json()) as Answer['json'] };
}

beforeAll(async () => {
  database = await testDatabase();
  const config = readConfig({ PORT: '0', DATABASE_POOL_SIZE: '4', AUTHORIZATION: 'off' });
  server = await createServer({ config, connection: database.connection, log: createLog('silent'), version: '1.2.3' });
  base = `${(await server.listen()).url}/fhir`;
  const bundle = gunzipSync(readFileSync(projectFile('src', 'cli', 'sample-data', person))).toString();
  expect((await send('POST', '', bundle)).status).toBe(200);
  id = (await send('GET', 'Patient')).json.entry?.[0]?.resource.id ?? '';
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

describe('$summary', () => {
  test('is a document that our own validator finds nothing wrong with', async () => {
    const { status, json } = await send('GET', `Patient/${id}/$summary`);
    expect([status, json.type, json.entry?.[0]?.resource.resourceType]).toEqual([200, 'document', 'Composition']);
    const checked = await send('POST', 'Bundle/$validate', JSON.stringify(json));
    expect(checked.json.issue?.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
  });

  test('has addresses of this server', async () => {
    const { json } = await send('GET', `Patient/${id}/$summary`);
    expect(json.entry?.map(({ fullUrl }) => fullUrl)).toContain(`${base}/Patient/${id}`);
  });

  test('finds the patient by identifier', async () => {
    const patient = (await send('GET', `Patient/${id}`)).json as unknown as { identifier: { system: string; value: string }[] };
    const { system, value } = patient.identifier[0] ?? { system: '', value: '' };
    const { status, json } = await send('GET', `Patient/$summary?identifier=${encodeURIComponent(`${system}|${value}`)}`);
    expect([status, json.entry?.[1]?.resource.id]).toEqual([200, id]);
  });

  test.each([
    ['an unknown patient', () => 'Patient/nobody/$summary', 404, 'not known'],
    ['an unknown identifier', () => 'Patient/$summary?identifier=a|b', 404, 'No patient has this identifier'],
    ['nobody', () => 'Patient/$summary', 400, 'Say who is meant'],
    ['two names for one', () => `Patient/${id}/$summary?identifier=a|b`, 400, 'leave identifier out'],
    ['another profile', () => `Patient/${id}/$summary?profile=https://a.example`, 400, 'is not offered'],
    ['a parameter that it does not have', () => `Patient/${id}/$summary?graph=https://a.example`, 400, 'has no parameter "graph"'],
  ])('refuses %s', async (_, path, status, text) => {
    const answer = await send('GET', path());
    expect([answer.status, answer.json.issue?.[0]?.diagnostics]).toEqual([status, expect.stringContaining(text)]);
  });

  test('tells 410 of a patient that was deleted', async () => {
    await send('PUT', 'Patient/gone', JSON.stringify({ resourceType: 'Patient', id: 'gone' }));
    await fetch(`${base}/Patient/gone`, { method: 'DELETE' });
    expect((await send('GET', 'Patient/gone/$summary')).status).toBe(410);
  });

  test('refuses an identifier that several patients have', async () => {
    for (const each of ['twin-1', 'twin-2'])
      await send(
        'PUT',
        `Patient/${each}`,
        JSON.stringify({ resourceType: 'Patient', id: each, identifier: [{ system: 'urn:x', value: '7' }] }),
      );
    expect((await send('GET', 'Patient/$summary?identifier=urn:x|7')).status).toBe(412);
  });
});
