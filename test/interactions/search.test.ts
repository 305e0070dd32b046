/** search-type: http.html#search, search.html. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { base, type FakeServer } from '../support/fake-server.ts';
import { identified, newServer } from './server.ts';

interface SearchBundle {
  readonly type: string;
  readonly total?: number;
  readonly link: readonly { relation: string; url: string }[];
  readonly entry?: readonly { fullUrl: string; resource: Record<string, unknown>; search: { mode: string } }[];
}

let server: FakeServer;
beforeEach(async () => {
  server = newServer();
  for (const id of ['a', 'b', 'c']) await server.ask('PUT', `Patient/${id}`, { body: { ...identified(id), id } });
});

const form = 'application/x-www-form-urlencoded';
const linkOf = (bundle: SearchBundle, relation: string) => bundle.link.find((link) => link.relation === relation)?.url;

describe('search of a type', () => {
  test('is a searchset of stored texts with fullUrl and mode', async () => {
    const answer = await server.ask('GET', 'Patient?identifier=s|a');
    const bundle = answer.json as unknown as SearchBundle;
    expect([answer.status, bundle.type, bundle.total]).toEqual([200, 'searchset', 3]);
    expect(bundle.entry?.[0]).toMatchObject({ fullUrl: `${base}/Patient/a`, search: { mode: 'match' } });
    expect(answer.text).toContain(`"resource":${server.repository.log[0]?.body},`);
    expect(linkOf(bundle, 'self')).toBe(`${base}/Patient?identifier=s%7Ca`);
  });

  test('by POST takes the form and the query together', async () => {
    const answer = await server.ask('POST', 'Patient/_search?gender=male', {
      bytes: Buffer.from('identifier=s%7Ca&_count=2'),
      contentType: form,
    });
    expect(answer.status).toBe(200);
    expect(server.repository.queries[0]?.used.map(([name]) => name)).toEqual(['gender', 'identifier', '_count']);
    expect(linkOf(answer.json as never, 'self')).toBe(`${base}/Patient?gender=male&identifier=s%7Ca&_count=2`);
  });

  test('by POST without body or with the query alone is a search too', async () =>
    expect((await server.ask('POST', 'Patient/_search?gender=male')).status).toBe(200));
  test('by POST of anything but a form is 415', async () =>
    expect((await server.ask('POST', 'Patient/_search', { body: {} })).status).toBe(415));

  test('is told in pages whose next links carry the parameters, the format too', async () => {
    const first = (await server.ask('GET', 'Patient?gender=male&_count=2&_format=json')).json as unknown as SearchBundle;
    expect(first.entry).toHaveLength(2);
    expect(linkOf(first, 'next')).toBe(`${base}/Patient?gender=male&_count=2&_format=json&_cursor=2`);
    const second = (await server.ask('GET', 'Patient?gender=male&_count=2&_format=json&_cursor=2')).json as unknown as SearchBundle;
    expect(second.entry?.map(({ resource }) => resource['id'])).toEqual(['c']);
    expect(linkOf(second, 'next')).toBeUndefined();
  });

  test.each(['_summary=count', '_count=0'])('with %s gives the total alone', async (query) => {
    const bundle = (await server.ask('GET', `Patient?${query}`)).json as unknown as SearchBundle;
    expect([bundle.total, bundle.entry, linkOf(bundle, 'next')]).toEqual([3, undefined, undefined]);
  });

  test('with _elements gives parts of the resources', async () => {
    const bundle = (await server.ask('GET', 'Patient?_elements=active')).json as unknown as SearchBundle;
    expect(bundle.entry?.[0]?.resource).toMatchObject({ id: 'a', active: true, meta: { tag: [{ code: 'SUBSETTED' }] } });
    expect(bundle.entry?.[0]?.resource['identifier']).toBeUndefined();
  });

  test.each([
    ['nme=x', 'Did you mean'],
    ['name:exactly=x', 'modifier'],
    ['_elements=nme', 'Did you mean "name"?'],
    ['_summary=no', '_summary'],
    ['birthdate=yesterday', 'birthdate'],
  ])('?%s is refused in plain words', async (query, text) => {
    const answer = await server.ask('GET', `Patient?${query}`);
    expect([answer.status, answer.diagnostics]).toEqual([400, expect.stringContaining(text)]);
  });

  test('leaves unknown parameters out when handling is lenient, and the self link does not show them', async () => {
    const answer = await server.ask('GET', 'Patient?nme=x&gender=male', { headers: { prefer: 'handling=lenient' } });
    expect([answer.status, linkOf(answer.json as never, 'self')]).toEqual([200, `${base}/Patient?gender=male`]);
  });
});
