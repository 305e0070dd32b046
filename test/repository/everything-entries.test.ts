/** What is told as text of many entries is the same, byte for byte, as what is told version by version. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Access } from '../../src/auth/access.ts';
import { searchEntry } from '../../src/fhir/bundle.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { type EverythingOptions, isEntryText, type Repository } from '../../src/repository/repository.ts';
import { conditionOf, handMade, patientAccess } from '../support/access.ts';
import { complete, page, put, to } from '../support/everything.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

const under = 'http://test.example/fhir';
const many = 1_100;
const secret = { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' }] };

let fixture: TestRepository;
let repository: Repository;

const observation = (id: string, patient: string, more: object = {}): Resource =>
  complete({ resourceType: 'Observation', id, subject: to(`Patient/${patient}`), ...more } as Resource);

beforeAll(async () => {
  fixture = await testRepository({ referentialIntegrity: 'off' });
  repository = fixture.repository;
  await put(repository, [
    { resourceType: 'Patient', id: 'p', managingOrganization: to('Organization/ward') },
    { resourceType: 'Patient', id: 'q' },
    { resourceType: 'Patient', id: 'null' },
    { resourceType: 'Organization', id: 'ward' },
    { resourceType: 'Observation', id: 'of-null', subject: to('Patient/null') },
    observation('both', 'p', { performer: [to('Patient/q')], note: [{ text: 'Größe 𝄞 "quoted" \\' }] }),
    observation('labelled', 'p', { meta: secret }),
    observation('long', 'p', { note: [{ text: 'x'.repeat(70_000) }] }),
    { resourceType: 'Device', id: 'pump', patient: to('Patient/p') },
    { resourceType: 'Provenance', id: 'loose', target: [to('Observation/many-7'), to('Observation/many-1080')] },
  ]);
  await repository.commit(
    Array.from({ length: many }, (_, i) => ({
      ...{ kind: 'update' as const, type: 'Observation', id: `many-${i}`, at: '' },
      resource: observation(`many-${i}`, 'many'),
    })),
  );
  await put(repository, [
    { resourceType: 'Patient', id: 'many' },
    { resourceType: 'Patient', id: 'joined', link: [{ other: to('Patient/q'), type: 'seealso' }] } as Resource,
  ]);
});
afterAll(() => fixture.close());

interface Told {
  readonly entries: string;
  readonly texts: number;
  readonly count: number;
  readonly patients: readonly string[];
}

async function tell(id: string, from: Repository, options: EverythingOptions = { entriesUnder: under }): Promise<Told> {
  const entries: string[] = [];
  const patients = new Set<string>();
  let [texts, count] = [0, 0];
  for await (const batch of (await page(from, { type: 'Patient', id }, options)).versions) {
    count += isEntryText(batch) ? batch.count : batch.length;
    if (!isEntryText(batch)) {
      entries.push(...batch.map((version) => searchEntry(under, version, 'match')));
      continue;
    }
    texts++;
    for (const patient of batch.patients) patients.add(patient);
    entries.push(...batch.text.split(/(?<="search":\{"mode":"match"\}\}),/));
  }
  return { entries: entries.sort().join('\n'), texts, count, patients: [...patients].sort() };
}

async function sameBothWays(id: string, from: Repository): Promise<Told> {
  const [asText, asVersions] = [await tell(id, from), await tell(id, from, {})];
  expect(asText.entries).toBe(asVersions.entries);
  expect(asText.count).toBe(asVersions.count);
  expect(asVersions.texts).toBe(0);
  return asText;
}

test('a record, with what points at it, is too long for a text, or is around it', async () => {
  const { texts, count, patients, entries } = await sameBothWays('p', repository);
  expect({ texts, count, patients }).toEqual({ texts: 1, count: 6, patients: ['p', 'q'] });
  expect(entries).toContain('Größe 𝄞 \\"quoted');
});

test('a record of more resources than one statement tells, and the Provenance of them', async () => {
  const { texts, count } = await sameBothWays('many', repository);
  expect(texts).toBeGreaterThan(30);
  expect(count).toBe(many + 2);
});

test('a patient whose id is a word of SQL', async () => {
  expect(await sameBothWays('null', repository)).toMatchObject({ texts: 1, count: 2, patients: ['null'] });
});

test('those who are the same person are looked at first, from either side', async () => {
  expect(await sameBothWays('joined', repository)).toMatchObject({ texts: 0, count: 3 });
  expect(await sameBothWays('q', repository)).toMatchObject({ texts: 0 });
});

const without = (types: readonly string[], text: string): Access =>
  handMade(`without ${types.join()} ${text}`, [
    { types: ['Patient'], rights: 'rs', grant: { patients: { kind: 'one', id: 'p' } } },
    ...types.map((type) => ({
      types: [type],
      rights: 'rs',
      grant: { patients: { kind: 'one', id: 'p' } as const, filter: conditionOf(type, text) },
    })),
  ]);

test('what carries a label that the caller may not see is in no text, and the others are', async () => {
  const told = await sameBothWays('p', fixture.under(without(['Observation'], '_security:not=R')));
  expect(told).toMatchObject({ texts: 1, count: 3 });
  expect(told.entries).not.toContain('labelled');
});

test('a type of which only some is within reach is asked about one by one', async () => {
  const told = await sameBothWays('p', fixture.under(without(['Observation'], 'performer=Patient/q')));
  expect(told.entries).toContain('Observation/both');
  expect(told.entries).not.toContain('Observation/long');
  const patientOnly = await sameBothWays('p', fixture.under(patientAccess('p', 'rs', ['Patient'])));
  expect(patientOnly.entries).not.toContain('Observation/');
});

test('patients who may be seen by a condition are asked for once, and who may not be is told nothing of', async () => {
  const reaching = (text: string): Access =>
    handMade(text, [
      {
        types: ['Patient', 'Observation'],
        rights: 'rs',
        grant: { patients: { kind: 'matching', condition: conditionOf('Patient', text) } },
      },
    ]);
  expect(await sameBothWays('p', fixture.under(reaching('organization=Organization/ward')))).toMatchObject({ texts: 1, count: 4 });
  const elsewhere = fixture.under(reaching('organization=Organization/elsewhere'));
  expect(await elsewhere.everything({ type: 'Patient', id: 'p' }, { entriesUnder: under })).toBeUndefined();
});

test('is never told where anything is asked about single resources', async () => {
  for (const options of [{ types: ['Observation'] }, { since: '2020-01-01T00:00:00Z' }, { count: 1_000 }, { certificate: true }])
    expect(await tell('p', repository, { ...options, entriesUnder: under })).toMatchObject({ texts: 0 });
});
