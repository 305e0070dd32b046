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
});
