/** Whoever's records are exported finds that in their own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestEntry } from '../../src/audit/entry.ts';
import { bulkClient } from '../bulk/bulk-client.ts';
import { type AuditedServer, auditedServer, observation, patient } from './server.ts';

let server: AuditedServer;
const folder = mkdtempSync(join(tmpdir(), 'anamnesis-audit-export-'));
beforeAll(async () => {
  server = await auditedServer({ settings: { DATA_DIR: folder, EXPORT_FILE_ROWS: '3' } });
  for (const id of ['a', 'b', 'c']) await server.ask('PUT', `/Patient/${id}`, patient(id));
  for (let i = 0; i < 5; i++) await server.ask('PUT', `/Observation/o${i}`, observation(`o${i}`, 'b'));
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const tellsOf = (rows: readonly { readonly entry: object }[]): readonly (string | undefined)[] =>
  [
    ...new Set(rows.flatMap(({ entry }) => ((entry as RequestEntry).x?.startsWith('_job/') ? ((entry as RequestEntry).p ?? []) : []))),
  ].sort();

describe('an export', () => {
  test('tells of every patient in its files', async () => {
    const client = bulkClient(`${server.url}/fhir`);
    const rows = await server.left(async () => {
      expect((await client.export('$export?_type=Patient,Observation')).length).toBe(8);
    });
    expect(tellsOf(rows)).toEqual(['a', 'b', 'c']);
    const found = await server.ask('GET', '/AuditEvent?patient=c&subtype=operation&_count=100');
    expect(found.text).toContain('Patient/c');
    expect(found.json().entry.length).toBeGreaterThan(0);
  }, 60_000);

  test('and of nobody else: references count as well as the patients themselves', async () => {
    const client = bulkClient(`${server.url}/fhir`);
    const rows = await server.left(async () => client.export('$export?_type=Observation'));
    expect(tellsOf(rows)).toEqual(['b']);
  }, 60_000);

  test('each once, whoever is in several files, shares a resource with others or is named by what is in no record', async () => {
    for (const id of ['d', 'e', 'f', 'g']) await server.ask('PUT', `/Patient/${id}`, patient(id));
    const together = {
      ...{ resourceType: 'Appointment', id: 'both', status: 'proposed' },
      participant: ['d', 'e'].map((id) => ({ actor: { reference: `Patient/${id}` }, status: 'accepted' })),
    };
    expect((await server.ask('PUT', '/Appointment/both', together)).status).toBe(201);
    await server.ask('PUT', '/Device/pump', { resourceType: 'Device', id: 'pump', patient: { reference: 'Patient/f' } });
    const client = bulkClient(`${server.url}/fhir`);
    const told = async (path: string): Promise<readonly string[]> =>
      (await server.left(async () => client.export(path)))
        .flatMap(({ entry }) => ((entry as RequestEntry).x?.startsWith('_job/') ? ((entry as RequestEntry).p ?? []) : []))
        .sort();
    expect(await told('$export?_type=Appointment')).toEqual(['d', 'e']);
    expect(await told('$export?_type=Device')).toEqual(['f']);
    expect(await told('$export?_type=Observation')).toEqual(['b']);
    // More resources than are gone through one by one: they are looked up for each patient.
    for (let i = 5; i < 60; i++) await server.ask('PUT', `/Observation/o${i}`, observation(`o${i}`, 'b'));
    expect(await told('$export?_type=Observation,Appointment,Device')).toEqual(['b', 'd', 'e', 'f']);
  }, 60_000);
});
