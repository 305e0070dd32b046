/** Every interaction and operation leaves exactly the right entry: over the table of routes, so that none can be forgotten. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestEntry } from '../../src/audit/entry.ts';
import { routes } from '../../src/interactions/routes.ts';
import { operations } from '../../src/operations/index.ts';
import { type AuditedServer, auditedServer, observation, patient } from './server.ts';

let server: AuditedServer;
beforeAll(async () => {
  server = await auditedServer({ settings: { CONDITIONAL_DELETE: 'multiple' } });
  for (const id of ['a', 'b']) await server.ask('PUT', `/Patient/${id}`, patient(id));
  for (const [id, subject] of [
    ['oa', 'a'],
    ['ob', 'b'],
    ['gone', 'a'],
    ['moved', 'a'],
  ] as const)
    await server.ask('PUT', `/Observation/${id}`, observation(id, subject));
  await server.ask('PUT', '/Organization/org', { resourceType: 'Organization', id: 'org', name: 'x' });
});
afterAll(() => server.close());

interface Case {
  /** Row of the table: method and path. */
  readonly route: string;
  readonly path: string;
  readonly body?: object | string;
  readonly headers?: Record<string, string>;
  readonly interaction?: string;
  readonly status?: number;
  /** Patients; `undefined` = none. */
  readonly patients?: readonly string[];
  /** Action and reference of what was touched. */
  readonly touched?: readonly string[];
}

const patch = [{ op: 'add', path: '/note', value: [{ text: 'n' }] }];
const jsonPatch = { 'content-type': 'application/json-patch+json' };
const entryOf = (method: string, url: string, resource?: object) => ({ request: { method, url }, ...(resource ? { resource } : {}) });

const cases: readonly Case[] = [
  { route: 'GET [type]/[id]', path: '/Patient/a', patients: ['a'], touched: ['R Patient/a/_history/1'] },
  { route: 'GET [type]/[id]', path: '/Observation/oa', patients: ['a'], touched: ['R Observation/oa/_history/1'] },
  { route: 'GET [type]/[id]', path: '/Organization/org', touched: ['R Organization/org/_history/1'] },
  { route: 'GET [type]/[id]', path: '/Observation/none', status: 404, touched: ['R Observation/none 404'] },
  { route: 'GET [type]/[id]', path: '/Patient/none', status: 404, patients: ['none'], touched: ['R Patient/none 404'] },
  { route: 'GET [type]/[id]/_history/[vid]', path: '/Patient/a/_history/1', patients: ['a'], touched: ['R Patient/a/_history/1'] },
  {
    route: 'PUT [type]/[id]',
    path: '/Observation/moved',
    body: observation('moved', 'b'),
    patients: ['b', 'a'],
    touched: ['U Observation/moved/_history/2'],
  },
  {
    route: 'PUT [type]/[id]',
    path: '/Observation/moved',
    body: observation('moved', 'b'),
    patients: ['b'],
    touched: ['U Observation/moved/_history/2'],
  },
  {
    ...{ route: 'PUT [type]', path: '/Observation?_id=moved', body: observation('moved', 'a'), interaction: 'update-conditional' },
    ...{ patients: ['a', 'b'], touched: ['U Observation/moved/_history/3'] },
  },
  {
    route: 'PATCH [type]/[id]',
    path: '/Observation/oa',
    body: patch,
    headers: jsonPatch,
    patients: ['a'],
    touched: ['U Observation/oa/_history/2'],
  },
  {
    ...{ route: 'PATCH [type]', path: '/Observation?_id=ob', body: patch, headers: jsonPatch, interaction: 'patch-conditional' },
    ...{ patients: ['b'], touched: ['U Observation/ob/_history/2'] },
  },
  { route: 'GET [type]/[id]/_history', path: '/Observation/moved/_history', patients: ['a', 'b'] },
  { route: 'DELETE [type]/[id]', path: '/Observation/gone', status: 204, patients: ['a'], touched: ['D Observation/gone/_history/2'] },
  { route: 'DELETE [type]/[id]', path: '/Observation/gone', status: 204, touched: ['D Observation/gone 204'] },
  { route: 'GET [type]/[id]', path: '/Observation/gone', status: 410, touched: ['R Observation/gone/_history/2'] },
  {
    ...{ route: 'DELETE [type]', path: '/Observation?_id=moved', status: 204, interaction: 'delete-conditional' },
    ...{ patients: ['a'], touched: ['D Observation/moved/_history/4'] },
  },
  { route: 'GET [type]/_history', path: '/Patient/_history', patients: ['b', 'a'] },
  {
    route: 'POST [type]',
    path: '/Basic',
    body: { resourceType: 'Basic', code: { text: 'x' }, subject: { reference: 'Patient/b' } },
    status: 201,
    patients: ['b'],
  },
  {
    route: 'POST [type]',
    path: '/Observation',
    body: { resourceType: 'Observation', wrong: 1 },
    status: 422,
    touched: ['C Observation 422'],
  },
  { route: 'GET [type]', path: '/Observation?_sort=_id', patients: ['a', 'b'] },
  { route: 'GET [type]', path: '/Observation?patient=b&_summary=count', patients: ['b'] },
  { route: 'GET [type]', path: '/Observation?patient=nobody', patients: ['nobody'] },
  { route: 'GET [type]', path: '/Observation?_id=oa&_include=Observation:subject&_elements=id', patients: ['a'] },
  { route: 'GET [type]', path: '/Patient?_id=b', patients: ['b'] },
  { route: 'GET [type]', path: '/Organization' },
  { route: 'GET [type]', path: '/Observation?unknown=1', status: 400 },
  { route: 'POST [type]/_search', path: '/Observation/_search', body: 'subject=Patient/a', patients: ['a'] },
  { route: 'GET [type]/[id]/[type]', path: '/Patient/a/Observation', patients: ['a'] },
  { route: 'POST [type]/[id]/[type]/_search', path: '/Patient/b/Observation/_search', body: 'code=x', patients: ['b'] },
  { route: 'GET ', path: '?_type=Patient,Organization&_sort=_id', patients: ['a', 'b'] },
  { route: 'POST _search', path: '/_search', body: '_type=Patient&_id=a', patients: ['a'] },
  { route: 'GET _history', path: '/_history?_since=2100-01-01T00:00:00Z' },
  { route: 'GET metadata', path: '/metadata', interaction: 'none' },
  { route: 'GET $[name]', path: '/$reindex', status: 405 },
  { route: 'POST $[name]', path: '/$fhirpath', body: { resourceType: 'Parameters', parameter: [] }, status: 400 },
  { route: 'GET [type]/$[name]', path: '/Patient/$nothing', status: 404 },
  { route: 'POST [type]/$[name]', path: '/Patient/$validate', body: patient('x') },
  { route: 'GET [type]/[id]/$[name]', path: '/Patient/a/$everything', patients: ['a'] },
  { route: 'POST [type]/[id]/$[name]', path: '/Patient/b/$everything', body: { resourceType: 'Parameters' }, patients: ['b'] },
  { route: 'GET _job', path: '/_job' },
  { route: 'GET _job/[id]', path: '/_job/none', status: 404 },
  { route: 'DELETE _job/[id]', path: '/_job/none', status: 404 },
  { route: 'GET _job/[id]/[type]', path: '/_job/none/Patient.ndjson', status: 404 },
  {
    ...{ route: 'POST ', path: '', interaction: 'transaction', patients: ['a', 'b'] },
    body: {
      ...{ resourceType: 'Bundle', type: 'transaction' },
      entry: [
        entryOf('PUT', 'Observation/t1', observation('t1', 'a')),
        entryOf('GET', 'Observation/ob'),
        entryOf('GET', 'Observation?_id=oa'),
      ],
    },
    touched: ['R Observation/ob/_history/2', 'E Observation?_id=oa', 'U Observation/t1/_history/1'],
  },
  {
    ...{ route: 'POST ', path: '', interaction: 'batch', patients: ['b', 'a'] },
    body: {
      ...{ resourceType: 'Bundle', type: 'batch' },
      entry: [entryOf('PUT', 'Observation/t1', observation('t1', 'b')), entryOf('GET', 'Observation/none'), entryOf('GET', 'Patient/a')],
    },
    touched: ['U Observation/t1/_history/2', 'R Observation/none 404', 'R Patient/a/_history/1'],
  },
];

