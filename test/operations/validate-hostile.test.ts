/** Bodies and profiles that are made to cost much: the server answers in bounded time, and goes on answering. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

interface Answer {
  readonly status: number;
  readonly ms: number;
  readonly issues: readonly { readonly severity: string; readonly diagnostics: string; readonly location?: readonly string[] }[];
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

async function send(method: string, path: string, body: unknown): Promise<Answer> {
  const started = performance.now();
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${base}/${path}`, { method, body: text, headers: { 'content-type': 'application/fhir+json' } });
  const answer = (await response.json()) as { issue?: Answer['issues'] };
  return { status: response.status, ms: performance.now() - started, issues: answer.issue ?? [] };
}

const validate = (body: unknown): Promise<Answer> => send('POST', '$validate', body);

/** The machine may be busy. */
const patience = 20_000;

const told = ({ issues }: Answer): string => issues.map(({ diagnostics }) => diagnostics).join('\n');

describe('A body', () => {
  test('of contained resources in contained resources is told so', async () => {
    let nested: object = { resourceType: 'Patient', id: 'x' };
    for (let i = 0; i < 40; i++) nested = { resourceType: 'Patient', id: `x${i}`, contained: [nested] };
    const answer = await validate(nested);
    expect([answer.status, answer.ms < patience]).toEqual([200, true]);
    expect(told(answer)).toMatch(/contained/);
    expect((await send('POST', 'Patient', nested)).status).toBe(422);
  });

  test('of a hundred thousand levels is refused where it becomes too deep', async () => {
    const answer = await validate(`{"resourceType":"Patient","extension":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect([answer.status, answer.issues[0]?.severity]).toEqual([200, 'fatal']);
    expect(answer.issues[0]?.location?.[0]).toMatch(/^line 1, column \d+$/);
  });

  test(
    'of tens of thousands of resources is answered in time, and others meanwhile',
    async () => {
      const entry = Array.from({ length: 30_000 }, (_, i) => ({
        fullUrl: `http://example.org/Patient/p${i}`,
        resource: {
          resourceType: 'Patient',
          id: `p${i}`,
          gender: 'man',
          link: [{ other: { reference: `Patient/p${i + 1}` }, type: 'seealso' }],
        },
      }));
      const answering = validate({ resourceType: 'Bundle', type: 'collection', entry });
      expect((await send('POST', '$validate', { resourceType: 'Patient' })).status).toBe(200);
      const answer = await answering;
      expect([answer.status, answer.ms < patience]).toEqual([200, true]);
      expect(answer.issues.length).toBeLessThan(1_500);
      expect(told(answer)).toMatch(/There are \d+ more/);
    },
    patience,
  );

  test('of thousands of claims is answered in time', async () => {
    const profile = Array.from({ length: 5_000 }, (_, i) => `http://example.org/StructureDefinition/p${i}`);
    const answer = await validate({ resourceType: 'Patient', meta: { profile } });
    expect([answer.status, answer.ms < patience]).toEqual([200, true]);
    expect(answer.issues.length).toBeLessThan(1_000);
    expect(told(answer)).toContain('not everything was checked');
  });
});

describe('A profile', () => {
  const url = (name: string): string => `http://example.org/StructureDefinition/${name}`;
  const definition = (name: string, more: object) => ({
    resourceType: 'StructureDefinition',
    id: name,
    url: url(name),
    name,
    status: 'active',
    kind: 'resource',
    abstract: false,
    type: 'Patient',
    baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient',
    derivation: 'constraint',
    ...more,
  });
  const element = (path: string, more: object) => ({ id: path, path, ...more });
  const invariant = (expression: string) => ({
    differential: { element: [element('Patient', { constraint: [{ key: 'x-1', severity: 'error', human: 'always', expression }] })] },
  });

  async function check(name: string, more: object, resource: object = {}): Promise<Answer> {
    const stored = await send('PUT', `StructureDefinition/${name}`, definition(name, more));
    expect([stored.status, told(stored)]).toEqual([201, '']);
    const claiming = { resourceType: 'Patient', meta: { profile: [url(name)] }, ...resource };
    const [answer, written] = [await validate(claiming), await send('POST', 'Patient', claiming)];
    expect([answer.status, answer.ms < patience, written.ms < patience, written.status < 500]).toEqual([200, true, true, true]);
    return answer;
  }

  test('that asks each Patient for another one comes to an end', async () => {
    const contained = element('Patient.link.other', { type: [{ code: 'Reference', targetProfile: [url('round')] }] });
    const resource = { id: 'p', link: [{ other: { reference: '#' }, type: 'seealso' }] };
    await check('round', { differential: { element: [element('Patient', {}), contained] } }, resource);
  });

  test('whose bases go round is told so', async () => {
    await send('PUT', 'StructureDefinition/a', definition('a', { baseDefinition: url('b') }));
    await send('PUT', 'StructureDefinition/b', definition('b', { baseDefinition: url('a') }));
    const answer = await validate({ resourceType: 'Patient', meta: { profile: [url('a')] } });
    expect([answer.status, answer.ms < patience]).toEqual([200, true]);
    expect(answer.issues.some(({ severity }) => severity === 'warning')).toBe(true);
  });

  test('with an invariant of a hundred thousand parentheses says that it cannot be evaluated', async () => {
    const answer = await check('deep', invariant(`${'('.repeat(100_000)}true${')'.repeat(100_000)}`));
    expect(told(answer)).toContain('x-1');
  });

  test('with a catastrophic regular expression is checked as any other', async () => {
    await check('regex', invariant(`name.family.matches('^(a+)+$')`), { name: [{ family: `${'a'.repeat(50_000)}!` }] });
  });

  test('with an invariant that never ends is broken off', async () => {
    const nested = '(1|2|3|4|5|6|7|8|9|10).select('.repeat(9);
    const answer = await check('endless', invariant(`${nested}$this${')'.repeat(9)}.count() > 0`));
    expect(told(answer)).toContain('x-1');
  });
});
