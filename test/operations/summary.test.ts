/** Patient/$summary over HTTP on a real database: https://hl7.org/fhir/uv/ips/STU1.1/OperationDefinition-summary.html */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { dispatch } from '../../src/interactions/routes.ts';
import { createLog } from '../../src/log.ts';
import type { Change } from '../../src/repository/change.ts';
import { projectFile } from '../../src/root.ts';
import { createServer, type Server } from '../../src/server.ts';
import { handMade } from '../support/access.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { askerOf } from '../support/fake-server.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

interface Answer {
  readonly status: number;
  readonly json: {
    readonly resourceType: string;
    readonly type?: string;
    readonly entry?: readonly {
      readonly fullUrl: string;
      readonly resource: Record<string, unknown> & { resourceType: string; id: string };
    }[];
    readonly issue?: readonly { readonly severity: string; readonly code: string; readonly diagnostics: string }[];
  };
}

const person = 'gayla-ferry.json.gz';
let database: TestDatabase;
let server: Server;
let base: string;
let id: string;

async function send(method: string, path: string, body?: string): Promise<Answer> {
  const sent = body === undefined ? {} : { body, headers: { 'content-type': 'application/fhir+json' } };
  const response = await fetch(`${base}/${path}`, { method, ...sent } as RequestInit);
  return { status: response.status, json: (await response.json()) as Answer['json'] };
}

