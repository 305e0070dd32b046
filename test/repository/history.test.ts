/** History pages on a real database. "a bundle of type history … sorted with oldest versions last" https://hl7.org/fhir/R4/http.html#history */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Change } from '../../src/repository/change.ts';
import type { HistoryRange, HistoryScope, Repository } from '../../src/repository/repository.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

let fixture: TestRepository;
let repository: Repository;
/** A clock that moves on by a second with every look, so that order and limits are exact. */
let clock = Date.parse('2026-01-01T00:00:00.000Z');

const put = (type: string, id: string, note: string): Change => ({
  kind: 'update',
  type,
  id,
  at: '',
  resource: { resourceType: type, id, language: note, ...(type === 'Basic' ? { code: { text: 'x' } } : {}) },
});

beforeAll(async () => {
  fixture = await testRepository({ now: () => new Date((clock += 1000)) });
  repository = fixture.repository;
  for (const note of ['a', 'b', 'c', 'd']) {
    await repository.commit([put('Patient', 'p', note)]);
    await repository.commit([put('Basic', 'b', note)]);
  }
  await repository.commit([{ kind: 'delete', type: 'Basic', id: 'b', at: '' }]);
});
afterAll(() => fixture.close());

async function walk(scope: HistoryScope, range: HistoryRange): Promise<string[]> {
  const seen: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await repository.history(scope, { ...range, ...(after === undefined ? {} : { after }) });
    seen.push(...page.versions.map((version) => `${version.id}${version.versionId}${version.body === null ? '-' : ''}`));
    if (page.next === undefined) return seen;
    after = page.next;
  }
}

test('of an instance has its versions, newest first, the deletion without a body', async () => {
  expect(await walk({ type: 'Basic', id: 'b' }, { count: 100 })).toEqual(['b5-', 'b4', 'b3', 'b2', 'b1']);
});

test('of a type and of the system is the same whatever the page size', async () => {
  const whole = await walk({}, { count: 100 });
  expect(whole).toEqual(['b5-', 'b4', 'p4', 'b3', 'p3', 'b2', 'p2', 'b1', 'p1']);
  for (const count of [1, 2, 4, 9]) expect(await walk({}, { count })).toEqual(whole);
  expect(await walk({ type: 'Patient' }, { count: 3 })).toEqual(['p4', 'p3', 'p2', 'p1']);
});

test('goes from the oldest on when asked to', async () => {
  expect(await walk({ type: 'Patient' }, { count: 2, ascending: true })).toEqual(['p1', 'p2', 'p3', 'p4']);
});

test('_since includes versions of that very instant; a moment has the versions that were current then', async () => {
  const { versions } = await repository.history({ type: 'Patient', id: 'p' }, { count: 10 });
  const third = versions.find((version) => version.versionId === '3')?.lastUpdated ?? '';
  expect(await walk({ type: 'Patient', id: 'p' }, { count: 10, since: third })).toEqual(['p4', 'p3']);
  expect(await walk({ type: 'Patient', id: 'p' }, { count: 10, at: { from: third, to: third } })).toEqual(['p3']);
});

test.each([
  'nope',
  '2026-13-01T00:00:00.000Z~1~1',
  '2026-02-31T00:00:00.000Z~1~1',
  '0000-01-01T00:00:00.000Z~1~1',
  '2026-01-01T24:00:00.000Z~1~1',
  '2026-01-01T00:00:00.000Z~1~2147483648',
  '2026-01-01T00:00:00.000Z~9999999999999999999~1',
])('the damaged page position %s is refused', async (text) => {
  const after = Buffer.from(text).toString('base64url');
  await expect(repository.history({}, { count: 1, after })).rejects.toMatchObject({ status: 400 });
});

test('changes made while paging neither repeat nor hide versions that stood before', async () => {
  const before = await walk({ type: 'Patient' }, { count: 100 });
  const first = await repository.history({ type: 'Patient' }, { count: 2 });
  await repository.commit([put('Patient', 'p', 'later')]);
  const rest = await repository.history({ type: 'Patient' }, { count: 100, after: first.next ?? '' });
  expect([...first.versions, ...rest.versions].map((version) => `p${version.versionId}`)).toEqual(before);
});

test('has page links that are good for the caller and the question that they were made for', async () => {
  const { next = '' } = await repository.history({ type: 'Patient' }, { count: 1 });
  const refused = { status: 400, issues: [{ expression: ['_cursor'] }] };
  const everybody = fixture.of({ id: 'somebody else', scopes: ['*'] });
  const doctor = fixture.of({ id: 'doctor', scopes: ['user/*.rs'], policies: { user: 'all-patients' } });
  const patient = fixture.of({ id: 'p', scopes: ['patient/*.rs'], patient: 'p' });
  for (const other of [everybody, doctor, patient])
    await expect(other.history({ type: 'Patient' }, { count: 1, after: next })).rejects.toMatchObject(refused);
  await expect(repository.history({}, { count: 1, after: next })).rejects.toMatchObject(refused);
  await expect(repository.history({ type: 'Patient' }, { count: 1, after: next, ascending: true })).rejects.toMatchObject(refused);
  for (const damaged of ['', 'x', 'x.y', `${next}x`, next.slice(2)])
    await expect(repository.history({ type: 'Patient' }, { count: 1, after: damaged })).rejects.toMatchObject({ status: 400 });
  const { versions } = await repository.history({ type: 'Patient' }, { count: 2, after: next });
  expect(versions).toHaveLength(2);
  const [one, two] = [doctor, patient].map((each) => each.history({ type: 'Patient' }, { count: 1 }));
  const [mine, theirs] = [(await one)?.next ?? '', (await two)?.next ?? ''];
  expect((await doctor.history({ type: 'Patient' }, { count: 1, after: mine })).versions).toHaveLength(1);
  await expect(doctor.history({ type: 'Patient' }, { count: 1, after: theirs })).rejects.toMatchObject(refused);
});
