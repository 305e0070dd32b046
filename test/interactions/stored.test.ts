/** The interactions on the real repository: what a client sees over several requests. http.html */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dispatch } from '../../src/interactions/routes.ts';
import { type Answer, type Ask, askerOf, base } from '../support/fake-server.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

let store: TestRepository;
let ask: Ask;
beforeAll(async () => {
  store = await testRepository();
  ask = askerOf(dispatch, definitions, store.repository, { conditionalDelete: 'multiple' });
});
afterAll(() => store.close());

interface Bundle {
  readonly type: string;
  readonly total?: number;
  readonly link: readonly { relation: string; url: string }[];
  readonly entry?: readonly { fullUrl: string; resource?: { id: string; meta: { versionId: string } }; response: { status: string } }[];
}

const bundleOf = (answer: Answer) => answer.json as unknown as Bundle;
const patient = (value: string, more: object = {}) => ({ resourceType: 'Patient', identifier: [{ system: 'urn:s', value }], ...more });
const observation = (id: string, subject: string, more: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'x' },
  subject: { reference: subject },
  ...more,
});

/** Follows next links to the end. */
async function pagesOf(url: string): Promise<Bundle[]> {
  const pages: Bundle[] = [];
  for (let next: string | undefined = url; next !== undefined; ) {
    const answer = await ask('GET', next.replace(`${base}/`, ''));
    expect([answer.status, answer.diagnostics]).toEqual([200, '']);
    pages.push(bundleOf(answer));
    expect(pages.length).toBeLessThan(50);
    next = pages.at(-1)?.link.find(({ relation }) => relation === 'next')?.url;
  }
  return pages;
}

describe('a resource through its life', () => {
  test('is created, read, updated, patched, deleted, brought back, and its whole history stays', async () => {
    const made = await ask('POST', 'Patient', { body: { ...patient('life'), id: 'ignored' } });
    const { id } = made.json as { id: string };
    expect([made.status, made.headers['location'], made.headers['etag']]).toEqual([201, `${base}/Patient/${id}/_history/1`, 'W/"1"']);
    expect((await ask('GET', `Patient/${id}`)).text).toBe(made.text);
    const updated = await ask('PUT', `Patient/${id}`, {
      body: { ...patient('life', { active: true }), id },
      headers: { 'if-match': 'W/"1"' },
    });
    expect([updated.status, updated.headers['etag']]).toEqual([200, 'W/"2"']);
    const again = await ask('PUT', `Patient/${id}`, { body: { ...patient('life', { active: true }), id } });
    expect([again.status, again.headers['etag']]).toEqual([200, 'W/"2"']);
    const replace = [{ op: 'replace', path: '/active', value: false }];
    const patched = await ask('PATCH', `Patient/${id}`, { body: replace, contentType: 'application/json-patch+json' });
    expect([patched.status, patched.headers['etag'], patched.json['active']]).toEqual([200, 'W/"3"', false]);
    expect((await ask('DELETE', `Patient/${id}`)).headers['etag']).toBe('W/"4"');
    expect([(await ask('GET', `Patient/${id}`)).status, (await ask('GET', `Patient/${id}/_history/4`)).status]).toEqual([410, 410]);
    expect((await ask('GET', `Patient/${id}/_history/2`)).text).toBe(updated.text);
    expect((await ask('PUT', `Patient/${id}`, { body: { ...patient('life'), id } })).status).toBe(201);
    const [history] = await pagesOf(`Patient/${id}/_history`);
    expect(history?.entry?.map(({ response, resource }) => [response.status, resource?.meta.versionId])).toEqual([
      ['200', '5'],
      ['204', undefined],
      ['200', '3'],
      ['200', '2'],
      ['201', '1'],
    ]);
  });

  test('keeps the digits of its decimals, also when a part of it is asked for', async () => {
    const text = '{"resourceType":"Observation","id":"digits","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.50}}';
    const { parseJson } = await import('../../src/fhir/json.ts');
    await store.repository.commit([{ kind: 'update', type: 'Observation', id: 'digits', at: '', resource: parseJson(text) as never }]);
    for (const query of ['', '?_summary=data', '?_elements=value'])
      expect((await ask('GET', `Observation/digits${query}`)).text).toContain('"value":1.50');
    expect((await ask('GET', 'Observation?_id=digits&_elements=value')).text).toContain('"value":1.50');
  });
});

