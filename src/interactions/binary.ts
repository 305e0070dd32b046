/** Binary in its native content type: bytes in, bytes out, a Binary resource between. https://hl7.org/fhir/R4/binary.html#rest */
import { refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { StoredVersion } from '../repository/stored-version.ts';
import { cutMember, EncodedBytes } from './encoded-bytes.ts';
import type { FhirRequest, FhirResponse, RequestBody } from './interaction.ts';
import { single } from './parameter.ts';
import { versionHeaders } from './version-response.ts';

const resourceTypes: ReadonlySet<string> = new Set(['application/fhir+json', 'application/fhir+xml']);
const generalTypes: ReadonlySet<string> = new Set(['application/json', 'application/xml', 'text/json', 'text/xml', 'json', 'xml']);

const binaryStart = /^\s*(?:\{\s*"resourceType"\s*:\s*"Binary"|(?:<\?[^>]*\?>\s*)?<Binary[\s/>])/;

/** A client that writes resources under a general media type means a resource here too. */
const looksLikeBinary = ({ bytes }: RequestBody): boolean => binaryStart.test(bytes.toString('latin1', 0, 512));

// SHALL: anything is the content of a Binary, except a Binary itself — binary.html#rest
export function isNativeContent(body: RequestBody): boolean {
  if (body.contentType === '') return false;
  if (resourceTypes.has(body.contentType)) return body.resource().resourceType !== 'Binary';
  return !generalTypes.has(body.contentType) || !looksLikeBinary(body);
}

/** The content type with its parameters, such as the charset of a text, as a FHIR code: no blanks at the ends, single ones within. */
const contentTypeOf = ({ headers, body }: FhirRequest): string => (headers['content-type'] ?? body.contentType).trim().replace(/\s+/g, ' ');

/** The Binary resource of a request with native content. */
export function binaryOf(request: FhirRequest): Resource {
  const context = request.headers['x-security-context'];
  return {
    resourceType: 'Binary',
    // A PUT names the id in its URL only: native content cannot hold it.
    ...(request.path[1] === undefined ? {} : { id: request.path[1] }),
    contentType: contentTypeOf(request),
    ...(context === undefined ? {} : { securityContext: { reference: context } }),
    data: request.body.bytes.toString('base64'),
  };
}

const typeOf = (range: string): string => (range.split(';')[0] ?? '').trim().toLowerCase();

function qualityOf(range: string): number {
  const q = /;\s*q=([\d.]+)/i.exec(range)?.[1];
  return q === undefined ? 1 : Number(q);
}

const covers = (range: string, type: string): boolean =>
  range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));

/** Whether the client asks for the Binary resource rather than for its bytes: its most wanted range that says either decides. */
function wantsResource(request: FhirRequest, contentType: string): boolean {
  if (single(request.query, '_format') !== undefined) return true;
  const ranges = (request.headers['accept'] ?? '*/*').split(',').filter((range) => qualityOf(range) > 0);
  for (const range of ranges.sort((a, b) => qualityOf(b) - qualityOf(a)).map(typeOf)) {
    if (resourceTypes.has(range)) return true;
    if (covers(range, contentType)) return false;
    if (generalTypes.has(range)) return true;
  }
  return false;
}

interface Content {
  readonly contentType?: unknown;
  readonly securityContext?: { readonly reference?: unknown };
}

function nativeHeaders(version: StoredVersion, context: unknown): Record<string, string> {
  const isText = typeof context === 'string' && /^[\x21-\x7e]{1,1000}$/.test(context);
  return { ...versionHeaders(version), ...(isText ? { 'x-security-context': context } : {}) };
}

/** The bytes of a stored Binary, or undefined when the client asks for the resource. */
export function nativeContent(request: FhirRequest, version: StoredVersion): FhirResponse | undefined {
  if (version.body === null) throw refusal('deleted', `Binary/${version.id} was deleted.`);
  // The bytes are not read before it is known which of them are wanted.
  const { value = '', rest = version.body } = cutMember(version.body, 'data') ?? {};
  const { contentType, securityContext } = JSON.parse(rest) as Content;
  if (typeof contentType !== 'string' || wantsResource(request, contentType.split(';')[0]?.trim().toLowerCase() ?? '')) return undefined;
  const encoded = new EncodedBytes(value);
  const bytes = request.headers['range'] === undefined ? { contentType, data: encoded.data } : partly(contentType, encoded);
  return { status: 200, headers: nativeHeaders(version, securityContext?.reference), lastModified: version.lastUpdated, bytes };
}

const partly = (contentType: string, parts: EncodedBytes): NonNullable<FhirResponse['bytes']> => ({
  contentType,
  parts,
  get data() {
    return parts.data;
  },
});
