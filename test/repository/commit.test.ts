/** Commits on a real database: versions, conditions, integrity, and what must never be lost. https://hl7.org/fhir/R4/http.html */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parseJson } from '../../src/fhir/json.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

let fixture: TestRepository;
let repository: Repository;

beforeAll(async () => {
  fixture = await testRepository();
  repository = fixture.repository;
});
afterAll(() => fixture.close());

const patient = (more: object = {}): Resource => ({ resourceType: 'Patient', name: [{ family: 'Weber' }], ...more });
const create = (resource: Resource, more: object = {}): Change => ({
  kind: 'create',
  type: resource.resourceType,
  at: '',
  resource,
  ...more,
});
const update = (resource: Resource, more: object = {}): Change => ({
  kind: 'update',
  type: resource.resourceType,
  at: '',
  resource,
  ...(resource.id === undefined ? {} : { id: resource.id }),
  ...more,
});
const remove = (type: string, id: string, more: object = {}): Change => ({ kind: 'delete', type, at: '', id, ...more });
const one = async (change: Change) => {
  const [result] = await repository.commit([change]);
  if (!result) throw new Error('no result');
  return result;
};
const created = async (resource: Resource): Promise<string> => (await one(create(resource))).version?.id ?? '';
const observation = (patientId: string, more: object = {}): Resource => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  subject: { reference: `Patient/${patientId}` },
  ...more,
});

describe('Resources that are written together', () => {
  test('stand together by type and by what they begin with, so that a search of one code reads few pages; the answer keeps their order', async () => {
    const id = await created(patient());
    const coded = (code: string): Change => create(observation(id, { code: { coding: [{ system: 'urn:order', code }] } }));
    const changes = ['b', 'a', 'b', 'a', 'b', 'a'].flatMap((code) => [coded(code), create(patient())]);
    const results = await repository.commit(changes);
    expect(results.map(({ version }) => version?.type)).toEqual(changes.map(({ type }) => type));
    const rows = await fixture.database.run<{ at: string }>({
      text: `select coalesce(v.body::text like '%"code":"a"%', false)::text || t.name as at from anamnesis.res r join anamnesis.ver v using (rid, ver, sk)
        join anamnesis.type_code t on t.tc = r.tc where r.id = any($1::text[]) order by r.ctid`,
      values: [results.map(({ version }) => version?.id)],
    });
    const runs = rows.filter(({ at }, i) => at !== rows[i - 1]?.at);
    expect(rows).toHaveLength(12);
    expect(runs).toHaveLength(3);
  });
});

describe('A create', () => {
  test('makes version 1 with an id, a version and a time, and is read back as it was sent', async () => {
    const { outcome, version } = await one(create(patient({ birthDate: '1960-02-29' })));
    expect(outcome).toBe('created');
    const stored = await repository.read('Patient', version?.id ?? '');
    expect(stored).toEqual(version);
    expect(JSON.parse(stored?.body ?? '')).toEqual({
      resourceType: 'Patient',
      id: version?.id,
      meta: { versionId: '1', lastUpdated: version?.lastUpdated },
      name: [{ family: 'Weber' }],
      birthDate: '1960-02-29',
    });
  });

  test("keeps the digits of decimals, and profiles and tags of meta, while version and time are the server's", async () => {
    const text =
      '{"resourceType":"Observation","status":"final","code":{"text":"x"},"meta":{"versionId":"77","lastUpdated":"1999-01-01T00:00:00Z","tag":[{"code":"t"}]},"valueQuantity":{"value":1.50}}';
    const { version } = await one(create(parseJson(text) as Resource));
    expect(version?.body).toContain('"value":1.50}');
    const meta = JSON.parse(version?.body ?? '').meta;
    expect(meta).toEqual({ versionId: '1', lastUpdated: version?.lastUpdated, tag: [{ code: 't' }] });
  });

  test('with a reference to nothing is refused and leaves nothing behind', async () => {
    await expect(one(create(observation('nobody')))).rejects.toMatchObject({ status: 422 });
  });

  test('that breaks the structure is refused with every issue at once', async () => {
    const bad = { resourceType: 'Patient', birthDate: '2020-02-30', nme: [] } as Resource;
    await expect(one(create(bad))).rejects.toMatchObject({ status: 422, issues: [expect.anything(), expect.anything()] });
  });
});

