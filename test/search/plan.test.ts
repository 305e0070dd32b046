/** Whatever way a search is run, the answer and its pages are the same. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { noStatistics, type Statistics } from '../../src/search/plan/statistics.ts';
import { type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;

const resources: Resource[] = [
  ...Array.from({ length: 6 }, (_, i) => ({
    resourceType: 'Patient',
    id: `p${i}`,
    gender: i % 2 === 0 ? 'male' : 'female',
    name: [{ family: `Family${i % 3}` }],
    ...(i === 5 ? {} : { birthDate: `19${60 + i}-01-01` }),
  })),
  ...Array.from({ length: 120 }, (_, i) => ({
    resourceType: 'Observation',
    id: `o${i}`,
    status: i % 10 === 0 ? 'amended' : 'final',
    code: { coding: [{ code: `c${i % 7}` }] },
    subject: { reference: `Patient/p${i % 6}` },
    valueQuantity: { value: i, unit: 'kg' },
    ...(i % 11 === 0 ? {} : { effectiveDateTime: `2020-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 5) + 1).padStart(2, '0')}` }),
  })),
];

const nothingIsRare: Partial<Statistics> = {
  tokenRows: () => 5_000_000,
  keyRows: () => 50_000_000,
  dateShare: () => 1,
  updatedShare: () => 1,
};
const allIsRare: Partial<Statistics> = { tokenRows: () => 1, keyRows: () => 1, dateShare: () => 0.0001, updatedShare: () => 0.0001 };
const ways: readonly (readonly [string, Statistics])[] = [
  ['by an index on what is rare', { ...noStatistics, ...allIsRare, allRows: () => 10_000_000, typeRows: () => 5_000_000 }],
  ['in the order of the rows', { ...noStatistics, ...nothingIsRare, allRows: () => 10_000_000, typeRows: () => 5_000_000 }],
  [
    'from sets in memory',
    { ...noStatistics, tokenRows: () => 150_000, keyRows: () => 150_000, allRows: () => 90_000_000, typeRows: () => 50_000_000 },
  ],
  ['as a small database', noStatistics],
];

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

async function allIds(type: string, text: string, statistics: Statistics): Promise<string[]> {
  const found: string[] = [];
  for (let cursor = ''; ; ) {
    const page = await db.search(type, `${text}${cursor}`, 'test', statistics);
    found.push(...page.matches.map(({ id }) => id));
    if (page.next === undefined) return found;
    cursor = `&_cursor=${page.next}`;
  }
}

const observations = resources.filter(({ resourceType }) => resourceType === 'Observation');

describe('A search', () => {
  test.each([
    ['', observations.length],
    ['code=c1', 17],
    ['code=c1&status=final', 16],
    ['code=c1,c2,c3', undefined],
    ['code:not=c1', undefined],
    ['code=c1&date=ge2020-06', undefined],
    ['date=2020-03', undefined],
    ['date:missing=true', 11],
    ['patient=p1&code=c1', undefined],
    ['patient=p1', 20],
    ['subject=Patient/p5&status=final&date=ge2020-05', undefined],
    ['patient=p1&date:missing=true', undefined],
    ['patient.gender=male&code=c1', undefined],
    ['patient.name=family1', undefined],
    ['value-quantity=gt60&status=final', undefined],
    ['_lastUpdated=ge2025&code=c2', undefined],
    ['_id=o1,o2,o3&code=c1', 1],
    ['code=nothing', 0],
  ] as const)('%s has the same answer in the same order, whatever its plan and the size of its pages', async (text, count) => {
    for (const sort of [
      '',
      '&_sort=date',
      '&_sort=-date',
      '&_sort=_lastUpdated',
      '&_sort=-_lastUpdated',
      '&_sort=-date,_id',
      '&_sort=-value-quantity',
      '&_sort=status,-date',
      '&_sort=subject,code',
    ]) {
      const answers = new Set<string>();
      for (const [, statistics] of ways)
        for (const size of [7, 50]) answers.add((await allIds('Observation', `${text}${sort}&_count=${size}`, statistics)).join());
      expect([sort, answers.size]).toEqual([sort, 1]);
      const [ids = ''] = answers;
      const list = ids === '' ? [] : ids.split(',');
      expect(new Set(list).size).toBe(list.length);
      if (count !== undefined) expect(list).toHaveLength(count);
      const totals = new Set<number | undefined>();
      for (const [, statistics] of ways) totals.add((await db.search('Observation', `${text}&_summary=count`, 'test', statistics)).total);
      expect([...totals]).toEqual([list.length]);
    }
  });
});
