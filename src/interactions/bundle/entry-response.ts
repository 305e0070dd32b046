/**
 * What an entry of the response Bundle says, as text: bodies that are text are passed through.
 * https://hl7.org/fhir/R4/http.html#transaction-response
 */
import { etagOf } from '../../fhir/etag.ts';
import { printJson } from '../../fhir/json.ts';
import { type FhirError, type OperationOutcome, outcomeOf } from '../../fhir/outcome.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { ChangeResult } from '../../repository/change.ts';
import type { FhirRequest, FhirResponse } from '../interaction.ts';
import { statusOf, writtenOutcome } from '../written.ts';

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

const statusText = (status: number): string => (reasons[status] === undefined ? String(status) : `${status} ${reasons[status]}`);

interface Parts {
  readonly status: number;
  readonly location?: string | undefined;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly outcome?: OperationOutcome | Resource | undefined;
  readonly fullUrl?: string | undefined;
  /** JSON text. */
  readonly resource?: string | undefined;
}

function entryText({ status, location, etag, lastModified, outcome, fullUrl, resource }: Parts): string {
  let text = resource === undefined || fullUrl === undefined ? '{' : `{"fullUrl":${JSON.stringify(fullUrl)},`;
  if (resource !== undefined) text += `"resource":${resource},`;
  text += `"response":{"status":"${statusText(status)}"`;
  if (location !== undefined) text += `,"location":${JSON.stringify(location)}`;
  if (etag !== undefined) text += `,"etag":${JSON.stringify(etag)}`;
  if (lastModified !== undefined) text += `,"lastModified":"${lastModified}"`;
  if (outcome !== undefined) text += `,"outcome":${printJson(outcome)}`;
  return `${text}}}`;
}

export type Return = 'minimal' | 'representation' | 'OperationOutcome';

/** The entry of a write of a transaction. */
export function writtenEntry(result: ChangeResult, base: string, prefer: Return): string {
  const { version, outcome, withheld } = result;
  const outcomeText = prefer === 'OperationOutcome' ? { outcome: writtenOutcome(result) } : {};
  if (version === undefined || (withheld && outcome === 'existing')) return entryText({ status: statusOf(result), ...outcomeText });
  const deleted = outcome === 'deleted' || (version.body === null && !withheld);
  const identity = `${version.type}/${version.id}`;
  return entryText({
    status: statusOf(result),
    location: deleted ? undefined : `${identity}/_history/${version.versionId}`,
    etag: etagOf(version.versionId),
    lastModified: version.lastUpdated,
    ...outcomeText,
    ...(prefer === 'representation' && !deleted && !withheld
      ? { fullUrl: `${base}/${identity}`, resource: version.body ?? undefined }
      : {}),
  });
}

/** The entry of any other interaction, from the response that it would have had alone. */
export async function answeredEntry(request: FhirRequest, response: FhirResponse): Promise<string> {
  const headers = response.headers ?? {};
  const body = request.method === 'HEAD' ? undefined : await bodyText(response);
  const isOutcome = body !== undefined && request.method !== 'GET' && isOutcomeObject(response.body);
  const location = headers['location'] ?? headers['content-location'];
  return entryText({
    status: response.status,
    location: location?.startsWith(`${request.base}/`) ? location.slice(request.base.length + 1) : location,
    etag: headers['etag'],
    lastModified: response.lastModified,
    ...(isOutcome ? { outcome: response.body as OperationOutcome } : { resource: body, fullUrl: fullUrlOf(request) }),
  });
}

/** The entry of a refusal. */
export const refusedEntry = (error: FhirError): string => entryText({ status: error.status, outcome: outcomeOf(error.issues) });

const isOutcomeObject = (body: FhirResponse['body']): boolean =>
  typeof body === 'object' && 'resourceType' in body && body.resourceType === 'OperationOutcome';

async function bodyText({ body, bytes }: FhirResponse): Promise<string | undefined> {
  if (typeof body === 'string') return body;
  if (body === undefined)
    return bytes === undefined
      ? undefined
      : printJson({ resourceType: 'Binary', contentType: bytes.contentType, data: bytes.data.toString('base64') });
  if (!(Symbol.asyncIterator in body)) return printJson(body);
  let text = '';
  for await (const piece of body) text += piece;
  return text;
}

/** Only a single resource has a URL of its own. */
const fullUrlOf = ({ base, path: [type, id, rest] }: FhirRequest): string | undefined =>
  type === undefined || id === undefined || id.startsWith('_') || id.startsWith('$') || rest !== undefined
    ? undefined
    : `${base}/${type}/${id}`;

/** The response Bundle; entries are JSON texts. */
export const responseBundle = (type: 'batch-response' | 'transaction-response', entries: readonly string[]): string =>
  `{"resourceType":"Bundle","type":"${type}"${entries.length === 0 ? '' : `,"entry":[${entries.join(',')}]`}}`;
