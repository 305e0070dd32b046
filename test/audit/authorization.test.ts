/** With authorization on: who asked is told, refusals are told, and what the authorization server and the commands do; secrets never are. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventEntry, RequestEntry } from '../../src/audit/entry.ts';
import { runSaying } from '../support/terminal.ts';
import { type AuditedServer, auditedServer, observation, patient } from './server.ts';

let server: AuditedServer;
let env: NodeJS.ProcessEnv;
let everything: string;
let limited: string;

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });

async function tokenFor(...args: string[]): Promise<string> {
  const { code, out, err } = await runSaying(['token', ...args], env);
  expect([code, err]).toEqual([0, '']);
  return out.trim();
}

beforeAll(async () => {
  server = await auditedServer({ settings: { AUTHORIZATION: 'on' } });
  const { user, password, host, port, database } = server.database.connection;
  env = {
    DATABASE_URL: `postgresql://${user}:${encodeURIComponent(String(password))}@${encodeURIComponent(String(host))}:${port}/${database}`,
  };
  everything = await tokenFor('--scope', 'system/*.cruds');
  for (const id of ['a', 'b']) await server.ask('PUT', `/Patient/${id}`, patient(id), bearer(everything));
  await server.ask('PUT', '/Observation/o', observation('o', 'a'), bearer(everything));
  limited = await tokenFor('--scope', 'patient/Patient.rs patient/AuditEvent.rs', '--patient', 'a');
}, 120_000);
afterAll(() => server.close());

const entryOf = async (by: () => Promise<unknown>): Promise<RequestEntry> => {
  const rows = await server.left(by);
  expect(rows).toHaveLength(1);
  return rows[0]?.entry as RequestEntry;
};

describe('the entry of a request', () => {
  test('tells client, authorization, scopes and patient in context', async () => {
    const entry = await entryOf(() => server.ask('GET', '/Patient/a', undefined, bearer(limited)));
    expect(entry).toMatchObject({
      k: 'read',
      s: 200,
      p: ['a'],
      w: { c: 'command-line', p: 'a', o: expect.arrayContaining(['patient/Patient.rs']) },
    });
    expect(entry.w?.id).toBeTruthy();
  });

  test('is left by a request without a token, with a wrong one, and by one that the scopes do not allow', async () => {
    expect(await entryOf(() => server.ask('GET', '/Patient/a'))).toMatchObject({ k: 'read', s: 401, e: 'login', p: ['a'] });
    expect(await entryOf(() => server.ask('GET', '/Patient/a', undefined, bearer('wrong')))).toMatchObject({ s: 401, e: 'login' });
    expect(await entryOf(() => server.ask('GET', '/Observation/o', undefined, bearer(limited)))).toMatchObject({ s: 403, e: 'forbidden' });
    expect(await entryOf(() => server.ask('GET', '/Patient/b', undefined, bearer(limited)))).toMatchObject({ s: 404, p: ['b'] });
  });

  test('tells the reason of who breaks the glass, allowed or not', async () => {
    const headers = { ...bearer(everything), 'x-break-glass': 'Unconscious in the emergency room' };
    expect(await entryOf(() => server.ask('GET', '/Patient/a', undefined, headers))).toMatchObject({
      w: { g: 'Unconscious in the emergency room' },
    });
    const found = await server.ask('GET', '/AuditEvent?patient=a&_count=500', undefined, bearer(everything));
    expect(found.text).toContain('"code":"BTG"');
  });

  test('is left by what a page would have shown: a search within reach tells of those alone', async () => {
    expect(await entryOf(() => server.ask('GET', '/Patient', undefined, bearer(limited)))).toMatchObject({
      k: 'search-type',
      s: 200,
      p: ['a'],
    });
  });
});

describe('AuditEvents', () => {
  test('are shown to the patient whose record it is, and to nobody else', async () => {
    await server.ask('GET', '/Patient/b', undefined, bearer(everything));
    const mine = await server.ask('GET', '/AuditEvent?_count=500', undefined, bearer(limited));
    expect(mine.status).toBe(200);
    expect(mine.json().entry.length).toBeGreaterThan(2);
    expect(mine.text).not.toContain('Patient/b');
    const others = await server.ask('GET', '/AuditEvent?patient=b', undefined, bearer(limited));
    expect(others.json().entry ?? []).toEqual([]);
    const all = await server.ask('GET', '/AuditEvent?_count=500', undefined, bearer(everything));
    expect(all.json().entry.length).toBeGreaterThan(mine.json().entry.length);
  });

  test('cannot be written by whoever may write everything', async () => {
    const [{ resource }] = (await server.ask('GET', '/AuditEvent?_count=1', undefined, bearer(everything))).json().entry;
    expect((await server.ask('DELETE', `/AuditEvent/${resource.id}`, undefined, bearer(everything))).status).toBe(403);
  });
});

describe('what is no request of the FHIR API', () => {
  const form = (body: string) =>
    fetch(`${server.url}/oauth/token`, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  const events = async (by: () => Promise<unknown>): Promise<EventEntry[]> =>
    (await server.left(by)).map(({ entry }) => entry as EventEntry);

  test('tokens that were refused are told', async () => {
    const [entry] = await events(() => form('grant_type=client_credentials&client_id=nobody&client_secret=s3cret'));
    expect(entry).toMatchObject({ k: '!token', s: 'refused', w: { c: 'nobody' } });
  });

  test('tokens that a command printed are told', async () => {
    const [entry] = await events(() => tokenFor('--scope', 'system/Patient.rs'));
    expect(entry).toMatchObject({
      k: '!token',
      s: 'success',
      d: 'issued by a command',
      w: { c: 'command-line', o: ['system/Patient.rs'] },
    });
  });

  test('changes of accounts and clients by commands are told, with who did them', async () => {
    const added = await events(() => runSaying(['user', 'add', 'anna', '--role', 'practitioner', '--new-password'], env));
    expect(added).toMatchObject([
      { k: '!account', s: 'success', d: 'add', j: 'account/anna', w: { n: expect.stringContaining('(command line)') } },
    ]);
    expect(await events(() => runSaying(['user', 'disable', 'anna'], env))).toMatchObject([
      { k: '!account', d: 'disable', j: 'account/anna' },
    ]);
    const args = ['client', 'add', 'App', '--id', 'app', '--redirect', 'https://app.example/back'];
    expect(await events(() => runSaying(args, env))).toMatchObject([{ k: '!client', d: 'added', j: 'client/app' }]);
    expect(await events(() => runSaying(['client', 'disable', 'app'], env))).toMatchObject([{ k: '!client', d: 'disabled' }]);
    const file = join(mkdtempSync(join(tmpdir(), 'anamnesis-policy-')), 'nobody.json');
    writeFileSync(file, JSON.stringify({ name: 'nobody', description: 'Nothing', rules: [] }));
    expect(await events(() => runSaying(['policy', 'add', file], env))).toMatchObject([{ k: '!policy', d: 'put', j: 'policy/nobody' }]);
    expect(await events(() => runSaying(['policy', 'remove', 'nobody'], env))).toMatchObject([{ k: '!policy', d: 'removed' }]);
    expect(await events(() => runSaying(['user', 'list'], env))).toEqual([]);
  });

  test('records that a launch looks at are told, those that are not there too', async () => {
    await runSaying(['client', 'add', 'Launched', '--id', 'launched', '--redirect', 'https://app.example/back'], env);
    const launch = (patientId: string) =>
      fetch(`${server.url}/oauth/launch`, {
        method: 'POST',
        body: JSON.stringify({ client: 'launched', patient: patientId }),
        headers: { ...bearer(everything), 'content-type': 'application/json' },
      });
    const [read, launched] = await server.left(async () => expect((await launch('a')).status).toBe(201));
    expect(read?.entry).toMatchObject({
      k: 'read',
      t: '/Patient/a',
      s: 200,
      x: 'page',
      p: ['a'],
      w: { c: expect.stringContaining('command-line') },
    });
    expect(launched?.entry).toMatchObject({ k: '!launch', w: { p: 'a' } });
    const [missed] = await server.left(async () => expect((await launch('nobody')).status).toBe(400));
    expect(missed?.entry).toMatchObject({ k: 'read', i: [['R', 'Patient/nobody', [], 404]] });
  });

  test('no token, secret or password stands anywhere in the log', async () => {
    const { out } = await runSaying(['user', 'add', 'ben', '--role', 'practitioner', '--new-password'], env);
    const password = /once: (\S+)/.exec(out)?.[1] ?? '';
    expect(password.length).toBeGreaterThan(8);
    const text = (await server.rows()).map((row) => row.text).join('\n');
    for (const secret of [everything, limited, password, 's3cret']) expect(text).not.toContain(secret);
  });
});
