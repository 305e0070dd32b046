/** Patient/$timeline over HTTP on a real database. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Access } from '../../src/auth/access.ts';
import { readConfig } from '../../src/config.ts';
import { parseJson } from '../../src/fhir/json.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { dispatch } from '../../src/interactions/routes.ts';
import { createLog } from '../../src/log.ts';
import { timelineTypes } from '../../src/record/timeline-query.ts';
import { projectFile } from '../../src/root.ts';
import { createServer, type Server } from '../../src/server.ts';
import { handMade, patientAccess } from '../support/access.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { type Ask, askerOf, base as fakeBase } from '../support/fake-server.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

interface Part {
  readonly name: string;
  readonly valueDateTime?: string;
  readonly valueCode?: string;
  readonly valueString?: string;
  readonly valueCodeableConcept?: { readonly text?: string };
  readonly valueReference?: { readonly reference: string };
}

interface Answer {
  readonly status: number;
  readonly json: {
    readonly parameter?: readonly { readonly name: string; readonly part?: readonly Part[]; readonly valueUrl?: string }[];
    readonly entry?: readonly { readonly resource: { readonly resourceType: string; readonly id: string } }[];
    readonly issue?: readonly { readonly severity: string; readonly diagnostics: string }[];
  };
}

let database: TestDatabase;
let server: Server;
let base: string;
let id: string;

async function send(method: string, path: string, body?: string): Promise<Answer> {
  const sent = body === undefined ? {} : { body, headers: { 'content-type': 'application/fhir+json' } };
  const response = await fetch(path.startsWith('http') ? path : `${base}/${path}`, { method, ...sent } as RequestInit);
  return { status: response.status, json: (await response.json()) as Answer['json'] };
}

beforeAll(async () => {
  database = await testDatabase();
  const config = readConfig({ PORT: '0', DATABASE_POOL_SIZE: '4', AUTHORIZATION: 'off' });
  server = await createServer({ config, connection: database.connection, log: createLog('silent'), version: '1.2.3' });
  base = `${(await server.listen()).url}/fhir`;
  const bundle = gunzipSync(readFileSync(projectFile('src', 'cli', 'sample-data', 'gayla-ferry.json.gz'))).toString();
  expect((await send('POST', '', bundle)).status).toBe(200);
  id = (await send('GET', 'Patient')).json.entry?.[0]?.resource.id ?? '';
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const eventsIn = ({ json }: Answer) => (json.parameter ?? []).filter(({ name }) => name === 'event').map(({ part }) => part ?? []);
const partOf = (event: readonly Part[], name: string): Part | undefined => event.find((part) => part.name === name);
const referenceOf = (event: readonly Part[]): string => partOf(event, 'reference')?.valueReference?.reference ?? '';
const nextOf = ({ json }: Answer): string | undefined => json.parameter?.find(({ name }) => name === 'next')?.valueUrl;

const timeline = (query = ''): Promise<Answer> => send('GET', `Patient/${id}/$timeline?${query}`);

/** All pages of it. */
async function walk(query: string): Promise<readonly (readonly Part[])[]> {
  const events: (readonly Part[])[] = [];
  let page: Answer | undefined = await timeline(query);
  while (page !== undefined) {
    expect(page.status).toBe(200);
    events.push(...eventsIn(page));
    const next = nextOf(page);
    page = next === undefined ? undefined : await send('GET', next);
  }
  return events;
}

