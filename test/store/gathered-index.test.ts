/** Entries that are gathered are found like all others, and nothing stays gathered. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Change } from '../../src/repository/change.ts';
import { gatherEntries, restoreIndexes } from '../../src/store/gathered-index.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

let store: TestRepository;

beforeAll(async () => {
  store = await testRepository();
});
afterAll(() => store.close());

const patients = (prefix: string, count: number): Change[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ kind: 'update', type: 'Patient', id: `${prefix}-${i}`, at: '' },
    resource: { resourceType: 'Patient', id: `${prefix}-${i}`, active: true, text: { status: 'generated', div: divOf(`${prefix} ${i}`) } },
  }));
const divOf = (text: string): string => `<div xmlns="http://www.w3.org/1999/xhtml">${text}</div>`;

const sql = <Row extends object>(text: string): Promise<Row[]> => store.database.run<Row>({ text, values: [] });
/** Pages that wait to be put in. */
async function left(): Promise<number> {
  const [row] = await sql<{ pages: string }>(
    `select gin_clean_pending_list('anamnesis.res_toks') + gin_clean_pending_list('anamnesis.txt_vec') as pages`,
  );
  return Number(row?.pages);
}
const options = (): Promise<{ options: string[] | null }[]> =>
  sql(`select reloptions as options from pg_class where relname in ('res_toks', 'txt_vec') order by relname`);
/** By the index alone. */
const active = async (prefix: string): Promise<number> => {
  const [row] = await sql<{ count: number }>(
    `select count(*)::int as count from anamnesis.res r where r.toks @> array[(select toks[1] from anamnesis.res where id = '${prefix}-0')]`,
  );
  return row?.count ?? -1;
};

test('what is gathered is found, and is put in when it has become much, and at the end', async () => {
  const index = await gatherEntries(store.database);
  await store.repository.commit(patients('a', 100), { transaction: true });
  await sql('set enable_seqscan = off');
  expect(await active('a')).toBeGreaterThanOrEqual(100);
  await index.wrote(100);
  await index.end();
  expect(await left()).toBe(0);
  expect(await options()).toEqual([{ options: ['fastupdate=off'] }, { options: ['fastupdate=off'] }]);
});

test('entries are gathered at all', async () => {
  await gatherEntries(store.database);
  await store.repository.commit(patients('g', 100), { transaction: true });
  expect(await left()).toBeGreaterThan(0);
});

test('what a process that was killed left gathering is brought back', async () => {
  await gatherEntries(store.database);
  await store.repository.commit(patients('k', 60), { transaction: true });
  await restoreIndexes(store.database);
  expect(await options()).toEqual([{ options: ['fastupdate=off'] }, { options: ['fastupdate=off'] }]);
  expect(await left()).toBe(0);
});

test('an index that is in use for long is left as it is, and loading goes on without', async () => {
  await restoreIndexes(store.database);
  await store.database.transaction(async (session) => {
    await session.run({ text: `select count(*) from anamnesis.res where toks @> '{1}'`, values: [] });
    const index = await gatherEntries(store.database);
    await index.wrote(100_000);
    await index.end();
  });
  expect(await options()).toEqual([{ options: ['fastupdate=off'] }, { options: ['fastupdate=off'] }]);
});
