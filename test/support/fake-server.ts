/** The interactions on a fake repository, asked as a client would ask them. */
import type { Access } from '../../src/auth/access.ts';
import { localPrincipal } from '../../src/auth/principal.ts';
import { unrestricted } from '../../src/auth/unrestricted.ts';
import type { Definitions } from '../../src/fhir/definitions.ts';
import { FhirError } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Dispatch } from '../../src/interactions/dispatch.ts';
import type { FhirRequest, FhirResponse, InteractionSettings, Method, Services } from '../../src/interactions/interaction.ts';
import type { Repository } from '../../src/repository/repository.ts';
import type { Validator } from '../../src/validation/validation.ts';
import { fakeJobs } from './fake-jobs.ts';
import { fakeReindexing } from './fake-reindexing.ts';
import { type FakeRepository, fakeRepository } from './fake-repository.ts';

export const base = 'http://127.0.0.1:8080/fhir';

export interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly bytes?: Buffer;
  readonly contentType?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly json: Record<string, unknown> & { resourceType?: string };
  readonly bytes?: { readonly contentType: string; readonly data: Buffer };
  /** Diagnostics of the first issue. */
  readonly diagnostics: string;
}

export interface FakeServer {
  readonly repository: FakeRepository;
  readonly ask: Ask;
}

const settings: InteractionSettings = { updateCreate: true, softwareVersion: '0.1.0', defaultCount: 20, maxCount: 1000 };

function requestOf(method: Method, url: string, { headers = {}, body, bytes, contentType }: Asked): FhirRequest {
  const { pathname, search } = new URL(`http://x/${url}`);
  const data = bytes ?? (body === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(body)));
  const type = contentType ?? (data.length === 0 ? '' : 'application/fhir+json');
  const json = () => JSON.parse(data.toString()) as unknown;
  return {
    method,
    path: pathname
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent),
    query: [...new URLSearchParams(search)],
    headers: { ...(type === '' ? {} : { 'content-type': type }), ...headers },
    base,
    principal: localPrincipal,
    body: { contentType: type, bytes: data, json, resource: () => json() as Resource },
  };
}

async function textOf(body: FhirResponse['body']): Promise<string> {
  if (body === undefined) return '';
  if (typeof body === 'string') return body;
  if (!(Symbol.asyncIterator in body)) return JSON.stringify(body);
  let text = '';
  for await (const piece of body) text += piece;
  return text;
}

async function answerOf(response: FhirResponse): Promise<Answer> {
  const text = await textOf(response.body);
  const json = (text === '' ? {} : JSON.parse(text)) as Answer['json'] & { issue?: { diagnostics: string }[] };
  const diagnostics = json.issue?.[0]?.diagnostics ?? '';
  return {
    status: response.status,
    headers: response.headers ?? {},
    text,
    json,
    diagnostics,
    ...(response.bytes ? { bytes: response.bytes } : {}),
  };
}

/** The fake says nothing of validity. */
export const noValidator: Validator = { validate: async () => [] };

export type Ask = (method: Method, url: string, asked?: Asked) => Promise<Answer>;

/** Asks the interactions as HTTP would, on any repository; a refusal is answered as HTTP answers it. */
export function askerOf(
  dispatch: Dispatch,
  definitions: Definitions,
  repository: Repository,
  changed: Partial<InteractionSettings> = {},
  /** Under which the repository reads and writes. */
  access: Access = unrestricted,
): Ask {
  const services: Services = {
    definitions,
    settings: { ...settings, ...changed },
    reindexing: fakeReindexing(),
    jobs: fakeJobs(),
    repository: () => repository,
    access: () => access,
    validator: () => noValidator,
    now: () => new Date('2026-01-02T00:00:00Z'),
  };
  return async (method, url, asked = {}) => {
    try {
      return await answerOf(await dispatch(requestOf(method, url, asked), services));
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      return answerOf({ status: error.status, headers: error.headers, body: { resourceType: 'OperationOutcome', issue: error.issues } });
    }
  };
}

export function fakeServer(dispatch: Dispatch, definitions: Definitions, changed: Partial<InteractionSettings> = {}): FakeServer {
  const repository = fakeRepository();
  return { repository, ask: askerOf(dispatch, definitions, repository, changed) };
}
