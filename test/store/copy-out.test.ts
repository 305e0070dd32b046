/** Rows by COPY, on a real database. https://www.postgresql.org/docs/current/sql-copy.html */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openCopySession } from '../../src/store/copy-out.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
}, 60_000);
afterAll(() => database?.drop());

const rows = (count: number): string => `select repeat('x', 1000) || n from generate_series(1, ${count}) n`;
const open = () => openCopySession(database.connection, 'anamnesis: test');

test('every row is handed over once, in order, and the next ones wait for whoever takes them', async () => {
  const session = await open();
  const taken: string[] = [];
  await session.copy(rows(5000), (bytes, start, end) => {
    taken.push(bytes.toString('utf8', start + 1000, end).trim());
    if (taken.length % 1000 !== 0) return undefined;
    return sleep(5);
  });
  await session.close();
  expect(taken).toEqual(Array.from({ length: 5000 }, (_, i) => String(i + 1)));
});

test.each([
  [
    'throws',
    () => {
      throw new Error('no more');
    },
  ],
  ['rejects', () => Promise.reject(new Error('no more'))],
])('whoever takes a row and %s ends the copying with that fault', async (_, take) => {
  const session = await open();
  let count = 0;
  const copying = session.copy(rows(5000), () => (++count === 10 ? take() : undefined));
  await expect(copying).rejects.toThrow('no more');
  await session.close();
});

test('a statement that fails ends the copying with its fault, and the connection goes on', async () => {
  const session = await open();
  await expect(session.copy('select nothing', () => undefined)).rejects.toThrow('nothing');
  expect(await session.run({ text: 'select 1 as one', values: [] })).toEqual([{ one: 1 }]);
  await session.close();
});
