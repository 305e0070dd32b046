/** Exports of patients hold their whole records, as docs/record.md says and $everything tells them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AuditedServer, auditedServer, observation, patient } from '../audit/server.ts';
import { type BulkClient, bulkClient, namesOf } from './bulk-client.ts';

let server: AuditedServer;
let client: BulkClient;
const folder = mkdtempSync(join(tmpdir(), 'anamnesis-export-record-'));

const to = (reference: string) => ({ reference });
const narrative = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">It.</div>' };

/** `ann` and `anna` are one person; `bob` is another, who is named beside her. */
const world: readonly (Record<string, unknown> & { resourceType: string; id: string })[] = [
  { ...patient('ann'), id: 'ann', resourceType: 'Patient', generalPractitioner: [to('Practitioner/gp')] },
  { ...patient('anna'), id: 'anna', resourceType: 'Patient', link: [{ other: to('Patient/ann'), type: 'seealso' }] },
  { ...patient('bob'), id: 'bob', resourceType: 'Patient', managingOrganization: to('Organization/clinic') },
  { resourceType: 'Organization', id: 'house', name: 'House', text: narrative },
  { resourceType: 'Organization', id: 'clinic', name: 'Clinic', partOf: to('Organization/house') },
  { resourceType: 'Organization', id: 'elsewhere', name: 'Elsewhere' },
  { resourceType: 'Practitioner', id: 'gp', qualification: [{ code: { text: 'GP' }, issuer: to('Organization/clinic') }] },
  { resourceType: 'Practitioner', id: 'nobodys' },
  { resourceType: 'Location', id: 'ward', managingOrganization: to('Organization/clinic') },
  { ...observation('own', 'ann'), id: 'own', resourceType: 'Observation', performer: [to('Practitioner/gp')] },
  { ...observation('merged', 'anna'), id: 'merged', resourceType: 'Observation', device: to('Device/scale') },
  { ...observation('bobs', 'bob'), id: 'bobs', resourceType: 'Observation', focus: [to('Patient/ann')] },
  { ...observation('alone', 'bob'), id: 'alone', resourceType: 'Observation' },
  { resourceType: 'Device', id: 'scale', location: to('Location/ward') },
  { resourceType: 'Device', id: 'pump', patient: to('Patient/ann') },
  { resourceType: 'Device', id: 'bobs', patient: to('Patient/bob') },
  { resourceType: 'Task', id: 'hers', status: 'requested', intent: 'order', for: to('Patient/ann') },
  {
    ...{ resourceType: 'Task', id: 'both', status: 'requested', intent: 'order', for: to('Patient/ann') },
    input: [{ type: { text: 'other' }, valueReference: to('Patient/bob') }],
  },
  {
    ...{ resourceType: 'Provenance', id: 'gps', target: [to('Practitioner/gp')], recorded: '2024-01-01T00:00:00Z' },
    agent: [{ who: to('Organization/elsewhere') }],
  },
  {
    ...{ resourceType: 'Appointment', id: 'shared', status: 'proposed' },
    participant: ['ann', 'bob'].map((id) => ({ actor: to(`Patient/${id}`), status: 'accepted' })),
  },
  {
    ...{ resourceType: 'Group', id: 'cohort', type: 'person', actual: true },
    member: [{ entity: to('Patient/anna') }],
  },
];

beforeAll(async () => {
  server = await auditedServer({ settings: { DATA_DIR: folder, EXPORT_FILE_ROWS: '5', AUDIT: 'off' } });
  client = bulkClient(`${server.url}/fhir`);
  const entry = world.map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }));
  const answer = await server.ask('POST', '', { resourceType: 'Bundle', type: 'transaction', entry });
  expect([answer.status, answer.text]).toEqual([200, expect.anything()]);
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const asked = (ids: readonly string[]) => ({
  resourceType: 'Parameters',
  parameter: ids.map((id) => ({ name: 'patient', valueReference: to(`Patient/${id}`) })),
});

async function everything(path: string): Promise<string[]> {
  const { json } = await server.ask('GET', `/${path}/$everything`);
  const lines = (json() as { entry: { resource: Parameters<typeof namesOf>[0][number] }[] }).entry.map(({ resource }) => resource);
  return namesOf(lines);
}

const idsOf = (names: readonly string[]): string[] => names.map((name) => name.replace(/\/\d+$/, ''));

describe('An export of patients', () => {
  test.each(['ann', 'anna', 'bob'])('has what $everything tells of %s, each once', async (id) => {
    const exported = namesOf(await client.export('Patient/$export', asked([id])));
    expect(exported).toEqual(await everything(`Patient/${id}`));
  });

  test('has what is about a patient, what that refers to, and nothing of others', async () => {
    const names = idsOf(namesOf(await client.export('Patient/$export', asked(['ann']))));
    expect(names).toEqual(
      [
        ...['Patient/ann', 'Patient/anna', 'Observation/own', 'Observation/merged', 'Observation/bobs', 'Device/scale', 'Device/pump'],
        ...['Task/hers', 'Appointment/shared', 'Group/cohort', 'Practitioner/gp', 'Organization/clinic', 'Organization/house'],
        ...['Location/ward', 'Provenance/gps', 'Organization/elsewhere'],
      ].sort(),
    );
  });

  test('of all has each once, and nothing that no record leads to', async () => {
    const names = idsOf(namesOf(await client.export('Patient/$export')));
    const others = ['Practitioner/nobodys', 'Task/both'];
    expect(names).toEqual(
      world
        .map(({ resourceType, id }) => `${resourceType}/${id}`)
        .filter((name) => !others.includes(name))
        .sort(),
    );
  });

  test('of a Group has what $everything tells of it', async () => {
    const exported = namesOf(await client.export('Group/cohort/$export'));
    expect(exported).toEqual(await everything('Group/cohort'));
  });

  test('_type chooses among all of that, and what is followed is followed from all', async () => {
    const names = idsOf(namesOf(await client.export('Patient/$export?_type=Organization,Device', asked(['ann']))));
    expect(names).toEqual(['Device/pump', 'Device/scale', 'Organization/clinic', 'Organization/elsewhere', 'Organization/house']);
  });

  test('_typeFilter and _since choose too', async () => {
    const names = idsOf(namesOf(await client.export('Patient/$export?_typeFilter=Organization?name=house', asked(['ann']))));
    expect(names.filter((name) => name.startsWith('Organization'))).toEqual(['Organization/house']);
    const since = new Date().toISOString();
    expect((await server.ask('PUT', '/Organization/house', { ...world[3], name: 'House of all' })).status).toBe(200);
    const later = await client.export(`Patient/$export?_since=${encodeURIComponent(since)}`, asked(['ann']));
    expect(namesOf(later)).toEqual(['Organization/house/2']);
  });

  test('by patients: what points at a patient stands in the block of that patient', async () => {
    const lines = await client.export('Patient/$export?organizeOutputBy=Patient', asked(['bob']));
    expect(lines[0]).toMatchObject({ resourceType: 'Parameters', parameter: [{ name: 'header', valueReference: to('Patient/bob') }] });
    expect(lines.slice(1).map(({ resourceType, id }) => `${resourceType}/${id}`)).toEqual(
      expect.arrayContaining(['Patient/bob', 'Device/bobs']),
    );
  });
});
