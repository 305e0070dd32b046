/**
 * Searches and $everything whose answer may come later: the client is sent away, and finds the resources in files when it comes back.
 * https://hl7.org/fhir/R4/async.html
 */
import { type AskedLater, requestKind } from '../bulk/request-job.ts';
import { refusal } from '../fhir/outcome.ts';
import { readPrefer } from '../fhir/prefer.ts';
import { isObject } from '../fhir/resource.ts';
import type { Repository } from '../repository/repository.ts';
import { jobUrl } from './async-job.ts';
import type { Dispatch } from './dispatch.ts';
import { formPairs, formType } from './form.ts';
import type { FhirRequest, FhirResponse, Services } from './interaction.ts';
import type { Pairs } from './parameter.ts';
import type { Route } from './route.ts';

const isLater = ({ name }: Route, { path }: FhirRequest): boolean =>
  name.startsWith('search-') || (name === 'operation' && path.at(-1) === '$everything');

/** What else is preferred still counts. */
function headersOf({ headers }: FhirRequest): Record<string, string> {
  const prefer = (headers['prefer'] ?? '')
    .split(/[,;]/)
    .filter((part) => readPrefer(part).async !== true)
    .join(',');
  return prefer.trim() === '' ? {} : { prefer };
}

function parameterPairs(request: FhirRequest): Pairs {
  const { parameter } = request.body.resource();
  return (Array.isArray(parameter) ? parameter : []).map((each: unknown) => {
    const key = isObject(each) ? Object.keys(each).find((name) => /^value[A-Z]/.test(name)) : undefined;
    if (!isObject(each) || key === undefined || typeof each['name'] !== 'string' || typeof each[key] === 'object')
      throw refusal('value', 'A parameter of this operation has a simple value, such as valueDate or valueCode.');
    return [each['name'], String(each[key])] as const;
  });
}

function bodyPairs(request: FhirRequest): Pairs {
  if (request.method !== 'POST' || request.body.bytes.length === 0) return [];
  return request.body.contentType === formType ? formPairs(request.body) : parameterPairs(request);
}

/** How many there are in a page, and where one begins, is nothing to who wants all. */
const ofPages: ReadonlySet<string> = new Set(['_count', '_cursor', '_format', '_pretty']);

class Reached extends Error {}

const reached = (): Promise<never> => Promise.reject(new Reached());
const unread: Repository = { read: reached, vread: reached, history: reached, search: reached, commit: reached, everything: reached };

/** Throws a FhirError for what is wrong with the request itself: it is run up to where it first asks for a resource. */
async function assertWellAsked(now: Dispatch, request: FhirRequest, services: Services): Promise<void> {
  try {
    await now(request, { ...services, repository: () => unread });
  } catch (fault) {
    if (!(fault instanceof Reached)) throw fault;
  }
}

async function answerLater(request: FhirRequest, { jobs }: Services): Promise<FhirResponse> {
  const { method, path, base, principal } = request;
  const query = [...request.query, ...bodyPairs(request)].filter(([name]) => !ofPages.has(name));
  const asked = request.query.map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  const url = `${base}/${path.join('/')}${asked === '' ? '' : `?${asked}`}`;
  const input: AskedLater = { path: path.filter((segment) => segment !== '_search'), query, headers: headersOf(request) };
  const handle = await jobs.start({ kind: requestKind, principal, request: { method, url, base }, input });
  return { status: 202, headers: { 'content-location': jobUrl(base, handle) } };
}

/** MAY: a server that cannot answer something later answers it at once — async.html. */
export const laterOrNow =
  (now: Dispatch, find: (request: FhirRequest, definitions: Services['definitions']) => Route): Dispatch =>
  async (request, services) => {
    const isAsked = readPrefer(request.headers['prefer']).async === true && (request.method === 'GET' || request.method === 'POST');
    if (!isAsked || !isLater(find(request, services.definitions), request)) return now(request, services);
    await assertWellAsked(now, request, services);
    return answerLater(request, services);
  };
