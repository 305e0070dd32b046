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
  const config = readConfig({ AUTHORIZATION: 'off', PORT: '0', DATABASE_POOL_SIZE: '4', REFERENTIAL_INTEGRITY: 'off' });
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

const tagged = ({ meta }: Resource): boolean => JSON.stringify(meta).includes('"SUBSETTED"');
/** Names of the elements of what was found and of what was included. */
const namesOf = ({ body }: Answer): Record<string, readonly string[]> =>
  Object.fromEntries((body.entry ?? []).map(({ resource, search }) => [search.mode, Object.keys(resource)]));

describe('Parts of resources over HTTP', () => {
  beforeAll(async () => {
    const text = (words: string) => ({ status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${words}</div>` });
    await put({ resourceType: 'Organization', id: 'org', text: text('org'), name: 'Org', alias: ['O'], partOf: to('Organization/none') });
    await put({
      ...{ resourceType: 'Encounter', id: 'enc', text: text('enc'), status: 'finished', class: { code: 'AMB' } },
      ...{ period: { start: '2020' }, diagnosis: [{ condition: to('Condition/c'), rank: 1 }], serviceProvider: to('Organization/org') },
    });
  });

  const found = 'Encounter?_id=enc&_include=Encounter:service-provider';

  test.each<[string, readonly string[], readonly string[], boolean]>([
    [
      '_summary=false',
      ['resourceType', 'id', 'meta', 'text', 'status', 'class', 'period', 'diagnosis', 'serviceProvider'],
      ['resourceType', 'id', 'meta', 'text', 'name', 'alias', 'partOf'],
      false,
    ],
    [
      '_summary=true',
      ['resourceType', 'id', 'meta', 'status', 'class', 'diagnosis'],
      ['resourceType', 'id', 'meta', 'name', 'partOf'],
      true,
    ],
    [
      '_summary=data',
      ['resourceType', 'id', 'meta', 'status', 'class', 'period', 'diagnosis', 'serviceProvider'],
      ['resourceType', 'id', 'meta', 'name', 'alias', 'partOf'],
      true,
    ],
  ])('%s gives what the specification says, of included resources too', async (query, match, include, isTagged) => {
    const answer = await ask('GET', `${found}&${query}`);
    expect(namesOf(answer)).toEqual({ match, include });
    expect(answer.body.entry?.map(({ resource }) => tagged(resource))).toEqual([isTagged, isTagged]);
    expect(linkOf(answer, 'self')).toContain(query);
  });

  // SHALL: _include cannot be mixed with _summary=text — search.html#summary
  test('_summary=text gives narrative, id, meta and mandatory elements, and goes with no include', async () => {
    const answer = await ask('GET', 'Encounter?_id=enc&_summary=text');
    expect(namesOf(answer)).toEqual({ match: ['resourceType', 'id', 'meta', 'text', 'status', 'class'] });
    expect(answer.body.entry?.map(({ resource }) => tagged(resource))).toEqual([true]);
    expect((await ask('GET', `${found}&_summary=text`)).status).toBe(400);
  });

  test.each(['_summary=count', '_count=0'])('%s gives the number alone', async (query) => {
    const answer = await ask('GET', `Observation?code:text=x&_include=Observation:subject&${query}`);
    const { total, entry, link = [] } = answer.body;
    expect([total, entry, link.map(({ relation }) => relation)]).toEqual([5, undefined, ['self']]);
    expect(linkOf(answer, 'self')).toContain(query);
  });

  // "The list of elements does not apply to included resources" — search.html#elements
  test.each<[string, readonly string[]]>([
    ['_elements=period', ['resourceType', 'id', 'meta', 'status', 'class', 'period']],
    ['_elements:exclude=diagnosis,text', ['resourceType', 'id', 'meta', 'status', 'class', 'period', 'serviceProvider']],
    ['_elements:exclude=status,class', ['resourceType', 'id', 'meta', 'text', 'status', 'class', 'period', 'diagnosis', 'serviceProvider']],
  ])('%s gives parts of the matches, mandatory elements always, and all of what is included', async (query, match) => {
    const answer = await ask('GET', `${found}&${query}`);
    expect(namesOf(answer)).toEqual({ match, include: ['resourceType', 'id', 'meta', 'text', 'name', 'alias', 'partOf'] });
    expect(answer.body.entry?.map(({ resource }) => tagged(resource))).toEqual([true, false]);
    expect(decodeURIComponent(linkOf(answer, 'self'))).toContain(query);
  });

  test('what is stored bears no mark of it', async () => {
    const { body } = await ask('GET', 'Encounter/enc');
    expect(JSON.stringify(body)).not.toContain('SUBSETTED');
  });

  test.each([
    '_summary=some',
    '_elements=',
    '_elements=nme',
    '_elements:exclude=nme',
    '_summary=true&_elements=status',
    '_count=-1',
    '_total=some',
  ])('%s is refused', async (query) => {
    expect((await ask('GET', `Encounter?${query}`)).status).toBe(400);
  });
});

describe('A total over HTTP', () => {
  const five = 'Observation?code:text=x&_include=Observation:subject';

  test('counts matches, not what is included, and is there where it is known', async () => {
    expect((await ask('GET', five)).body.total).toBe(5);
    expect((await ask('GET', `${five}&_count=2`)).body.total).toBeUndefined();
    expect((await ask('GET', `${five}&_count=2&_total=none`)).body.total).toBeUndefined();
    expect((await ask('GET', `${five}&_count=2&_total=accurate`)).body.total).toBe(5);
    expect((await ask('GET', `${five}&_count=2&_total=estimate`)).body.total).toBeGreaterThanOrEqual(2);
  });

  test('is the same on every page that asks for it', async () => {
    let answer = await ask('GET', `${five}&_count=2&_total=accurate`);
    const totals = [answer.body.total];
    for (let next = linkOf(answer, 'next'); next !== ''; next = linkOf(answer, 'next')) {
      answer = await ask('GET', next);
      totals.push(answer.body.total);
    }
    expect(totals).toEqual([5, 5, 5]);
  });
});

describe('A search by POST', () => {
  const post = async (path: string, form: string): Promise<Answer> => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(`${base}/${path}`, { method: 'POST', headers, body: form });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };

  test('takes the parameters of the URL and of the form together, and shows all of them in the self link', async () => {
    const answer = await post('Observation/_search?code:text=x&_sort=_id', '_id=now,once&_elements=status&_count=1');
    expect(entriesOf(answer)).toEqual(['match Observation/now 1']);
    const self = 'Observation?code:text=x&_sort=_id&_id=now,once&_elements=status&_count=1';
    expect(decodeURIComponent(linkOf(answer, 'self'))).toBe(`${base}/${self}`);
    const second = await ask('GET', linkOf(answer, 'next'));
    expect(entriesOf(second)).toEqual(['match Observation/once 1']);
    expect(Object.keys(second.body.entry?.[0]?.resource ?? {})).toEqual(['resourceType', 'id', 'meta', 'status', 'code']);
  });

  test('repeats a parameter of the URL as a further condition', async () => {
    expect(entriesOf(await post('Observation/_search?_id=now,once', '_id=once,later'))).toEqual(['match Observation/once 1']);
  });

  test('goes into compartments and over all types', async () => {
    expect(entriesOf(await post('Patient/eve/Observation/_search', '_id=now'))).toEqual(['match Observation/now 1']);
    expect(entriesOf(await post('_search?_type=Patient,Practitioner', '_id=ada,now'))).toEqual(['match Practitioner/ada 1']);
  });

  test('shows in the self link what was really used, with a lenient handling too', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', prefer: 'handling=lenient' };
    const response = await fetch(`${base}/Observation/_search?nme=x`, { method: 'POST', headers, body: '_id=now&_count=99999' });
    const body = (await response.json()) as Answer['body'];
    expect(linkOf({ status: 200, body }, 'self')).toBe(`${base}/Observation?_id=now&_count=1000`);
  });
});
