/** What a group of writes comes to when the database fails in the middle of it. */
import { expect, test } from '@jest/globals';
import { unrestricted } from '../../src/auth/unrestricted.ts';
import type { Change } from '../../src/repository/change.ts';
import { createCommitter } from '../../src/repository/commit/committer.ts';
import type { CommitContexts } from '../../src/repository/commit/contexts.ts';
import { knownTexts } from '../../src/repository/commit/known-texts.ts';
import type { Database, Session } from '../../src/store/database.ts';
import type { Statement } from '../../src/store/statement.ts';

const index = { patient: '0', bucket: 0, low: null, high: null, tokens: [], numbers: [], strings: [], references: [] };

const context = {
  schema: 'anamnesis',
  typeCodes: new Map([['Basic', 1]]),
  beginCheck: () => ({ issues: () => [], load: async () => undefined }),
  extract: () => index,
  findLinks: () => [],
  referentialIntegrity: 'off',
  updateCreate: true,
  texts: knownTexts(() => 0),
  now: () => new Date(),
};
const contexts = { current: () => context, renew: async () => context } as unknown as CommitContexts;

/** Counts the writes that reach it and fails each with the given fault. */
function failing(fault: Error): { database: Database; writes: () => number } {
  let writes = 0;
  const run = async <Row extends object>(statement: Statement): Promise<Row[]> => {
    if (statement.text.includes('nextval')) return [{ last: '2048' }] as unknown as Row[];
    writes++;
    throw fault;
  };
  const transaction: Database['transaction'] = (work) => work({ run, finish: async () => run({ text: 'commit', values: [] }) });
  const database = {
    schema: 'anamnesis',
    run,
    transaction,
    frozen: async <T>(work: (session: Session) => Promise<T>): Promise<T> => work({ run }),
    usage: () => ({ total: 0, idle: 0, waiting: 0 }),
    onLost: () => undefined,
    close: async () => undefined,
  };
  return { database, writes: () => writes };
}

const create: Change = { kind: 'create', type: 'Basic', at: '', resource: { resourceType: 'Basic', code: { text: 'x' } } };

test('a connection lost in a group fails its writes and does not send them again: they may have been committed', async () => {
  const { database, writes } = failing(Object.assign(new Error('Connection terminated unexpectedly'), {}));
  const { commit } = createCommitter(database, contexts, () => {
    throw new Error('no view');
  });
  const results = await Promise.allSettled([commit([create], { access: unrestricted }), commit([create], { access: unrestricted })]);
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  // The second write waited for the first group and made a group of its own.
  expect(writes()).toBe(2);
});

test('any other fault of a group runs its writes one by one', async () => {
  const { database, writes } = failing(new Error('a fault of one of them'));
  const { commit } = createCommitter(database, contexts, () => {
    throw new Error('no view');
  });
  await expect(commit([create], { access: unrestricted })).rejects.toThrow('a fault of one of them');
  expect(writes()).toBe(2);
});
