/** An export is the database at its kick-off, whatever happens before it is done. https://hl7.org/fhir/uv/bulkdata/export.html */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { type AuditedServer, auditedServer, observation, patient } from '../audit/server.ts';
import { type BulkClient, bulkClient, namesOf } from './bulk-client.ts';

let folder: string;
/** Takes requests and works at no job. */
let server: AuditedServer;
let client: BulkClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anamnesis-moment-'));
  server = await auditedServer({ settings: { DATA_DIR: folder, JOB_SLOTS: '0', AUDIT: 'off' } });
  client = bulkClient(`${server.url}/fhir`);
  await put(patient('ann'));
  for (let i = 0; i < 30; i++) await put(observation(`o${i}`, 'ann'));
}, 60_000);
afterEach(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const put = (resource: { readonly resourceType: string; readonly id: string; readonly [name: string]: unknown }) =>
  server.ask('PUT', `/${resource.resourceType}/${resource.id}`, resource);

/** Another process, which works. */
const worker = () =>
  auditedServer({ settings: { DATA_DIR: folder, JOB_SLOTS: '1', EXPORT_FILE_ROWS: '3', AUDIT: 'off' }, database: server.database });

const before = ['Patient/ann/1', ...Array.from({ length: 30 }, (_, i) => `Observation/o${i}/1`)].sort();

describe('What is written, changed or deleted after the kick-off', () => {
  test('is not in the export, before it is begun and while it goes on', async () => {
    const url = await client.kickOff('$export');
    await put(patient('bob'));
    await put(patient('ann', { active: true }));
    for (let i = 0; i < 10; i++) await put(observation(`o${i}`, 'ann', { status: 'amended' }));
    for (let i = 10; i < 20; i++) await server.ask('DELETE', `/Observation/o${i}`);
    const working = await worker();
    let isDone = false;
    const writing = (async () => {
      for (let i = 0; !isDone; i++) {
        await put(observation(`o${20 + (i % 10)}`, 'ann', { note: [{ text: `change ${i}` }] }));
        await server.ask('DELETE', `/Observation/o${i % 10}`);
        await put(observation(`new-${i}`, 'ann'));
      }
    })();
    const manifest = await client.manifest(url);
    isDone = true;
    await writing;
    expect(namesOf(await client.all(manifest))).toEqual(before);
    await working.close();
  }, 60_000);

  test('neither is it when a filter or a Group would find it by then', async () => {
    await put({ resourceType: 'Group', id: 'g', type: 'person', actual: true, member: [{ entity: { reference: 'Patient/ann' } }] });
    const filtered = await client.kickOff('$export?_type=Observation&_typeFilter=Observation%3Fstatus=final');
    const grouped = await client.kickOff('Group/g/$export?_type=Patient');
    await put(observation('o0', 'ann', { status: 'amended' }));
    await put(observation('late', 'ann'));
    await put(patient('bob'));
    await put({ resourceType: 'Group', id: 'g', type: 'person', actual: true, member: [{ entity: { reference: 'Patient/bob' } }] });
    const working = await worker();
    expect(namesOf(await client.all(await client.manifest(filtered)))).toEqual(before.filter((name) => name.startsWith('Observation')));
    expect(namesOf(await client.all(await client.manifest(grouped)))).toEqual(['Patient/ann/1']);
    await working.close();
  }, 60_000);
});

describe('A write that is under way at the kick-off', () => {
  test('is not in the export, and is later than its transactionTime, so that the next one has it', async () => {
    const blocker = new pg.Client(server.database.connection as pg.ClientConfig);
    await blocker.connect();
    await blocker.query('begin; lock table anamnesis.ver in share row exclusive mode');
    const writing = put(patient('ann', { active: true }));
    await sleep(300);
    const url = await client.kickOff('$export?_type=Patient');
    await blocker.query('rollback');
    const { lastUpdated } = (await writing).json().meta as { lastUpdated: string };
    await blocker.end();
    const working = await worker();
    const manifest = await client.manifest(url);
    expect(namesOf(await client.all(manifest))).toEqual(['Patient/ann/1']);
    expect(manifest.transactionTime < lastUpdated).toBe(true);
    expect(namesOf(await client.export(`$export?_type=Patient&_since=${manifest.transactionTime}`))).toEqual(['Patient/ann/2']);
    await working.close();
  }, 60_000);
});

test('The moment is given up once the export has begun, or was cancelled', async () => {
  const held = async (): Promise<number> =>
    (
      await server.sql<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'anamnesis: moment'`,
      )
    )[0]?.n ?? -1;
  const until = async (wanted: number): Promise<void> => {
    for (let i = 0; i < 100 && (await held()) !== wanted; i++) await sleep(50);
    expect(await held()).toBe(wanted);
  };
  const [first, second] = [await client.kickOff('$export'), await client.kickOff('$export')];
  await until(2);
  await client.remove(first);
  await until(1);
  const working = await worker();
  await client.manifest(second);
  await until(0);
  await working.close();
}, 60_000);