const byRoute = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));

describe('the log of accesses', () => {
  test('is tested with every row of the table of routes', () => {
    const told = new Set(cases.map(({ route, interaction }) => `${route} ${interaction ?? byRoute.get(route)?.name}`));
    const wanted = routes.map(({ method, path, name }) => `${method} ${path} ${name === 'capabilities' ? 'none' : name}`);
    const plain = (name: string): string => name.replace(/-conditional$/, '');
    expect(wanted.filter((name) => ![...told].map(plain).includes(name))).toEqual([]);
  });

  test.each(cases)('$route: $path $interaction', async ({ route, path, body, headers, interaction, status, patients, touched }) => {
    let answered = 0;
    const rows = await server.left(async () => {
      answered = (await server.ask(route.split(' ')[0] ?? '', path, body, headers)).status;
    });
    expect(answered).toBe(status ?? 200);
    if (interaction === 'none') return expect(rows).toEqual([]);
    expect(rows).toHaveLength(1);
    const entry = rows[0]?.entry as RequestEntry;
    expect(entry).toMatchObject({
      v: 1,
      k: interaction ?? byRoute.get(route)?.name,
      m: route.split(' ')[0],
      t: path,
      s: answered,
      b: `${server.url}/fhir`,
    });
    expect(entry.a).toMatch(/127\.0\.0\.1/);
    expect(entry.x).toBeTruthy();
    expect(entry.w).toEqual({ id: 'local' });
    expect([...(entry.p ?? [])].sort()).toEqual([...(patients ?? [])].sort());
    if (typeof body === 'string') expect(entry.f).toBe(body);
    if (touched !== undefined)
      expect(
        [...(entry.i ?? [])].map(([action, reference, , s]) => [action, reference, ...(s === undefined ? [] : [s])].join(' ')).sort(),
      ).toEqual([...touched].sort());
  });

  test('tells of a HEAD like of a GET', async () => {
    const [row] = await server.left(() => server.ask('HEAD', '/Patient/a'));
    expect(row?.entry).toMatchObject({ k: 'read', m: 'HEAD', p: ['a'] });
  });

  test('tells of what is no interaction at all', async () => {
    const [row] = await server.left(() => server.ask('GET', '/Nothing/1/2/3/4/5'));
    expect(row?.entry).toMatchObject({ k: 'other', s: 404, e: 'not-found' });
  });

  test.each(operations.map(({ definition }) => definition))(
    'tells of the operation $code',
    async ({ code, system, type, instance, resource }) => {
      const on = resource?.[0] ?? 'Patient';
      const path = instance ? `/${on}/a/$${code}` : type ? `/${on}/$${code}` : system ? `/$${code}` : '';
      const rows = await server.left(() => server.ask('POST', path, { resourceType: 'Parameters' }));
      expect(rows.map(({ entry }) => entry)).toMatchObject([{ k: 'operation', m: 'POST', t: path }]);
    },
  );
});
