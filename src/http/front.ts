/**
 * One HTTP server: requests under the FHIR base go straight to the FHIR handler, everything else to Express,
 * which costs about eight times as much per request. https://nodejs.org/docs/latest-v20.x/api/http.html
 */

import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import https from 'node:https';
import { answerBrokenRequest } from './broken-request.ts';
import type { Cors } from './cors.ts';
import { type FhirHandler, mostHeaders } from './fhir-handler.ts';
import { type HostGuard, refuseHost } from './host-guard.ts';
import { type BodyLimit, declaresTooMuch } from './received.ts';

export interface FrontOptions {
  readonly basePath: string;
  readonly fhir: FhirHandler;
  readonly app: (request: IncomingMessage, response: ServerResponse) => void;
  readonly cors: Cors;
  readonly isOurs: HostGuard;
  readonly bodyLimit: BodyLimit;
  /** Certificate and key, PEM; absent: plain http. */
  readonly tls?: Tls | undefined;
  /** Milliseconds until the head of a request must be complete. */
  readonly headersTimeout: number;
  /** Milliseconds until a whole request, body included, must be complete. */
  readonly requestTimeout: number;
}

export interface Tls {
  readonly cert: string;
  readonly key: string;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** GET with several hundred codes fits; a flood does not. */
const maxHeaderSize = 131_072;
const keepAliveTimeout = 65_000;

function isUnder(url: string, basePath: string): boolean {
  if (!url.startsWith(basePath)) return false;
  const next = url[basePath.length];
  return next === undefined || next === '/' || next === '?';
}

/** Discovery stands below the base but is no FHIR. https://www.rfc-editor.org/rfc/rfc8615, https://hl7.org/fhir/smart-app-launch/conformance.html#using-well-known */
const isWellKnown = (url: string, basePath: string): boolean => url.startsWith('/.well-known/', basePath.length);

/** A person who opens the bare base in a browser. */
function isBrowserAtBase(request: IncomingMessage, basePath: string): boolean {
  const { url, method, headers } = request;
  return (url === basePath || url === `${basePath}/`) && method === 'GET' && headers.accept?.includes('text/html') === true;
}

/** `GET http://host/fhir/Patient HTTP/1.1`, as clients write it to a proxy, means the path alone. */
function withoutOrigin(url: string): string {
  const path = url.indexOf('/', url.indexOf('://') + 3);
  return path < 0 ? '/' : url.slice(path);
}

function toPage(response: ServerResponse): void {
  response.writeHead(303, ['Location', '/', 'Vary', 'Accept', 'Content-Length', '0']).end();
}

function createListener({ basePath, fhir, app, cors, isOurs }: FrontOptions): Listener {
  return (request, response) => {
    if (request.url?.startsWith('http')) request.url = withoutOrigin(request.url);
    if (!isOurs(request)) refuseHost(response);
    else if (!isUnder(request.url ?? '', basePath) || isWellKnown(request.url ?? '', basePath)) app(request, response);
    else if (cors.isPreflight(request)) cors.answerPreflight(request, response);
    else if (isBrowserAtBase(request, basePath)) toPage(response);
    else void fhir(request, response);
  };
}

export function createFront(options: FrontOptions): Server {
  const { headersTimeout, requestTimeout, tls } = options;
  const listener = createListener(options);
  const limits = { headersTimeout, requestTimeout, maxHeaderSize, keepAliveTimeout };
  const common = { ...limits, connectionsCheckingInterval: Math.min(5_000, headersTimeout) };
  // https://www.rfc-editor.org/rfc/rfc9325#section-3.1.1
  const server =
    tls === undefined ? http.createServer(common, listener) : https.createServer({ ...common, ...tls, minVersion: 'TLSv1.2' }, listener);
  server.maxHeadersCount = mostHeaders;
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    // A body that will be refused for its length is better not sent at all.
    if (!declaresTooMuch(request, options.bodyLimit)) response.writeContinue();
    listener(request, response);
  });
  // MAY be answered with 417, which Node would do without an outcome — rfc9110.html#section-10.1.1
  server.on('checkExpectation', listener);
  server.on('clientError', answerBrokenRequest);
  return server;
}
