/** The answers about jobs of clients. https://hl7.org/fhir/uv/bulkdata/export.html */
import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { localPrincipal, type Principal } from '../../src/auth/principal.ts';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { FhirRequest, FhirResponse, Method, Services } from '../../src/interactions/interaction.ts';
import { dispatch } from '../../src/interactions/routes.ts';
import type { ClientJob } from '../../src/jobs/client-jobs.ts';
import { fakeJobs } from '../support/fake-jobs.ts';
import { definitions } from './server.ts';

const base = 'http://127.0.0.1:8080/fhir';
const handle = '00000000-0000-4000-8000-000000000001';
const file = { name: 'Patient-1.ndjson', bytes: 10, contentType: 'application/fhir+ndjson', count: 2, type: 'Patient' };

const jobOf = (more: Partial<ClientJob> = {}): ClientJob => ({
  ...{ id: '1', kind: 'export', input: {}, state: 'running', position: {}, done: '30', total: '120', error: null, attempts: 1 },
  ...{ created: '2026-01-02T00:00:00.000Z', started: null, finished: null, handle, caller: '', expires: null, result: null },
  principal: localPrincipal,
  request: { method: 'GET', url: `${base}/$export`, base },
  ...more,
});

const finished = jobOf({
  state: 'finished',
  expires: '2026-01-03T00:00:00.000Z',
  result: {
    transactionTime: '2026-01-01T00:00:00.000Z',
    output: [file, { ...file, name: 'p.ndjson', continuesIn: 'q.ndjson' }],
    error: [{ ...file, name: 'error.ndjson', type: 'OperationOutcome' }],
    more: { outputOrganizedBy: 'Patient' },
  },
});

function servicesOf(job: ClientJob, more: { administers?: boolean; authorization?: boolean } = {}): Services {
  const jobs = fakeJobs([job]);
  const storage = { ...jobs.storage, read: async () => Readable.from([Buffer.from('0123456789')]) };
  const services: Partial<Services> = {
    definitions,
    settings: { updateCreate: true, softwareVersion: '1', defaultCount: 1, maxCount: 1, authorization: more.authorization ?? true },
    jobs: { ...jobs, storage },
    now: () => new Date('2026-01-02T00:01:40Z'),
    access: () => ({ mayAdminister: more.administers ?? false }) as ReturnType<Services['access']>,
  };
  return services as Services;
}

async function ask(method: Method, path: string, services: Services, principal: Principal = localPrincipal): Promise<FhirResponse> {
  const [route = '', text = ''] = path.split('?');
  const query = [...new URLSearchParams(text)];
  const request = { method, path: route.split('/'), query, headers: {}, base, principal } as unknown as FhirRequest;
  try {
    return await dispatch(request, services);
  } catch (error) {
    if (!(error instanceof FhirError)) throw error;
    return { status: error.status, headers: error.headers, body: error.message };
  }
}

const jsonOf = ({ bytes }: FhirResponse): unknown => JSON.parse(String(bytes?.data));