describe('An update', () => {
  test('counts versions up, and one that changes nothing makes no version', async () => {
    const id = await created(patient());
    const second = await one(update(patient({ id, active: true })));
    expect(second).toMatchObject({ outcome: 'updated', version: { versionId: '2' } });
    const same = await one(update(patient({ id, active: true, meta: { versionId: '1' } })));
    expect(same).toMatchObject({ outcome: 'unchanged', version: { versionId: '2' } });
    expect((await repository.history({ type: 'Patient', id }, { count: 10 })).versions).toHaveLength(2);
  });

  test('with an unknown client id creates under that id', async () => {
    expect(await one(update(patient({ id: 'chosen-by-client' })))).toMatchObject({
      outcome: 'created',
      version: { id: 'chosen-by-client', versionId: '1' },
    });
  });

  test('with If-Match of another version is refused with 412, and with the current one succeeds', async () => {
    const id = await created(patient());
    await expect(one(update(patient({ id, active: true }), { ifMatch: '2' }))).rejects.toMatchObject({ status: 412 });
    expect(await one(update(patient({ id, active: true }), { ifMatch: '1' }))).toMatchObject({ outcome: 'updated' });
  });

  test('moves the index rows: what no longer holds is gone from the index', async () => {
    const id = await created(patient({ name: [{ family: 'Before' }, { family: 'Both' }] }));
    await one(update(patient({ id, name: [{ family: 'Both' }, { family: 'After' }] })));
    const rows = await fixture.database.run<{ val: string }>({
      text: 'select distinct s.val from anamnesis.str s join anamnesis.res r using (rid) where r.id = $1 order by 1',
      values: [id],
    });
    expect(rows.map((row) => row.val)).toEqual(['after', 'both']);
  });

  test('in parallel on one resource loses none silently: every success is a version of its own', async () => {
    const id = await created(patient());
    const results = await Promise.all(Array.from({ length: 40 }, (_, i) => one(update(patient({ id, name: [{ family: `Writer${i}` }] })))));
    const versions = results.map((result) => Number(result.version?.versionId)).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: 40 }, (_, i) => i + 2));
    const { versions: kept } = await repository.history({ type: 'Patient', id }, { count: 100 });
    expect(new Set(kept.map((version) => JSON.parse(version.body ?? '').name[0].family)).size).toBe(41);
  });

  test('in parallel with one If-Match lets exactly one through', async () => {
    const id = await created(patient());
    const tries = Array.from({ length: 20 }, (_, i) => one(update(patient({ id, name: [{ family: `W${i}` }] }), { ifMatch: '1' })));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });

  test('with one new client id from many writers at once makes one resource with all versions', async () => {
    const tries = Array.from({ length: 20 }, (_, i) => one(update(patient({ id: 'raced', name: [{ family: `R${i}` }] }))));
    const outcomes = (await Promise.all(tries)).map((result) => result.outcome);
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect((await repository.history({ type: 'Patient', id: 'raced' }, { count: 100 })).versions).toHaveLength(20);
  });
});

describe('A delete', () => {
  test('leaves earlier versions readable and counts as a version', async () => {
    const id = await created(patient());
    expect(await one(remove('Patient', id))).toMatchObject({ outcome: 'deleted', version: { versionId: '2', body: null } });
    expect(await repository.read('Patient', id)).toMatchObject({ body: null, versionId: '2', method: 'DELETE' });
    expect((await repository.vread('Patient', id, '1'))?.body).toContain('Weber');
  });

  test('of what is unknown or already deleted changes nothing', async () => {
    const id = await created(patient());
    await one(remove('Patient', id));
    expect(await one(remove('Patient', id))).toMatchObject({ outcome: 'absent' });
    expect(await one(remove('Patient', 'never-was'))).toEqual({ outcome: 'absent' });
  });

  test('is undone by an update, which goes on counting versions', async () => {
    const id = await created(patient());
    await one(remove('Patient', id));
    expect(await one(update(patient({ id })))).toMatchObject({ outcome: 'created', version: { versionId: '3' } });
  });

  test('of something that others refer to is refused with 409, and allowed together with them', async () => {
    const id = await created(patient());
    const observed = await created(observation(id));
    await expect(one(remove('Patient', id))).rejects.toMatchObject({ status: 409 });
    const results = await repository.commit([remove('Patient', id), remove('Observation', observed)], { transaction: true });
    expect(results.map((result) => result.outcome)).toEqual(['deleted', 'deleted']);
  });
});

