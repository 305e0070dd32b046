/** Versions that were lately told are not fetched again, and nothing that is told changes by it. https://hl7.org/fhir/R4/http.html#versioning */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { localPrincipal } from '../../src/auth/principal.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { createRepositories } from '../../src/repository/create-repositories.ts';
import { RecentVersions } from '../../src/repository/recent-versions.ts';
import type { Repository, SearchPage } from '../../src/repository/repository.ts';
import { openRegistry } from '../../src/repository/search-registry.ts';
import type { StoredVersion } from '../../src/repository/stored-version.ts';
import { parseSearch } from '../../src/search/parse.ts';
import type { Database, Session } from '../../src/store/database.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

const version = (rid: number, number: number, length = 100): StoredVersion => ({
  ...{ type: 'Basic', id: `b${rid}`, rid: String(rid), versionId: String(number) },
  ...{ lastUpdated: '2026-01-01T00:00:00.000Z', method: 'PUT', body: `${rid}/${number}`.padEnd(length, '.') },
});

describe('what is kept', () => {
  test('a version is known by its row and its number', () => {
    const recent = new RecentVersions(100_000);
    recent.add(version(1, 2));
    expect(recent.get('1', 2)).toEqual(version(1, 2));
    expect([recent.get('1', 1), recent.get('1', 3), recent.get('2', 2)]).toEqual([undefined, undefined, undefined]);
  });

  test('a newer version takes the place of an older one, and an older one never that of a newer', () => {
    const recent = new RecentVersions(100_000);
    for (const number of [9, 10, 8]) recent.add(version(1, number));
    expect([8, 9, 10].map((number) => recent.get('1', number)?.versionId)).toEqual([undefined, undefined, '10']);
  });

  test('what was not asked for longest goes first', () => {
    const recent = new RecentVersions(9600);
    for (let rid = 1; rid <= 16; rid++) recent.add(version(rid, 1));
    recent.get('1', 1);
    recent.add(version(17, 1));
    expect([1, 2, 3, 17].map((rid) => recent.get(String(rid), 1) !== undefined)).toEqual([true, false, true, true]);
  });

  test('however much is added, it holds no more characters than it may', () => {
    const step = fc.record({ rid: fc.integer({ min: 1, max: 30 }), number: fc.integer({ min: 1, max: 5 }), length: fc.nat(490) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const recent = new RecentVersions(16_000);
        for (const { rid, number, length } of steps) recent.add(version(rid, number, length));
        const held = steps.flatMap(({ rid, number }) => recent.get(String(rid), number) ?? []);
        const sizes = [...new Set(held)].map(({ body }) => body?.length ?? 0);
        const size = sizes.reduce((sum, each) => sum + each, 0);
        expect(size).toBeLessThanOrEqual(16_000);
        // What was added last is always there, or something newer of the same row.
        const last = steps.at(-1);
        if (last !== undefined) expect(held.some(({ rid }) => rid === String(last.rid))).toBe(true);
      }),
    );
  });

  test('a text that would push out a large part of the others is not kept', () => {
    const recent = new RecentVersions(16_000);
    recent.add(version(1, 1, 2000));
    expect(recent.get('1', 1)).toBeUndefined();
  });

  test('pages of a kind are expected to be known after most of their versions were, and no longer when they are not', () => {
    const recent = new RecentVersions(1000);
    const expected = [];
    for (const known of [0, 50, 50, 50, 50, 50, 50, 0, 0, 0]) {
      recent.learn('kind', known, 50);
      expected.push(recent.expects('kind'));
    }
    expect(expected).toEqual([false, false, false, false, false, true, true, false, false, false]);
    expect(recent.expects('another kind')).toBe(false);
  });
});

/** A database that tells which statements it ran. */
function watched(database: Database): { readonly database: Database; readonly texts: string[] } {
  const texts: string[] = [];
  const noting = (session: Session): Session['run'] => {
    return (statement) => {
      texts.push(statement.text);
      return session.run(statement);
    };
  };
  return { database: { ...database, run: noting(database) }, texts };
}

