/** What shapes the result of a search, asked of the whole server over HTTP. https://hl7.org/fhir/R4/search.html#return */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { createLog } from '../../src/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

interface Entry {
  readonly fullUrl: string;
  readonly resource: Resource;
  readonly search: { readonly mode: string };
}

interface Answer {
  readonly status: number;
  readonly body: {
    readonly total?: number;
    readonly link?: readonly { readonly relation: string; readonly url: string }[];
    readonly entry?: readonly Entry[];
    readonly issue?: readonly { readonly code: string; readonly diagnostics: string }[];
  };
}

let database: TestDatabase;
let server: Server;
let base: string;

async function ask(method: string, path: string, body?: object): Promise<Answer> {
  const headers = { 'content-type': 'application/fhir+json' };
  const url = path.startsWith('http') ? path : `${base}/${path}`;
  const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const put = async (resource: Resource): Promise<void> => {
  expect((await ask('PUT', `${resource.resourceType}/${resource.id}`, resource)).status).toBeLessThan(300);
};

const linkOf = ({ body }: Answer, relation: string): string => body.link?.find((link) => link.relation === relation)?.url ?? '';
const entriesOf = ({ body }: Answer): string[] =>
  (body.entry ?? [])
    .map(({ resource: { resourceType, id, meta }, search }) => `${search.mode} ${resourceType}/${id} ${meta?.versionId}`)
    .sort();

const to = (reference: string) => ({ reference });
const observation = (id: string, subject: string): Resource => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'x' },
  subject: to(subject),
});

beforeAll(async () => {
  database = await testDatabase();
  const config = readConfig({ PORT: '0', DATABASE_POOL_SIZE: '4', REFERENTIAL_INTEGRITY: 'off' });
  server = await createServer({ config, connection: database.connection, log: createLog('silent'), version: '1.2.3' });
  base = `${(await server.listen()).url}/fhir`;
  await put({ resourceType: 'Practitioner', id: 'ada', name: [{ family: 'Lovelace' }], gender: 'female' });
  await put({ resourceType: 'Patient', id: 'eve', generalPractitioner: [to('Practitioner/ada')], gender: 'female' });
  await put({ resourceType: 'Patient', id: 'eve', generalPractitioner: [to('Practitioner/ada')], gender: 'other' });
  for (const [id, subject] of [
    ['now', 'Patient/eve'],
    ['once', 'Patient/eve/_history/1'],
    ['later', 'Patient/eve'],
  ] as const)
    await put(observation(id, subject));
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

describe('An include over HTTP', () => {
  test('marks what matches and what is included, which has a fullUrl like any other', async () => {
    const answer = await ask('GET', 'Observation?_id=now&_include=Observation:subject&_include:iterate=Patient:general-practitioner');
    expect(entriesOf(answer)).toEqual(['include Patient/eve 2', 'include Practitioner/ada 1', 'match Observation/now 1']);
    expect(answer.body.entry?.map(({ fullUrl }) => fullUrl)).toContain(`${base}/Practitioner/ada`);
    expect(answer.body.total).toBe(1);
  });

  // SHOULD: resolve version-specific references by the version named — search.html#include of later versions
  test('gives the version that a reference names, beside the current one where both are meant', async () => {
    expect(entriesOf(await ask('GET', 'Observation?_id=once&_include=Observation:subject'))).toEqual([
      'include Patient/eve 1',
      'match Observation/once 1',
    ]);
    expect(entriesOf(await ask('GET', 'Observation?_id=now,once&_include=Observation:subject'))).toEqual([
      'include Patient/eve 1',
      'include Patient/eve 2',
      'match Observation/now 1',
      'match Observation/once 1',
    ]);
  });

  test('gives nothing of what is deleted, in whatever version', async () => {
    await put({ resourceType: 'Patient', id: 'gone' });
    await put(observation('left', 'Patient/gone/_history/1'));
    await put(observation('right', 'Patient/gone'));
    for (const id of ['left', 'right']) expect((await ask('GET', `Observation?_id=${id}&_include=*`)).body.entry).toHaveLength(2);
    expect((await fetch(`${base}/Patient/gone`, { method: 'DELETE' })).status).toBeLessThan(300);
    for (const id of ['left', 'right']) expect((await ask('GET', `Observation?_id=${id}&_include=*`)).body.entry).toHaveLength(1);
  });

  test('is carried by every link', async () => {
    const text =
      '_include=Observation:subject&_include:iterate=Patient:general-practitioner&_revinclude:recurse=Provenance:target&_count=1&_sort=_id';
    let answer = await ask('GET', `Observation?_id=now,once,later&${text}`);
    const seen: (string | undefined)[] = [];
    for (;;) {
      expect(linkOf(answer, 'self')).toContain(text);
      seen.push(...entriesOf(answer));
      const next = linkOf(answer, 'next');
      if (next === '') break;
      expect(next).toContain(text);
      answer = await ask('GET', next);
    }
    expect(seen).toEqual([
      'include Patient/eve 2',
      'include Practitioner/ada 1',
      'match Observation/later 1',
      'include Patient/eve 2',
      'include Practitioner/ada 1',
      'match Observation/now 1',
      'include Patient/eve 1',
      'include Practitioner/ada 1',
      'match Observation/once 1',
    ]);
  });

  test('is refused in plain words', async () => {
    const answer = await ask('GET', 'Observation?_include=Observation:code');
    expect([answer.status, answer.body.issue?.[0]?.diagnostics]).toEqual([
      400,
      expect.stringContaining('is a token parameter of Observation'),
    ]);
  });

  test('selects nothing: it is no criterion of a conditional interaction', async () => {
    const answer = await ask('PUT', 'Patient?_include:iterate=Patient:link', { resourceType: 'Patient' });
    expect([answer.status, answer.body.issue?.[0]?.diagnostics]).toEqual([400, expect.stringContaining('does not say which resource')]);
  });
});