describe('The status of a job', () => {
  test('is 202 with progress and the time to wait while it goes on', async () => {
    const answer = await ask('GET', `_job/${handle}`, servicesOf(jobOf()));
    expect(answer).toEqual({ status: 202, headers: { 'x-progress': '25% (30 of 120)', 'retry-after': '20' } });
    const young = await ask(
      'GET',
      `_job/${handle}`,
      servicesOf(jobOf({ state: 'queued', total: null, created: '2026-01-02T00:01:40.000Z' })),
    );
    expect(young).toEqual({ status: 202, headers: { 'x-progress': 'waiting to begin', 'retry-after': '1' } });
  });

  test('is the manifest once it is done, with an Expires', async () => {
    const answer = await ask('GET', `_job/${handle}`, servicesOf(finished));
    expect(answer).toMatchObject({ status: 200, headers: { expires: 'Sat, 03 Jan 2026 00:00:00 GMT' } });
    expect(answer.bytes?.contentType).toBe('application/json');
    expect(jsonOf(answer)).toEqual({
      transactionTime: '2026-01-01T00:00:00.000Z',
      request: `${base}/$export`,
      requiresAccessToken: true,
      outputOrganizedBy: 'Patient',
      output: [
        { type: 'Patient', url: `${base}/_job/${handle}/Patient-1.ndjson`, count: 2 },
        { type: 'Patient', url: `${base}/_job/${handle}/p.ndjson`, count: 2, continuesInFile: `${base}/_job/${handle}/q.ndjson` },
      ],
      deleted: [],
      error: [{ type: 'OperationOutcome', url: `${base}/_job/${handle}/error.ndjson`, count: 2 }],
    });
    expect(jsonOf(await ask('GET', `_job/${handle}`, servicesOf(finished, { authorization: false })))).toMatchObject({
      requiresAccessToken: false,
    });
  });

  test('is an error when it failed', async () => {
    const failed = jobOf({ state: 'failed', error: 'no room', result: { status: 507, code: 'no-store' } });
    expect(await ask('GET', `_job/${handle}`, servicesOf(failed))).toMatchObject({
      status: 507,
      body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'no-store', diagnostics: 'no room' }] },
    });
  });

  test('is 404 for what is not there', async () => {
    for (const [method, path] of [
      ['GET', '_job/unknown'],
      ['DELETE', '_job/unknown'],
      ['GET', '_job/unknown/file'],
      ['GET', `_job/${handle}/unknown`],
      ['GET', `_job/${handle}/a/b`],
    ] as const)
      expect([path, (await ask(method, path, servicesOf(finished))).status]).toEqual([path, 404]);
    expect((await ask('POST', `_job/${handle}`, servicesOf(finished))).status).toBe(405);
  });

  test('ends with DELETE', async () => {
    expect(await ask('DELETE', `_job/${handle}`, servicesOf(jobOf()))).toEqual({ status: 202 });
  });
});

describe('A file of a job', () => {
  test('is told with its type, its length and an entity tag', async () => {
    const answer = await ask('GET', `_job/${handle}/Patient-1.ndjson`, servicesOf(finished));
    expect(answer).toMatchObject({ status: 200, headers: { etag: `"${handle}-Patient-1.ndjson-10"` } });
    expect(answer.file).toMatchObject({ contentType: 'application/fhir+ndjson', length: 10 });
  });

  test('is not there before all are', async () => {
    const running = jobOf({ result: finished.result });
    expect((await ask('GET', `_job/${handle}/Patient-1.ndjson`, servicesOf(running))).status).toBe(404);
  });

  test('is refused to a token that may read less than the job could', async () => {
    const job = { ...finished, principal: { id: 'x', scopes: ['system/*.rs'] } };
    const answer = await ask('GET', `_job/${handle}/Patient-1.ndjson`, servicesOf(job), { id: 'x', scopes: ['system/Patient.rs'] });
    expect(answer.status).toBe(403);
  });
});

describe('The list of jobs', () => {
  test('is for who administers, and tells nothing of patients', async () => {
    expect((await ask('GET', '_job', servicesOf(jobOf()))).status).toBe(403);
    const job = jobOf({ request: { method: 'GET', url: `${base}/Patient?name=Zebrafink&_count=5`, base } });
    const answer = await ask('GET', '_job', servicesOf(job, { administers: true }));
    const request = `GET ${base}/Patient`;
    expect(jsonOf(answer)).toEqual({
      jobs: [expect.objectContaining({ url: `${base}/_job/${handle}`, kind: 'export', request, state: 'running', done: 30, total: 120 })],
    });
  });

  test.each(['_job', `_job/${handle}`, `_job/${handle}/Patient-1.ndjson`])(
    '%s takes no parameters: one that is unknown is refused',
    async (path) => {
      const answer = await ask('GET', `${path}?state=running`, servicesOf(finished, { administers: true }));
      expect([answer.status, answer.body]).toEqual([400, expect.stringContaining('"state"')]);
    },
  );
});
