/** No way around the log: whatever shows something of a patient, or that it is there, leaves an entry that names the patient. */
import { get as httpGet } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestEntry } from '../../src/audit/entry.ts';
import { type AuditedServer, auditedServer, observation, patient } from './server.ts';

let server: AuditedServer;
const secret = 'Zzyzx-Secret';

beforeAll(async () => {
  server = await auditedServer();
  await server.ask('PUT', '/Patient/a', patient('a', { name: [{ family: secret }], birthDate: '1970-01-01' }));
  await server.ask('PUT', '/Organization/org', { resourceType: 'Organization', id: 'org', name: 'x' });
  const entry = Array.from({ length: 60 }, (_, i) => ({
    resource: observation(`o${i}`, 'a', { valueString: `${secret} ${'x'.repeat(3000)}` }),
    request: { method: 'PUT', url: `Observation/o${i}` },
  }));
  await server.ask('POST', '', { resourceType: 'Bundle', type: 'transaction', entry });
  await server.ask('PUT', '/Composition/c', {
    ...{ resourceType: 'Composition', id: 'c', status: 'final', type: { text: 'x' }, date: '2020-01-01', title: secret },
    ...{ subject: { reference: 'Patient/a' }, author: [{ reference: 'Organization/org' }] },
  });
}, 120_000);
afterAll(() => server.close());

const patientsOf = (rows: readonly { readonly entry: object }[]): readonly string[] =>
  rows.flatMap(({ entry }) => (entry as RequestEntry).p ?? []);

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const batch = (...urls: readonly string[]) => ({
  ...{ resourceType: 'Bundle', type: 'batch' },
  entry: urls.map((url) => ({ request: { method: 'GET', url } })),
});
const parameters = (...parameter: readonly object[]) => ({ resourceType: 'Parameters', parameter });

/** What tells of patient a, by word or by its mere status. */
const ways: readonly (readonly [method: string, path: string, body?: object | string | undefined, headers?: Record<string, string>])[] = [
  ['HEAD', '/Patient/a'],
  ['HEAD', '/Observation/o1'],
  ['HEAD', '/Observation?patient=a'],
  ['GET', '/Observation/o1', undefined, { 'if-none-match': 'W/"1"' }],
  ['GET', '/Observation/o1', undefined, { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' }],
  ['GET', '/Observation/o1?_elements=id'],
  ['GET', '/Observation/o1?_summary=true'],
  ['GET', '/Observation/o1', undefined, { accept: 'application/fhir+xml' }],
  ['GET', '/Observation/o1/_history'],
  ['GET', '/Observation/o1/_history/1'],
  ['GET', '/Observation?_id=o1&_summary=count', undefined],
  ['GET', `/Patient?name=${secret}`],
  ['GET', `/Observation?patient.name=${secret}&_count=1`],
  ['GET', '/Patient?_has:Observation:patient:status=final'],
  ['GET', '/Patient?_id=a&_revinclude=Observation:patient&_count=1&_elements=id'],
  ['GET', '/Observation?_include=Observation:patient&_id=o1'],
  ['GET', '/Composition/c/$document'],
  ['POST', '/Observation/_search', '_id=o1', form],
  ['POST', '', batch('Observation/o1')],
  ['POST', '', batch('Organization/org', 'Observation/none', 'Observation?_id=o1')],
  ['POST', '', { ...batch('Observation/o1'), type: 'transaction' }],
  ['POST', '/Observation/o1/$validate', parameters({ name: 'mode', valueCode: 'profile' })],
  ['GET', '/Observation/o1/$fhirpath?expression=value'],
  ['POST', '/Observation/o1/$fhirpath', parameters({ name: 'expression', valueString: 'subject.resolve().name' })],
  [
    'POST',
    '/$fhirpath',
    parameters(
      { name: 'expression', valueString: "'Patient/a'.resolve().name.family" },
      { name: 'resource', resource: { resourceType: 'Basic', code: { text: 'x' }, subject: { reference: 'Patient/a' } } },
    ),
  ],
  ['GET', '/Patient/a/$everything?_count=1'],
  ['GET', '/Patient/a/$summary'],
  ['GET', '/Patient/a/$timeline'],
  ['GET', '/Patient/$docref?patient=a'],
  ['GET', '/DocumentReference/$docref?patient=a'],
  ['DELETE', '/Patient/a'],
  ['PUT', '/Observation/o2', { ...observation('o2', 'a'), status: 'wrong' }, {}],
  ['POST', '/Observation', observation('x', 'a'), { 'if-none-exist': '_id=o3' }],
];

/** A count names nobody: that it was asked is on record. */
const isCount = (path: string): boolean => path.includes('_summary=count');

describe('no way around the log', () => {
  test.each(ways.map(([method, path, body, headers]) => ({ method, path, body, headers })))(
    '$method $path',
    async ({ method, path, body, headers }) => {
      let tells = false;
      const rows = await server.left(async () => {
        const { status, text } = await server.ask(method, path, body, headers);
        // What is refused or not offered tells nothing.
        tells = text.includes(secret) || status < 400;
      });
      expect(rows.length).toBeGreaterThan(0);
      if (tells && !isCount(path)) expect(patientsOf(rows)).toContain('a');
    },
  );

  test('a stream that the client breaks off has told of the patient before its first piece', async () => {
    const rows = await server.left(
      () =>
        new Promise<void>((done, fail) => {
          const asked = httpGet(`${server.url}/fhir/Patient/a/$everything`, (response) => {
            response.once('data', () => {
              response.destroy();
              setTimeout(done, 200);
            });
          });
          asked.on('error', fail);
        }),
    );
    expect(patientsOf(rows)).toContain('a');
  });

  test('a client that is gone before its body came has learned nothing, and holds nobody up', async () => {
    await new Promise<void>((done) => {
      const asked = httpGet(`${server.url}/fhir/Observation`, {
        method: 'POST',
        headers: { 'content-length': '100', 'content-type': 'application/fhir+json' },
      });
      asked.on('error', () => undefined);
      asked.on('close', () => done());
      asked.write('{');
      setTimeout(() => asked.destroy(), 50);
    });
    const before = performance.now();
    for (let i = 0; i < 20; i++) await server.ask('GET', '/Observation/o1');
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