describe('A patch', () => {
  test('is applied to the current version and refused where it changes the id', async () => {
    const id = await created(patient());
    const apply = (current: Resource): Resource => ({ ...current, active: true });
    expect(await one({ kind: 'patch', type: 'Patient', at: '', id, apply })).toMatchObject({
      outcome: 'updated',
      version: { method: 'PATCH' },
    });
    const steal = (current: Resource): Resource => ({ ...current, id: 'other' });
    await expect(one({ kind: 'patch', type: 'Patient', at: '', id, apply: steal })).rejects.toMatchObject({ status: 422 });
  });

  test('from many at once loses none: each sees the result of the one before', async () => {
    const id = await created(
      patient({ name: [] as object[], identifier: [{ value: 'start' }] }).name ? patient({ identifier: [{ value: 'start' }] }) : patient(),
    );
    const add =
      (value: string) =>
      (current: Resource): Resource => ({ ...current, identifier: [...(current.identifier as object[]), { value }] });
    await Promise.all(Array.from({ length: 25 }, (_, i) => one({ kind: 'patch', type: 'Patient', at: '', id, apply: add(`p${i}`) })));
    const stored = await repository.read('Patient', id);
    expect(JSON.parse(stored?.body ?? '').identifier).toHaveLength(26);
  });
});

describe('A conditional create', () => {
  test('finds what is there and makes what is not', async () => {
    const resource = patient({ identifier: [{ system: 'urn:x', value: 'cc-1' }] });
    const first = await one(create(resource, { ifNoneExist: 'identifier=urn:x|cc-1' }));
    const second = await one(create(resource, { ifNoneExist: 'identifier=urn:x|cc-1' }));
    expect([first.outcome, second.outcome]).toEqual(['created', 'existing']);
    expect(second.version?.id).toBe(first.version?.id);
  });

  test('sent 200 times at once with one key makes one resource', async () => {
    const resource = () => patient({ identifier: [{ system: 'urn:x', value: 'cc-race' }] });
    const results = await Promise.all(
      Array.from({ length: 200 }, () => one(create(resource(), { ifNoneExist: 'identifier=urn:x|cc-race' }))),
    );
    expect(results.filter((result) => result.outcome === 'created')).toHaveLength(1);
    expect(new Set(results.map((result) => result.version?.id)).size).toBe(1);
  });

  test('with several matches is refused with 412', async () => {
    await one(create(patient({ identifier: [{ system: 'urn:x', value: 'cc-many' }] })));
    await one(create(patient({ identifier: [{ system: 'urn:x', value: 'cc-many' }] })));
    await expect(one(create(patient(), { ifNoneExist: 'identifier=urn:x|cc-many' }))).rejects.toMatchObject({ status: 412 });
  });
});

describe('A conditional update', () => {
  test('creates without a match, updates the one match and refuses several', async () => {
    const resource = patient({ identifier: [{ system: 'urn:x', value: 'cu-1' }] });
    const change = (more: object): Change => ({
      kind: 'update',
      type: 'Patient',
      at: '',
      criteria: 'identifier=urn:x|cu-1',
      resource: { ...resource, ...more },
    });
    const first = await one(change({}));
    const second = await one(change({ active: true }));
    expect([first.outcome, second.outcome]).toEqual(['created', 'updated']);
    expect(second.version?.id).toBe(first.version?.id);
    await one(create(resource));
    await expect(one(change({ active: false }))).rejects.toMatchObject({ status: 412 });
  });
});

describe('A conditional delete', () => {
  const several = () => Promise.all(Array.from({ length: 3 }, () => created(patient({ identifier: [{ system: 'urn:x', value: 'cd' }] }))));
  const change: Change = { kind: 'delete', type: 'Patient', at: '', criteria: 'identifier=urn:x|cd' };

  test('of several needs the multiple mode', async () => {
    await several();
    await expect(one(change)).rejects.toMatchObject({ status: 412 });
    const [result] = await repository.commit([change], { multiple: true });
    expect(result?.count).toBe(3);
    expect(await one(change)).toMatchObject({ outcome: 'absent', count: 0 });
  });
});

