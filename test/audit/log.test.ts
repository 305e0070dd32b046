/** The chain under load: many at once, several processes, a database that fails. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestEntry } from '../../src/audit/entry.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { openServices } from '../../src/services.ts';
import { type AuditedServer, auditedServer, observation, patient } from './server.ts';
import { verifiedOf } from './verified.ts';

let server: AuditedServer;
let other: AuditedServer;
beforeAll(async () => {
  server = await auditedServer();
  other = await auditedServer({ database: server.database });
  await server.ask('PUT', '/Patient/a', patient('a'));
}, 60_000);
afterAll(async () => {
  await other.close();
  await server.close();
});

/** What the chain does not have: the search for AuditEvents sorts what is there. */
async function pendingLeft(): Promise<{ entry: string }[]> {
  await server.ask('GET', '/AuditEvent?patient=nobody');
  return server.sql<{ entry: string }>('select entry from anamnesis.audit_pending');
}

describe('the log', () => {
  test('is one chain, however many requests and processes there are', async () => {
    const rows = await server.left(() =>
      Promise.all(
        Array.from({ length: 200 }, (_, i) =>
          (i % 2 === 0 ? server : other).ask(
            i % 5 === 0 ? 'PUT' : 'GET',
            '/Patient/a',
            i % 5 === 0 ? patient('a', { language: `x-${i}` }) : undefined,
          ),
        ),
      ),
    );
    expect(rows).toHaveLength(200);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => (rows[0]?.seq ?? 0) + i));
    // Those that came together are one sheet, with one hash.
    expect(new Set(rows.map(({ hash }) => hash.toString('hex'))).size).toBeLessThan(150);
    expect(new Set(rows.map(({ entry }) => (entry as RequestEntry).x)).size).toBe(200);
    expect((await verifiedOf(server)).fault).toBeUndefined();
  });

  test('leaves nothing behind of writes that were answered', async () => {
    const rows = await server.left(() =>
      Promise.all(Array.from({ length: 20 }, (_, i) => server.ask('PUT', `/Observation/p${i}`, observation(`p${i}`, 'a')))),
    );
    expect(rows).toHaveLength(20);
    expect(await pendingLeft()).toEqual([]);
  });

  test('takes over nothing of writes that were answered, be it sorted or not', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => server.ask('PUT', `/Observation/q${i}`, observation(`q${i}`, 'a'))));
    const services = await openServices({
      config: readConfig({ AUDIT: 'on', AUTHORIZATION: 'off' }),
      connection: server.database.connection,
      log: createLog('silent'),
      version: '1',
    });
    const rows = await server.left(async () => {
      expect(await services.audit?.adopt(new Date(Date.now() + 3_600_000))).toBe(0);
    });
    await services.close();
    expect(rows).toEqual([]);
  });

  test('refuses what it cannot store: nothing is answered, not even a refusal', async () => {
    await server.sql('alter table anamnesis.audit rename to audit_away');
    try {
      for (const path of ['/Patient/a', '/Patient/none', '/Patient?_id=a', '/Patient/a/$everything']) {
        const answer = await server.ask('GET', path);
        expect([path, answer.status, answer.json().issue[0].code]).toEqual([path, 503, 'transient']);
        expect(answer.text).toContain('cannot be recorded');
        expect(answer.headers.get('retry-after')).toBe('1');
      }
    } finally {
      await server.sql('alter table anamnesis.audit_away rename to audit');
    }
    expect((await server.ask('GET', '/Patient/a')).status).toBe(200);
  });

  test('keeps the entry of a write that was done and could not be answered', async () => {
    await server.sql('alter table anamnesis.audit rename to audit_away');
    // From here on the server knows.
    expect((await server.ask('GET', '/Patient/a')).status).toBe(503);
    const answer = await server.ask('PUT', '/Observation/unanswered', observation('unanswered', 'a'));
    await server.sql('alter table anamnesis.audit_away rename to audit');
    expect(answer.status).toBe(503);
    const [pending] = await pendingLeft();
    expect(JSON.parse(pending?.entry ?? '{}')).toMatchObject({
      k: 'update',
      p: ['a'],
      i: [['U', 'Observation/unanswered/_history/1', [0]]],
      r: true,
    });
    await server.sql(`update anamnesis.audit_pending set at = at - interval '1 hour'`);
    const rows = await server.left(async () => {
      for (let i = 0; i < 150 && (await server.sql('select 1 from anamnesis.audit_pending')).length > 0; i++)
        await new Promise((resolve) => setTimeout(resolve, 100));
    });
    expect(rows.map(({ entry }) => entry)).toMatchObject([{ k: 'update', t: '/Observation/unanswered', r: true }]);
    const events = await server.ask('GET', '/AuditEvent?patient=a&entity=Observation/unanswered');
    expect(events.json().entry).toHaveLength(1);
    expect(events.json().entry[0].resource.outcomeDesc).toContain('not known');
  }, 30_000);

  test('answers writes when their entry is durable; where the chain then fails, it is found again', async () => {
    await server.sql('alter table anamnesis.audit rename to audit_away');
    const answer = await server.ask('PUT', '/Observation/early', observation('early', 'a'));
    await server.server.audit?.flush();
    const next = await server.ask('PUT', '/Observation/late', observation('late', 'a'));
    await server.sql('alter table anamnesis.audit_away rename to audit');
    expect([answer.status, next.status]).toEqual([201, 503]);
    const rows = await server.left(async () => {
      expect(await server.server.audit?.adopt(new Date(Date.now() + 3_600_000))).toBe(2);
    });
    expect(rows.map(({ entry }) => entry)).toMatchObject([
      { t: '/Observation/early', r: true, p: ['a'] },
      { t: '/Observation/late', r: true, p: ['a'] },
    ]);
    expect(await pendingLeft()).toEqual([]);
  });

  test('appends what a write did from memory, though someone deletes what the write had stored before it is in the chain', async () => {
    const turn = `hashtextextended('anamnesis audit anamnesis', 0)`;
    await server.sql(`select pg_advisory_lock(${turn})`);
    const answer = await server.ask('PUT', '/Observation/quick', observation('quick', 'a'));
    const gone = await server.sql<{ entry: string }>('delete from anamnesis.audit_pending returning entry');
    await server.sql(`select pg_advisory_unlock(${turn})`);
    expect(answer.status).toBe(201);
    expect(gone.map(({ entry }) => JSON.parse(entry).t)).toContain('/Observation/quick');
    const last = (await server.rows()).slice(-1);
    expect(last.map(({ entry }) => entry)).toMatchObject([{ t: '/Observation/quick', s: 201 }]);
  });

  test('refuses a write whose entry cannot be stored with it', async () => {
    await server.sql('alter table anamnesis.audit_pending rename to pending_away');
    try {
      const answer = await server.ask('PUT', '/Observation/untold', observation('untold', 'a'));
      expect(answer.status).toBeGreaterThanOrEqual(500);
    } finally {
      await server.sql('alter table anamnesis.pending_away rename to audit_pending');
    }
    expect((await server.ask('GET', '/Observation/untold')).status).toBe(404);
  });

  test('is not a statement for each of many writes', async () => {
    const rows = await server.left(async () => {
      for (let i = 0; i < 12; i++) await server.ask('PUT', `/Observation/m${i}`, observation(`m${i}`, 'a'));
    });
    expect(rows).toHaveLength(12);
    expect(new Set(rows.map(({ hash }) => hash.toString('hex'))).size).toBeLessThan(12);
  });

  test('has what a write also read before the answer leaves', async () => {
    const entry = [
      { resource: { resourceType: 'Basic', code: { text: 'x' } }, request: { method: 'POST', url: 'Basic' } },
      { request: { method: 'GET', url: 'Patient/a' } },
    ];
    const read = async (): Promise<number> => (await server.sql('select 1 from anamnesis.audit')).length;
    for (const type of ['batch', 'transaction']) {
      await server.server.audit?.flush();
      const before = await read();
      await server.ask('POST', '', { resourceType: 'Bundle', type, entry });
      expect([type, (await read()) - before]).toEqual([type, 1]);
    }
  });

  test('writes nothing of what was not written', async () => {
    await pendingLeft();
    await server.ask('POST', '/Observation', observation('x', 'nobody'));
    expect(await server.sql('select * from anamnesis.audit_pending')).toEqual([]);
  });
});

