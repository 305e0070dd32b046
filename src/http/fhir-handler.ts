/** From an HTTP request under the FHIR base to an interaction and back. https://hl7.org/fhir/R4/http.html */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuditedRequest } from '../audit/request-audit.ts';
import type { RequestFacts } from '../audit/request-entry.ts';
import { withReason } from '../auth/break-glass.ts';
import { type FhirError, outcomeOf, refusal } from '../fhir/outcome.ts';
import { formType } from '../interactions/form.ts';
import type { FhirRequest, FhirResponse, Method } from '../interactions/interaction.ts';
import type { Log } from '../log.ts';
import type { RequestMeter } from '../metrics.ts';
import type { Trace } from '../tracing.ts';
import type { Authenticate } from './auth/bearer.ts';
import { Body, textOf } from './body.ts';
import { allowedMethods, type Cors } from './cors.ts';
import { refusalFor } from './error.ts';
import type { Formats } from './formats.ts';
import { leavesRest } from './linger.ts';
import type { MediaType } from './media-type.ts';
import { contentTypeOf, type Format, jsonFormat, negotiate, negotiateLeniently } from './negotiation.ts';
import { type BodyLimit, ClientGone, type Hold, receive } from './received.ts';
import { isUsable, requestId } from './request-id.ts';
import { type Exchange, send } from './response.ts';
import { createRoom } from './room.ts';
import { otherRoute, type RouteName, routeName } from './route-name.ts';
import { parseQuery, parseTarget, type Target } from './target.ts';

const oneOf = (header: string | readonly string[] | undefined): string | undefined =>
  typeof header === 'object' ? header.join(', ') : header;

/** `audited` notes what the request touches; absent where nothing is audited. */
export type Dispatch = (request: FhirRequest, audited?: AuditedRequest) => Promise<FhirResponse>;

export interface FhirHandlerOptions {
  readonly dispatch: Dispatch;
  readonly formats: Formats;
  readonly authenticate: Authenticate;
  readonly base: (request: IncomingMessage) => string;
  /** Address of who asks. */
  readonly addressOf: (request: IncomingMessage) => string | undefined;
  /** Clients come by TLS, here or at a proxy. */
  readonly strict: boolean;
  /** Length of the path of the FHIR base. */
  readonly skip: number;
  readonly bodyLimit: BodyLimit;
  readonly sendIdle: number;
  readonly cors: Cors;
  readonly log: Log;
  readonly meter: RequestMeter;
  readonly trace?: Trace | undefined;
  readonly draining: () => boolean;
  /** Opens the audit of a request; absent: nothing is audited. */
  readonly audit?: ((facts: RequestFacts) => AuditedRequest) | undefined;
}

/** What is known of a request so far; faults are reported with as much of it as there is. */
interface Progress {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly id: string;
  readonly started: number;
  target: Target | undefined;
  route: RouteName;
  format: Format;
  /** The connection must not be used again. */
  close: boolean;
  /** Bytes of its body in memory. */
  held: number;
  facts?: RequestFacts;
  audited?: AuditedRequest;
}

export type FhirHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);
const noMedia: MediaType = { type: '', parameters: new Map() };
const nothing = Buffer.alloc(0);

function methodOf(request: IncomingMessage): Method {
  const method = request.method ?? '';
  if (methods.has(method)) return method as Method;
  throw refusal('not-supported', `The method is not one of ${allowedMethods}.`, { status: 405, headers: { allow: allowedMethods } });
}

/** https://www.rfc-editor.org/rfc/rfc6797 */
export const strictTransport: readonly string[] = ['Strict-Transport-Security', 'max-age=31536000'];

/** Node keeps no more header lines than this; a lost If-Match must not pass for an absent one. */
export const mostHeaders = 1000;

function checkHeaders(request: IncomingMessage): void {
  if (request.rawHeaders.length < 2 * mostHeaders) return;
  throw refusal('too-long', `The request has ${mostHeaders} header lines or more.`, { status: 431, headers: { connection: 'close' } });
}

/** Binary and the files of jobs are sent in their own types; whether FHIR's formats were asked for is the interaction's question. */
const isNative = (path: readonly string[]): boolean => path[0] === 'Binary' || path[0] === '_job';

/** A type of R5, asked for and sent under later versions of FHIR too. */
const isLater = (path: readonly string[]): boolean => path[0] === 'GenomicStudy';

function formatOf(request: IncomingMessage, { path, query }: Target): Format {
  const accept = request.headers.accept;
  const native = isNative(path) && !query.some(([name]) => name === '_format');
  return native ? negotiateLeniently(accept, query) : negotiate(accept, query, isLater(path));
}

const formOf = (text: string): NonNullable<RequestFacts['form']> => ({ text, pairs: parseQuery(text) });

/** A search or an operation whose parameters, `_format` among them, are in the body. */
function isForm(method: Method, path: readonly string[], media: MediaType): boolean {
  const last = path.at(-1);
  return method === 'POST' && media.type === formType && (last === '_search' || last?.startsWith('$') === true);
}

/** Bodies of the largest size that may be in memory together. */
const bodiesAtOnce = 4;

