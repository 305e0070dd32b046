/** Patient/[id]/$everything: patient-operation-everything.html. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { compileValidator } from '../../src/validation/structure.ts';
import { definitions, newServer } from '../interactions/server.ts';
import { base, type FakeServer } from '../support/fake-server.ts';

interface Everything {
  readonly type: string;
  readonly total?: number;
  readonly link: readonly { relation: string; url: string }[];
  readonly entry: readonly { fullUrl: string }[];
}

const url = 'Patient/p/$everything';
/** Entries that are made in the database begin with the base. */
const entriesUnder = base;
let server: FakeServer;
beforeEach(async () => {
  server = newServer();
  await server.ask('PUT', 'Patient/p', { body: { resourceType: 'Patient', id: 'p' } });
  for (const id of ['a', 'b', 'c', 'd']) {
    await server.ask('PUT', `Observation/${id}`, { body: { resourceType: 'Observation', id, subject: { reference: 'Patient/p' } } });
  }
});

const nextOf = (bundle: Everything) => bundle.link.find(({ relation }) => relation === 'next')?.url;

describe('$everything', () => {
  test('is one searchset with a total when it is all there is', async () => {
    const { status, json } = await server.ask('GET', url);
    const bundle = json as unknown as Everything;
    expect([status, bundle.type, bundle.total, bundle.entry.length]).toEqual([200, 'searchset', 5, 5]);
    expect(bundle.link).toEqual([{ relation: 'self', url: `${base}/${url}` }]);
    expect(bundle.entry[0]?.fullUrl).toBe(`${base}/Patient/p`);
    const place = ({ expression }: { readonly expression?: readonly string[] }) => expression?.[0] ?? '';
    // The resources of this test are barely more than their ids.
    expect(
      compileValidator(definitions, { warnings: false })(json as never).filter((issue) => !place(issue).includes('.resource')),
    ).toEqual([]);
  });

  test('with _count is told in pages, each resource once, parameters kept', async () => {
    const seen: string[] = [];
    let next: string | undefined = `${base}/${url}?_count=2&_since=2020-01-01T00:00:00Z`;
    for (let pages = 0; next !== undefined; pages++) {
      expect(pages).toBeLessThan(4);
      const bundle = (await server.ask('GET', next.replace(`${base}/`, ''))).json as unknown as Everything;
      expect(bundle.total).toBeUndefined();
      seen.push(...bundle.entry.map(({ fullUrl }) => fullUrl));
      next = nextOf(bundle);
    }
    expect(new Set(seen).size).toBe(5);
    expect(server.repository.everythingOptions.at(-1)).toEqual({ count: 2, since: '2020-01-01T00:00:00.000Z', after: '4', entriesUnder });
  });

  test('takes dates of any precision: from the first moment of start to the last of end', async () => {
    await server.ask('GET', `${url}?start=2020&end=2021-02&_type=Observation,Condition&_type=Encounter`);
    expect(server.repository.everythingOptions[0]).toEqual({
      start: '2020-01-01T00:00:00.000Z',
      end: '2021-02-28T23:59:59.999Z',
      types: ['Observation', 'Condition', 'Encounter'],
      entriesUnder,
    });
  });

  test('takes its parameters from a Parameters resource too', async () => {
    const parameter = [
      { name: 'start', valueDate: '2020-01-01' },
      { name: '_type', valueCode: 'Observation' },
      { name: '_count', valueInteger: 3 },
    ];
    const answer = await server.ask('POST', url, { body: { resourceType: 'Parameters', parameter } });
    expect([answer.status, server.repository.everythingOptions[0]]).toEqual([
      200,
      { start: '2020-01-01T00:00:00.000Z', types: ['Observation'], count: 3, entriesUnder },
    ]);
    expect(nextOf(answer.json as never)).toBe(`${base}/${url}?start=2020-01-01&_type=Observation&_count=3&_cursor=3`);
  });

  test('by POST without body is as by GET', async () => expect((await server.ask('POST', url)).status).toBe(200));

  const refused: [string, string][] = [
    ['start=yesterday', 'start is a date'],
    ['end=2020-13', 'end is a date'],
    ['_since=2020', '_since is an instant'],
    ['_count=0', 'from 1 on'],
    ['_count=many', 'from 1 on'],
    ['_type=Observatoin', 'Did you mean Observation?'],
    ['start=2020&start=2021', 'at most once'],
    ['strat=2020', 'Did you mean "start"?'],
    ['name=x', 'has no parameter "name"'],
  ];
  test.each(refused)('?%s is 400 and says what would be right', async (query, text) => {
    const answer = await server.ask('GET', `${url}?${query}`);
    expect([answer.status, answer.diagnostics]).toEqual([400, expect.stringContaining(text)]);
  });

  const bodies: [string, unknown][] = [
    ['no Parameters', { resourceType: 'Patient' }],
    ['parameters that are no array', { resourceType: 'Parameters', parameter: {} }],
    ['a parameter without name', { resourceType: 'Parameters', parameter: [{ valueString: 'x' }] }],
    ['a parameter that is null', { resourceType: 'Parameters', parameter: [null] }],
    ['a parameter without value', { resourceType: 'Parameters', parameter: [{ name: 'start' }] }],
    ['a complex value', { resourceType: 'Parameters', parameter: [{ name: 'start', valuePeriod: {} }] }],
    ['a resource for a date', { resourceType: 'Parameters', parameter: [{ name: 'start', resource: { resourceType: 'Patient' } }] }],
  ];
  test.each(bodies)('by POST with %s is 400', async (_name, body) => expect((await server.ask('POST', url, { body })).status).toBe(400));

  test('is 404 for an unknown patient and 410 for a deleted one', async () => {
    expect((await server.ask('GET', 'Patient/q/$everything')).status).toBe(404);
    await server.ask('DELETE', 'Patient/p');
    expect((await server.ask('GET', url)).status).toBe(410);
  });

  test('with _certificate ends with Parameters that count and hash what was told, beside the total', async () => {
    const certificate = {
      snapshot: '7:9:8',
      total: 5,
      counts: [['Observation', 4] as const, ['Patient', 1] as const],
      digest: 'ab'.repeat(32),
    };
    server.repository.certificate = certificate;
    const bundle = (await server.ask('GET', `${url}?_certificate=true`)).json as unknown as Everything & {
      readonly entry: readonly {
        readonly resource: { readonly resourceType: string; readonly parameter?: unknown };
        readonly search: unknown;
      }[];
    };
    expect([bundle.total, bundle.entry.length]).toEqual([5, 6]);
    expect(bundle.entry.at(-1)).toEqual({
      fullUrl: expect.stringMatching(/^urn:uuid:[0-9a-f-]{36}$/),
      search: { mode: 'outcome' },
      resource: {
        resourceType: 'Parameters',
        parameter: [
          { name: 'total', valueInteger: 5 },
          {
            name: 'count',
            part: [
              { name: 'type', valueCode: 'Observation' },
              { name: 'resources', valueInteger: 4 },
            ],
          },
          {
            name: 'count',
            part: [
              { name: 'type', valueCode: 'Patient' },
              { name: 'resources', valueInteger: 1 },
            ],
          },
          { name: 'snapshot', valueString: '7:9:8' },
          { name: 'sha256', valueString: certificate.digest },
        ],
      },
    });
    expect(server.repository.everythingOptions.at(-1)).toEqual({ certificate: true, entriesUnder });
    await server.ask('GET', `${url}?_certificate=false`);
    expect(server.repository.everythingOptions.at(-1)).toEqual({ entriesUnder });
  });

  test('is asked of all patients, of Groups and of Encounters too', async () => {
    await server.ask('GET', 'Patient/$everything?_type=Observation');
    await server.ask('GET', 'Group/g/$everything?start=2020');
    await server.ask('POST', 'Encounter/e/$everything');
    expect(server.repository.everythingSubjects).toEqual([{ type: 'Patient' }, { type: 'Group', id: 'g' }, { type: 'Encounter', id: 'e' }]);
    expect((await server.ask('GET', 'Group/g/$everything')).status).toBe(404);
  });

  const undefinedFor: [string, number, string][] = [
    ['Group/$everything', 404, 'call [base]/Patient/$everything or [base]/Patient/[id]/$everything'],
    ['Encounter/$everything', 404, 'not defined for Encounter'],
    ['Practitioner/x/$everything', 404, 'not defined for Practitioner/x'],
    ['$everything', 404, 'not defined for the base URL'],
    ['Encounter/e/$everything?start=2020', 400, 'has no parameter start'],
    [`${url}?_certificate=1`, 400, '_certificate is true or false'],
  ];
  test.each(undefinedFor)('%s is refused', async (path, status, text) => {
    const answer = await server.ask('GET', path);
    expect([answer.status, answer.diagnostics]).toEqual([status, expect.stringContaining(text)]);
  });

  test('allows GET and POST only', async () => {
    const answer = await server.ask('DELETE', url);
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'GET, HEAD, POST']);
  });
});
