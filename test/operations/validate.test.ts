/** $validate over HTTP on a real database: resource-operation-validate.html. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

interface Issue {
  readonly severity: string;
  readonly code: string;
  readonly diagnostics: string;
  readonly expression?: readonly string[];
  readonly location?: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly issues: readonly Issue[];
}

let database: TestDatabase;
let server: Server;
let base: string;

beforeAll(async () => {
  database = await testDatabase();
  const config = readConfig({ AUTHORIZATION: 'off', PORT: '0', DATABASE_POOL_SIZE: '4' });
  server = await createServer({ config, connection: database.connection, log: createLog('silent'), version: '1.2.3' });
  base = `${(await server.listen()).url}/fhir`;
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const json = 'application/fhir+json';
const xml = 'application/fhir+xml';

async function send(method: string, path: string, body?: unknown, type = json): Promise<Answer> {
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const sent = text === undefined ? {} : { body: text, headers: { 'content-type': type, accept: json } };
  const response = await fetch(`${base}/${path}`, { method, ...sent } as RequestInit);
  const answer = await response.text();
  const outcome = answer.startsWith('{') ? (JSON.parse(answer) as { issue?: Issue[] }) : {};
  return { status: response.status, text: answer, issues: outcome.issue ?? [] };
}

const validate = (path: string, body?: unknown, type?: string): Promise<Answer> => send('POST', `${path}$validate`, body, type);

const allOk = [{ severity: 'information', code: 'informational', diagnostics: 'All OK' }];
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Somebody</div>' };
const patient = { resourceType: 'Patient', text, active: true };
const wrong = { resourceType: 'Patient', text, gender: 'man', birthDate: '2024-02-30' };
const parameters = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter });

const brief = ({ issues }: Answer) => issues.map(({ severity, code, expression }) => [severity, code, expression?.[0]]);
const faults = [
  ['error', 'code-invalid', 'Patient.gender'],
  ['error', 'value', 'Patient.birthDate'],
];

describe('the resource', () => {
  test.each(['', 'Patient/'])('can be the body of %s$validate; the answer is 200 whether or not it is valid', async (path) => {
    const right = await validate(path, patient);
    expect([right.status, right.issues]).toEqual([200, allOk]);
    const found = await validate(path, wrong);
    expect([found.status, brief(found)]).toEqual([200, faults]);
  });

  test('can stand in Parameters', async () => {
    const found = await validate('', parameters({ name: 'resource', resource: wrong }));
    expect([found.status, brief(found)]).toEqual([200, faults]);
  });

  test('can be Parameters themselves, where no parameter is one of the operation', async () => {
    const found = await validate('', parameters({ name: 'code', valueCode: 'a' }, { name: 'x', valueBoolean: 'yes' }));
    expect(brief(found)).toEqual([['error', 'structure', 'Parameters.parameter[1].value']]);
  });

  test('SHALL: elements of XML are in the order documented', async () => {
    const patient = '<Patient xmlns="http://hl7.org/fhir"><gender value="male"/><active value="true"/></Patient>';
    const { issues } = await validate('Patient/', patient, xml);
    const [fault] = issues.filter(({ severity }) => severity === 'error');
    expect(fault).toMatchObject({ code: 'structure', expression: ['Patient'] });
    expect(fault?.diagnostics).toContain('<active> stands behind <gender>');
    expect(fault?.location).toBeDefined();
  });

  test('can be XML', async () => {
    const found = await validate('Patient/', '<Patient xmlns="http://hl7.org/fhir"><gender value="man"/></Patient>', xml);
    expect([found.status, brief(found)[0]]).toEqual([200, faults[0]]);
  });

  test('is of the type that the address says', async () => {
    const { status, issues } = await validate('Observation/', patient);
    expect([status, issues[0]?.expression, issues[0]?.diagnostics]).toEqual([
      200,
      ['resourceType'],
      'The resource is a Patient, but the address says Observation; both must agree',
    ]);
  });

  test('is needed on the levels of system and type', async () => {
    const { status, issues } = await validate('Patient/');
    expect([status, issues[0]?.diagnostics]).toEqual([
      400,
      '$validate needs a resource: as the body, or as a Parameters.parameter with name "resource".',
    ]);
  });

  test('is the stored one where the address names it and nothing is sent', async () => {
    await send('PUT', 'Patient/stored', { ...patient, id: 'stored' });
    expect((await validate('Patient/stored/')).issues).toEqual(allOk);
    expect((await send('GET', 'Patient/stored/$validate')).issues).toEqual(allOk);
    expect((await validate('Patient/nobody/')).status).toBe(404);
  });

  test('with a name that the operation does not know among its Parameters is refused', async () => {
    const { status, issues } = await validate('', parameters({ name: 'resource', resource: patient }, { name: 'profil', valueUri: 'a' }));
    expect([status, issues[0]?.expression]).toEqual([400, ['Parameters.parameter[1]']]);
    expect(issues[0]?.diagnostics).toContain('Did you mean "profile"?');
  });
});

describe('a text that is no resource is an invalid one', () => {
  test('with line and column in JSON', async () => {
    const { status, issues } = await validate('Patient/', '{"resourceType":"Patient",\n  "active": tru}');
    expect([status, issues.length, issues[0]?.severity, issues[0]?.code]).toEqual([200, 1, 'fatal', 'structure']);
    expect(issues[0]?.location?.[0]).toMatch(/^line 2, column \d+$/);
  });

  test('with line and column in XML', async () => {
    const { status, issues } = await validate('Patient/', '<Patient xmlns="http://hl7.org/fhir">\n<active value="true"></Patient>', xml);
    expect([status, issues[0]?.severity]).toEqual([200, 'fatal']);
    expect(issues[0]?.location?.[0]).toMatch(/^line 2, column \d+$/);
  });

  test('but a body of another media type is refused', async () => {
    expect((await validate('Patient/', 'hello', 'text/plain')).status).toBe(415);
  });
});

describe('profiles', () => {
  test('SHALL: an error where it cannot be validated against a nominated profile', async () => {
    const profile = 'http://example.org/StructureDefinition/unknown';
    const expected = [['error', 'not-found', 'Patient']];
    expect(brief(await send('POST', `Patient/$validate?profile=${profile}`, patient))).toEqual(expected);
    const inBody = parameters({ name: 'resource', resource: patient }, { name: 'profile', valueUri: profile });
    expect(brief(await validate('Patient/', inBody))).toEqual(expected);
  });

  test('that a resource claims and nobody knows are a warning at the claim', async () => {
    const claims = { ...patient, meta: { profile: ['http://example.org/StructureDefinition/unknown'] } };
    expect(brief(await validate('', claims))).toEqual([['warning', 'not-found', 'Patient.meta.profile[0]']]);
    const bundle = {
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ fullUrl: 'urn:uuid:3e1d7c44-3a3c-4c4a-8d51-1f2f1d8e9a01', resource: claims }],
    };
    expect(brief(await validate('', bundle))).toContainEqual(['warning', 'not-found', 'Bundle.entry[0].resource.meta.profile[0]']);
  });
});

describe('modes', () => {
  const mode = (value: string, ...more: object[]) => parameters({ name: 'mode', valueCode: value }, ...more);
  const observation = (subject: string) => ({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Weight' },
    subject: { reference: subject },
  });

  test('create tells why a create would be refused, and creates nothing', async () => {
    const resource = observation('Patient/nobody');
    const { status, issues } = await validate('Observation/', mode('create', { name: 'resource', resource }));
    expect([status, issues[0]?.severity, issues[0]?.expression]).toEqual([200, 'error', ['Observation.subject.reference']]);
    expect((await validate('Observation/', resource)).issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    const right = { name: 'resource', resource: { ...patient, identifier: [{ system: 'http://example.org', value: 'rehearsed' }] } };
    expect((await validate('Patient/', mode('create', right))).issues).toEqual(allOk);
    expect((await send('GET', 'Patient?identifier=rehearsed&_total=accurate')).text).toContain('"total":0');
  });

  test('update needs the id of the address', async () => {
    const resource = { ...patient, id: 'other' };
    const { issues } = await validate('Patient/one/', mode('update', { name: 'resource', resource }));
    expect([issues[0]?.severity, issues[0]?.expression]).toEqual(['error', ['Patient.id']]);
    expect((await validate('Patient/other/', mode('update', { name: 'resource', resource }))).issues).toEqual(allOk);
    expect((await send('GET', 'Patient/other')).status).toBe(404);
  });

  test('delete looks at the references to the stored resource, and deletes nothing', async () => {
    await send('PUT', 'Patient/needed', { ...patient, id: 'needed' });
    expect((await validate('Patient/needed/', mode('delete'))).issues).toEqual(allOk);
    await send('POST', 'Observation', observation('Patient/needed'));
    const { status, issues } = await validate('Patient/needed/', mode('delete'));
    expect([status, issues[0]?.severity, issues[0]?.code]).toEqual([200, 'error', 'conflict']);
    expect((await send('GET', 'Patient/needed')).status).toBe(200);
    expect((await validate('Patient/nobody/', mode('delete'))).status).toBe(404);
  });

  test('delete and update are asked of an instance', async () => {
    expect((await validate('Patient/', mode('delete'))).status).toBe(400);
    expect((await validate('Patient/', mode('update', { name: 'resource', resource: patient }))).status).toBe(400);
  });

  test('that do not exist are refused', async () => {
    const { status, issues } = await validate('Patient/', mode('destroy', { name: 'resource', resource: patient }));
    expect([status, issues[0]?.diagnostics]).toEqual([
      400,
      '"destroy" is no mode of $validate; known are create, update, delete and profile.',
    ]);
  });
});

describe('codes', () => {
  const status = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-MaritalStatus', code: 'Q' }] };

  test('that their system does not have are an error, and outside of an extensible binding a warning', async () => {
    expect(brief(await validate('', { ...patient, maritalStatus: status }))).toEqual([
      ['error', 'code-invalid', 'Patient.maritalStatus.coding[0].code'],
      ['warning', 'code-invalid', 'Patient.maritalStatus'],
    ]);
  });

  test('of systems that are not loaded are a note', async () => {
    const local = { coding: [{ system: 'http://example.org/status', code: 'Q' }] };
    const found = await validate('', { ...patient, maritalStatus: local });
    expect(brief(found)).toContainEqual(['information', 'not-found', 'Patient.maritalStatus.coding[0]']);
    expect(found.issues.some(({ severity }) => severity === 'error')).toBe(false);
  });

  test('of UCUM follow its grammar; nothing binds them here', async () => {
    const valueQuantity = { value: 1, system: 'http://unitsofmeasure.org', code: 'mm[Hg]{hg' };
    const found = await validate('', { resourceType: 'Observation', status: 'final', code: { text: 'a' }, valueQuantity });
    expect(brief(found)).toContainEqual(['warning', 'code-invalid', 'Observation.value.code']);
  });
});

test('The CapabilityStatement lists it for the system and every type', async () => {
  const { text } = await send('GET', 'metadata');
  const [rest] = (JSON.parse(text) as { rest: [{ operation: object[]; resource: { type: string; operation: object[] }[] }] }).rest;
  const listed = expect.objectContaining({ name: 'validate', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate' });
  expect(rest.operation).toContainEqual(listed);
  expect(rest.resource.find(({ type }) => type === 'Patient')?.operation).toContainEqual(listed);
});
