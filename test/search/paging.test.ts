/** Pages while others write, and what a page costs. https://hl7.org/fhir/R4/http.html#paging */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import { compilePage } from '../../src/search/compile/page.ts';
import type { Position } from '../../src/search/order.ts';
import { verifyCursor } from '../../src/search/page.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { noStatistics, type Statistics } from '../../src/search/plan/statistics.ts';
import type { Query } from '../../src/search/query.ts';
import { compartmentScope, type SearchScope } from '../../src/search/scope.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';
import { parse, type SearchDatabase, searchDatabase } from '../support/search.ts';
import { Random } from './generator/random.ts';

const seed = Number(process.env['PAGING_SEED'] ?? 20261125);

const queryOf = (path: string | SearchScope, text: string): Query =>
  parseSearch(definitions, path, [...new URLSearchParams(text)], { strict: true, defaultCount: 20, maxCount: 1000, now: new Date() });

/** Few values and often none, so that most places in an order are shared. */
function observation(random: Random, id: string): Resource {
  const some = <T>(...list: readonly [T, ...T[]]): T => random.of(...list);
  return {
    resourceType: 'Observation',
    id,
    status: some('final', 'amended', 'preliminary'),
    code: { coding: [{ system: 'http://c', code: some('a', 'b', 'c') }] },
    subject: { reference: `Patient/${some('p', 'q')}` },
    ...some({}, { effectiveDateTime: some('2020', '2020-03', '2021-05-01', '2021-05-01T10:00:00Z') }),
    ...some(
      {},
      { valueQuantity: { value: some(1, 2.5, 70), unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } },
      { valueString: some('x', 'Y') },
    ),
  };
}

const update = (resource: Resource): Change => ({ kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource });

const orders = [
  '',
  '_sort=date',
  '_sort=-date',
  '_sort=_lastUpdated',
  '_sort=-_lastUpdated',
  '_sort=-_id',
  '_sort=status',
  '_sort=-code,date',
  '_sort=value-quantity',
  '_sort=-value-quantity,_id',
  '_sort=value-string,-date',
  '_sort=-subject,status',
];

describe('Pages while others write', () => {
  let store: TestRepository;
  beforeAll(async () => {
    store = await testRepository({ referentialIntegrity: 'off' });
  });
  afterAll(() => store.close());

  const still = Array.from({ length: 40 }, (_, i) => `still-${i}`);
  const moving = Array.from({ length: 30 }, (_, i) => `moving-${i}`);

  const write = async (random: Random): Promise<void> => {
    const id = random.maybe(moving) ?? '';
    const change: Change = random.next() < 0.3 ? { kind: 'delete', type: 'Observation', id, at: '' } : update(observation(random, id));
    await store.repository.commit([change]);
    if (random.next() < 0.5) await store.repository.commit([update(observation(random, `new-${random.below(1e9)}`))]);
  };

  // A resource that existed and did not change during the paging appears exactly once.
  test.each(orders)('show each resource that did not change exactly once, in the order "%s"', async (order) => {
    const random = new Random(seed + orders.indexOf(order));
    await store.repository.commit([...still, ...moving].map((id) => update(observation(random, id))));
    for (const [scope, filter] of [
      ['Observation', ''],
      ['Observation', 'code=a,b'],
      [compartmentScope(definitions, 'Patient', 'p', 'Observation'), ''],
    ] as const) {
      const text = [order, filter, `_count=${3 + random.below(9)}`].filter((each) => each !== '').join('&');
      const before = (await store.repository.search(queryOf(scope, [filter, '_count=1000'].join('&')))).matches;
      const expected = before.map(({ id }) => id).filter((id) => id.startsWith('still-'));
      const seen: string[] = [];
      for (let cursor = '', pages = 0; ; pages++) {
        // In some orders what is new comes last: a paging that is never left alone need not end.
        const writes = pages < 15 ? [write(random), write(random)] : [];
        const [page] = await Promise.all([store.repository.search(queryOf(scope, text + cursor)), ...writes]);
        seen.push(...page.matches.map(({ id }) => id));
        if (writes.length > 0) await write(random);
        if (page.next === undefined) break;
        cursor = `&_cursor=${page.next}`;
      }
      expect(seen.filter((id) => id.startsWith('still-')).sort()).toEqual([...expected].sort());
    }
  });

  test('are not opened by the link of another compartment', async () => {
    const of = (id: string) => compartmentScope(definitions, 'Patient', id, 'Observation');
    const { next = '' } = await store.repository.search(queryOf(of('p'), '_count=1'));
    expect((await store.repository.search(queryOf(of('p'), `_count=1&_cursor=${next}`))).matches).toHaveLength(1);
    for (const scope of [of('q'), 'Observation'])
      await expect(store.repository.search(queryOf(scope, `_count=1&_cursor=${next}`))).rejects.toMatchObject({ status: 400 });
  });

  test('are not opened by a link in which any character was changed', async () => {
    const { next = '' } = await store.repository.search(queryOf('Observation', '_count=1&_sort=-date'));
    for (let at = 0; at < next.length; at++) {
      const letter = next[at] === 'A' ? 'Q' : 'A';
      const forged = `${next.slice(0, at)}${letter}${next.slice(at + 1)}`;
      await expect(store.repository.search(queryOf('Observation', `_count=1&_sort=-date&_cursor=${forged}`))).rejects.toMatchObject({
        status: 400,
      });
    }
  });
});

