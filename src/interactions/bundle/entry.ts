/**
 * The entries of a batch or transaction, each as the request that it stands for.
 * https://hl7.org/fhir/R4/bundle.html#transaction, https://hl7.org/fhir/R4/http.html#transaction
 */
import { nearest } from '../../fhir/nearest.ts';
import { type FhirError, refusal } from '../../fhir/outcome.ts';
import { readPrefer } from '../../fhir/prefer.ts';
import { isObject, type JsonObject, type Resource } from '../../fhir/resource.ts';
import type { FhirRequest, Method, RequestBody } from '../interaction.ts';
import { binaryBody, noBody, ResourceBody } from './entry-body.ts';
import { parseEntryUrl } from './entry-url.ts';

export interface Entry {
  readonly index: number;
  readonly request: FhirRequest;
  readonly fullUrl?: string;
}

const entryNames = new Set(['id', 'extension', 'link', 'fullUrl', 'resource', 'search', 'request', 'response']);

/** Elements of entry.request and the header that each stands for. */
const requestNames = new Map([
  ['ifNoneMatch', 'if-none-match'],
  ['ifModifiedSince', 'if-modified-since'],
  ['ifMatch', 'if-match'],
  ['ifNoneExist', 'if-none-exist'],
]);
const otherRequestNames = new Set(['id', 'extension', 'method', 'url']);

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Where entry `index` stands. */
export const entryAt = (index: number): string => `Bundle.entry[${index}]`;

/** The entries of a Bundle. Throws 400 when `entry` is no list. */
export function entriesOf(bundle: Resource): readonly unknown[] {
  const { entry } = bundle;
  if (entry === undefined) return [];
  if (!Array.isArray(entry)) throw refusal('structure', 'Bundle.entry must be a list.', { expression: 'Bundle.entry' });
  return entry;
}

/** What every entry's request carries besides its own headers: resources are wanted as such, written ones only when asked for. */
export function entryHeaders(request: FhirRequest): FhirRequest['headers'] {
  const { handling, return: wanted } = readPrefer(request.headers['prefer']);
  const prefer = `return=${wanted ?? 'minimal'}${handling === undefined ? '' : `, handling=${handling}`}`;
  return { accept: 'application/fhir+json', prefer };
}

/** Reads one entry; `headers` are those that every entry's request has. Throws 400 located in the entry. */
export function readEntry(entry: unknown, index: number, outer: FhirRequest, headers: FhirRequest['headers']): Entry {
  const at = entryAt(index);
  if (!isObject(entry)) throw refusal('structure', `${at} must be an object.`, { expression: at });
  checkNames(entry, at, (name) => entryNames.has(name), entryNames);
  const { request } = entry;
  // SHALL: each entry carries request details — http.html#transaction
  if (!isObject(request))
    throw refusal('required', `${at}.request is missing: it says what to do, such as {"method": "POST", "url": "Patient"}.`, {
      status: 400,
      expression: `${at}.request`,
    });
  checkNames(request, `${at}.request`, (name) => requestNames.has(name) || otherRequestNames.has(name), [
    ...otherRequestNames,
    ...requestNames.keys(),
  ]);
  const method = methodOf(request, at);
  const resource = resourceOf(entry, method, at);
  const { path, query } = urlOf(request, at, outer.base);
  const body = resource === undefined ? missingBody(method, path, at) : bodyOf(resource, method, path);
  const fullUrl = fullUrlOf(entry, at);
  const inner: FhirRequest = {
    method,
    path,
    query,
    headers: headersOf(request, headers, at),
    base: outer.base,
    principal: outer.principal,
    body,
  };
  return { index, request: inner, ...(fullUrl === undefined ? {} : { fullUrl }) };
}

/** A misspelt ifNoneExist must not pass for an absent one. */
function checkNames(object: JsonObject, at: string, isKnown: (name: string) => boolean, known: Iterable<string>): void {
  for (const name in object) if (!isKnown(name) && !isKnown(name.replace(/^_/, ''))) throw unknownName(name, at, known);
}

function unknownName(name: string, at: string, known: Iterable<string>): FhirError {
  const near = nearest(name, known);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return refusal('structure', `${at} has no element "${name.slice(0, 64)}".${hint}`, { expression: at });
}

function methodOf({ method }: JsonObject, at: string): Method {
  if (typeof method === 'string' && methods.has(method)) return method as Method;
  throw refusal('value', `${at}.request.method must be one of ${[...methods].join(', ')}.`, { expression: `${at}.request.method` });
}

const withResource = new Set<Method>(['POST', 'PUT', 'PATCH']);

function resourceOf(entry: JsonObject, method: Method, at: string): Resource | undefined {
  const { resource } = entry;
  if (resource === undefined) return undefined;
  if (!isObject(resource) || typeof resource['resourceType'] !== 'string')
    throw refusal('structure', `${at}.resource must be a resource with a resourceType.`, { expression: `${at}.resource` });
  if (!withResource.has(method))
    throw refusal('invalid', `${at}: a ${method} has no body, so that the entry must not have a resource.`, {
      expression: `${at}.resource`,
    });
  return resource as Resource;
}

function urlOf({ url }: JsonObject, at: string, base: string): ReturnType<typeof parseEntryUrl> {
  const expression = `${at}.request.url`;
  if (typeof url !== 'string' || url === '')
    throw refusal('required', `${expression} is missing: it is relative to the base, such as Patient/1.`, { status: 400, expression });
  const parsed = parseEntryUrl(url, base);
  if (parsed.path.length === 0 && parsed.query.length === 0)
    throw refusal('not-supported', `${expression}: a Bundle cannot be processed inside another Bundle.`, { expression });
  return parsed;
}

// SHALL: a PUT or POST entry has a resource — http.html#transaction (operations and searches need none)
function missingBody(method: Method, path: readonly string[], at: string): RequestBody {
  const last = path.at(-1) ?? '';
  if (!withResource.has(method) || (method === 'POST' && (last.startsWith('$') || last === '_search'))) return noBody;
  throw refusal('required', `${at}.resource is missing: a ${method} needs one.`, { status: 400, expression: `${at}.resource` });
}

/** Patches travel in a Binary, and so may the form of a search. */
function bodyOf(resource: Resource, method: Method, path: readonly string[]): RequestBody {
  const carried = resource.resourceType === 'Binary' && (method === 'PATCH' || path.at(-1) === '_search');
  return carried ? binaryBody(resource) : new ResourceBody(resource);
}

// SHALL: fullUrl is no version-specific URL — bundle.html#invs (bdl-8)
function fullUrlOf({ fullUrl }: JsonObject, at: string): string | undefined {
  if (fullUrl === undefined) return undefined;
  const expression = `${at}.fullUrl`;
  if (typeof fullUrl !== 'string' || fullUrl === '' || /\s/.test(fullUrl))
    throw refusal('value', `${expression} must be a URI.`, { expression });
  if (fullUrl.includes('/_history/')) throw refusal('invariant', `${expression} must not name a version.`, { status: 400, expression });
  return fullUrl;
}

function headersOf(request: JsonObject, headers: FhirRequest['headers'], at: string): FhirRequest['headers'] {
  let found: Record<string, string | undefined> | undefined;
  for (const [name, header] of requestNames) {
    const value = request[name];
    if (value === undefined) continue;
    if (typeof value !== 'string')
      throw refusal('structure', `${at}.request.${name} must be a string.`, { expression: `${at}.request.${name}` });
    found ??= { ...headers };
    found[header] = value;
  }
  return found ?? headers;
}