beforeAll(async () => {
  database = await testDatabase();
  const config = readConfig({ PORT: '0', DATABASE_POOL_SIZE: '4', AUTHORIZATION: 'off' });
  server = await createServer({ config, connection: database.connection, log: createLog('silent'), version: '1.2.3' });
  base = `${(await server.listen()).url}/fhir`;
  const bundle = gunzipSync(readFileSync(projectFile('src', 'cli', 'sample-data', person))).toString();
  expect((await send('POST', '', bundle)).status).toBe(200);
  id = (await send('GET', 'Patient')).json.entry?.[0]?.resource.id ?? '';
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

describe('$summary', () => {
  test('is a document that our own validator finds nothing wrong with', async () => {
    const { status, json } = await send('GET', `Patient/${id}/$summary`);
    expect([status, json.type, json.entry?.[0]?.resource.resourceType]).toEqual([200, 'document', 'Composition']);
    const checked = await send('POST', 'Bundle/$validate', JSON.stringify(json));
    expect(checked.json.issue?.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
  });

  test('has addresses of this server', async () => {
    const { json } = await send('GET', `Patient/${id}/$summary`);
    expect(json.entry?.map(({ fullUrl }) => fullUrl)).toContain(`${base}/Patient/${id}`);
  });

  describe('finds the patient by identifier', () => {
    let system = '';
    let value = '';
    beforeAll(async () => {
      const patient = (await send('GET', `Patient/${id}`)).json as unknown as { identifier: { system: string; value: string }[] };
      ({ system, value } = patient.identifier[0] ?? { system, value });
    });
    const named = (name: string, more: object) => JSON.stringify({ resourceType: 'Parameters', parameter: [{ name, ...more }] });

    test.each([
      ['system|value in the query', () => send('GET', `Patient/$summary?identifier=${encodeURIComponent(`${system}|${value}`)}`)],
      ['value alone', () => send('GET', `Patient/$summary?identifier=${value}`)],
      ['the name that the guide gives it', () => send('GET', `Patient/$summary?identifer=${value}`)],
      ['POST of the query', () => send('POST', `Patient/$summary?identifier=${value}`)],
      ['an Identifier', () => send('POST', 'Patient/$summary', named('identifier', { valueIdentifier: { system, value } }))],
      ['an Identifier without system', () => send('POST', 'Patient/$summary', named('identifer', { valueIdentifier: { value } }))],
      ['a text', () => send('POST', 'Patient/$summary', named('identifier', { valueString: `${system}|${value}` }))],
    ])('as %s', async (_, ask) => {
      const { status, json } = await ask();
      expect([status, json.entry?.[1]?.resource.id]).toEqual([200, id]);
    });

    test('with separators in its value', async () => {
      const identifier = [{ system: 'urn:a|b', value: 'x,y$z\\' }];
      await send('PUT', 'Patient/odd', JSON.stringify({ resourceType: 'Patient', id: 'odd', identifier }));
      const { status, json } = await send('POST', 'Patient/$summary', named('identifier', { valueIdentifier: identifier[0] }));
      expect([status, json.entry?.[1]?.resource.id]).toEqual([200, 'odd']);
    });

    test('and refuses an Identifier with neither', async () => {
      const { status } = await send('POST', 'Patient/$summary', named('identifier', { valueIdentifier: { use: 'official' } }));
      expect(status).toBe(400);
    });
  });

  test.each([
    ['an unknown patient', () => 'Patient/nobody/$summary', 404, 'not known'],
    ['an unknown identifier', () => 'Patient/$summary?identifier=a|b', 404, 'No patient has this identifier'],
    ['nobody', () => 'Patient/$summary', 400, 'Say who is meant'],
    ['two names for one', () => `Patient/${id}/$summary?identifier=a|b`, 400, 'leave identifier out'],
    ['another profile', () => `Patient/${id}/$summary?profile=https://a.example`, 400, 'is not offered'],
    ['a graph', () => `Patient/${id}/$summary?graph=https://a.example`, 400, 'Leave graph out'],
    ['both spellings', () => 'Patient/$summary?identifier=a|b&identifer=a|b', 400, 'give one of them'],
    ['a parameter that it does not have', () => `Patient/${id}/$summary?grph=https://a.example`, 400, 'Did you mean "graph"'],
  ])('refuses %s', async (_, path, status, text) => {
    const answer = await send('GET', path());
    expect([answer.status, answer.json.issue?.[0]?.diagnostics]).toEqual([status, expect.stringContaining(text)]);
  });

  test('tells 410 of a patient that was deleted', async () => {
    await send('PUT', 'Patient/gone', JSON.stringify({ resourceType: 'Patient', id: 'gone' }));
    await fetch(`${base}/Patient/gone`, { method: 'DELETE' });
    expect((await send('GET', 'Patient/gone/$summary')).status).toBe(410);
  });

  test('refuses an identifier that several patients have', async () => {
    for (const each of ['twin-1', 'twin-2'])
      await send(
        'PUT',
        `Patient/${each}`,
        JSON.stringify({ resourceType: 'Patient', id: each, identifier: [{ system: 'urn:x', value: '7' }] }),
      );
    expect((await send('GET', 'Patient/$summary?identifier=urn:x|7')).status).toBe(412);
  });
});

describe('Within an access, $summary', () => {
  let store: TestRepository;
  const of = (type: string, id: string, subject: string, more: object): Resource =>
    ({
      resourceType: type,
      id,
      [type === 'AllergyIntolerance' || type === 'Immunization' ? 'patient' : 'subject']: { reference: subject },
      ...more,
    }) as Resource;
  const words = (text: string) => ({ text });
  const active = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }] };
  const allergic = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] };
  const resources: readonly Resource[] = [
    {
      resourceType: 'Patient',
      id: 'p',
      name: [{ family: 'Judge' }],
      birthDate: '1985-04-25',
      managingOrganization: { reference: 'Organization/o' },
    } as Resource,
    { resourceType: 'Patient', id: 'q' },
    { resourceType: 'Organization', id: 'o', name: 'Hospital' } as Resource,
    of('Condition', 'own', 'Patient/p', { code: words('Asthma'), clinicalStatus: active }),
    of('Condition', 'other', 'Patient/q', { code: words('Gout'), clinicalStatus: active, asserter: { reference: 'Patient/p' } }),
    of('AllergyIntolerance', 'nut', 'Patient/p', { code: words('Nuts'), clinicalStatus: allergic }),
    of('MedicationRequest', 'm', 'Patient/p', { status: 'active', intent: 'order', medicationCodeableConcept: words('Aspirin') }),
    of('Immunization', 'i', 'Patient/p', { status: 'completed', vaccineCode: words('Tetanus'), occurrenceDateTime: '2020' }),
  ];
  beforeAll(async () => {
    store = await testRepository({ referentialIntegrity: 'off' });
    for (const resource of resources)
      await store.repository.commit([{ kind: 'update', type: resource.resourceType, id: resource.id as string, at: '', resource }]);
  });
  afterAll(() => store.close());

  const summaryUnder = async (types: readonly string[]) => {
    const access = handMade(types.join(), [{ types, rights: 'rs', grant: { patients: { kind: 'one', id: 'p' } } }]);
    const answer = await askerOf(dispatch, definitions, store.under(access), {}, access)('GET', 'Patient/p/$summary');
    const entry = (answer.json['entry'] ?? []) as { resource: Resource & { section?: { title: string; text: { div: string } }[] } }[];
    const sections = (entry[0]?.resource.section ?? []).map(({ title, text }) => `${title}: ${text.div.replace(/<[^>]*>/g, ' ')}`);
    return { ...answer, sections, names: entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`) };
  };
  const needed = ['Patient', 'Condition', 'AllergyIntolerance', 'MedicationRequest', 'MedicationStatement'];

  test('tells what is within reach, and of what may not be read nothing at all', async () => {
    const { status, sections, names } = await summaryUnder(needed);
    expect([status, names]).toEqual([200, expect.arrayContaining(['Condition/own', 'AllergyIntolerance/nut', 'MedicationRequest/m'])]);
    expect(names.filter((name) => /^(Immunization|Procedure|Device)\/[^-]{0,20}$|^Organization/.test(name))).toEqual([]);
    expect(sections.map((section) => section.split(':')[0])).toEqual(['Medication Summary', 'Allergies and Intolerances', 'Problem List']);
  });

  test('says in a section which of its types may not be read', async () => {
    const { sections } = await summaryUnder(needed.filter((type) => type !== 'MedicationStatement'));
    expect(sections[0]).toMatch(/Aspirin.*Not looked at, for lack of a right to read it: MedicationStatement\./);
    expect(sections[1]).not.toContain('Not looked at');
  });

  test('is refused where a required section may not be told', async () => {
    const { status, diagnostics } = await summaryUnder(needed.filter((type) => type !== 'AllergyIntolerance'));
    expect([status, diagnostics]).toEqual([
      403,
      'A summary tells Allergies and Intolerances, which needs a scope such as user/AllergyIntolerance.rs, and none was granted.',
    ]);
  });

  test('has nothing that the patient said of others', async () => {
    const answer = await askerOf(dispatch, definitions, store.repository)('GET', 'Patient/p/$summary');
    expect(answer.text).toContain('Asthma');
    expect(answer.text).not.toContain('Gout');
    expect(answer.text).toContain('"fullUrl":"http://127.0.0.1:8080/fhir/Organization/o"');
  });

  test('of a record too large for one answer is the same as of a small one', async () => {
    const changes = Array.from({ length: 320 }, (_, i): Change => {
      const resource = of('Condition', `c-${i}`, 'Patient/p', {
        code: words(`Past ${i}`),
        clinicalStatus: { coding: [{ ...active.coding[0], code: 'resolved' }] },
      });
      return { kind: 'update', type: 'Condition', id: `c-${i}`, at: `Bundle.entry[${i}].resource`, resource };
    });
    const before = await askerOf(dispatch, definitions, store.repository)('GET', 'Patient/p/$summary');
    await store.repository.commit(changes, { transaction: true });
    const after = await askerOf(dispatch, definitions, store.repository)('GET', 'Patient/p/$summary');
    const entries = ({ json }: typeof after) => (json['entry'] as unknown[]).length;
    expect(entries(after)).toBe(entries(before) + 320);
    expect(after.text).not.toContain('Gout');
  });
});