export function createFhirHandler(options: FhirHandlerOptions): FhirHandler {
  const { formats, bodyLimit, log, meter, trace } = options;
  const empty = new Body(noMedia, nothing, formats);
  const room = createRoom(bodiesAtOnce * bodyLimit.bytes);

  function exchangeOf(progress: Progress): Exchange {
    const { request, response, id, format } = progress;
    const common = ['X-Request-Id', id, ...options.cors.headers(request.headers.origin, request.url)];
    if (options.strict) common.push(...strictTransport);
    const correlation = request.headers['x-correlation-id'];
    if (isUsable(correlation)) common.push('X-Correlation-Id', correlation);
    // Node then writes `Connection: close`.
    if (progress.close || options.draining() || leavesRest(request)) response.shouldKeepAlive = false;
    return { request, response, formats, format, common, sendIdle: options.sendIdle };
  }

  const holdFor = (progress: Progress): Hold => ({
    take: (bytes) => {
      room.take(bytes);
      progress.held += bytes;
    },
  });

  async function bodyOf(progress: Progress, method: Method): Promise<Body> {
    if (!withBody.has(method)) return empty;
    const { request } = progress;
    const bytes = await receive(request, bodyLimit, holdFor(progress));
    return bytes.length === 0
      ? empty
      : new Body(contentTypeOf(request.headers['content-type'] ?? ''), bytes, formats, isLater(progress.target?.path ?? []));
  }

  /** A Host header that cannot be is refused further on. */
  function baseOf(request: IncomingMessage): string {
    try {
      return options.base(request);
    } catch {
      return '';
    }
  }

  function begin(audit: (facts: RequestFacts) => AuditedRequest, progress: Progress): void {
    const { request, id } = progress;
    const address = options.addressOf(request);
    const target = (request.url ?? '').slice(options.skip);
    const facts: RequestFacts = {
      ...{ method: request.method ?? '', target, base: baseOf(request), address, requestId: id },
      ...{ interaction: otherRoute.interaction, path: [], query: [] },
    };
    progress.facts = facts;
    progress.audited = audit(facts);
  }

  async function answer(progress: Progress): Promise<FhirResponse> {
    const { request } = progress;
    const method = methodOf(request);
    checkHeaders(request);
    const target = parseTarget(request.url ?? '', options.skip);
    progress.target = target;
    progress.route = routeName(method, target.path);
    const { facts } = progress;
    if (facts !== undefined) Object.assign(facts, { interaction: progress.route.interaction, path: target.path, query: target.query });
    const media = contentTypeOf(request.headers['content-type'] ?? '');
    const inBody = isForm(method, target.path, media);
    if (!inBody) progress.format = formatOf(request, target);
    const principal = withReason(await options.authenticate(request, target), oneOf(request.headers['x-break-glass']));
    if (facts !== undefined) facts.principal = principal;
    const body = await bodyOf(progress, method);
    if (inBody && facts !== undefined) facts.form = formOf(textOf(body.bytes));
    if (inBody) progress.format = formatOf(request, { path: target.path, query: [...target.query, ...parseQuery(textOf(body.bytes))] });
    const headers = request.headers as FhirRequest['headers'];
    const asked = {
      method,
      path: target.path,
      query: target.query,
      headers,
      base: options.base(request),
      principal,
      body,
      version: progress.format.version,
    };
    return room.inTurn(body.bytes.length, () => options.dispatch(asked, progress.audited));
  }

  function report(error: unknown, { id, route, request }: Progress, status: number): void {
    if (status < 500) return;
    const fields = { requestId: id, method: request.method, route: route.pattern, status };
    // 503 says that the database is busy or away: no fault of a program, and there may be many of them.
    if (status === 503) log.warn({ ...fields, code: (error as { code?: unknown }).code }, 'request could not be served');
    else log.error({ err: error, ...fields }, 'request failed');
  }

  /** A refusal, once it is recorded; when it cannot be, that is what is refused. */
  async function auditedRefusal(error: unknown, { id, audited }: Progress): Promise<FhirError> {
    const refused = refusalFor(error, id);
    try {
      await audited?.refused(refused.status, refused.issues[0]?.code ?? 'exception');
      return refused;
    } catch (fault) {
      return refusalFor(fault, id);
    }
  }

  async function refuse(error: unknown, progress: Progress): Promise<void> {
    if (error instanceof ClientGone) return void progress.response.destroy();
    const refused = await auditedRefusal(error, progress);
    report(error, progress, refused.status);
    // A response that has begun cannot be taken back: cutting it tells the client that it is not whole.
    if (progress.response.headersSent) return void progress.response.destroy();
    const { connection, ...headers } = refused.headers;
    if (connection === 'close') progress.close = true;
    if (progress.format === jsonFormat) progress.format = negotiateLeniently(progress.request.headers.accept, progress.target?.query ?? []);
    await send(exchangeOf(progress), { status: refused.status, headers, body: outcomeOf(refused.issues) });
  }

  function finished({ route, response, started, id, request, held }: Progress): void {
    if (held > 0) room.give(held);
    const elapsed = performance.now() - started;
    meter.observe(route.interaction, response.statusCode, elapsed / 1000);
    if (log.isLevelEnabled('debug')) {
      log.debug(
        { requestId: id, method: request.method, route: route.pattern, status: response.statusCode, ms: Math.round(elapsed * 100) / 100 },
        'request',
      );
    }
  }

  async function serve(progress: Progress): Promise<void> {
    try {
      const reply = await answer(progress);
      await send(exchangeOf(progress), progress.audited === undefined ? reply : await progress.audited.answered(reply));
    } catch (error) {
      await refuse(error, progress).catch((fault) => {
        report(fault, progress, 500);
        progress.response.destroy();
      });
    } finally {
      progress.audited?.ended();
      finished(progress);
    }
  }

  return (request, response) => {
    const id = requestId(request.headers['x-request-id']);
    const started = performance.now();
    const progress: Progress = {
      request,
      response,
      id,
      started,
      target: undefined,
      route: otherRoute,
      format: jsonFormat,
      close: false,
      held: 0,
    };
    if (options.audit !== undefined) begin(options.audit, progress);
    return trace === undefined
      ? serve(progress)
      : trace(
          request,
          response,
          () => serve(progress),
          () => progress.route,
        );
  };
}
