/** Which web pages of other origins may use the API. https://fetch.spec.whatwg.org/#http-cors-protocol */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Cors {
  /** Header pairs, flat, for a response to a request with this Origin, for this path. */
  headers(origin: string | undefined, url?: string): readonly string[];
  isPreflight(request: IncomingMessage): boolean;
  answerPreflight(request: IncomingMessage, response: ServerResponse): void;
}

export const allowedMethods = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

const exposed =
  'Location, Content-Location, ETag, Last-Modified, X-Request-Id, X-Correlation-Id, Content-Range, Retry-After, Accept-Patch, WWW-Authenticate';
const requestHeaders = [
  'Accept',
  'Authorization',
  'Content-Type',
  'Content-Encoding',
  'If-Match',
  'If-None-Match',
  'If-Modified-Since',
  'If-None-Exist',
  'X-Break-Glass',
  'Origin',
  'Prefer',
  'Range',
  'X-Request-Id',
  'X-Correlation-Id',
].join(', ');

const nothing: readonly string[] = [];
const forEverybody: readonly string[] = ['Access-Control-Allow-Origin', '*', 'Access-Control-Expose-Headers', exposed];
const varying: readonly string[] = ['Vary', 'Origin'];

/**
 * `origins`: `*` for any, or a list such as `https://app.example.org`; `isRegistered` tells of further ones, such as those of clients.
 * Where clients register, the CapabilityStatement is for the pages of everybody. Cookies and other credentials are never allowed across origins.
 * https://hl7.org/fhir/smart-app-launch/app-launch.html#considerations-for-cross-origin-resource-sharing-cors-support
 */
export function createCors(origins: readonly string[], isRegistered?: (origin: string) => boolean, statement = '/metadata'): Cors {
  const all = origins.includes('*');
  const known = new Set(origins.map((origin) => origin.replace(/\/$/, '')));
  const isKnown = (origin: string): boolean => known.has(origin) || isRegistered?.(origin) === true;
  const isPublic = (url: string): boolean =>
    isRegistered !== undefined && url.startsWith(statement) && (url.length === statement.length || url[statement.length] === '?');
  const headers = (origin: string | undefined, url = ''): readonly string[] => {
    if (all || isPublic(url)) return origin === undefined ? nothing : forEverybody;
    if (known.size === 0 && isRegistered === undefined) return nothing;
    if (origin === undefined || !isKnown(origin)) return varying;
    return ['Access-Control-Allow-Origin', origin, 'Access-Control-Expose-Headers', exposed, ...varying];
  };
  return {
    headers,
    isPreflight: (request) => request.method === 'OPTIONS',
    answerPreflight: (request, response) => {
      const head = [...headers(request.headers.origin, request.url), 'Allow', allowedMethods];
      head.push(
        'Access-Control-Allow-Methods',
        allowedMethods,
        'Access-Control-Allow-Headers',
        requestHeaders,
        'Access-Control-Max-Age',
        '86400',
      );
      response.writeHead(204, head).end();
    },
  };
}