describe('pages', () => {
  let store: TestRepository;
  let repository: Repository;
  let plain: Repository;
  let recent: RecentVersions;
  let texts: string[];
  const observation = (id: string, patient: string, value: number): Resource => ({
    ...{ resourceType: 'Observation', id, status: 'final', subject: { reference: `Patient/${patient}` } },
    ...{ code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] } },
    ...{ effectiveDateTime: `2026-01-${String(value).padStart(2, '0')}`, valueQuantity: { value } },
  });
  const put = (resource: Resource, by = repository) =>
    by.commit([{ kind: 'update', type: resource.resourceType, id: resource.id as string, at: '', resource }]);
  const search = (type: string, text: string, by = repository): Promise<SearchPage> =>
    by.search(
      parseSearch(definitions, type, [...new URLSearchParams(text)], { strict: true, defaultCount: 4, maxCount: 100, now: new Date() }),
    );
  const bodies = ({ matches, included }: SearchPage): (string | null)[] => [...matches, ...included].map(({ body }) => body);

  beforeAll(async () => {
    store = await testRepository();
    const registry = await openRegistry(store.database, definitions);
    const options = { registry, now: () => new Date(), updateCreate: true, referentialIntegrity: 'enforce' as const };
    recent = new RecentVersions(1_000_000, 0);
    const seen = watched(store.database);
    texts = seen.texts;
    repository = (await createRepositories({ ...options, database: seen.database, recent })).of(localPrincipal);
    plain = (await createRepositories({ ...options, database: store.database })).of(localPrincipal);
    for (const patient of ['ada', 'bea']) await put({ resourceType: 'Patient', id: patient });
    for (let day = 1; day <= 9; day++) await put(observation(`o${day}`, day % 2 ? 'ada' : 'bea', day));
  });
  afterAll(() => store.close());

  test('a page that was told before is told again without its texts being fetched', async () => {
    const first = await search('Observation', 'patient=ada&_sort=-date');
    texts.length = 0;
    expect(bodies(await search('Observation', 'patient=ada&_sort=-date'))).toEqual(bodies(first));
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter((text) => text.includes('body'))).toEqual([]);
  });

  test('an update is told by the next page, and only what is new is fetched', async () => {
    await search('Observation', 'patient=ada&_sort=date&_count=100');
    await put({ ...observation('o1', 'ada', 1), note: [{ text: 'again' }] });
    texts.length = 0;
    const page = await search('Observation', 'patient=ada&_sort=date&_count=100');
    expect(page.matches.map(({ id, versionId }) => `${id}/${versionId}`)).toEqual(['o1/2', 'o3/1', 'o5/1', 'o7/1', 'o9/1']);
    expect(page.matches[0]?.body).toContain('again');
    expect(texts.filter((text) => text.includes('body'))).toHaveLength(1);
  });

  test('what another process wrote is told as well', async () => {
    await search('Observation', 'patient=bea&_count=100');
    await put({ ...observation('o2', 'bea', 2), note: [{ text: 'by another' }] }, plain);
    const page = await search('Observation', 'patient=bea&_count=100');
    expect(page.matches.find(({ id }) => id === 'o2')?.body).toContain('by another');
  });

  test.each([
    ['Observation', 'patient=ada&_include=Observation:subject&_count=100'],
    ['Patient', '_id=ada,bea&_revinclude=Observation:subject'],
    ['Observation', '_sort=-_lastUpdated,code&_count=3'],
    ['Patient', '_id=ada&_revinclude=*&_include:iterate=*'],
  ])('%s?%s is the same with and without, page after page', async (type, text) => {
    for (let round = 0; round < 2; round++) {
      const [known, fetched] = [await search(type, text), await search(type, text, plain)];
      expect(known.matches).toEqual(fetched.matches);
      expect(known.included).toEqual(fetched.included);
      expect(known.next === undefined).toBe(fetched.next === undefined);
    }
  });

  test('includes are followed from what a version says, not from what the one before it said', async () => {
    const included = async (): Promise<string[]> =>
      (await search('Observation', '_id=o4&_include=Observation:subject')).included.map(({ id }) => id);
    expect([await included(), await included()]).toEqual([['bea'], ['bea']]);
    await put(observation('o4', 'ada', 4));
    expect([await included(), await included()]).toEqual([['ada'], ['ada']]);
    await put(observation('o4', 'bea', 4));
    expect(await included()).toEqual(['bea']);
  });

  test('pages behind positions hold each match once', async () => {
    const ids: string[] = [];
    for (let next: string | undefined = ''; next !== undefined; ) {
      const page: SearchPage = await search(
        'Observation',
        `_count=2&code=29463-7${next === '' ? '' : `&_cursor=${encodeURIComponent(next)}`}`,
      );
      ids.push(...page.matches.map(({ id }) => id));
      next = page.next;
    }
    expect(ids).toEqual(['o9', 'o8', 'o7', 'o6', 'o5', 'o4', 'o3', 'o2', 'o1']);
  });

  test('what a transaction sees of itself is not kept: another version may get the number', async () => {
    const cleo = (gender: string): Resource => ({ resourceType: 'Patient', id: 'cleo', gender });
    await put(cleo('female'));
    const looking = repository.commit([{ kind: 'update', type: 'Patient', id: 'cleo', at: '', resource: cleo('male') }], {
      within: async (view) => {
        expect((await search('Patient', '_id=cleo', view)).matches[0]?.body).toContain('"gender":"male"');
        throw new Error('changed my mind');
      },
    });
    await expect(looking).rejects.toThrow('changed my mind');
    await put(cleo('other'));
    expect((await search('Patient', '_id=cleo')).matches[0]?.body).toContain('"gender":"other"');
  });

  test('after a lost connection nothing counts as known', async () => {
    await search('Patient', '_id=ada');
    await store.database
      .run({
        text: 'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
        values: [],
      })
      .catch(() => undefined);
    await new Promise((done) => setTimeout(done, 200));
    texts.length = 0;
    expect((await search('Patient', '_id=ada')).matches).toHaveLength(1);
    expect(texts.some((text) => text.includes('body'))).toBe(true);
  });
});
