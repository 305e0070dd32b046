/** POST [base] and single requests on a real repository, asked as a client would ask them. */
import { localPrincipal } from '../../src/auth/principal.ts';
import { unrestricted } from '../../src/auth/unrestricted.ts';
import { parseJson } from '../../src/fhir/json.ts';
import { FhirError, outcomeOf } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { FhirRequest, FhirResponse, Method, Services } from '../../src/interactions/interaction.ts';
import { dispatch } from '../../src/interactions/routes.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { fakeJobs } from '../support/fake-jobs.ts';
import { fakeReindexing } from '../support/fake-reindexing.ts';
import { noValidator } from '../support/fake-server.ts';
import { definitions, type TestRepository, testRepository } from '../support/repository.ts';

export const base = 'http://127.0.0.1:18300/fhir';

export interface ResponseEntry {
  readonly fullUrl?: string;
  readonly resource?: Resource;
  readonly response: {
    readonly status: string;
    readonly location?: string;
    readonly etag?: string;
    readonly lastModified?: string;
    readonly outcome?: {
      readonly issue: readonly { readonly code: string; readonly diagnostics: string; readonly expression?: readonly string[] }[];
    };
  };
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly json: Resource & {
    readonly entry?: readonly ResponseEntry[];
    readonly issue?: readonly { readonly diagnostics: string; readonly expression?: readonly string[] }[];
  };
  readonly statuses: readonly string[];
}

export interface BundleServer {
  readonly repository: Repository;
  post(type: string, entry: readonly unknown[], headers?: Record<string, string>): Promise<Answer>;
  send(method: Method, path: string, body?: Resource): Promise<Answer>;
  close(): Promise<void>;
}

const settings = { updateCreate: true, softwareVersion: '0.1.0', defaultCount: 20, maxCount: 1000 };

function requestOf(method: Method, path: string, headers: Record<string, string>, body?: Resource): FhirRequest {
  const [segments = '', query = ''] = path.split('?');
  const text = body === undefined ? '' : JSON.stringify(body);
  return {
    method,
    path: segments === '' ? [] : segments.split('/'),
    query: [...new URLSearchParams(query)],
    headers,
    base,
    principal: localPrincipal,
    body: {
      contentType: text === '' ? '' : 'application/fhir+json',
      bytes: Buffer.from(text),
      resource: () => parseJson(text) as Resource,
      json: () => parseJson(text),
    },
  };
}

async function answerOf(response: FhirResponse): Promise<Answer> {
  const { body } = response;
  let text = typeof body === 'string' ? body : '';
  if (typeof body === 'object' && Symbol.asyncIterator in body) for await (const piece of body) text += piece;
  else if (typeof body === 'object') text = JSON.stringify(body);
  const json = (text === '' ? {} : JSON.parse(text)) as Answer['json'];
  return { status: response.status, text, json, statuses: (json.entry ?? []).map((entry) => entry.response?.status) };
}

export function serverOn(repository: Repository, close: () => Promise<void> = async () => {}): BundleServer {
  const reindexing = fakeReindexing();
  const services: Services = {
    definitions,
    settings,
    reindexing,
    jobs: fakeJobs(),
    repository: () => repository,
    access: () => unrestricted,
    validator: () => noValidator,
    now: () => new Date(),
  };
  const ask = async (request: FhirRequest): Promise<Answer> => {
    try {
      return await answerOf(await dispatch(request, services));
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      return answerOf({ status: error.status, body: outcomeOf(error.issues) });
    }
  };
  return {
    repository,
    close,
    post: (type, entry, headers = {}) => ask(requestOf('POST', '', headers, { resourceType: 'Bundle', type, entry: [...entry] })),
    send: (method, path, body) => ask(requestOf(method, path, {}, body)),
  };
}

export async function bundleServer(): Promise<BundleServer> {
  const opened: TestRepository = await testRepository({ referentialIntegrity: 'off' });
  return serverOn(opened.repository, opened.close);
}

/** `entry('PUT', 'Patient/1', { resourceType: 'Patient', id: '1' }, { ifMatch: 'W/"1"' })`. */
export const entry = (method: string, url: string, resource?: object, more: object = {}, fullUrl?: string): object => ({
  ...(fullUrl === undefined ? {} : { fullUrl }),
  ...(resource === undefined ? {} : { resource }),
  request: { method, url, ...more },
});

export const patient = (more: object = {}): Resource => ({ resourceType: 'Patient', ...more });
export const observation = (more: object = {}): Resource => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'x' },
  ...more,
});

export const uuid = (n: number): string => `urn:uuid:00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
