/** Rows of contained resources come, change and go with what contains them, and nothing else sees them. https://hl7.org/fhir/R4/search.html#contained */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { localPrincipal } from '../../src/auth/principal.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { createRepositories, type Repositories, type RepositoryOptions } from '../../src/repository/create-repositories.ts';
import { reindexRows } from '../../src/repository/reindex.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { openRegistry } from '../../src/repository/search-registry.ts';
import { parseSearch } from '../../src/search/parse.ts';
import type { Database } from '../../src/store/database.ts';
import { type ReindexRow, reindexPage, reindexTotal } from '../../src/store/statement/reindex.ts';
import { versionsOn } from '../support/everything.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

let store: TestRepository;
let repository: Repository;

beforeAll(async () => {
  store = await testRepository();
  repository = store.repository;
  await put({ resourceType: 'Patient', id: 'eve' });
});
afterAll(() => store.close());

const put = (resource: Resource, by = repository) =>
  by.commit([{ kind: 'update', type: resource.resourceType, id: resource.id as string, resource, at: '' }]);

const request = (id: string, ...contained: Resource[]): Resource => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'active',
  intent: 'order',
  subject: { reference: 'Patient/eve' },
  ...(contained.length === 0
    ? { medicationCodeableConcept: { text: 'x' } }
    : {
        contained,
        medicationReference: { reference: `#${contained[0]?.id}` },
        supportingInformation: contained.map(({ id: inner }) => ({ reference: `#${inner}` })),
      }),
});

const medication = (id: string, code: string): Resource => ({
  resourceType: 'Medication',
  id,
  code: { coding: [{ code }], text: `Text of ${code}` },
});

async function ids(type: string, text: string, by = repository): Promise<string[]> {
  const query = parseSearch(definitions, type, [...new URLSearchParams(text)], {
    strict: true,
    defaultCount: 100,
    maxCount: 100,
    now: new Date(),
  });
  return (await by.search(query)).matches.map(({ id }) => id).sort();
}

const rowsOf = async (text: string): Promise<number> => {
  const [row] = await store.database.run<{ n: string }>({ text: `select count(*) as n from anamnesis.${text}`, values: [] });
  return Number(row?.n);
};

describe('What a resource contains is found', () => {
  const within = (text: string) => ids('Medication', `${text}&_contained=true&_containedType=contained`);
  const chained = (text: string) => ids('MedicationRequest', `medication.${text}`);

  test('as it is now: after a change, without a change, after a deletion, and when it is back', async () => {
    await put(request('r', medication('m1', 'first'), medication('m2', 'both')));
    expect([await within('code=first'), await chained('code=first')]).toEqual([['m1'], ['r']]);
    await put(request('r', medication('m1', 'second'), medication('m2', 'both')));
    expect([await within('code=first'), await chained('code=first')]).toEqual([[], []]);
    expect([await within('code=second'), await within('code=both'), await within('code:text=text of s')]).toEqual([['m1'], ['m2'], ['m1']]);
    await put(request('r', medication('m1', 'second'), medication('m2', 'both')));
    expect(await within('code=both,second')).toEqual(['m1', 'm2']);
    await put(request('r'));
    expect([await within('code=both,second'), await chained('code=both')]).toEqual([[], []]);
    expect(await rowsOf('res where rid < 0')).toBe(0);
    await put(request('r', medication('m3', 'third')));
    await repository.commit([{ kind: 'delete', type: 'MedicationRequest', id: 'r', at: '' }]);
    expect([await within('code=third'), await rowsOf('res where rid < 0'), await rowsOf('num where rid < 0')]).toEqual([[], 0, 0]);
    await put(request('r', medication('m3', 'third')));
    expect(await within('code=third')).toEqual(['m3']);
  });

  test('after a patch brought it', async () => {
    await put(request('patched'));
    const apply = (resource: Resource): Resource => ({
      ...resource,
      contained: [medication('new', 'patched')],
      supportingInformation: [{ reference: '#new' }],
    });
    await repository.commit([{ kind: 'patch', type: 'MedicationRequest', id: 'patched', apply, at: '' }]);
    expect(await within('code=patched')).toEqual(['new']);
  });

  test('in a transaction, and by the criteria of a conditional interaction', async () => {
    const create = (resource: Resource) => ({ kind: 'create', type: resource.resourceType, resource, at: '' }) as const;
    const { id: _, ...made } = request('', medication('t', 'together'));
    const [result] = await repository.commit([create(made), create({ resourceType: 'Basic', code: { text: 'x' } })], { transaction: true });
    const id = result?.version?.id ?? '';
    expect(await chained('code=together')).toEqual([id]);
    const again = await repository.commit([{ ...create(made), ifNoneExist: 'medication.code=together' }]);
    expect(again[0]?.outcome).toBe('existing');
    await expect(repository.commit([{ ...create(made), ifNoneExist: 'code=x&_contained=true' }])).rejects.toThrow('shapes a result');
  });

  test('by another process that has never seen its type contained', async () => {
    const second = await another();
    expect(await ids('Encounter', 'practitioner.name=x', second.of(localPrincipal))).toEqual([]);
    await put({
      resourceType: 'Encounter',
      id: 'e',
      status: 'finished',
      class: { code: 'AMB' },
      contained: [{ resourceType: 'Practitioner', id: 'p', name: [{ family: 'Watson' }] }],
      participant: [{ individual: { reference: '#p' } }],
    });
    expect(await ids('Encounter', 'practitioner.name=watson')).toEqual(['e']);
    time += 1500;
    expect(await ids('Encounter', 'practitioner.name=watson', second.of(localPrincipal))).toEqual(['e']);
  });
});

