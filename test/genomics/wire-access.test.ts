/** Shapes of genomic studies with authorization: the choice of a registered client, and what a token does not reach in any shape. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject, Resource } from '../../src/fhir/resource.ts';
import { createWorld, type World } from '../auth/token-support.ts';

let world: World;
let origin: string;
const tokens = new Map<string, string>();

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are whatever the server says
  readonly json: any;
}

async function ask(who: string, method: string, path: string, body?: unknown, headers = {}): Promise<Answer> {
  const sent = { authorization: `Bearer ${tokens.get(who)}`, 'content-type': 'application/fhir+json', ...headers };
  const response = await fetch(`${origin}/fhir/${path}`, {
    method,
    headers: sent,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? undefined : JSON.parse(text) };
}

const study = (id: string, patient: string, more: JsonObject = {}): Resource => ({
  resourceType: 'GenomicStudy',
  id,
  status: 'available',
  subject: { reference: `Patient/${patient}` },
  ...more,
});
const observation = (part: string): Resource => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'a variant' },
  subject: { reference: 'Patient/p' },
  partOf: [{ reference: part }],
});

beforeAll(async () => {
  world = await createWorld();
  origin = await world.serve({ REGISTRATION: 'open' });
  await world.client({ id: 'app' });
  await world.client({ id: 'reporting', details: { genomic_study: 'procedure' } });
  tokens.set('keeper', (await world.token({ client: 'app', scopes: ['system/*.cruds'] })).token);
  tokens.set('reporting', (await world.token({ client: 'reporting', scopes: ['system/*.cruds'] })).token);
  const own = { client: 'reporting', scopes: ['patient/*.cruds'], context: { patient: 'p' } };
  tokens.set('person', (await world.token(own)).token);
  for (const resource of [
    { resourceType: 'Patient', id: 'p' },
    { resourceType: 'Patient', id: 'q' },
    study('mine', 'p'),
    study('theirs', 'q'),
  ])
    expect((await ask('keeper', 'PUT', `${resource.resourceType}/${resource.id}`, resource)).status).toBe(201);
}, 60_000);
afterAll(async () => world.close());

const types = ({ json }: Answer): string[] =>
  json.entry.map(({ resource }: { resource: Resource }) => `${resource.resourceType}/${resource.id}`);

describe('A registered client', () => {
  test('is told studies in the shape of its registration', async () => {
    expect((await ask('reporting', 'GET', 'GenomicStudy/mine')).json.resourceType).toBe('Procedure');
    expect((await ask('keeper', 'GET', 'GenomicStudy/mine')).json.resourceType).toBe('GenomicStudy');
    expect(types(await ask('reporting', 'GET', 'Patient/p/$everything'))).toEqual(['Patient/p', 'Procedure/mine']);
  });

  test('may ask otherwise', async () => {
    const { json } = await ask('reporting', 'GET', 'GenomicStudy/mine', undefined, { prefer: 'genomic-study=native' });
    expect(json.resourceType).toBe('GenomicStudy');
  });

  test('says the shape when it registers itself, and nothing that is none', async () => {
    const register = (genomic_study: string): Promise<Response> =>
      fetch(`${origin}/oauth/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ redirect_uris: ['https://a.example/back'], token_endpoint_auth_method: 'none', genomic_study }),
      });
    const accepted = await register('basic');
    expect([accepted.status, ((await accepted.json()) as JsonObject)['genomic_study']]).toEqual([201, 'basic']);
    const refused = await register('cda');
    expect([refused.status, ((await refused.json()) as JsonObject)['error_description']]).toEqual([
      400,
      'genomic_study must be one of native, procedure, basic, incubator.',
    ]);
  });
});

describe('A client that may see Procedures and no studies', () => {
  beforeAll(async () => {
    const given = { scopes: ['patient/Procedure.cruds', 'patient/Patient.rs'], context: { patient: 'p' } };
    tokens.set('operating', (await world.token({ client: 'app', ...given })).token);
    tokens.set('operating-reporting', (await world.token({ client: 'reporting', ...given })).token);
    const operation = { resourceType: 'Procedure', id: 'operation', status: 'completed', subject: { reference: 'Patient/p' } };
    expect((await ask('keeper', 'PUT', 'Procedure/operation', operation)).status).toBe(201);
  });

  test.each(['operating', 'operating-reporting'])('is told of none, and all else is as it was: %s', async (who) => {
    expect((await ask(who, 'GET', 'Procedure/operation')).status).toBe(200);
    for (const path of ['Procedure/mine', 'Procedure/nothing', 'Procedure/mine/_history'])
      expect([path, (await ask(who, 'GET', path)).status]).toEqual([path, 404]);
    expect(types(await ask(who, 'GET', 'Procedure'))).toEqual(['Procedure/operation']);
    expect(types(await ask(who, 'GET', 'Procedure?patient=p'))).toEqual(['Procedure/operation']);
    expect(types(await ask(who, 'GET', 'Patient/p/$everything')).sort()).toEqual(['Patient/p', 'Procedure/operation']);
    const { json } = await ask(who, 'GET', 'Procedure/operation');
    expect((await ask(who, 'PUT', 'Procedure/operation', { ...json, note: [{ text: who }] })).status).toBe(200);
    expect((await ask(who, 'DELETE', 'Procedure/nothing')).status).toBe(204);
    const study = {
      ...json,
      id: 'mine',
      meta: { profile: ['http://hl7.org/fhir/uv/genomics-reporting/StructureDefinition/genomic-study'] },
    };
    expect((await ask(who, 'PUT', 'Procedure/mine', study)).status).toBeGreaterThanOrEqual(400);
  });
});

describe("A person's own client", () => {
  test('finds no other study under any name', async () => {
    expect((await ask('person', 'GET', 'Procedure/mine')).status).toBe(200);
    for (const path of [
      'GenomicStudy/theirs',
      'Procedure/theirs',
      'Basic/theirs',
      'Procedure/theirs/_history/1',
      'Procedure/theirs/_history',
    ])
      expect([path, (await ask('person', 'GET', path)).status]).toEqual([path, 404]);
    expect(types(await ask('person', 'GET', 'Procedure')).sort()).toEqual(['Procedure/mine', 'Procedure/operation']);
  });

  test('changes its own by the name that it knows, and no other', async () => {
    const { json } = await ask('person', 'GET', 'Procedure/mine');
    expect((await ask('person', 'PUT', 'Procedure/mine', { ...json, note: [{ text: 'seen' }] })).json.note).toEqual([{ text: 'seen' }]);
    // As if it were not known: neither taken over, nor told of.
    const taken = { ...json, id: 'theirs' };
    const given = { ...taken, subject: { reference: 'Patient/q' } };
    for (const body of [taken, given]) expect((await ask('person', 'PUT', 'Procedure/theirs', body)).status).toBeGreaterThanOrEqual(400);
    await ask('person', 'DELETE', 'Procedure/theirs');
    expect((await ask('keeper', 'GET', 'GenomicStudy/theirs')).json.meta.versionId).toBe('1');
  });

  test('refers to its own by the name that it knows, and to no other', async () => {
    expect((await ask('person', 'POST', 'Observation', observation('Procedure/mine'))).status).toBe(201);
    const { status, json } = await ask('person', 'POST', 'Observation', observation('Procedure/theirs'));
    expect([status, json.issue[0].diagnostics]).toEqual([422, expect.stringContaining('leads to nothing')]);
  });
});
