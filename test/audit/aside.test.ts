/** What is read and written beside the FHIR API is on the log like any access. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestEntry } from '../../src/audit/entry.ts';
import { type Principal } from '../../src/auth/principal.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { type OpenServices, openServices } from '../../src/services.ts';
import { runSaying } from '../support/terminal.ts';
import { type AuditedServer, auditedServer, observation, patient } from './server.ts';

let server: AuditedServer;
let services: OpenServices;
let folder: string;
let DATABASE_URL: string;
beforeAll(async () => {
  server = await auditedServer();
  folder = mkdtempSync(join(tmpdir(), 'anamnesis-aside-'));
  const { user, password, host, port, database } = server.database.connection;
  DATABASE_URL = `postgresql://${user}:${encodeURIComponent(String(password))}@${encodeURIComponent(String(host))}:${port}/${database}`;
  await server.ask('PUT', '/Patient/a', patient('a'));
  const config = readConfig({ AUDIT: 'on', AUTHORIZATION: 'off' });
  services = await openServices({ config, connection: server.database.connection, log: createLog('silent'), version: '1' });
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await services.close();
  await server.close();
});

const person: Principal = { id: 'page-of-anna', scopes: ['*'], account: 'anna', fhirUser: 'Practitioner/7' };

describe('a page that shows records', () => {
  const repository = async () => {
    const told = services.audit?.aside(await services.services(), { part: 'page' });
    if (told === undefined) throw new Error('nothing is audited');
    return told.repository(person);
  };

  test('leaves an entry for what it reads, in the name of the person', async () => {
    const rows = await server.left(async () => {
      expect((await (await repository()).read('Patient', 'a'))?.id).toBe('a');
    });
    expect(rows.map(({ entry }) => entry)).toMatchObject([
      {
        k: 'read',
        t: '/Patient/a',
        s: 200,
        x: 'page',
        p: ['a'],
        i: [['R', 'Patient/a/_history/1', [0]]],
        w: { n: 'anna', u: 'Practitioner/7' },
      },
    ]);
  });

  test('and for what is not there', async () => {
    const rows = await server.left(async () => {
      expect(await (await repository()).read('Patient', 'nobody')).toBeUndefined();
    });
    expect(rows.map(({ entry }) => entry)).toMatchObject([{ k: 'read', p: ['nobody'], i: [['R', 'Patient/nobody', [], 404]] }]);
  });

  test('and for whom a search shows', async () => {
    const rows = await server.left(async () => (await repository()).history({ type: 'Patient' }, { count: 5 }));
    expect(rows.map(({ entry }) => entry)).toMatchObject([{ k: 'history-system', t: '/Patient/_history', p: ['a'] }]);
  });

  test('gets nothing when that cannot be stored', async () => {
    await server.sql('alter table anamnesis.audit rename to audit_away');
    try {
      await expect((await repository()).read('Patient', 'a')).rejects.toThrow('cannot be recorded');
    } finally {
      await server.sql('alter table anamnesis.audit_away rename to audit');
    }
  });
});

describe('a command that stores resources', () => {
  test('load tells who loaded what of whom', async () => {
    const file = join(folder, 'bundle.json');
    const entry = [patient('loaded'), observation('of-loaded', 'loaded')].map((resource) => ({
      resource,
      request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
    }));
    writeFileSync(file, JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }));
    writeFileSync(join(folder, 'one.json'), JSON.stringify(observation('single', 'a')));
    const rows = await server.left(async () => {
      const { code, err } = await runSaying(['load', folder], { DATABASE_URL, AUDIT: 'on', AUTHORIZATION: 'off' });
      expect([code, err]).toEqual([0, '']);
    });
    const entries = rows.map(({ entry: each }) => each as RequestEntry);
    expect(entries).toHaveLength(2);
    for (const each of entries)
      expect(each).toMatchObject({ k: 'transaction', x: 'load', w: { n: expect.stringContaining('(command line)') } });
    expect(entries.flatMap(({ p = [] }) => p).sort()).toEqual(['a', 'loaded']);
    expect(entries.flatMap(({ i = [] }) => i.map(([, reference]) => reference)).sort()).toEqual([
      'Observation/of-loaded/_history/1',
      'Observation/single/_history/1',
      'Patient/loaded/_history/1',
    ]);
    const found = await server.ask('GET', '/AuditEvent?patient=loaded');
    expect(found.json().entry).toHaveLength(1);
  });

  test('package install tells which resources it stored', async () => {
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'aside.example', version: '1.0.0', fhirVersions: ['4.0.1'], dependencies: {} }),
    );
    writeFileSync(
      join(folder, 'ValueSet-x.json'),
      JSON.stringify({ resourceType: 'ValueSet', id: 'x', url: 'http://example.org/ValueSet/x', version: '1', status: 'active' }),
    );
    rmSync(join(folder, 'bundle.json'));
    rmSync(join(folder, 'one.json'));
    const rows = await server.left(async () => {
      const { code } = await runSaying(['package', 'install', folder], { DATABASE_URL, AUDIT: 'on', AUTHORIZATION: 'off' });
      expect(code).toBe(0);
    });
    expect(rows.map(({ entry }) => entry)).toMatchObject([
      { k: 'transaction', x: 'package-install', i: [['U', expect.stringMatching(/^ValueSet\//), []]] },
    ]);
  });
});
