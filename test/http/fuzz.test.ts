/**
 * Damaged official examples thrown at every interaction, over HTTP, on a real database: http.html, "a 4xx OperationOutcome, never a 5xx".
 * FUZZ_SEED runs another series; FULL=1 runs a longer one.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readConfig } from '../../src/config.ts';
import { parseJson } from '../../src/fhir/json.ts';
import { loadDefinitions } from '../../src/fhir/registry.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { readXml } from '../../src/fhir/xml/read.ts';
import { writeXml } from '../../src/fhir/xml/write.ts';
import { createLog } from '../../src/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { full, official, officialNames } from '../validation/example.ts';
import { type Changes, changes, damage, mutated, secret } from './fuzz/mutation.ts';
import { closeConnections, contentType, criteria, headers, ids, method, path, type Received, type Sent, send } from './fuzz/request.ts';

const definitions = loadDefinitions();
const seed = Number(process.env['FUZZ_SEED'] ?? 20_260_101);
const runs = (count: number) => ({ seed, numRuns: full ? count * 10 : count });

const examples: readonly Resource[] = officialNames(60)
  .map((name) => official(name).resource)
  .filter((resource) => JSON.stringify(resource).length < 60_000);

let database: TestDatabase;
let server: Server;
let port: number;
let log = '';

beforeAll(async () => {
  database = await testDatabase();
  const config = readConfig({
    AUTHORIZATION: 'off',
    PORT: '0',
    DATABASE_POOL_SIZE: '4',
    REFERENTIAL_INTEGRITY: 'off',
    CONDITIONAL_DELETE: 'multiple',
  });
  const lines = createLog('debug', { write: (line: string) => void (log += line) });
  server = await createServer({ config, connection: database.connection, log: lines, version: '9.9.9' });
  port = Number(new URL((await server.listen()).url).port);
  for (const id of ['a', 'b']) {
    await send(port, json('PUT', `/fhir/Patient/${id}`, { resourceType: 'Patient', id, active: true, name: [{ family: 'A' }] }));
    await send(port, json('PUT', `/fhir/Binary/${id}`, { resourceType: 'Binary', id, contentType: 'text/plain', data: 'QUJD' }));
  }
});
afterAll(async () => {
  closeConnections();
  await server.close();
  await database.drop();
});

afterEach(async () => {
  const ready = await send(port, { method: 'GET', path: '/health/ready', headers: {} });
  expect(ready.status).toBe(200);
  expect(log.includes(secret)).toBe(false);
  expect(log.split('\n').filter((line) => line.includes('"level":50'))).toEqual([]);
});

const type = { 'Content-Type': 'application/fhir+json' };
const json = (verb: string, target: string, body: object, more: object = {}): Sent => ({
  method: verb,
  path: target,
  headers: { ...type, ...more },
  body: JSON.stringify(body),
});

interface Outcome extends Resource {
  readonly issue: readonly { readonly severity: string; readonly code: string; readonly diagnostics?: string }[];
}

const isXml = ({ headers: { 'content-type': media = '' } }: Received): boolean => media.includes('xml');

const resourceIn = (received: Received): Resource =>
  (isXml(received) ? readXml(received.text, definitions) : parseJson(received.text)) as Resource;

/** What every answer must be. */
async function answered(sent: Sent): Promise<Received> {
  const received = await send(port, sent);
  expect(received.status).toBeGreaterThanOrEqual(100);
  expect(received.status).toBeLessThan(500);
  if (sent.method === 'HEAD' || sent.method === 'OPTIONS') return received;
  if (received.status >= 400) {
    const { resourceType, issue } = resourceIn(received) as Outcome;
    expect(resourceType).toBe('OperationOutcome');
    expect(issue.length).toBeGreaterThan(0);
    for (const { diagnostics } of issue) expect(diagnostics ?? '').not.toBe('');
  }
  return received;
}

const resource: fc.Arbitrary<Resource> = fc.constantFrom(...examples);
const changed = (most: number): fc.Arbitrary<Resource> =>
  fc.tuple(resource, changes(most)).map(([one, list]: [Resource, Changes]) => mutated(one, list));

const content = ({ meta: _meta, id: _id, ...rest }: Resource): object => JSON.parse(JSON.stringify(rest)) as object;

const local = (location: string | undefined): string => new URL(location ?? '', 'http://x').pathname;

