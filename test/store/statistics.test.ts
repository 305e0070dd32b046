/** What the plan chooser learns of the data from PostgreSQL's own statistics. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import { hash64 } from '../../src/search/hash.ts';
import { anySystem, parameterText } from '../../src/search/index-text.ts';
import { noStatistics } from '../../src/search/plan/statistics.ts';
import { keepStatistics } from '../../src/store/statistics.ts';
import { type SearchDatabase, searchDatabase } from '../support/search.ts';

let db: SearchDatabase;
const resources: Resource[] = [
  ...Array.from({ length: 40 }, (_, i) => ({
    resourceType: 'Patient',
    id: `p${i}`,
    gender: i < 10 ? 'male' : 'female',
    name: [{ family: `F${i}` }],
  })),
  ...Array.from({ length: 160 }, (_, i) => ({
    resourceType: 'Observation',
    id: `o${i}`,
    status: 'final',
    code: { coding: [{ code: i < 8 ? 'rare' : 'common' }] },
    valueQuantity: { value: i },
    effectiveDateTime: `20${String(10 + Math.floor(i / 16)).padStart(2, '0')}-05-05`,
  })),
];

beforeAll(async () => {
  db = await searchDatabase();
  await db.load(resources);
});
afterAll(() => db.close());

test('Statistics tell rows of types, tokens and keys, and shares of time', async () => {
  const statistics = (await keepStatistics(db.database, 'anamnesis', db.typeCodes, noStatistics))();
  const token = (type: string, code: string, value: string): number =>
    statistics.tokenRows(hash64(anySystem(parameterText(type, code), value)));
  expect(statistics.allRows()).toBe(200);
  expect(statistics.typeRows('Observation')).toBeCloseTo(160);
  expect(statistics.typeRows('Patient')).toBeCloseTo(40);
  expect(token('Patient', 'gender', 'male')).toBeCloseTo(10);
  expect(token('Observation', 'code', 'common')).toBeCloseTo(152);
  expect(token('Observation', 'code', 'rare')).toBeCloseTo(8);
  expect(token('Observation', 'code', 'unheard of')).toBeLessThan(8);
  expect(statistics.keyRows('num', hash64(parameterText('Observation', 'value-quantity')))).toBeGreaterThan(100);
  const share = statistics.dateShare(Date.UTC(2012, 0, 1), Date.UTC(2014, 0, 1));
  expect(share).toBeGreaterThan(0.1);
  expect(share).toBeLessThan(0.3);
  expect(statistics.updatedShare(Date.UTC(1990, 0, 1), Date.UTC(2100, 0, 1))).toBeCloseTo(1);
});

test('Statistics of tables that were never analysed are the given ones', async () => {
  const empty = await searchDatabase();
  expect((await keepStatistics(empty.database, 'anamnesis', empty.typeCodes, noStatistics))().typeRows('Patient')).toBe(
    noStatistics.typeRows('Patient'),
  );
  await empty.close();
});