describe('A transaction', () => {
  test('rewrites links between its entries and stands or falls as a whole', async () => {
    const changes = [
      create(patient(), { fullUrl: 'urn:uuid:11111111-1111-4111-8111-111111111111', at: 'Bundle.entry[0].resource' }),
      create(observation('x', { subject: { reference: 'urn:uuid:11111111-1111-4111-8111-111111111111' } }), {
        at: 'Bundle.entry[1].resource',
      }),
    ];
    const [first, second] = await repository.commit(changes, { transaction: true });
    expect(JSON.parse(second?.version?.body ?? '').subject.reference).toBe(`Patient/${first?.version?.id}`);
    const before = await repository.history({}, { count: 1000 });
    await expect(repository.commit([create(patient()), create(observation('nobody'))], { transaction: true })).rejects.toMatchObject({
      status: 422,
    });
    expect((await repository.history({}, { count: 1000 })).versions).toHaveLength(before.versions.length);
  });

  test('resolves conditional references and refuses those without exactly one match', async () => {
    const id = await created(patient({ identifier: [{ system: 'urn:x', value: 'cref' }] }));
    const to = (value: string): Change[] => [create(observation('x', { subject: { reference: `Patient?identifier=urn:x|${value}` } }))];
    const [result] = await repository.commit(to('cref'), { transaction: true });
    expect(JSON.parse(result?.version?.body ?? '').subject.reference).toBe(`Patient/${id}`);
    await expect(repository.commit(to('cref-none'), { transaction: true })).rejects.toMatchObject({ status: 412 });
  });

  test('that writes one resource twice is refused with 400', async () => {
    const changes = [update(patient({ id: 'twice' })), update(patient({ id: 'twice', active: true }))];
    await expect(repository.commit(changes, { transaction: true })).rejects.toMatchObject({ status: 400 });
  });

  test('shows its writes to the reads inside it, and a throw there undoes them', async () => {
    const seen: unknown[] = [];
    await repository.commit([update(patient({ id: 'inside' }))], {
      transaction: true,
      within: async (view) => void seen.push((await view.read('Patient', 'inside'))?.versionId),
    });
    expect(seen).toEqual(['1']);
    const undone = repository.commit([update(patient({ id: 'undone' }))], {
      transaction: true,
      within: async () => {
        throw new Error('no');
      },
    });
    await expect(undone).rejects.toThrow('no');
    expect(await repository.read('Patient', 'undone')).toBeUndefined();
  });

  test('of 10,000 entries is one commit', async () => {
    const changes = Array.from({ length: 10_000 }, (_, i) => create(patient({ identifier: [{ value: `bulk-${i}` }] })));
    const results = await repository.commit(changes, { transaction: true });
    expect(results.every((result) => result.outcome === 'created')).toBe(true);
    expect(new Set(results.map((result) => result.version?.id)).size).toBe(10_000);
  });
});

describe('very many conditions', () => {
  const many = (prefix: string, count: number): Change[] =>
    Array.from({ length: count }, (_, i) =>
      create(patient({ identifier: [{ system: 'urn:many', value: `${prefix}${i}` }] }), {
        ifNoneExist: `identifier=urn:many|${prefix}${i}`,
      }),
    );

  test('stand in one transaction', async () => {
    const results = await repository.commit(many('token', 10_000), { transaction: true });
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
    const again = await repository.commit(many('token', 10_000), { transaction: true });
    expect(new Set(again.map(({ outcome }) => outcome))).toEqual(new Set(['existing']));
  }, 60_000);

  test('may each take a look-up of its own', async () => {
    const named = Array.from({ length: 3000 }, (_, i) =>
      create(patient({ name: [{ family: `Own${i}x` }] }), { ifNoneExist: `family=own${i}x` }),
    );
    const results = await repository.commit(named, { transaction: true });
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
  }, 60_000);

  test('in transactions large and small at once make one resource each', async () => {
    const works = [
      many('race', 1500),
      many('race', 1500),
      ...Array.from({ length: 30 }, (_, i) => many('race', 20 + i)),
      many('race', 600),
    ];
    const results = await Promise.all(works.map((changes) => repository.commit(changes, { transaction: true })));
    const outcomes = results.flat().map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1500);
    expect(new Set(outcomes)).toEqual(new Set(['created', 'existing']));
  }, 60_000);
});