describe('What is sent', () => {
  it('is kept as it was when it is acknowledged, in both formats, and refused by an outcome otherwise', async () => {
    let kept = 0;
    const property = fc.asyncProperty(changed(2), fc.constantFrom('a', 'b', undefined), async (one, id) => {
      const body = id === undefined ? one : { ...one, id };
      const target = `/fhir/${String(one.resourceType).replace(/[^\w]/g, '_')}`;
      const received = await answered(id === undefined ? json('POST', target, body) : json('PUT', `${target}/${id}`, body));
      if (received.status > 201) return;
      kept++;
      const place = received.headers.location ?? `${target}/${id}`;
      const read = await answered({ method: 'GET', path: local(place), headers: { Accept: 'application/fhir+json' } });
      expect([read.status, content(JSON.parse(read.text))]).toEqual([200, content(body as Resource)]);
      const xml = await answered({ method: 'GET', path: local(place), headers: { Accept: 'application/fhir+xml' } });
      // U+FFFE and U+FFFF are text in JSON, but no XML can hold them.
      if (/[\ufffe\uffff]/.test(read.text)) return expect(xml.status).toBe(406);
      expect([xml.status, content(readXml(xml.text, definitions))]).toEqual([200, content(body as Resource)]);
    });
    await fc.assert(property, runs(1500));
    expect(kept).toBeGreaterThan(50);
  }, 900_000);

  it('may be any text with any headers', async () => {
    const anything = fc.tuple(changed(1), damage, contentType, headers, fc.constantFrom('POST', 'PUT', 'PATCH'), fc.boolean());
    const property = fc.asyncProperty(anything, async ([one, harm, media, more, verb, asXml]) => {
      const target = verb === 'POST' ? `/fhir/${encodeURIComponent(one.resourceType)}` : `/fhir/${encodeURIComponent(one.resourceType)}/a`;
      const body = verb === 'PUT' ? { ...one, id: 'a' } : one;
      const text = asXml ? xmlOf(body) : JSON.stringify(body);
      const given = asXml ? 'application/fhir+xml' : media;
      await answered({ method: verb, path: target, headers: { ...more, 'Content-Type': given }, body: harm(text) });
    });
    await fc.assert(property, runs(1500));
  }, 900_000);
});

/** As far as it can be written: what is no FHIR cannot. */
function xmlOf(one: Resource): string {
  try {
    return writeXml(one, definitions);
  } catch {
    return `<Patient xmlns="http://hl7.org/fhir"><id value="${String(one.id)}"/></Patient>`;
  }
}

describe('Any path, query and header', () => {
  it('of any method is answered', async () => {
    const property = fc.asyncProperty(method, path, headers, contentType, fc.constantFrom(undefined, '{}', '', '[]', 'x=1'), (...parts) => {
      const [verb, target, more, media, body] = parts;
      const bodied = body === undefined ? {} : { body };
      return answered({
        method: verb,
        path: target,
        headers: { ...more, ...(body === undefined ? {} : { 'Content-Type': media }) },
        ...bodied,
      }).then(() => {});
    });
    await fc.assert(property, runs(3000));
  }, 900_000);

  it('may be the criteria of a conditional interaction', async () => {
    const patch = [{ op: 'add', path: '/active', value: true }];
    const property = fc.asyncProperty(criteria, headers, changed(1), async (target, more, one) => {
      await answered(json('PUT', target, one, more));
      await answered({ ...json('PATCH', target, patch, more), headers: { ...more, 'Content-Type': 'application/json-patch+json' } });
      await answered({
        method: 'POST',
        path: target.replace('?', '/_search?'),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: target.split('?')[1] ?? '',
      });
      const exist = target.split('?')[1] ?? '';
      await answered(
        json('POST', `/fhir/${one.resourceType === undefined ? 'Patient' : encodeURIComponent(String(one.resourceType))}`, one, {
          'If-None-Exist': exist,
        }),
      );
      if (target.includes('?')) await answered({ method: 'DELETE', path: target, headers: more });
    });
    await fc.assert(property, runs(300));
  }, 900_000);
});