const many = 6_000;

/** As the statistics of a large database would be, so that the plans of one are taken. */
const large: Statistics = {
  ...noStatistics,
  allRows: () => 1_000_000,
  typeRows: () => 500_000,
  tokenRows: () => 250_000,
  keyRows: () => 400_000,
};

interface PlanNode {
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
}

describe('A deep page', () => {
  let db: SearchDatabase;
  beforeAll(async () => {
    db = await searchDatabase();
    const day = (i: number): string => new Date(Date.UTC(2000, 0, 1 + ((i * 7919) % many))).toISOString().slice(0, 10);
    await db.load(
      Array.from({ length: many }, (_, i) => ({
        ...{ resourceType: 'Observation', id: `o${i}`, status: i % 2 === 0 ? 'final' : 'amended', code: { text: 'x' } },
        effectiveDateTime: day(i),
        valueQuantity: { value: i % 97 },
      })),
    );
  }, 60_000);
  afterAll(() => db.close());

  /** Blocks that PostgreSQL touches for the page behind the position. */
  async function blocksOf(query: Query, position: Position | undefined): Promise<number> {
    let blocks = 0;
    for (const { statement, partial } of compilePage(
      { schema: 'anamnesis', typeCodes: db.typeCodes, statistics: () => large },
      query,
      position,
    )) {
      const { text, values } = statement();
      const rows = await db.database.run({ text, values });
      const [plan] = await db.database.run<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>({
        text: `explain (analyze, buffers, format json) ${text}`,
        values,
      });
      const top = plan?.['QUERY PLAN'][0]?.Plan;
      blocks += (top?.['Shared Hit Blocks'] ?? 0) + (top?.['Shared Read Blocks'] ?? 0);
      if (!partial || rows.length > query.count) break;
    }
    return blocks;
  }

  test.each([
    '',
    'status=final',
    'status=final&_sort=date',
    '_sort=-_lastUpdated',
    'status=final&_sort=-_lastUpdated',
    '_sort=value-quantity',
  ])('of "%s" costs what the first one costs', async (text) => {
    const query = parse('Observation', `${text}&_count=20`);
    let position: Position | undefined;
    const first = await blocksOf(query, undefined);
    const step = parse('Observation', `${text}&_count=900`);
    for (let next: string | undefined, i = 0; i < (text.includes('final') ? 3 : 6); i++) {
      const page = await db.search('Observation', `${text}&_count=900${next === undefined ? '' : `&_cursor=${next}`}`);
      next = page.next;
      position = verifyCursor({ secret: 'secret', principalId: 'test', query: step }, next ?? '');
    }
    expect(await blocksOf(query, position)).toBeLessThanOrEqual(first * 1.5 + 50);
  });
});