let time = 0;
const another = async (): Promise<Repositories> => {
  const { database } = store;
  const options: RepositoryOptions = {
    database,
    registry: await openRegistry(database, definitions),
    now: () => new Date(Date.now() + time),
    updateCreate: true,
    referentialIntegrity: 'enforce',
  };
  return createRepositories(options);
};

describe('Contained resources are seen by nothing that looks for resources:', () => {
  beforeAll(() => put(request('container', medication('inside', 'hidden'))));

  test('searches, reads and deletions', async () => {
    expect(await ids('Medication', 'code=hidden')).toEqual([]);
    expect(await repository.read('Medication', 'inside')).toBeUndefined();
    expect(await repository.commit([{ kind: 'delete', type: 'Medication', id: 'inside', at: '' }])).toMatchObject([{ outcome: 'absent' }]);
  });

  test('history', async () => {
    const { versions } = await repository.history({}, { count: 1000 });
    expect(versions.filter(({ id }) => id === 'inside')).toEqual([]);
    expect(versions.some(({ id }) => id === 'container')).toBe(true);
  });

  test('$everything', async () => {
    const page = await repository.everything({ type: 'Patient', id: 'eve' }, { count: 1000 });
    const found = page === undefined ? [] : (await versionsOn(page)).map((version) => version.split('/')[1]);
    expect(found).toContain('container');
    expect(found).not.toContain('inside');
  });

  test('a patient is not held by what others contain, but by what they are', async () => {
    await put({ resourceType: 'Patient', id: 'held' });
    const contained: Resource = {
      resourceType: 'Observation',
      id: 'o',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: 'Patient/held' },
    };
    await put({
      resourceType: 'Basic',
      id: 'holder',
      code: { text: 'x' },
      contained: [contained],
      extension: [{ url: 'urn:x', valueReference: { reference: '#o' } }],
    });
    const remove = (type: string, id: string) => repository.commit([{ kind: 'delete', type, id, at: '' }]);
    await expect(remove('Patient', 'held')).rejects.toThrow('still referred to');
    await remove('Basic', 'holder');
    expect(await remove('Patient', 'held')).toMatchObject([{ outcome: 'deleted' }]);
  });
});

describe('The index is made anew', () => {
  const reindex = async (database: Database): Promise<void> => {
    const { contexts, typeCodes, typeNames } = await another();
    const range = { after: '0', upTo: '1000000000', rows: 1000, bytes: 1_000_000_000 };
    const rows = await database.run<ReindexRow>(reindexPage('anamnesis', range));
    await reindexRows(
      { database, contexts, typeCodes, typeNames },
      rows.filter(({ del }) => !del),
    );
  };

  test('with what is contained, and counts resources only', async () => {
    const { database } = store;
    const before = await rowsOf('res where rid < 0');
    expect(before).toBeGreaterThan(3);
    const [total] = await database.run<{ rows: string }>(reindexTotal('anamnesis', undefined));
    expect(Number(total?.rows)).toBe((await rowsOf('res')) - before);
    await database.run({ text: "update anamnesis.res set toks = '{}' where rid < 0 and id = 'inside'", values: [] });
    expect(await ids('Medication', 'code=hidden&_contained=true')).toEqual([]);
    await database.run({ text: "delete from anamnesis.res where rid < 0 and id = 'inside'", values: [] });
    await reindex(database);
    expect(await ids('Medication', 'code=hidden&_contained=true')).toEqual(['container']);
    await reindex(database);
    expect(await rowsOf('res where rid < 0')).toBe(before);
  });
});
