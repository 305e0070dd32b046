/** The whole record of one patient, and nothing of another's. https://hl7.org/fhir/R4/patient-operation-everything.html */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Change } from '../../src/repository/change.ts';
import type { EverythingOptions, Repository } from '../../src/repository/repository.ts';
import { told, versionsOn } from '../support/everything.ts';
import { type TestRepository, testRepository } from '../support/repository.ts';

let fixture: TestRepository;
let repository: Repository;

const to = (reference: string) => ({ reference });
const observation = (id: string, subject: string, more: object = {}): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'x' },
  subject: to(`Patient/${subject}`),
  ...more,
});

const resources: Resource[] = [
  { resourceType: 'Organization', id: 'parent', name: 'Trust' },
  { resourceType: 'Organization', id: 'ward', name: 'Ward', partOf: to('Organization/parent') },
  { resourceType: 'Organization', id: 'unrelated', name: 'Elsewhere' },
  { resourceType: 'Practitioner', id: 'doctor' },
  { resourceType: 'Patient', id: 'p', birthDate: '1950-01-01', managingOrganization: to('Organization/ward') },
  { resourceType: 'Patient', id: 'q', birthDate: '1980-01-01' },
  { resourceType: 'Device', id: 'pump', patient: to('Patient/p') },
  { resourceType: 'Device', id: 'pump-of-q', patient: to('Patient/q') },
  observation('o1', 'p', { performer: [to('Practitioner/doctor')], effectiveDateTime: '2020-05-01' }),
  observation('o2', 'p', { device: to('Device/pump'), effectiveDateTime: '2022-05-01' }),
  observation('o3', 'p', { device: to('Device/pump-of-q') }),
  observation('oq', 'q', { performer: [to('Practitioner/doctor')] }),
  { resourceType: 'GenomicStudy', id: 'g', status: 'available', subject: to('Patient/p') },
  {
    resourceType: 'Appointment',
    id: 'both',
    status: 'proposed',
    participant: [
      { actor: to('Patient/q'), status: 'accepted' },
      { actor: to('Patient/p'), status: 'accepted' },
    ],
  },
];

beforeAll(async () => {
  fixture = await testRepository();
  repository = fixture.repository;
  for (const resource of resources)
    await repository.commit([{ kind: 'update', type: resource.resourceType, id: resource.id ?? '', at: '', resource }]);
});
afterAll(() => fixture.close());

const mine = ['Appointment/both', 'GenomicStudy/g', 'Observation/o1', 'Observation/o2', 'Observation/o3', 'Patient/p'];
const around = ['Device/pump', 'Organization/parent', 'Organization/ward', 'Practitioner/doctor'];

async function names(options: EverythingOptions = {}): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await repository.everything({ type: 'Patient', id: 'p' }, { ...options, ...(after === undefined ? {} : { after }) });
    if (!page) throw new Error('no such patient');
    found.push(...(await versionsOn(page)).map((version) => version.slice(0, version.lastIndexOf('/'))));
    after = page.next();
    if (after !== undefined) continue;
    if (options.count === undefined) expect(await told(repository, { type: 'Patient', id: 'p' }, options)).toHaveLength(found.length);
    return found;
  }
}

test('has the compartment of every registered type and what it refers to, each once, and nothing of another patient', async () => {
  expect((await names()).sort()).toEqual([...mine, ...around].sort());
});

test('is the same over pages of any size', async () => {
  for (const count of [1, 2, 3, 6, 7, 10]) expect((await names({ count })).sort()).toEqual([...mine, ...around].sort());
});

test('a GenomicStudy is of the date on which it began, also at the edges', async () => {
  const isTold = async (options: EverythingOptions) => (await names(options)).includes('GenomicStudy/dated');
  const resource = { resourceType: 'GenomicStudy', id: 'dated', status: 'available', subject: to('Patient/p'), startDate: '2021-05-05' };
  await repository.commit([{ kind: 'update', type: 'GenomicStudy', id: 'dated', at: '', resource } as Change]);
  try {
    expect(await isTold({ start: '2021-05-05T00:00:00.000Z', end: '2021-05-05T23:59:59.999Z' })).toBe(true);
    expect(await isTold({ start: '2021-05-06T00:00:00.000Z' })).toBe(false);
    expect(await isTold({ end: '2021-05-04T23:59:59.999Z' })).toBe(false);
    expect(await names({ start: '2021-05-06T00:00:00.000Z' })).toContain('GenomicStudy/g');
  } finally {
    await repository.commit([{ kind: 'delete', type: 'GenomicStudy', id: 'dated', at: '' } as Change]);
  }
});

test('start and end choose by clinical date; what has none, and the person, is always there', async () => {
  expect((await names({ start: '2021-01-01' })).filter((name) => name.startsWith('Observation')).sort()).toEqual([
    'Observation/o2',
    'Observation/o3',
  ]);
  expect((await names({ end: '2021-01-01' })).filter((name) => name.startsWith('Observation')).sort()).toEqual([
    'Observation/o1',
    'Observation/o3',
  ]);
  expect(await names({ start: '2021-01-01', end: '2021-12-31' })).toContain('Patient/p');
});

test('_type keeps the asked types, those around the patient included', async () => {
  expect((await names({ types: ['Organization', 'GenomicStudy'] })).sort()).toEqual([
    'GenomicStudy/g',
    'Organization/parent',
    'Organization/ward',
  ]);
});

test('_since keeps what changed from then on', async () => {
  const doctor = await repository.read('Practitioner', 'doctor');
  const since = new Date().toISOString();
  await repository.commit([
    { kind: 'update', type: 'Practitioner', id: 'doctor', at: '', resource: { resourceType: 'Practitioner', id: 'doctor', active: true } },
  ]);
  expect(await names({ since })).toEqual(['Practitioner/doctor']);
  expect((await names({ since: doctor?.lastUpdated ?? '' })).length).toBeGreaterThan(5);
});

test('is undefined for a patient that never was or is deleted', async () => {
  expect(await repository.everything({ type: 'Patient', id: 'nobody' }, {})).toBeUndefined();
});
