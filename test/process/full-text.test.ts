/** FULL_TEXT: whether texts are kept for full-text search, and what becomes of resources when that changes. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { localPrincipal } from '../../src/auth/principal.ts';
import { readConfig } from '../../src/config.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { searchParametersOf } from '../../src/interactions/search-support.ts';
import { createLog } from '../../src/log.ts';
import { parseSearch } from '../../src/search/parse.ts';
import { type OpenServices, openServices } from '../../src/services.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

let database: TestDatabase;
const opened: OpenServices[] = [];
const rebuilt: number[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(async () => {
  for (const each of opened) await each.close();
  await database.drop();
});

/** A process that is started with the setting; the one before has ended. */
async function start(fullText: boolean): Promise<OpenServices> {
  await opened.pop()?.close();
  const config = readConfig({ AUTHORIZATION: 'off', FULL_TEXT: String(fullText) });
  const rebuilding = { begin: (total: number) => void rebuilt.push(total), advance: () => undefined, end: () => undefined };
  const services = await openServices({ config, connection: database.connection, log: createLog('silent'), version: '1', rebuilding });
  opened.push(services);
  return services;
}

const patient = (id: string): Resource => ({ resourceType: 'Patient', id, name: [{ text: `Peculiar ${id}` }] });

async function put(process: OpenServices, resource: Resource): Promise<void> {
  const { repository } = await process.services();
  await repository(localPrincipal).commit([{ kind: 'update', type: 'Patient', id: resource.id as string, resource, at: '' }]);
}

async function found(process: OpenServices): Promise<string[]> {
  const { repository, definitions } = await process.services();
  const options = { strict: true, defaultCount: 20, maxCount: 20, now: new Date() };
  const query = parseSearch(definitions, 'Patient', [['_content', 'peculiar']], options);
  return (await repository(localPrincipal).search(query)).matches.map(({ id }) => id).sort();
}

const texts = async (process: OpenServices): Promise<number> => {
  const [row] = await process.database.run<{ n: string }>({ text: 'select count(*) as n from anamnesis.txt', values: [] });
  return Number(row?.n);
};

test('Switched off, nothing is kept and _content is refused in plain words; switched on again, everything is found', async () => {
  const off = await start(false);
  await put(off, patient('a'));
  expect(await texts(off)).toBe(0);
  await expect(found(off)).rejects.toThrow('full-text search is switched off on this server (FULL_TEXT)');
  const { definitions } = await off.services();
  expect(searchParametersOf(definitions, 'Patient').map(({ code }) => code)).not.toContain('_content');
  const on = await start(true);
  expect(rebuilt).toEqual([1]);
  expect(await found(on)).toEqual(['a']);
  await put(on, patient('b'));
  expect(await found(await start(true))).toEqual(['a', 'b']);
  const again = await start(false);
  await put(again, patient('c'));
  expect(await found(await start(true))).toEqual(['a', 'b', 'c']);
  expect(rebuilt).toEqual([1, 3]);
}, 60_000);
