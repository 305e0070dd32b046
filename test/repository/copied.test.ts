/** Large commits copy their new rows; what stands afterwards is the same as if each had been written by itself. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import { fewestCopied } from '../../src/store/statement/copy-rows.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

const count = fewestCopied + 30;
const now = (): Date => new Date('2026-11-25T12:00:00Z');
let large: TestRepository;
let small: TestRepository;

beforeAll(async () => {
  [large, small] = await Promise.all([testRepository({ now }), testRepository({ now })]);
});
afterAll(async () => {
  await Promise.all([large.close(), small.close()]);
});

/** Everything that the format of COPY gives a meaning of its own. */
const awkward = 'back\\slash \\N \\. tab\tline\nreturn\r\\t {brace,"quote"} é 𝄞';

function resourceOf(i: number): Resource {
  const id = `r-${i}`;
  if (i % 5 === 0) return { resourceType: 'Patient', id, name: [{ family: `${awkward}${i}`, given: ['A\\B'] }], birthDate: '1970-02-03' };
  const medication = { resourceType: 'Medication', id: 'm', code: { text: `${awkward} ${i}` }, identifier: [{ value: `a\\b${i}` }] };
  if (i % 5 === 1)
    return {
      ...{ resourceType: 'MedicationRequest', id, status: 'active', intent: 'order', subject: { reference: `Patient/r-${i - 1}` } },
      ...{ contained: [medication], medicationReference: { reference: '#m' } },
    };
  if (i % 5 === 2) return { resourceType: 'Organization', id, name: awkward };
  return {
    ...{
      resourceType: 'Observation',
      id,
      status: 'final',
      code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }], text: `t\\${i}` },
    },
    ...{ subject: { reference: `Patient/r-${i - (i % 5)}` }, effectiveDateTime: `2020-01-0${(i % 9) + 1}`, note: [{ text: awkward }] },
    valueQuantity: { value: i / 7, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
  };
}

const changeOf = (resource: Resource): Change => ({
  ...{ kind: 'update', type: resource.resourceType, id: String(resource.id), at: String(resource.id), resource },
});
const changes = Array.from({ length: count }, (_, i) => changeOf(resourceOf(i)));

/** Without row numbers, which are given as they come. */
const tables = {
  res: `select r.self, r.pat, r.lo, r.hi, r.sk, r.ver, r.tc, r.del, r.id, r.toks, sign(r.rid) as side from anamnesis.res r order by r.self`,
  ver: 'select r.self, v.upd, v.sk, v.ver, v.tc, v.method, v.body from anamnesis.ver v join anamnesis.res r using (rid) order by r.self, v.ver',
  num: 'select r.self, n.key, n.unit, n.lo, n.hi, n.sk from anamnesis.num n join anamnesis.res r using (rid) order by 1, 2, 3, 4, 5',
  str: 'select r.self, s.key, s.sk, s.val from anamnesis.str s join anamnesis.res r using (rid) order by 1, 2, 4',
  txt: 'select tok, tc, vec::text from anamnesis.txt order by 1',
  term: 'select key, tok, val from anamnesis.term order by 1, 3',
  setting: `select name, value from anamnesis.setting where name like 'contained %' order by 1`,
};

async function contentOf({ database }: TestRepository): Promise<Record<string, object[]>> {
  const found = Object.entries(tables).map(async ([name, text]) => [name, await database.run({ text, values: [] })] as const);
  return Object.fromEntries(await Promise.all(found));
}

test('what a large commit leaves in every table is what single writes leave', async () => {
  await large.repository.commit(changes, { transaction: true });
  for (const change of changes) await small.repository.commit([change]);
  const [many, single] = await Promise.all([contentOf(large), contentOf(small)]);
  expect(Object.keys(tables).filter((name) => (many[name] ?? []).length === 0)).toEqual([]);
  expect(many).toEqual(single);
});

test('the same large commit again writes nothing', async () => {
  const before = await contentOf(large);
  const results = await large.repository.commit(changes, { transaction: true });
  expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['unchanged']));
  expect(await contentOf(large)).toEqual(before);
});

test('new rows and replaced rows stand beside each other in one commit', async () => {
  const renamed = { resourceType: 'Organization', id: 'r-2', name: 'Anew' };
  const fresh = Array.from({ length: count }, (_, i) => changeOf({ resourceType: 'Organization', id: `o-${i}`, name: `Ward ${i}` }));
  await large.repository.commit([...fresh, changeOf(renamed)], { transaction: true });
  expect((await large.repository.read('Organization', 'r-2'))?.versionId).toBe('2');
  expect((await large.repository.read('Organization', `o-${count - 1}`))?.body).toContain(`Ward ${count - 1}`);
});

test('a large commit with one fault leaves nothing', async () => {
  const fresh = Array.from({ length: count }, (_, i) => changeOf({ resourceType: 'Basic', id: `b-${i}`, code: { text: 'x' } }));
  const dangling = changeOf({ resourceType: 'Basic', id: 'b-d', code: { text: 'x' }, subject: { reference: 'Patient/nobody' } });
  await expect(large.repository.commit([...fresh, dangling], { transaction: true })).rejects.toThrow(FhirError);
  expect(await large.repository.read('Basic', 'b-0')).toBeUndefined();
});

test('large commits that bring the same new texts and ids at the same time all come through', async () => {
  const round = (k: number) =>
    Array.from({ length: count }, (_, i) =>
      changeOf({ resourceType: 'Basic', id: `same-${(i * (k + 1)) % count}-${i}`, code: { text: `shared ${i % 40}` } }),
    );
  await Promise.all([0, 1, 2, 3].map((k) => large.repository.commit(round(k), { transaction: true })));
  expect((await large.repository.read('Basic', 'same-0-0'))?.versionId).toBe('1');
});
