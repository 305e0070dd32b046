/** An index of another program version is made anew before anything is served, and old programs are kept from writing into it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { unrestricted } from '../../src/auth/unrestricted.ts';
import { isBuilt, type RebuildProgress, rebuildIndex } from '../../src/jobs/rebuild.ts';
import { createCommitter } from '../../src/repository/commit/committer.ts';
import type { CommitContext } from '../../src/repository/commit/context.ts';
import { hashVersion } from '../../src/search/hash.ts';
import { changeOf, type Node, type Nodes, nodes, quiet, shoe, wearer } from '../support/node.ts';

let all: Nodes;
let node: Node;
let shown: string[];

const progress: RebuildProgress = {
  begin: (total) => shown.push(`begin ${total}`),
  advance: (resources) => shown.push(String(resources)),
  end: () => shown.push('end'),
};
const sql = (text: string) => node.database.run<Record<string, unknown>>({ text, values: [] });
const sum = (): number => shown.reduce((total, one) => total + (Number(one) || 0), 0);
let context: CommitContext;
const rebuild = (by: Node, batch = 500) => rebuildIndex({ ...by.jobs, batch }, quiet, progress);

beforeEach(async () => {
  all = await nodes();
  node = await all.open();
  shown = [];
  await node.put(shoe());
  const list = Array.from({ length: 40 }, (_, i) => wearer(`p${i}`, String(i % 10), { name: [{ family: 'Weber' }] }));
  await node.repository.commit(list.map(changeOf), { transaction: true });
  await node.work();
  expect(await isBuilt(node.database)).toBe(true);
  context = node.jobs.contexts.current();
  // As another version of the program would have left it.
  await sql(`update anamnesis.setting set value = '0' where name = 'hash-version'`);
  await sql(`update anamnesis.setting set value = '0.7' where name = 'index-version'`);
  await sql(`update anamnesis.res set toks = '{1}'`);
  await sql('delete from anamnesis.str');
});
afterEach(() => all.close());

test('It is known not to be built, and searched and written by nobody of this version', async () => {
  expect(await isBuilt(node.database)).toBe(false);
  const fresh = await all.open();
  await expect(fresh.put(wearer('new', '1'))).rejects.toMatchObject({ status: 503 });
  await node.registry.refresh();
  await expect(node.ids('Patient', 'family=weber')).rejects.toMatchObject({ status: 503 });
});

test('It is made anew as a whole, with progress, parameters of clients included', async () => {
  await rebuild(node, 7);
  expect(shown[0]).toBe('begin 41');
  expect(sum()).toBe(41);
  expect(shown.at(-1)).toBe('end');
  expect(await isBuilt(node.database)).toBe(true);
  expect(await node.ids('Patient', 'family=weber&shoe=3')).toHaveLength(4);
  expect(node.registry.current().stamp.split('.')[0]).toBe(String(hashVersion));
});

test('Programs of the other version can write no more from its beginning on', async () => {
  const old = { ...context, stamp: '0.7' };
  const committer = createCommitter(node.database, { current: () => old, renew: async () => old }, () => node.repository);
  await committer.commit([changeOf(wearer('before', '1'))], { access: unrestricted });
  await rebuild(node);
  await expect(committer.commit([changeOf(wearer('after', '1'))], { access: unrestricted })).rejects.toMatchObject({ status: 409 });
  expect(await node.repository.read('Patient', 'after')).toBeUndefined();
});

test('A start that is broken off is followed by one that goes on', async () => {
  const victim = await all.open();
  const broken = rebuildIndex({ ...victim.jobs, batch: 3 }, quiet, progress).catch((error: unknown) => error);
  const done = async (): Promise<number> =>
    Number((await sql('select done from anamnesis.job order by id desc limit 1'))[0]?.['done'] ?? 0);
  while ((await done()) < 6) await sleep(2);
  Object.assign(victim.database, {
    run: async () => Promise.reject(new Error('killed')),
    transaction: async () => Promise.reject(new Error('killed')),
  });
  await broken;
  expect(await isBuilt(node.database)).toBe(false);
  await sql(`update anamnesis.job set leased_until = now() - interval '1 s' where state = 'running'`);
  shown = [];
  await rebuild(node);
  expect(sum()).toBe(41);
  expect(await sql('select count(*)::int as jobs from anamnesis.job')).toEqual([{ jobs: 2 }]);
  expect(await node.ids('Patient', 'family=weber')).toHaveLength(40);
});

test('Two starts at once share it', async () => {
  const other = await all.open();
  await Promise.all([rebuild(node, 5), rebuild(other, 5)]);
  expect(await sql('select count(*)::int as jobs from anamnesis.job')).toEqual([{ jobs: 2 }]);
  expect(await other.ids('Patient', 'family=weber')).toHaveLength(40);
});
