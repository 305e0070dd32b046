/** Texts that resources share: written once, never missed, whoever brings them first. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localPrincipal } from '../../src/auth/principal.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { knownTexts } from '../../src/repository/commit/known-texts.ts';
import { createRepositories } from '../../src/repository/create-repositories.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openRegistry } from '../../src/repository/search-registry.ts';
import { parseSearch } from '../../src/search/parse.ts';
import type { Database } from '../../src/store/database.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

let store: TestRepository;

beforeAll(async () => {
  store = await testRepository();
});
afterAll(() => store.close());

const condition = (text: string, id?: string): Resource => ({
  resourceType: 'Condition',
  code: { text },
  subject: { display: 'x' },
  ...(id === undefined ? {} : { id }),
});

const create = (resource: Resource) => ({ kind: 'create', type: resource.resourceType, resource, at: '' }) as const;
const put = (resource: Resource) => ({ kind: 'update', type: resource.resourceType, id: resource.id as string, resource, at: '' }) as const;

const now = new Date();
async function ids(repository: Repository, text: string): Promise<string[]> {
  const query = parseSearch(definitions, 'Condition', [['_content', text]], { strict: true, defaultCount: 5000, maxCount: 5000, now });
  return (await repository.search(query)).matches.map(({ id }) => id).sort();
}

describe('A resource is found by the words that it has now', () => {
  test('after it was created, changed, changed back, deleted and made again', async () => {
    const { repository } = store;
    const write = (text: string) => repository.commit([put(condition(text, 'c'))]);
    await write('first words');
    expect(await ids(repository, 'first')).toEqual(['c']);
    await write('second words');
    expect(await ids(repository, 'first')).toEqual([]);
    expect(await ids(repository, 'second')).toEqual(['c']);
    await write('first words');
    expect(await ids(repository, 'first')).toEqual(['c']);
    expect(await ids(repository, 'second')).toEqual([]);
    await repository.commit([{ kind: 'delete', type: 'Condition', id: 'c', at: '' }]);
    expect(await ids(repository, 'words')).toEqual([]);
    await write('second words');
    expect(await ids(repository, 'words')).toEqual(['c']);
  });

  test.each(['—', '·', '%'])('and is stored where it has none, such as %s alone', async (text) => {
    const { repository } = store;
    const [result] = await repository.commit([create({ resourceType: 'Basic', code: { text } })]);
    expect(result?.outcome).toBe('created');
  });

  test('when the transaction that brought its text first was rolled back', async () => {
    const { repository } = store;
    const within = async (): Promise<void> => {
      throw new Error('rolled back');
    };
    await expect(repository.commit([create(condition('undone text'))], { within })).rejects.toThrow('rolled back');
    await repository.commit([put(condition('undone text', 'after'))]);
    expect(await ids(repository, 'undone')).toEqual(['after']);
  });

  test('when its text was refused with another resource of the transaction', async () => {
    const { repository } = store;
    const wrong = { ...condition('refused text'), subject: { reference: 'Patient/nobody' } };
    await expect(repository.commit([create(wrong)], { transaction: true })).rejects.toThrow('nobody');
    await repository.commit([put(condition('refused text', 'stands'))]);
    expect(await ids(repository, 'refused')).toEqual(['stands']);
  });

  test('when it was one of many in several statements', async () => {
    const { repository } = store;
    const many = Array.from({ length: 4500 }, (_, i) => create(condition(`crowd number ${i % 3000}`)));
    await repository.commit(many, { transaction: true });
    expect(await ids(repository, '"number 2999"')).toHaveLength(1);
    expect(await ids(repository, '"number 7"')).toHaveLength(2);
    expect(await ids(repository, 'crowd')).toHaveLength(4500);
  });
});

/** Another process on the same database. */
const another = async (database: Database): Promise<Repository> => {
  const registry = await openRegistry(database, definitions);
  const options = { database, registry, now: () => new Date(), updateCreate: true, referentialIntegrity: 'enforce' } as const;
  return (await createRepositories(options)).of(localPrincipal);
};

test('Servers that bring the same texts in other orders at once all succeed', async () => {
  const { repository, database } = store;
  const second = await another(database);
  const texts = Array.from({ length: 2500 }, (_, i) => `rival text ${i}`);
  const commit = (by: Repository, list: readonly string[]) =>
    by.commit(
      list.map((text) => create(condition(text))),
      { transaction: true },
    );
  for (let round = 0; round < 3; round++) {
    const own = texts.map((text) => `${text} round ${round}`);
    const turned = [...own].reverse();
    await Promise.all([
      commit(repository, own),
      commit(second, turned),
      commit(repository, turned.slice(0, 1000)),
      commit(second, own.slice(500)),
    ]);
  }
  const text = "select count(*) as n from anamnesis.txt where vec @@ '''rival'''::tsquery";
  const [row] = await database.run<{ n: string }>({ text, values: [] });
  expect(Number(row?.n)).toBe(3 * 2500);
  expect(await ids(repository, '"rival text 2499 round 2"')).toHaveLength(4);
}, 60_000);

test('A text that stands is not sent again, unless the connection was lost meanwhile', async () => {
  const sent: string[] = [];
  let lost = false;
  const watched: Database = {
    ...store.database,
    run: (statement) => {
      if (lost) return Promise.reject(Object.assign(new Error('Connection terminated'), { code: 'ECONNRESET' }));
      if (statement.name?.startsWith('write-') || statement.name?.startsWith('guarded-')) sent.push(statement.name);
      return store.database.run(statement);
    },
  };
  const repository = await another(watched);
  const write = () => repository.commit([create(condition('told once'))]);
  await write();
  await write();
  expect(sent).toEqual(['write-rvtm-current', 'write-rv-current']);
  lost = true;
  await expect(write()).rejects.toThrow('Connection terminated');
  lost = false;
  await write();
  expect(sent.at(-1)).toBe('write-rvtm-current');
});

describe('What is known of texts', () => {
  test('is bounded, keeps what is new, and is not believed in for long', () => {
    let time = 0;
    const known = knownTexts(() => time);
    for (let i = 0; i < 50_000; i++) known.add(String(i));
    expect(known.has('49999')).toBe(true);
    expect(known.has('30000')).toBe(true);
    expect(known.has('0')).toBe(false);
    time += 16 * 60_000;
    expect(known.has('49999')).toBe(true);
    time += 16 * 60_000;
    expect(known.has('49999')).toBe(false);
  });

  test('is forgotten when it may no longer hold', () => {
    const known = knownTexts(() => 0);
    known.add('1');
    known.forget();
    expect(known.has('1')).toBe(false);
  });
});