describe('a log whose end was cut off', () => {
  test('shows so by what the server had told the log of programs when it stopped', async () => {
    const told: object[] = [];
    const log = Object.assign(createLog('silent'), { info: (fields: object) => told.push(fields) });
    const config = readConfig({ AUDIT: 'on', AUTHORIZATION: 'off' });
    const services = await openServices({ config, connection: server.database.connection, log, version: '1' });
    services.start();
    await services.audit?.record({ kind: 'audit', outcome: 'success', detail: 'the last of all' });
    await services.close();
    const known = told.flatMap((fields) => (fields as { known?: string }).known ?? []);
    expect(known).toEqual([expect.stringMatching(/^\d+:[0-9a-f]{64}$/)]);
    const [seq, hash = ''] = known[0]?.split(':') ?? [];
    expect((await verifiedOf(server, { known: { seq: Number(seq), hash } })).fault).toBeUndefined();
    const [last] = (await server.rows()).slice(-1);
    expect(last).toMatchObject({ seq: Number(seq), entry: { d: 'the last of all' } });
    await server.sql('create table anamnesis.kept as select * from anamnesis.audit where seq = $1', [seq]);
    await server.sql('delete from anamnesis.audit where seq = $1', [seq]);
    expect((await verifiedOf(server, { known: { seq: Number(seq), hash } })).fault).toContain('which was written down, is not in the log');
    await server.sql('insert into anamnesis.audit select * from anamnesis.kept; drop table anamnesis.kept');
  });

  test('tells so itself, and goes on', async () => {
    await server.ask('GET', '/Patient/a');
    const [last] = (await server.rows()).slice(-1);
    await server.sql('delete from anamnesis.audit where seq = (select max(seq) from anamnesis.audit)');
    expect((await server.ask('GET', '/Patient/a')).status).toBe(200);
    const [told, next] = (await server.rows()).slice(-2);
    expect([told?.entry, next?.entry]).toMatchObject([
      { k: '!audit', s: 'failed', d: `the end was cut off: entry ${last?.seq}:${last?.hash.toString('hex')} is missing` },
      { k: 'read', p: ['a'] },
    ]);
    const again = await server.left(() => server.ask('GET', '/Patient/a'));
    expect(again.map(({ entry }) => entry.k)).toEqual(['read']);
  });
});

describe('an entry', () => {
  test('holds no secret that was sent by mistake', async () => {
    const rows = await server.left(async () => {
      await server.ask('GET', '/Patient?access_token=s3cret&_id=a', undefined, { authorization: 'Bearer s3cret-bearer' });
      await server.ask('POST', '/Patient/_search', 'client_secret=s3cret&password=s3cret&_id=a');
    });
    expect(rows).toHaveLength(2);
    expect(rows.map(({ text }) => text).join()).not.toContain('s3cret');
  });

  test('holds what was searched for, and the log of the program does not', async () => {
    const [row] = await server.left(() => server.ask('GET', '/Patient?family=Rare-Name'));
    expect(row?.text).toContain('Rare-Name');
  });
});