describe('A patch', () => {
  const pointer = fc.constantFrom(
    '',
    '/',
    '/name',
    '/name/0',
    '/name/-',
    '/name/0/family',
    '/name/9',
    '/name/01',
    '/id',
    '/__proto__/x',
    '/a~2',
    '/contact/0/name',
    '/active',
  );
  const operation = fc.record(
    {
      op: fc.constantFrom<unknown[]>('add', 'remove', 'replace', 'move', 'copy', 'test', 'x', 1),
      path: pointer,
      from: pointer,
      value: fc.constantFrom<unknown[]>(
        'x',
        1,
        true,
        null,
        {},
        [],
        { family: secret },
        '\u0001',
        { resourceType: 'x' },
        Array(200).fill({}),
      ),
    },
    { requiredKeys: ['op', 'path'] },
  );
  const fhirPath = fc.constantFrom(
    'Patient',
    'Patient.name',
    'Patient.name[0]',
    'Patient.name.family',
    'Patient.active',
    'Patient.where(',
    'Patient.id',
    'Patient.name.where(use = 1)',
    '%resource',
    'Patient.descendants()',
    '',
    'Patient.contained[0]',
  );
  const part = fc.record({
    type: fc.constantFrom('add', 'insert', 'delete', 'replace', 'move', 'x'),
    path: fhirPath,
    name: fc.constantFrom('name', 'active', 'birthDate', 'extension', 'contained', 'x', '__proto__'),
    value: fc.constantFrom<object[]>(
      { valueBoolean: true },
      { valueString: secret },
      { valueDate: '2000' },
      { valueHumanName: { family: 'x' } },
      {},
      { part: [] },
    ),
    index: fc.constantFrom(-1, 0, 1, 1e9),
  });
  const parametersOf = (parts: readonly { type: string; path: string; name: string; value: object; index: number }[]): Resource => ({
    resourceType: 'Parameters',
    parameter: parts.map((one) => ({
      name: 'operation',
      part: [
        { name: 'type', valueCode: one.type },
        { name: 'path', valueString: one.path },
        { name: 'name', valueString: one.name },
        { name: 'value', ...one.value },
        ...['index', 'source', 'destination'].map((name) => ({ name, valueInteger: one.index })),
      ],
    })),
  });

  it('of either kind leaves a valid resource', async () => {
    const property = fc.asyncProperty(
      fc.array(operation, { maxLength: 4 }),
      fc.array(part, { maxLength: 3 }),
      changes(1),
      async (operations, parts, list) => {
        const media = { 'Content-Type': 'application/json-patch+json' };
        await answered({ method: 'PATCH', path: '/fhir/Patient/b', headers: media, body: JSON.stringify(operations) });
        await answered(json('PATCH', '/fhir/Patient/b', mutated(parametersOf(parts), list)));
        const read = await answered({ method: 'GET', path: '/fhir/Patient/b', headers: {} });
        if (read.status !== 200) return;
        const again = await answered(json('PUT', '/fhir/Patient/b', JSON.parse(read.text) as object));
        expect(again.status).toBe(200);
      },
    );
    await fc.assert(property, runs(600));
  }, 900_000);
});

describe('A Bundle of damaged entries', () => {
  let number = 0;
  const entry = fc.record({
    one: fc.oneof({ weight: 5, arbitrary: resource }, { weight: 1, arbitrary: changed(1) }),
    verb: fc.constantFrom('POST', 'POST', 'POST', 'POST', 'POST', 'PUT', 'PUT', 'DELETE', 'GET', 'PATCH', 'HEAD'),
    id: fc.constantFrom(...ids),
    more: fc.constantFrom<object[]>(
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      {},
      { ifMatch: 'W/"1"' },
      { ifNoneExist: 'identifier=a|b' },
      { ifNoneMatch: '*' },
      { ifMatch: 'x' },
      { zz: 1 },
    ),
    fullUrl: fc.constantFrom(
      undefined,
      undefined,
      undefined,
      undefined,
      'urn:uuid:00000000-0000-4000-8000-000000000000',
      'http://x/Patient/a',
      'x y',
      1,
    ),
  });
  type Entry = typeof entry extends fc.Arbitrary<infer T> ? T : never;
  const entryOf = ({ one, verb, id, more, fullUrl }: Entry, tag: string): object => {
    const tagged = { ...one, ...(verb === 'PUT' ? { id } : {}), meta: { tag: [{ system: 'urn:fuzz', code: tag }] } };
    const withBody = verb === 'POST' || verb === 'PUT' || verb === 'PATCH' ? { resource: tagged } : {};
    const url = verb === 'POST' ? one.resourceType : `${one.resourceType}/${encodeURIComponent(id)}`;
    return { ...withBody, ...(fullUrl === undefined ? {} : { fullUrl }), request: { method: verb, url, ...more } };
  };
  const tagsOf = async (tag: string, among: readonly Resource[]): Promise<number> => {
    const known = new Set(among.map((one) => one.resourceType).filter((name) => definitions.isResourceType(name)));
    let total = 0;
    for (const name of known) {
      const found = await answered({ method: 'GET', path: `/fhir/${name}?_tag=urn:fuzz|${tag}&_summary=count`, headers: {} });
      total += (JSON.parse(found.text) as { total: number }).total;
    }
    return total;
  };

  it.each(['transaction', 'batch'])(
    'that is a %s leaves all that it acknowledges and nothing that it refuses',
    async (kind) => {
      let done = 0;
      const property = fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 4 }), damage, async (given, harm) => {
        const tag = `t${number++}`;
        const body = { resourceType: 'Bundle', type: kind, entry: given.map((one) => entryOf(one, tag)) };
        const received = await answered({ method: 'POST', path: '/fhir', headers: type, body: harm(JSON.stringify(body)) });
        if (received.status !== 200)
          return expect(
            await tagsOf(
              tag,
              given.map(({ one }) => one),
            ),
          ).toBe(0);
        const answers = (JSON.parse(received.text) as { entry: { response: { status: string; location?: string } }[] }).entry ?? [];
        for (const { response } of answers) {
          expect(response.status).toMatch(/^[1-4]/);
          if (response.location === undefined || !response.status.startsWith('20')) continue;
          done++;
          expect((await answered({ method: 'GET', path: `/fhir/${response.location}`, headers: {} })).status).toBe(200);
        }
      });
      await fc.assert(property, runs(500));
      expect(done).toBeGreaterThan(10);
    },
    900_000,
  );
});
