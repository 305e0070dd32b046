/** A record is told as it was at one moment, however many pages it takes and whatever is written meanwhile. */

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Change } from '../../src/repository/change.ts';
import type { EverythingOptions, Repository } from '../../src/repository/repository.ts';
import { patientAccess } from '../support/access.ts';
import { complete, page, put, to, told, toldPages, versionsOn } from '../support/everything.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

let fixture: TestRepository;
let repository: Repository;
const subject = { type: 'Patient', id: 'p' } as const;

beforeAll(async () => {
  fixture = await testRepository({ referentialIntegrity: 'off' });
});
beforeEach(async () => {
  const tables = ['res', 'ver', 'num', 'str', 'everything_list'].map((name) => `anamnesis.${name}`).join(', ');
  await fixture.database.run({ text: `truncate ${tables}`, values: [] });
  repository = fixture.repository;
  await put(repository, [
    { resourceType: 'Patient', id: 'p', managingOrganization: to('Organization/ward') },
    ...['a', 'b', 'c', 'd', 'e'].map((id) => ({ resourceType: 'Observation', id, subject: to('Patient/p') })),
    { resourceType: 'Observation', id: 'z', subject: to('Patient/q') },
    { resourceType: 'Organization', id: 'ward' },
    { resourceType: 'Provenance', id: 'v', target: [to('Organization/ward')] },
  ]);
});
afterAll(() => fixture.close());

const observation = (id: string, patient: string) => complete({ resourceType: 'Observation', id, subject: to(patient) });
const update = (id: string, patient: string): Change => ({
  kind: 'update',
  type: 'Observation',
  id,
  at: '',
  resource: observation(id, patient),
});
const before = [
  'Patient/p/1',
  'Observation/a/1',
  'Observation/b/1',
  'Observation/c/1',
  'Observation/d/1',
  'Observation/e/1',
  'Organization/ward/1',
  'Provenance/v/1',
];

/** All versions, with something happening after the first page. */
async function pagesWith(options: EverythingOptions, happening: () => Promise<unknown>): Promise<string[]> {
  const first = await page(repository, subject, options);
  const found = await versionsOn(first);
  await happening();
  for (let after = first.next(); after !== undefined; ) {
    const next = await page(repository, subject, { ...options, after });
    found.push(...(await versionsOn(next)));
    after = next.next();
  }
  return found;
}

describe('What changes between two pages is told as it was at the first', () => {
  const happenings: [string, () => Promise<unknown>][] = [
    ['nothing', async () => undefined],
    ['a change', () => repository.commit([update('e', 'Patient/p')])],
    ['a deletion', () => repository.commit([{ kind: 'delete', type: 'Observation', id: 'e', at: '' }])],
    ['a move into the record of another', () => repository.commit([update('e', 'Patient/q')])],
    ['a move from there into this one', () => repository.commit([update('z', 'Patient/p')])],
    ['a new resource', () => repository.commit([update('new', 'Patient/p')])],
    [
      'the end of a reference to what is outside',
      () => repository.commit([{ kind: 'update', type: 'Patient', id: 'p', at: '', resource: { resourceType: 'Patient', id: 'p' } }]),
    ],
    ['the deletion of a Provenance', () => repository.commit([{ kind: 'delete', type: 'Provenance', id: 'v', at: '' }])],
    [
      'the deletion of all',
      async () => {
        for (const [type, id] of before.map((name) => name.split('/')))
          await repository.commit([{ kind: 'delete', type: type ?? '', id: id ?? '', at: '' }]);
      },
    ],
  ];
  test.each(happenings)('%s', async (_name, happening) => {
    expect(await pagesWith({ count: 2 }, happening)).toEqual(before);
  });

  test('also for a page that is asked for twice', async () => {
    const after = (await page(repository, subject, { count: 3 })).next() as string;
    const once = await versionsOn(await page(repository, subject, { count: 3, after }));
    await repository.commit([update('c', 'Patient/p')]);
    expect(await versionsOn(await page(repository, subject, { count: 3, after }))).toEqual(once);
    expect(once).toEqual(before.slice(3, 6));
  });

  test('and an answer in one goes on with the versions of its beginning', async () => {
    const whole = await page(repository, subject, {});
    await repository.commit([update('e', 'Patient/q')]);
    await repository.commit([update('new', 'Patient/p')]);
    expect(await versionsOn(whole)).toEqual(before);
    expect((await told(repository, subject, {})).length).toBe(before.length);
  });
});

