/** The table of interactions: http.html#summary. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { shapeOf } from '../../src/interactions/dispatch.ts';
import type { Method } from '../../src/interactions/interaction.ts';
import { routes } from '../../src/interactions/routes.ts';
import { base, type FakeServer } from '../support/fake-server.ts';
import { newServer } from './server.ts';

let server: FakeServer;
const selfOf = (bundle: unknown) =>
  (bundle as { link: { relation: string; url: string }[] }).link.find(({ relation }) => relation === 'self')?.url;

beforeEach(() => {
  server = newServer();
});

describe('the table', () => {
  test('finds every row by a path of its shape', () => {
    const samples: Record<string, string> = { '[type]': 'Patient', '[id]': '1', '[vid]': '2', '$[name]': '$x' };
    for (const { path } of routes) {
      const segments = path === '' ? [] : path.split('/').map((segment) => samples[segment] ?? segment);
      expect(shapeOf(segments)).toBe(path);
    }
  });

  test('has one row for each method and path, apart from the two kinds of Bundle', () => {
    const keys = routes.filter(({ name }) => name !== 'batch').map(({ method, path }) => `${method} ${path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('what is not in the table', () => {
  test.each([
    ['Pateint/1', 'Did you mean Patient?'],
    ['patient', 'Did you mean Patient?'],
    ['Nothing', 'not a resource type'],
    ['Group/1/Observation', 'Group is no compartment'],
    ['Patient/1/nothing', 'not a resource type'],
    ['Patient/1/Observation/2', 'not a path of the FHIR API'],
    ['Patient/1/_history/2/x', 'not a path of the FHIR API'],
    ['Patient/1/_search', 'not a path of the FHIR API'],
    ['metadata/x', 'not a path of the FHIR API'],
    ['constructor', 'not a resource type'],
    ['__proto__/1', 'not a resource type'],
  ])('%s is 404', async (url, text) => {
    const answer = await server.ask('GET', url);
    expect([answer.status, answer.diagnostics]).toEqual([404, expect.stringContaining(text)]);
  });

  const wrong: [Method, string, string][] = [
    ['POST', 'Patient/1', 'GET, HEAD, PUT, PATCH, DELETE'],
    ['DELETE', 'Patient/1/_history', 'GET, HEAD'],
    ['DELETE', 'Patient/1/_history/1', 'GET, HEAD'],
    ['PUT', 'Patient/_search', 'POST'],
    ['GET', 'Patient/_search', 'POST'],
    ['POST', 'metadata', 'GET, HEAD'],
    ['DELETE', '', 'GET, HEAD, POST'],
  ];
  test.each(wrong)('%s %s is 405 and says what is allowed', async (method, url, allow) => {
    const answer = await server.ask(method, url);
    expect([answer.status, answer.headers['allow']]).toEqual([405, allow]);
  });

  test.each(['Patient/1/$everythin', '$nothing', 'Patient/$x'])('%s is 404 and names the operations there are', async (url) => {
    const answer = await server.ask('GET', url);
    expect([answer.status, answer.diagnostics]).toEqual([404, expect.stringContaining('$everything')]);
  });

  test.each(['$everything', 'Group/$everything', 'Observation/1/$everything'])('%s is 404 and says where the operation is', async (url) => {
    const answer = await server.ask('GET', url);
    expect([answer.status, answer.diagnostics]).toEqual([404, expect.stringContaining('[base]/Patient/[id]/$everything')]);
  });

  test.each([
    ['GET', '', 200],
    ['GET', '?_id=x', 200],
    ['GET', '?_type=Patient&name=x', 200],
    ['POST', '_search', 200],
    ['GET', '?name=x', 400],
    ['GET', 'Patient/1/Observation?code=x', 200],
    ['GET', 'Patient/1/*', 200],
    ['POST', 'Encounter/1/Observation/_search', 200],
    ['GET', 'Patient/1/Organization', 400],
  ] as [Method, string, number][])('%s %s searches several types or a compartment: %d', async (method, url, status) => {
    const answer = await server.ask(method, url);
    expect(answer.status).toBe(status);
    if (status === 200)
      expect(selfOf(answer.json)).toBe(
        `${base}${url === '' || url.startsWith('?') || url === '_search' ? '' : '/'}${url.replace(/\/?_search/, '')}`,
      );
  });
});

test('a slash at the end does not count', async () => {
  expect((await server.ask('DELETE', 'Patient/?identifier=s|1')).status).toBe(204);
});

test('whatever is asked, the answer is a response or a refusal, never a fault', async () => {
  const segment = fc.oneof(
    fc.constantFrom('Patient', 'metadata', '_history', '_search', '$everything', 'Observation', '1', ''),
    fc.string(),
  );
  const method = fc.constantFrom<Method>('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE');
  const query = fc.array(
    fc.tuple(fc.constantFrom('_count', '_since', '_at', '_summary', '_elements', '_id', 'mode', '_cursor', 'x'), fc.string()),
    { maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(method, fc.array(segment, { maxLength: 5 }), query, async (asked, path, pairs) => {
      const url = `${path.map(encodeURIComponent).join('/')}?${new URLSearchParams(pairs)}`;
      const answer = await server.ask(asked, url, { body: { resourceType: 'Patient' } });
      expect(answer.status).toBeGreaterThanOrEqual(200);
      expect(answer.status).toBeLessThan(500);
    }),
    { numRuns: 500 },
  );
});
