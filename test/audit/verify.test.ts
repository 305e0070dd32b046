/** Tampering shows: whatever is changed in the tables of the log, or in the AuditEvents made of it, verify names the first broken place. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Verification } from '../../src/audit/verify.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { openServices } from '../../src/services.ts';
import { type AuditedServer, auditedServer, observation, patient } from './server.ts';
import { verifiedOf } from './verified.ts';

const key = 'k'.repeat(40);
let server: AuditedServer;

const verified = (known?: { seq: number; hash: string }, secret?: string): Promise<Verification> =>
  verifiedOf(server, { ...(known === undefined ? {} : { known }), ...(secret === undefined ? {} : { key: secret }) });

const tables = ['audit', 'audit_base', 'audit_sorted', 'audit_open', 'audit_pending', 'res', 'ver'];
const backUp = () => server.sql(tables.map((name) => `create table anamnesis.${name}_kept as select * from anamnesis.${name}`).join(';'));
const bringBack = () =>
  server.sql(
    tables.map((name) => `delete from anamnesis.${name}; insert into anamnesis.${name} select * from anamnesis.${name}_kept`).join(';'),
  );

const put = async (path: string, body: object): Promise<void> => {
  await server.ask('PUT', path, body);
  await server.server.audit?.flush();
};

/** Entries 1 to 8, each a sheet, of which the search at the end made AuditEvents. */
async function live(): Promise<void> {
  await put('/Patient/a', patient('a'));
  await put('/Patient/b', patient('b'));
  await put('/Observation/o', observation('o', 'a'));
  for (const id of ['a', 'b', 'a']) await server.ask('GET', `/Patient/${id}`);
  await server.ask('GET', '/Observation?patient=a,b');
  await server.ask('GET', '/AuditEvent?_count=200');
}

beforeAll(async () => {
  server = await auditedServer();
  await live();
  // Nothing goes on beside the tests.
  await server.server.close();
  await backUp();
}, 60_000);
beforeEach(bringBack);
afterAll(async () => {
  await server.close();
});

const eventOf = async (seq: number): Promise<{ rid: string; id: string; body: string }> => {
  const [row] = await server.sql<{ rid: string; id: string; body: string }>(
    `select r.rid, r.id, v.body from anamnesis.res r join anamnesis.ver v on v.rid = r.rid where starts_with(r.id, 'log-') order by r.rid offset $1 limit 1`,
    [seq],
  );
  if (row === undefined) throw new Error('there is no such event');
  return row;
};

