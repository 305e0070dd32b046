/** AuditEvents: found by the patient whose record it is, valid, following BALP, and nobody's to change. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Answer, type AuditedServer, auditedServer, observation, patient } from './server.ts';

let server: AuditedServer;
beforeAll(async () => {
  server = await auditedServer({ settings: { CONDITIONAL_DELETE: 'multiple', REFERENTIAL_INTEGRITY: 'off' } });
  for (const id of ['a', 'b', 'c']) await server.ask('PUT', `/Patient/${id}`, patient(id));
  for (const id of ['a', 'b']) await server.ask('PUT', `/Observation/o${id}`, observation(`o${id}`, id));
});
afterAll(() => server.close());

interface Event {
  readonly id: string;
  readonly meta: { readonly profile?: readonly string[] };
  readonly subtype?: readonly { readonly code: string }[];
  readonly action: string;
  readonly outcome: string;
  readonly recorded: string;
  readonly entity: readonly {
    readonly what?: { readonly reference?: string };
    readonly query?: string;
    readonly role?: { readonly code: string };
    readonly description?: string;
  }[];
}

const eventsOf = (answer: Answer): Event[] =>
  ((answer.json().entry ?? []) as { resource: Event; search: { mode: string } }[]).map(({ resource }) => resource);

const find = async (query: string): Promise<Event[]> => {
  const answer = await server.ask('GET', `/AuditEvent?_count=1000&${query}`);
  expect(answer.status).toBe(200);
  return eventsOf(answer);
};

const queriesOf = (event: Event): string[] =>
  event.entity.flatMap(({ query }) => (query === undefined ? [] : [Buffer.from(query, 'base64').toString('utf8')]));

describe('AuditEvent?patient', () => {
  test('sees all that happened before the request, at once', async () => {
    const before = await find('patient=a');
    await server.ask('GET', '/Observation/oa');
    await server.ask('GET', '/Patient/b');
    const fresh = (await find('patient=a')).filter(({ id }) => !before.some((event) => event.id === id));
    expect(fresh.map(({ subtype, action }) => [subtype?.[0]?.code, action]).sort()).toEqual([
      ['read', 'R'],
      // The search before, which asked for this patient.
      ['search-type', 'E'],
    ]);
  });

  test('is the compartment of the patient', async () => {
    await server.ask('GET', '/Patient/c');
    const answer = await server.ask('GET', '/Patient/c/AuditEvent?action=R');
    expect(eventsOf(answer).map(({ entity }) => entity.map(({ what }) => what?.reference))).toContainEqual([
      'Patient/c',
      'Patient/c/_history/1',
      undefined,
    ]);
  });

  test('tells each of several patients of their own part alone, and one more event tells everything', async () => {
    await server.ask('GET', '/Observation?patient=a,b&code:text=shared-search');
    const mine = (await find('patient=a')).find((event) => queriesOf(event).some((query) => query.includes('code:text')));
    expect(mine && queriesOf(mine)).toEqual([`GET ${server.url}/fhir/Observation?patient&code:text`]);
    expect(JSON.stringify(mine)).not.toContain('Patient/b');
    const all = (await find('action=E')).filter((event) => queriesOf(event).some((query) => query.includes('shared-search')));
    expect(all.map(({ entity }) => entity.map(({ what }) => what?.reference))).toEqual([[undefined, undefined]]);
  });

  test('a batch of several patients shows nobody the others', async () => {
    const entry = ['a', 'b'].map((id) => ({ request: { method: 'GET', url: `Patient/${id}` } }));
    await server.ask('POST', '', { resourceType: 'Bundle', type: 'batch', entry });
    const [mine, yours] = await Promise.all(['a', 'b'].map((id) => find(`patient=${id}&subtype=batch`)));
    expect([mine?.length, yours?.length]).toEqual([1, 1]);
    expect(mine?.[0]?.entity.map(({ what }) => what?.reference)).toEqual(['Patient/a', undefined, 'Patient/a/_history/1', undefined]);
    expect(JSON.stringify(mine)).not.toContain('Patient/b');
  });
});

describe('the search of AuditEvents', () => {
  test('finds by date, outcome, type, subtype, action, entity, agent and policy', async () => {
    await server.ask('GET', '/Observation/nowhere');
    expect((await find('outcome=4&entity=Observation/nowhere')).length).toBe(1);
    expect((await find('type=rest&subtype=read&patient=c&date=gt2020')).length).toBeGreaterThan(0);
    expect(await find('date=lt2020')).toEqual([]);
    expect((await find('entity=Observation/oa')).length).toBeGreaterThan(0);
  });

  test('is followed from patients by _revinclude and _has', async () => {
    await server.ask('GET', '/Patient/c');
    const answer = await server.ask('GET', '/Patient?_id=c&_revinclude=AuditEvent:patient');
    expect(answer.json().entry.length).toBeGreaterThan(2);
    const has = await server.ask('GET', '/Patient?_has:AuditEvent:patient:action=R&_sort=_id');
    expect(has.json().entry.map(({ resource }: { resource: { id: string } }) => resource.id)).toContain('c');
  });

  test('has the history of the type', async () => {
    await server.ask('GET', '/Organization/unknown-org');
    const answer = await server.ask('GET', '/AuditEvent/_history?_count=1000');
    expect(answer.text).toContain('Organization/unknown-org');
  });
});

describe('an AuditEvent of this server', () => {
  test('is made once, however many ask at the same time', async () => {
    for (let i = 0; i < 5; i++) await server.ask('GET', '/Observation/ob');
    const answers = await Promise.all(Array.from({ length: 6 }, () => find('entity=Observation/ob&action=R')));
    expect(new Set(answers.map((events) => new Set(events.map(({ id }) => id)).size)).size).toBe(1);
  });

  test('is valid by the own validator', async () => {
    const events = await find('');
    expect(events.length).toBeGreaterThan(20);
    for (const event of events) {
      const answer = await server.ask('POST', '/AuditEvent/$validate', event);
      const issues = answer.json().issue.filter(({ severity }: { severity: string }) => severity === 'error' || severity === 'fatal');
      expect({ issues, event: issues.length > 0 ? event : undefined }).toEqual({ issues: [], event: undefined });
    }
  }, 120_000);

  test.each([
    ['PUT', (id: string) => `/AuditEvent/${id}`],
    ['DELETE', (id: string) => `/AuditEvent/${id}`],
    ['DELETE', () => '/AuditEvent?patient=a'],
    ['PATCH', (id: string) => `/AuditEvent/${id}`],
    ['PUT', () => '/AuditEvent/log-00000000000000000000000000000000'],
    ['PUT', (id: string) => `/AuditEvent?_id=${id}`],
  ])('cannot be changed or deleted: %s', async (method, path) => {
    const [event] = await find('patient=a');
    const id = (event as Event).id;
    const isPatch = method === 'PATCH';
    const body = isPatch ? [{ op: 'replace', path: '/outcome', value: '8' }] : { ...event, id: path(id).split(/[/=]/)[2] };
    const headers: Record<string, string> = isPatch ? { 'content-type': 'application/json-patch+json' } : {};
    const answer = await server.ask(method, path(id), method === 'DELETE' ? undefined : body, headers);
    expect([answer.status, answer.json().issue?.[0]?.code]).toEqual([403, 'forbidden']);
    expect(answer.text).toContain('log of accesses');
    expect((await server.ask('GET', `/AuditEvent/${id}`)).json().meta.versionId).toBe('1');
  });

  test('does not keep what it tells of from being deleted', async () => {
    const other = await auditedServer({ database: server.database });
    await other.ask('PUT', '/Patient/leaves', patient('leaves'));
    await other.ask('PUT', '/Observation/left', observation('left', 'leaves'));
    expect((await other.ask('DELETE', '/Patient/leaves')).status).toBe(409);
    await find('patient=leaves');
    expect((await other.ask('DELETE', '/Observation/left')).status).toBe(204);
    expect((await other.ask('DELETE', '/Patient/leaves')).status).toBe(204);
    // Found by another process, 50 ms later at the latest.
    await other.server.audit?.flush();
    expect((await find('patient=leaves&action=D')).length).toBe(3);
    await other.close();
  });

  test('stays when a transaction or a batch tries', async () => {
    const [event] = await find('patient=a');
    const id = (event as Event).id;
    for (const type of ['transaction', 'batch']) {
      const entry = [{ request: { method: 'DELETE', url: `AuditEvent/${id}` } }];
      await server.ask('POST', '', { resourceType: 'Bundle', type, entry });
      expect((await server.ask('GET', `/AuditEvent/${id}`)).status).toBe(200);
    }
  });

  test('stands beside those that clients post', async () => {
    const [event] = await find('patient=a');
    const { id: _id, meta: _meta, ...rest } = event as Event;
    const answer = await server.ask('POST', '/AuditEvent', { ...rest });
    expect(answer.status).toBe(201);
    const { id } = answer.json();
    expect(id).not.toMatch(/^log-/);
    expect((await server.ask('DELETE', `/AuditEvent/${id}`)).status).toBe(204);
  });
});

test('as many as the time allows are made before an export, and the rest is no fault of it', async () => {
  const open = async (): Promise<number> =>
    Number((await server.sql<{ n: string }>('select count(*) as n from anamnesis.audit_open'))[0]?.n);
  await server.ask('GET', '/Patient/a');
  await server.server.audit?.settleWithin(-1);
  expect(await open()).toBeGreaterThan(0);
  await server.server.audit?.settleWithin(20_000);
  expect(await open()).toBe(0);
});