describe('Pages', () => {
  test('are full up to the last, and tell how many there are on all of them', async () => {
    const sizes = async (count: number) => (await toldPages(repository, subject, { count })).map(({ length }) => length);
    expect(await Promise.all([1, 3, 4, 7, 8, 9].map(sizes))).toEqual([[1, 1, 1, 1, 1, 1, 1, 1], [3, 3, 2], [4, 4], [7, 1], [8], [8]]);
    const first = await page(repository, subject, { count: 3 });
    expect([first.total?.(), (await page(repository, subject, { count: 3, after: first.next() ?? '' })).total?.()]).toEqual([8, 8]);
  });

  test('are for the caller, the patient and the question of the first', async () => {
    const after = (await page(repository, subject, { count: 2, since: '2020-01-01T00:00:00.000Z' })).next() as string;
    const since = '2020-01-01T00:00:00.000Z';
    const refused = { status: 400, message: expect.stringContaining('belongs to another question or caller') };
    expect(await versionsOn(await page(repository, subject, { count: 5, since, after }))).toHaveLength(5);
    await expect(repository.everything(subject, { count: 2, after })).rejects.toMatchObject(refused);
    await expect(repository.everything(subject, { count: 2, since, after, types: ['Observation'] })).rejects.toMatchObject(refused);
    await expect(repository.everything({ type: 'Patient', id: 'q' }, { count: 2, since, after })).rejects.toMatchObject(refused);
    await expect(fixture.under(patientAccess('p')).everything(subject, { count: 2, since, after })).rejects.toMatchObject(refused);
  });

  test.each(['', '%', 'YQ', 'WyJ4Iiwy', 'WyJ4Iiwy.AAAAAAAAAAAAAAAAAAAAAA', 'null.null', 'a.b.c', '~'.repeat(10_000)])(
    'are not told for the damaged link "%.20s"',
    async (after) => {
      await expect(repository.everything(subject, { count: 2, after })).rejects.toMatchObject({ status: 400 });
    },
  );

  test('are kept for a day', async () => {
    const after = (await page(repository, subject, { count: 2 })).next() as string;
    await fixture.database.run({ text: `update anamnesis.everything_list set expires = now() - interval '1 second'`, values: [] });
    await expect(repository.everything(subject, { count: 2, after })).rejects.toMatchObject({
      status: 410,
      message: expect.stringContaining('start again'),
    });
    await page(repository, subject, { count: 2 });
    const kept = await fixture.database.run<{ n: number }>({
      text: 'select count(*)::int as n from anamnesis.everything_list',
      values: [],
    });
    expect(kept).toEqual([{ n: 1 }]);
  });

  test('show what the caller may see by the time of each page', async () => {
    let types = ['Patient', 'Observation'];
    const asked = () => fixture.under({ ...patientAccess('p', 'rs', types), key: 'same' }, 'same');
    const first = await page(asked(), subject, { count: 3 });
    expect(await versionsOn(first)).toEqual(before.slice(0, 3));
    types = ['Patient'];
    expect(await versionsOn(await page(asked(), subject, { count: 3, after: first.next() ?? '' }))).toEqual([]);
  });
});

describe('The certificate', () => {
  const digestOf = (versions: readonly string[]): string =>
    createHash('sha256')
      .update([...versions].sort().join('\n'))
      .digest('hex');

  /** Counted by SQL alone, as the snapshot sees it: the compartment (docs/record.md), and what is around it in this test. */
  async function counted(snapshot: string) {
    const text = `
      with seen as (
        select distinct on (v.rid) v.rid, v.ver, v.body is null as gone from anamnesis.ver v
        where pg_visible_in_snapshot(v.xmin::text::xid8, $2::pg_snapshot) order by v.rid, v.ver desc)
      select t.name || '/' || r.id || '/' || s.ver as line from seen s
      join anamnesis.res r using (rid) join anamnesis.type_code t on t.tc = r.tc
      join anamnesis.res p on p.id = $1 and p.tc = (select tc from anamnesis.type_code where name = 'Patient')
      where not s.gone and (r.pat = p.self or r.toks @> array[p.self] or r.id in ('ward', 'v'))`;
    return (await fixture.database.run<{ line: string }>({ text, values: ['p', snapshot] })).map(({ line }) => line);
  }

  test('counts by type, names the snapshot, and has the digest of all versions, as SQL counts them', async () => {
    const whole = await page(repository, subject, { certificate: true });
    const versions = await versionsOn(whole);
    expect(whole.certificate?.()).toEqual({
      snapshot: expect.stringMatching(/^\d+:\d+:[\d,]*$/),
      total: 8,
      counts: [
        ['Observation', 5],
        ['Organization', 1],
        ['Patient', 1],
        ['Provenance', 1],
      ],
      digest: digestOf(before),
    });
    await repository.commit([update('new', 'Patient/p')]);
    await repository.commit([
      { kind: 'patch', type: 'Observation', id: 'a', at: '', apply: (resource) => ({ ...resource, status: 'amended' }) },
    ]);
    expect((await counted(whole.certificate?.()?.snapshot ?? '')).sort()).toEqual([...before].sort());
    expect(digestOf(versions)).toBe(whole.certificate?.()?.digest);
  });

  test('changes with every version', async () => {
    const certificate = async () => {
      const whole = await page(repository, subject, { certificate: true });
      await versionsOn(whole);
      return whole.certificate?.()?.digest;
    };
    const first = await certificate();
    expect(await certificate()).toBe(first);
    await repository.commit([
      { kind: 'patch', type: 'Observation', id: 'a', at: '', apply: (resource) => ({ ...resource, status: 'amended' }) },
    ]);
    expect(await certificate()).not.toBe(first);
  });

  test('stands on the last of several pages and is of all, as they were at the first', async () => {
    const options = { count: 3, certificate: true };
    const whole = await page(repository, subject, { certificate: true });
    await versionsOn(whole);
    const first = await page(repository, subject, options);
    await repository.commit([update('e', 'Patient/q')]);
    const second = await page(repository, subject, { ...options, after: first.next() ?? '' });
    const last = await page(repository, subject, { ...options, after: second.next() ?? '' });
    expect([first, second].map((one) => one.certificate?.())).toEqual([undefined, undefined]);
    expect(last.certificate?.()).toEqual({ ...whole.certificate?.(), snapshot: expect.any(String) });
  });

  test('is of what is told: of some types, or of what the caller may see', async () => {
    const some = await page(repository, subject, { certificate: true, types: ['Organization'] });
    await versionsOn(some);
    expect(some.certificate?.()).toMatchObject({ total: 1, counts: [['Organization', 1]], digest: digestOf(['Organization/ward/1']) });
    const limited = await page(fixture.under(patientAccess('p', 'rs', ['Observation', 'Patient'])), subject, { certificate: true });
    const versions = await versionsOn(limited);
    expect(limited.certificate?.()).toMatchObject({ total: 7, digest: digestOf(versions) });
  });
});
