/** `_total`: none, an estimate, or the exact number. https://hl7.org/fhir/R4/search.html#total */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { noStatistics } from '../../src/search/plan/statistics.ts';
import { type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;
const resources: Resource[] = Array.from({ length: 60 }, (_, i) => ({
  resourceType: 'Observation',
  id: `o${i}`,
  status: i < 45 ? 'final' : 'amended',
  code: { text: 'x' },
}));

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

test('A total is told when it is asked for, or when the page shows it', async () => {
  expect((await db.search('Observation', 'status=final&_count=10')).total).toBeUndefined();
  expect((await db.search('Observation', 'status=final&_count=10&_total=none')).total).toBeUndefined();
  expect((await db.search('Observation', 'status=final&_count=10&_total=accurate')).total).toBe(45);
  expect((await db.search('Observation', 'status=final&_count=50')).total).toBe(45);
  expect((await db.search('Observation', 'status=final&_count=0')).total).toBe(45);
});

test('An estimate comes from the statistics, is exact where the page shows all, and never less than what is seen', async () => {
  const estimate = (await db.search('Observation', 'status=final&_count=10&_total=estimate')).total ?? 0;
  expect(estimate).toBeGreaterThan(30);
  expect(estimate).toBeLessThan(61);
  expect((await db.search('Observation', 'status=amended&_count=50&_total=estimate')).total).toBe(15);
  const low = { ...noStatistics, tokenRows: () => 1 };
  expect((await db.search('Observation', 'status=final&_count=10&_total=estimate', 'test', low)).total).toBe(11);
});