describe('anamnesis audit verify', () => {
  test('finds nothing wrong in a log that nobody touched', async () => {
    expect(await verified()).toMatchObject({ entries: 8, events: 9, open: 3, fault: undefined, keyedFrom: undefined });
  });

  test.each([
    [
      'a changed entry',
      `update anamnesis.audit set entries = replace(entries, '"Patient/a', '"Patient/x') where seq = 4`,
      /^Entry 4 does not fit/,
    ],
    [
      'a changed time',
      `update anamnesis.audit set entries = regexp_replace(entries, '^....', '1999') where seq = 2`,
      /^Entry 2 does not fit/,
    ],
    ['a changed hash', `update anamnesis.audit set hash = sha256('x') where seq = 3`, /^Entry 3 does not fit/],
    ['a removed entry', 'delete from anamnesis.audit where seq = 5', /^Entry 5 is missing: entry 6 comes after entry 4/],
    ['a removed beginning', 'delete from anamnesis.audit where seq < 3', /^Entry 1 is missing/],
    [
      'entries that changed places',
      'update anamnesis.audit a set entries = b.entries from anamnesis.audit b where a.seq + b.seq = 9 and a.seq in (4, 5)',
      /^Entry 4 does not fit/,
    ],
    [
      'an end that was cut off',
      'delete from anamnesis.audit where seq > 6',
      /ends with entry 6, but entry 7 was there: the end was cut off/,
    ],
    [
      'an end that was cut off together with what is known of it',
      `delete from anamnesis.audit where seq > 6; update anamnesis.audit_sorted set seq = 6; delete from anamnesis.audit_open where seq > 6`,
      /3 AuditEvents of the log stand in the store that no entry explains/,
    ],
    ['an entry that was put in', `insert into anamnesis.audit values (9, 1, '{"v":1}', '\\x00')`, /^Entry 9 does not fit/],
    [
      'a beginning that was given up in silence',
      'update anamnesis.audit_base set seq = 2, hash = (select hash from anamnesis.audit where seq = 2); delete from anamnesis.audit where seq <= 2',
      /begins with entry 3, but no entry tells/,
    ],
  ])('names the place of %s', async (_, sql, fault) => {
    await server.sql(sql);
    expect((await verified()).fault).toMatch(fault);
  });

  test('names an AuditEvent that was changed', async () => {
    const { rid, id } = await eventOf(2);
    await server.sql(`update anamnesis.ver set body = replace(body, '"outcome":"0"', '"outcome":"4"') where rid = $1`, [rid]);
    expect((await verified()).fault).toMatch(new RegExp(`^AuditEvent/${id} is not what entry \\d says`));
  });

  test('names an AuditEvent that was removed', async () => {
    const { rid, id } = await eventOf(3);
    await server.sql('delete from anamnesis.res where rid = $1', [rid]);
    expect((await verified()).fault).toMatch(new RegExp(`^AuditEvent/${id}, made of entry \\d, is missing`));
  });

  test('names an AuditEvent that was marked as deleted, and one with a newer version', async () => {
    const { rid, id } = await eventOf(1);
    await server.sql('update anamnesis.ver set body = null where rid = $1', [rid]);
    expect((await verified()).fault).toContain(`AuditEvent/${id}`);
    await bringBack();
    await server.sql('update anamnesis.ver set ver = 2 where rid = $1', [rid]);
    await server.sql('update anamnesis.res set ver = 2 where rid = $1', [rid]);
    expect((await verified()).fault).toContain(`AuditEvent/${id}`);
  });

  test('knows an entry that was written down, and an end that is missing since', async () => {
    const { head } = await verified();
    expect((await verified(head)).fault).toBeUndefined();
    expect((await verified({ ...head, hash: 'f'.repeat(64) })).fault).toMatch(/^Entry 8 is not the one/);
    expect((await verified({ seq: 9, hash: head.hash })).fault).toMatch(/^Entry 9, which was written down, is not in the log/);
  });

  test('tells that a log without a key was not made with the one that is set', async () => {
    expect((await verified(undefined, key)).fault).toMatch(/AUDIT_KEY is set, but no entry was made with it/);
  });
});

describe('a log with a key', () => {
  test('cannot be made anew without it', async () => {
    const keyed = await auditedServer({ settings: { AUDIT_KEY: key }, database: server.database });
    await keyed.ask('GET', '/Patient/a');
    await keyed.close();
    const found = await verified(undefined, key);
    expect(found).toMatchObject({ fault: undefined, keyedFrom: 9 });
    expect((await verified()).fault).toMatch(/^Entry 9 does not fit .* AUDIT_KEY/);
    // All hashes made anew, as whoever writes to the database could.
    await server.sql(`do $$ declare r record; before bytea := '\\x'; begin
      for r in select * from anamnesis.audit where seq > 0 order by seq loop
        before := sha256(convert_to(encode(before, 'hex') || E'\\n' || r.seq || E'\\n' || r.entries, 'UTF8'));
        update anamnesis.audit set hash = before where seq = r.seq;
      end loop; end $$`);
    expect((await verified(undefined, key)).fault).toBeDefined();
  });
});

describe('anamnesis audit prune', () => {
  test('gives up old entries with their AuditEvents, and tells of it', async () => {
    const config = readConfig({ AUDIT: 'on', AUTHORIZATION: 'off' });
    const services = await openServices({ config, connection: server.database.connection, log: createLog('silent'), version: '1' });
    const [{ at } = { at: '' }] = await server.rows(4);
    expect(await services.audit?.giveUp(new Date(at), 'root')).toBe(4);
    await services.close();
    expect(await verified()).toMatchObject({ entries: 5, fault: undefined });
    const [{ count } = { count: '' }] = await server.sql<{ count: string }>(
      `select count(*) from anamnesis.res where starts_with(id, 'log-')`,
    );
    expect(count).toBe('5');
    await server.sql(
      'update anamnesis.audit_base set seq = 6, hash = (select hash from anamnesis.audit where seq = 6); delete from anamnesis.audit where seq <= 6',
    );
    expect((await verified()).fault).toMatch(/no entry tells/);
  });
});