describe('conditions', () => {
  test('of 50 equal conditional creates at once make one resource', async () => {
    const asked = { body: patient('race'), headers: { 'if-none-exist': 'identifier=urn:s|race' } };
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask('POST', 'Patient', asked)));
    const created = answers.filter(({ status }) => status === 201);
    expect([created.length, answers.every(({ status }) => status === 201 || status === 200)]).toEqual([1, true]);
    expect(new Set(answers.map(({ json }) => json['id'])).size).toBe(1);
  });

  test('of parallel updates with If-Match let one through', async () => {
    await ask('PUT', 'Patient/par', { body: { ...patient('par'), id: 'par' } });
    const update = (n: number) =>
      ask('PUT', 'Patient/par', { body: { ...patient(`par${n}`), id: 'par' }, headers: { 'if-match': 'W/"1"' } });
    const statuses = (await Promise.all([1, 2, 3, 4].map(update))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412, 412, 412]);
  });

  test('choose what is updated, patched and deleted', async () => {
    const url = 'Patient?identifier=urn:s|cond';
    const made = await ask('PUT', url, { body: patient('cond') });
    const updated = await ask('PUT', url, { body: patient('cond', { active: true }) });
    expect([made.status, updated.status, updated.json['id']]).toEqual([201, 200, made.json['id']]);
    expect((await ask('PUT', url, { body: { ...patient('cond'), id: 'other' } })).status).toBe(400);
    const contentType = 'application/json-patch+json';
    expect((await ask('PATCH', url, { body: [{ op: 'remove', path: '/active' }], contentType })).status).toBe(200);
    await ask('POST', 'Patient', { body: patient('cond') });
    expect((await ask('PUT', url, { body: patient('cond') })).status).toBe(412);
    expect(await ask('DELETE', url, { headers: { prefer: 'return=OperationOutcome' } })).toMatchObject({
      status: 200,
      diagnostics: '2 resources were deleted.',
    });
    expect((await ask('DELETE', url)).status).toBe(204);
    expect((await ask('GET', `Patient/${made.json['id']}`)).status).toBe(410);
  });

  test.each(['DELETE', 'PUT'] as const)('that are misspelt refuse a %s', async (method) => {
    const answer = await ask(method, 'Patient?identifer=urn:s|cond', method === 'PUT' ? { body: patient('cond') } : {});
    expect([answer.status, answer.diagnostics]).toEqual([400, expect.stringContaining('identifier')]);
  });

  test('allow ids of clients only where the setting does', async () => {
    const strict = await testRepository({ updateCreate: false });
    const asks = askerOf(dispatch, definitions, strict.repository, { updateCreate: false });
    expect((await asks('PUT', 'Patient/mine', { body: { ...patient('mine'), id: 'mine' } })).status).toBe(405);
    expect((await asks('PUT', 'Patient?identifier=urn:s|mine', { body: { ...patient('mine'), id: 'mine' } })).status).toBe(405);
    expect((await asks('PUT', 'Patient?identifier=urn:s|mine', { body: patient('mine') })).status).toBe(201);
    await strict.close();
  });
});

describe('pages', () => {
  beforeAll(async () => {
    await ask('PUT', 'Patient/page', { body: { ...patient('page'), id: 'page' } });
    await ask('PUT', 'Practitioner/doc', { body: { resourceType: 'Practitioner', id: 'doc' } });
    for (let i = 0; i < 7; i++) {
      const more = i === 0 ? { performer: [{ reference: 'Practitioner/doc' }] } : {};
      await ask('PUT', `Observation/page${i}`, {
        body: observation(`page${i}`, 'Patient/page', { effectiveDateTime: `202${i}-01-01`, ...more }),
      });
    }
  });

  const idsOf = (pages: readonly Bundle[]) =>
    pages.flatMap(({ entry }) => entry?.map(({ fullUrl }) => fullUrl.replace(`${base}/`, '')) ?? []);

  test('of a history neither repeat nor skip while others write', async () => {
    const seen: string[] = [];
    let url: string | undefined = 'Observation/_history?_count=2&_sort=-_lastUpdated';
    const before = idsOf(await pagesOf('Observation/_history?_count=1000'));
    for (let n = 0; url !== undefined; n++) {
      const bundle = bundleOf(await ask('GET', url.replace(`${base}/`, '')));
      seen.push(...idsOf([bundle]));
      await ask('PUT', `Observation/new${n}`, { body: observation(`new${n}`, 'Patient/page') });
      url = bundle.link.find(({ relation }) => relation === 'next')?.url;
    }
    expect(seen).toEqual(before);
  });

  test('of a search hold each match once', async () => {
    const ids = idsOf(await pagesOf('Observation?patient=Patient/page&date=lt2030&_count=3'));
    expect([new Set(ids).size, ids.length]).toEqual([7, 7]);
  });

  test('of $everything hold the patient, the compartment and what it refers to, each once', async () => {
    const ids = idsOf(await pagesOf('Patient/page/$everything?_count=3'));
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(
      expect.arrayContaining(['Patient/page', 'Practitioner/doc', ...Array.from({ length: 7 }, (_, i) => `Observation/page${i}`)]),
    );
    expect(new Set(ids)).toEqual(new Set(idsOf(await pagesOf('Patient/page/$everything'))));
  });

  test('of $everything with dates hold what lies within', async () => {
    const ids = idsOf(await pagesOf('Patient/page/$everything?start=2021&end=2022&_type=Observation')).filter((id) => id.includes('page'));
    expect(ids.sort()).toEqual(['Observation/page1', 'Observation/page2']);
  });

  test.each(['Observation/_history', 'Patient/page/$everything', 'Observation'])('of %s refuse a damaged cursor', async (url) =>
    expect((await ask('GET', `${url}?_cursor=damaged`)).status).toBe(400),
  );
});

describe('a Bundle', () => {
  test('that is a transaction takes the same interactions', async () => {
    const entry = [
      { fullUrl: 'urn:uuid:6b8a5d0e-1d0b-4a64-9c55-0d6a6c3d4f11', resource: patient('tx'), request: { method: 'POST', url: 'Patient' } },
      { resource: observation('tx', 'urn:uuid:6b8a5d0e-1d0b-4a64-9c55-0d6a6c3d4f11'), request: { method: 'PUT', url: 'Observation/tx' } },
    ];
    const answer = await ask('POST', '', { body: { resourceType: 'Bundle', type: 'transaction', entry } });
    expect([answer.status, answer.json['type']]).toEqual([200, 'transaction-response']);
    const { subject } = (await ask('GET', 'Observation/tx')).json as unknown as { subject: { reference: string } };
    expect((await ask('GET', subject.reference)).json).toMatchObject({ identifier: [{ value: 'tx' }] });
  });
});
