/** Imports of what is unusual, broken or too much: each line and file is told of by itself, and a job that cannot go on ends with a clear state. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AuditedServer, auditedServer } from '../audit/server.ts';
import { errorsOf, type FileServer, fileServer, importOf, linesOf } from './import-client.ts';

let server: AuditedServer;
let files: FileServer;
let folder: string;
let base: string;

beforeAll(async () => {
  [files, folder] = await Promise.all([fileServer(), mkdtemp(join(tmpdir(), 'anamnesis-import-fault-'))]);
  const settings = { DATA_DIR: folder, AUDIT: 'off', INTERNAL_HOSTS: files.host, JOB_SLOTS: '2' };
  server = await auditedServer({ settings });
  base = `${server.url}/fhir`;
}, 120_000);
afterAll(async () => {
  await server?.close();
  files?.close();
  await rm(folder, { recursive: true, force: true });
});

const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, ...more });
const people = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => patient(`${prefix}-${i}`, { gender: 'male' }));
const diagnostics = async (manifest: Parameters<typeof errorsOf>[0]): Promise<string[]> =>
  (await errorsOf(manifest)).map(({ diagnostics: text }) => text);
const versions = async (prefix: string): Promise<object | undefined> =>
  (
    await server.sql<object>(
      `select count(*)::int as count, max(v.ver) as newest from anamnesis.ver v join anamnesis.res r using (rid) where r.id like '${prefix}-%'`,
    )
  )[0];

test('a line of ten megabytes is loaded, and one of more than thirty-two is told; the lines around are loaded', async () => {
  const binary = (id: string, megabytes: number) => ({
    ...{ resourceType: 'Binary', id, contentType: 'application/octet-stream', data: 'A'.repeat(megabytes * 1_048_576) },
  });
  const content = linesOf(patient('long-1'), binary('long-2', 10), binary('long-3', 33), patient('long-4'));
  const manifest = await importOf(base, [{ url: files.serve('/long.ndjson', content) }]);
  expect(await diagnostics(manifest)).toEqual(['Line 3: The line is longer than 33554432 bytes.']);
  expect(manifest.extension.counts[0]).toMatchObject({ created: 3, refused: 1 });
}, 60_000);

test('files without a line, and lines of white space, are loaded as nothing', async () => {
  const manifest = await importOf(base, [
    { type: 'Patient', url: files.serve('/empty.ndjson', '') },
    { type: 'Patient', url: files.serve('/blank.ndjson', '\r\n \n\n') },
  ]);
  expect([manifest.error, manifest.output.map(({ count }) => count)]).toEqual([[], [0, 0]]);
});

test('a Bundle is a resource as any other: it is stored, and not run', async () => {
  const bundle = { resourceType: 'Bundle', id: 'bundle-1', type: 'collection', entry: [{ resource: patient('inside-1') }] };
  const manifest = await importOf(base, linesOf(bundle));
  expect(manifest.extension.counts[0]).toMatchObject({ created: 1 });
  expect([(await server.ask('GET', '/Bundle/bundle-1')).status, (await server.ask('GET', '/Patient/inside-1')).status]).toEqual([200, 404]);
});

const status = (path: string, code: number): string => {
  files.served.set(path, (_, response) => response.writeHead(code).end());
  return `http://${files.host}${path}`;
};

test('a URL that is forbidden or gone is told, and the others are loaded', async () => {
  const manifest = await importOf(base, [
    { type: 'Patient', url: status('/401', 401) },
    { type: 'Patient', url: status('/410', 410) },
    { type: 'Patient', url: files.serve('/there.ndjson', linesOf(patient('there-1'))) },
  ]);
  expect(await diagnostics(manifest)).toEqual([
    'The file was not loaded: it is answered with status 401; redirects are not followed.',
    'The file was not loaded: it is answered with status 410; redirects are not followed.',
  ]);
  expect(manifest.output.map(({ count }) => count)).toEqual([0, 0, 1]);
});

test('a redirect to a private address is not followed, wherever it leads', async () => {
  const asked: string[] = [];
  files.served.set('/away', (_: IncomingMessage, response: ServerResponse) =>
    response.writeHead(307, { location: `http://${files.host}/inner` }).end(),
  );
  files.served.set('/inner', ({ url }, response) => {
    asked.push(String(url));
    response.end(linesOf(patient('inner-1')));
  });
  const manifest = await importOf(base, [{ type: 'Patient', url: `http://${files.host}/away` }]);
  expect([manifest.error.length, asked]).toEqual([1, []]);
});

test('a file of a server that knows no ranges, which breaks off, is read again without loss or repetition', async () => {
  const content = linesOf(...people('broken', 1200));
  let tries = 0;
  files.served.set('/broken.ndjson', (_, response) => {
    if (++tries > 1) return void response.writeHead(200).end(content);
    response.writeHead(200);
    response.write(content.slice(0, content.length >> 1), () => setTimeout(() => response.destroy(), 300));
  });
  const manifest = await importOf(base, [{ type: 'Patient', url: `http://${files.host}/broken.ndjson` }]);
  expect(tries).toBe(2);
  expect(manifest.extension.counts[0]).toMatchObject({ created: 1200, updated: 0, unchanged: 0, refused: 0 });
  expect(await versions('broken')).toEqual({ count: 1200, newest: 1 });
}, 60_000);

test('the same import twice at once makes each resource once', async () => {
  const url = files.serve('/both.ndjson', linesOf(...people('both', 1500)));
  const both = await Promise.all([importOf(base, [{ type: 'Patient', url }]), importOf(base, [{ type: 'Patient', url }])]);
  const counts = both.map(({ extension }) => extension.counts[0] as { created: number; updated: number; unchanged: number });
  expect([counts.reduce((sum, { created }) => sum + created, 0), counts.reduce((sum, { unchanged }) => sum + unchanged, 0)]).toEqual([
    1500, 1500,
  ]);
  expect(await versions('both')).toEqual({ count: 1500, newest: 1 });
}, 60_000);

test('a database without room ends the job with 507; what was loaded until then stays, and the same import goes on when there is room', async () => {
  await server.sql(`create function full_disk() returns trigger language plpgsql as $$ begin
    if exists (select from new_rows where body like '%disk-full%') then raise exception 'no space left on device' using errcode = '53100'; end if;
    return null; end $$`);
  await server.sql(
    'create trigger full_disk after insert on anamnesis.ver referencing new table as new_rows for each statement execute function full_disk()',
  );
  const url = files.serve(
    '/full.ndjson',
    linesOf(...people('full', 500), ...people('fuller', 1).map((one) => ({ ...one, name: [{ text: 'disk-full' }] }))),
  );
  const before = await server.sql<{ id: string }>('select id from anamnesis.job');
  await expect(importOf(base, [{ type: 'Patient', url }])).rejects.toThrow(/^507 .*no-store.*The database has no room for more/s);
  const [job] = await server.sql<{ state: string; attempts: number }>(
    `select state, attempts from anamnesis.job where not id = any('{${before.map(({ id }) => id).join()}}'::bigint[])`,
  );
  expect([job?.state, await versions('full'), await versions('fuller')]).toEqual([
    'failed',
    { count: 500, newest: 1 },
    { count: 0, newest: null },
  ]);
  await server.sql('drop trigger full_disk on anamnesis.ver');
  const manifest = await importOf(base, [{ type: 'Patient', url }]);
  expect(manifest.extension.counts[0]).toMatchObject({ created: 1, unchanged: 500 });
}, 60_000);
