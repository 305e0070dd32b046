/** Floods of refusals fill no disk, and are told all the same. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { flood } from '../../src/audit/flood.ts';
import { type AuditedServer, auditedServer } from './server.ts';

const now = new Date('2026-11-25T10:00:00Z');

describe('refusals of nobody known', () => {
  test('are told one by one up to a bound for each address', () => {
    const { admits, take } = flood({ ofAddress: 2, all: 10 });
    expect(['a', 'a', 'a', 'b', 'a', undefined].map(admits)).toEqual([true, true, false, true, false, true]);
    expect(take(now)).toMatchObject({
      kind: 'audit',
      outcome: 'refused',
      detail: expect.stringMatching(/^2 more requests/),
      query: 'a: 2',
    });
  });

  test('and for all addresses together, however many there are', () => {
    const { admits, take } = flood({ ofAddress: 2, all: 10 });
    const told = Array.from({ length: 5000 }, (_, i) => admits(`2001:db8::${i.toString(16)}`));
    expect(told.filter(Boolean)).toHaveLength(10);
    expect(take(now)?.detail).toMatch(/^4990 more requests/);
  });

  test('begin anew afterwards', () => {
    const { admits, take } = flood({ ofAddress: 1, all: 10 });
    expect([admits('a'), admits('a')]).toEqual([true, false]);
    expect(take(now)).toBeDefined();
    expect(take(now)).toBeUndefined();
    expect(admits('a')).toBe(true);
  });
});

describe('a server that is flooded', () => {
  let server: AuditedServer;
  beforeAll(async () => {
    server = await auditedServer({ settings: { AUTHORIZATION: 'on', TRUSTED_PROXIES: '127.0.0.1' } });
  });
  afterAll(() => server.close());

  test('writes few entries, and one that tells of all others with their addresses', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => server.ask('GET', '/Patient/a', undefined, { 'x-forwarded-for': '203.0.113.9' })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    const rows = await server.rows();
    expect(rows.length).toBe(10);
    // Behind a trusted proxy it is the address of the client that counts.
    expect(rows[0]?.entry).toMatchObject({ k: 'read', s: 401, a: '203.0.113.9' });
    await server.server.close();
    const [last] = (await server.rows()).slice(-1);
    expect(last?.entry).toMatchObject({ k: '!audit', s: 'refused', d: expect.stringMatching(/^190 more requests/), q: '203.0.113.9: 190' });
  });
});
