/** history: http.html#history. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { compileValidator } from '../../src/validation/structure.ts';
import { base, type FakeServer } from '../support/fake-server.ts';
import { definitions, newServer, patient } from './server.ts';

interface HistoryBundle {
  readonly type: string;
  readonly total?: number;
  readonly link: readonly { relation: string; url: string }[];
  readonly entry?: readonly {
    fullUrl: string;
    resource?: { meta: { versionId: string } };
    request: object;
    response: { status: string; etag: string };
  }[];
}

let server: FakeServer;
beforeEach(async () => {
  server = newServer();
  await server.ask('PUT', 'Patient/a', { body: { ...patient, id: 'a' } });
  await server.ask('PUT', 'Patient/a', { body: { ...patient, id: 'a', active: false } });
  await server.ask('DELETE', 'Patient/a');
  await server.ask('POST', 'Patient', { body: patient });
  await server.ask('POST', 'Observation', { body: { resourceType: 'Observation' } });
});

const historyOf = async (url: string): Promise<HistoryBundle> => (await server.ask('GET', url)).json as never;

describe('history', () => {
  test('of an instance lists its versions newest first, the deletion without resource', async () => {
    const bundle = await historyOf('Patient/a/_history');
    expect([bundle.type, bundle.total]).toEqual(['history', 3]);
    expect(bundle.entry?.map(({ request, response }) => [request, response.status, response.etag])).toEqual([
      [{ method: 'DELETE', url: 'Patient/a' }, '204', 'W/"3"'],
      [{ method: 'PUT', url: 'Patient/a' }, '200', 'W/"2"'],
      [{ method: 'PUT', url: 'Patient/a' }, '201', 'W/"1"'],
    ]);
    expect(bundle.entry?.map(({ resource }) => resource?.meta.versionId)).toEqual([undefined, '2', '1']);
    expect(bundle.entry?.every(({ fullUrl }) => fullUrl === `${base}/Patient/a`)).toBe(true);
  });

  test('of a type and of the server lists all of theirs', async () => {
    expect((await historyOf('Patient/_history')).total).toBe(4);
    const bundle = await historyOf('_history');
    expect(bundle.total).toBe(5);
    expect(bundle.entry?.[1]?.request).toEqual({ method: 'POST', url: 'Patient' });
  });

  test('of an instance that never was is 404, of a type without any is empty', async () => {
    expect((await server.ask('GET', 'Patient/never/_history')).status).toBe(404);
    expect(await historyOf('Encounter/_history')).toEqual({
      resourceType: 'Bundle',
      type: 'history',
      total: 0,
      link: [{ relation: 'self', url: `${base}/Encounter/_history` }],
    });
  });

  test('of an instance with nothing since then is empty, not unknown', async () => {
    expect((await historyOf('Patient/a/_history?_since=2030-01-01T00:00:00Z')).entry).toBeUndefined();
  });

  test('is told in pages whose next links keep the parameters', async () => {
    const seen: (string | undefined)[] = [];
    let url: string | undefined = `Patient/_history?_count=2&_sort=_lastUpdated&_since=2026-01-01T12:00:00Z`;
    for (let pages = 0; url !== undefined; pages++) {
      expect(pages).toBeLessThan(3);
      const bundle: HistoryBundle = await historyOf(url.replace(`${base}/`, ''));
      seen.push(...(bundle.entry ?? []).map(({ response }) => response.etag));
      url = bundle.link.find(({ relation }) => relation === 'next')?.url;
      if (url !== undefined)
        expect(Object.fromEntries(new URL(url).searchParams)).toMatchObject({
          _count: '2',
          _sort: '_lastUpdated',
          _since: '2026-01-01T12:00:00Z',
        });
    }
    expect(seen).toEqual(['W/"1"', 'W/"2"', 'W/"3"', 'W/"1"']);
  });

  test.each(['_since=2026-01-01T12:00:01Z', '_since=2026-01-01T13:00:01%2B01:00', '_since=2026-01-01T13:00:01+01:00'])(
    '?%s leaves older versions out',
    async (query) => expect((await historyOf(`Patient/a/_history?${query}`)).total).toBe(2),
  );

  const refused: [string, string][] = [
    ['_since=2026', 'instant'],
    ['_since=yesterday', 'instant'],
    ['_at=2026-13', 'date'],
    ['_count=0', 'from 1 on'],
    ['_count=-1', 'from 1 on'],
    ['_count=1.5', 'from 1 on'],
    ['_count=1&_count=2', 'once'],
    ['_sort=name', '_lastUpdated'],
    ['_list=42', '_list is not supported'],
    ['_sincce=2026-01-01T12:00:00Z', 'Did you mean "_since"?'],
    ['name=x', 'Known are: _since'],
  ];
  test.each(refused)('?%s is 400 and says what would be right', async (query, text) => {
    const answer = await server.ask('GET', `Patient/a/_history?${query}`);
    expect([answer.status, answer.diagnostics]).toEqual([400, expect.stringContaining(text)]);
  });

  test('gives no more than the most that the server gives', async () => {
    server = newServer({ maxCount: 1 });
    await server.ask('POST', 'Patient', { body: patient });
    await server.ask('POST', 'Patient', { body: patient });
    const bundle = await historyOf('Patient/_history?_count=1000000');
    expect([bundle.entry?.length, bundle.link[0]?.url]).toEqual([1, `${base}/Patient/_history?_count=1`]);
  });

  test('is a valid Bundle', async () => {
    const bundle = (await server.ask('GET', 'Patient/_history')).json as never;
    expect(compileValidator(definitions, { warnings: false })(bundle)).toEqual([]);
  });

  test('with _elements gives a part of each version', async () => {
    const bundle = await historyOf('Patient/a/_history?_elements=active');
    expect(bundle.entry?.[1]?.resource).toMatchObject({ active: false, meta: { tag: [{ code: 'SUBSETTED' }] } });
    expect(bundle.entry?.[0]?.resource).toBeUndefined();
  });
});