describe('$timeline', () => {
  test('has every clinical event of the patient once, whatever the size of its pages', async () => {
    const types = timelineTypes(loadDefinitions()).join(',');
    const known = (await send('GET', `Patient/${id}/*?_type=${types}&_count=1000`)).json.entry ?? [];
    const expected = known.map(({ resource }) => `${resource.resourceType}/${resource.id}`).sort();
    expect(expected.length).toBeGreaterThan(100);
    const events = await walk('_count=37');
    expect(events.map(referenceOf).sort()).toEqual(expected);
  });

  test('begins with the newest', async () => {
    const dates = (await walk('_count=100')).flatMap((event) => partOf(event, 'date')?.valueDateTime ?? []);
    const times = dates.map((date) => Date.parse(date));
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  test('tells of each event when it was, what, and what was found', async () => {
    const [event = []] = eventsIn(await timeline('_type=Observation&category=vital-signs&_count=1'));
    expect(event.map(({ name }) => name)).toEqual(['date', 'type', 'category', 'code', 'value', 'reference']);
    expect(partOf(event, 'value')?.valueString).toMatch(/\d/);
  });

  test('is a resource that our own validator finds nothing wrong with', async () => {
    const { json } = await timeline('_count=100');
    const checked = await send('POST', 'Parameters/$validate', JSON.stringify(json));
    expect(checked.json.issue?.filter(({ severity }) => severity === 'error' || severity === 'fatal') ?? []).toEqual([]);
  });

  test('keeps to the types, the category and the period that are asked for', async () => {
    const encounters = await walk('_type=Encounter,Condition');
    expect(new Set(encounters.map((event) => partOf(event, 'type')?.valueCode))).toEqual(new Set(['Encounter', 'Condition']));
    const laboratory = await walk('category=laboratory');
    expect(new Set(laboratory.map((event) => partOf(event, 'type')?.valueCode))).not.toContain('Encounter');
    const [first] = await walk('_type=Observation&_count=1000');
    const year = partOf(first ?? [], 'date')?.valueDateTime?.slice(0, 4) ?? '';
    const ofYear = await walk(`_type=Observation&start=${year}&end=${year}`);
    expect(ofYear.length).toBeGreaterThan(0);
    for (const event of ofYear) expect(partOf(event, 'date')?.valueDateTime?.slice(0, 4)).toBe(year);
  });

  test('of a patient without events has no row', async () => {
    await send('PUT', 'Patient/new', JSON.stringify({ resourceType: 'Patient', id: 'new' }));
    expect(await send('GET', 'Patient/new/$timeline')).toMatchObject({ status: 200, json: { resourceType: 'Parameters' } });
  });

  test('does not take a page link for another question', async () => {
    const next = nextOf(await timeline('_count=5&start=2000')) ?? '';
    expect((await send('GET', next)).status).toBe(200);
    expect((await send('GET', next.replace('start=2000', 'start=2001'))).status).toBe(400);
  });

  test.each([
    ['a type that is no event', '_type=Patient', 'lists types of clinical events'],
    ['a date that is none', 'start=yesterday', 'start is a date'],
    ['a count that is none', '_count=0', '_count is a whole number'],
    ['an unknown parameter', 'categroy=x', 'Did you mean "category"?'],
  ])('refuses %s', async (_, query, text) => {
    const { status, json } = await timeline(query);
    expect([status, json.issue?.[0]?.diagnostics]).toEqual([400, expect.stringContaining(text)]);
  });

  test('of an unknown patient is 404', async () => {
    expect((await send('GET', 'Patient/nobody/$timeline')).status).toBe(404);
  });
});

describe('Within an access, $timeline', () => {
  let store: TestRepository;
  const observation = (id: string, subject: string, more: object = {}): Resource => ({
    ...{ resourceType: 'Observation', id, status: 'final', code: { text: id }, subject: { reference: `Patient/${subject}` } },
    ...{ effectiveDateTime: `2020-01-0${id.slice(-1)}`, valueQuantity: { value: 6.5, unit: '%' }, ...more },
  });
  beforeAll(async () => {
    store = await testRepository({ referentialIntegrity: 'off' });
    const digits = parseJson(JSON.stringify(observation('exact-4', 'p')).replace('6.5', '6.50')) as Resource;
    const resources: readonly Resource[] = [
      ...[{ resourceType: 'Patient', id: 'p' }, { resourceType: 'Patient', id: 'q' }, digits],
      ...['own-1', 'own-2', 'own-3'].map((each) => observation(each, 'p')),
      observation('child-5', 'q', { performer: [{ reference: 'Patient/p' }] }),
    ];
    for (const resource of resources)
      await store.repository.commit([{ kind: 'update', type: resource.resourceType, id: resource.id as string, at: '', resource }]);
  });
  afterAll(() => store.close());

  const under = (access: Access): Ask => askerOf(dispatch, definitions, store.under(access), {}, access);
  const all = (key: string): Access => handMade(key, [{ types: ['*'], rights: 'rs', grant: {} }]);
  const page = async (path: string, ask: Ask): Promise<Answer> => (await ask('GET', path)) as unknown as Answer;

  test('has the events of the patient, not what they did for others', async () => {
    const events = eventsIn(await page('Patient/p/$timeline', under(all('one'))));
    expect(events.map(referenceOf)).toEqual(['exact-4', 'own-3', 'own-2', 'own-1'].map((each) => `Observation/${each}`));
    expect(eventsIn(await page('Patient/q/$timeline', under(all('one')))).map(referenceOf)).toEqual(['Observation/child-5']);
  });

  test('calls a medicine what it is called where it stands', async () => {
    const order = (id: string, subject: string, medicationReference: object, more: object = {}): Resource => ({
      ...{ resourceType: 'MedicationRequest', id, status: 'active', intent: 'order', subject: { reference: `Patient/${subject}` } },
      ...{ authoredOn: `2021-01-0${id.slice(-1)}`, medicationReference, ...more },
    });
    const resources: readonly Resource[] = [
      { resourceType: 'Patient', id: 'm' },
      { resourceType: 'Medication', id: 'metformin', code: { text: 'Metformin' } },
      order('stored-3', 'm', { reference: 'Medication/metformin' }),
      order('inside-2', 'm', { reference: '#a' }, { contained: [{ resourceType: 'Medication', id: 'a', code: { text: 'Aspirin' } }] }),
      order('shown-1', 'm', { reference: 'Medication/nowhere', display: 'Ibuprofen' }),
    ];
    for (const resource of resources)
      await store.repository.commit([{ kind: 'update', type: resource.resourceType, id: resource.id as string, at: '', resource }]);
    const named = async (access: Access) =>
      eventsIn(await page('Patient/m/$timeline', under(access))).map((event) => partOf(event, 'code')?.valueCodeableConcept?.text);
    expect(await named(all('one'))).toEqual(['Metformin', 'Aspirin', 'Ibuprofen']);
    expect(await named(patientAccess('m', 'rs', ['Patient', ...timelineTypes(definitions)]))).toEqual([undefined, 'Aspirin', 'Ibuprofen']);
  });

  test('keeps the digits of what was found', async () => {
    const [event = []] = eventsIn(await page('Patient/p/$timeline?_count=1', under(all('one'))));
    expect(partOf(event, 'value')?.valueString).toBe('6.50 %');
  });

  test('goes on for those alone who began', async () => {
    const first = await page('Patient/p/$timeline?_count=2', under(all('one')));
    const next = (nextOf(first) ?? '').slice(fakeBase.length + 1);
    expect((await page(next, under(all('one')))).status).toBe(200);
    expect((await page(next, under(all('another')))).status).toBe(400);
  });

  test('has what is within reach, and of a patient out of reach nothing', async () => {
    const own = patientAccess('p', 'rs', ['Patient', ...timelineTypes(definitions)]);
    expect(eventsIn(await page('Patient/p/$timeline', under(own)))).toHaveLength(4);
    expect((await page('Patient/q/$timeline', under(own))).status).toBe(404);
  });
});
