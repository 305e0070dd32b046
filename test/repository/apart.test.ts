/** Changes that do not concern each other: what is refused is told one by one, and all the rest is written. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import { logIdPrefix } from '../../src/repository/log-id.ts';
import type { CommitOptions } from '../../src/repository/repository.ts';
import type { Session } from '../../src/store/database.ts';
import { fewestCopied } from '../../src/store/statement/copy-rows.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

let store: TestRepository;

beforeAll(async () => {
  store = await testRepository();
});
afterAll(() => store.close());

const changeOf = (resource: Resource, i: number): Change => ({
  ...{ kind: 'update', type: resource.resourceType, id: String(resource.id), at: `line ${i + 1}`, resource },
});
const patients = (prefix: string, count: number, others: Readonly<Record<number, Resource>> = {}): Change[] =>
  Array.from({ length: count }, (_, i) =>
    changeOf(others[i] ?? { resourceType: 'Patient', id: `${prefix}-${i}`, birthDate: '1970-01-01' }, i),
  );

async function commit(changes: readonly Change[], options: CommitOptions = {}) {
  const refused: [string, FhirError][] = [];
  const refuse = (change: Change, fault: FhirError): void => void refused.push([change.at, fault]);
  const results = await store.repository.commit(changes, { referentialIntegrity: 'off', ...options, refuse });
  return { outcomes: results.map(({ outcome }) => outcome), refused, at: refused.map(([at]) => at).sort() };
}

const count = fewestCopied + 10;

test('each that is not valid is refused with its place, and the others stand', async () => {
  const invalid = { resourceType: 'Patient', id: 'v-3', birthDate: 'yesterday' };
  const unknown = { resourceType: 'Patient', id: 'v-7', birthday: '1970-01-01' };
  const { outcomes, refused } = await commit(patients('v', count, { 3: invalid, 7: unknown }));
  expect(refused.map(([at, { issues }]) => [at, issues[0]?.expression?.[0]])).toEqual([
    ['line 4', 'line 4.birthDate'],
    ['line 8', 'line 8.birthday'],
  ]);
  expect(outcomes.filter((outcome) => outcome === 'created').length).toBe(count - 2);
  expect([outcomes[3], outcomes[7]]).toEqual(['refused', 'refused']);
  expect(await store.repository.read('Patient', 'v-3')).toBeUndefined();
  expect((await store.repository.read('Patient', `v-${count - 1}`))?.versionId).toBe('1');
});

test('what only the database transaction finds is refused by itself, too', async () => {
  const consentScope = { system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' };
  const nobodys = {
    ...{ resourceType: 'Consent', id: 'c-1', status: 'active', scope: { coding: [consentScope] } },
    ...{ category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }], policyRule: { text: 'opt-out' } },
    provision: { type: 'deny' },
  };
  const ofLog = {
    ...{ resourceType: 'AuditEvent', id: `${logIdPrefix}1`, type: { code: 'rest' }, recorded: '2026-01-01T00:00:00Z' },
    ...{ agent: [{ requestor: true }], source: { observer: { display: 'x' } } },
  };
  const { outcomes, refused, at } = await commit(patients('d', count, { 5: nobodys, 20: ofLog }));
  expect(at).toEqual(['line 21', 'line 6']);
  expect(refused.map(([, { status }]) => status).sort()).toEqual([403, 422]);
  expect(outcomes.filter((outcome) => outcome === 'created').length).toBe(count - 2);
});

test('nothing of what is refused by one stays behind, and the rest is stored once', async () => {
  await commit(patients('o', count));
  const { outcomes } = await commit(patients('o', count));
  expect(new Set(outcomes)).toEqual(new Set(['unchanged']));
});

test('what is stored beside is stored once, in the transaction of the rest, also when nothing is left', async () => {
  const run: string[] = [];
  const beside =
    (name: string) =>
    async (session: Session): Promise<void> => {
      run.push(name);
      await session.run({ text: `insert into anamnesis.setting (name, value) values ($1, 'x')`, values: [`test ${name}`] });
    };
  await commit(patients('b', count, { 2: { resourceType: 'Patient', id: 'b-2', birthDate: 'x' } }), { beside: beside('some') });
  await commit([changeOf({ resourceType: 'Patient', id: 'n', birthDate: 'x' }, 0)], { beside: beside('none') });
  await commit([], { beside: beside('empty') });
  expect(run).toEqual(['some', 'none', 'empty']);
  const rows = await store.database.run<{ name: string }>({
    text: `select name from anamnesis.setting where name like 'test %' order by 1`,
    values: [],
  });
  expect(rows.map(({ name }) => name)).toEqual(['test empty', 'test none', 'test some']);
});

test('a throw beside rolls everything back', async () => {
  const fault = new Error('taken over');
  await expect(commit(patients('r', count), { beside: () => Promise.reject(fault) })).rejects.toBe(fault);
  expect(await store.repository.read('Patient', 'r-0')).toBeUndefined();
});

test('commits that wait for each other are committed in their order', async () => {
  const order: number[] = [];
  let after: Promise<unknown> = Promise.resolve();
  const all = [0, 1, 2, 3].map((k) => {
    const mine = commit(patients(`w${k}`, k === 0 ? count : 3), { after, beside: async () => void order.push(k) });
    after = mine;
    return mine;
  });
  await Promise.all(all);
  expect(order).toEqual([0, 1, 2, 3]);
});
