/**
 * OpenTelemetry spans around requests, when an endpoint is set and the packages are installed beside the server; otherwise nothing.
 * https://opentelemetry.io/docs/specs/semconv/http/http-spans/
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from './log.ts';

interface Route {
  readonly interaction: string;
  readonly pattern: string;
}

/** Runs `work` inside a span; `route` is asked when the work is done. */
export type Trace = (request: IncomingMessage, response: ServerResponse, work: () => Promise<void>, route: () => Route) => Promise<void>;

export interface Tracing {
  readonly trace: Trace;
  close(): Promise<void>;
}

/** As much of `@opentelemetry/api` as is used here. */
interface Span {
  updateName(name: string): unknown;
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { code: number }): unknown;
  end(): void;
}

interface Api {
  readonly trace: {
    getTracer(name: string): { startActiveSpan<T>(name: string, options: object, context: unknown, work: (span: Span) => T): T };
  };
  readonly context: { active(): unknown };
  readonly propagation: { extract(context: unknown, carrier: unknown): unknown };
}

interface Sdk {
  NodeSDK: new (options: object) => { start(): void; shutdown(): Promise<void> };
}

const serverKind = 1;
const errorStatus = 2;

function traceWith(api: Api): Trace {
  const tracer = api.trace.getTracer('anamnesis');
  return (request, response, work, route) => {
    const parent = api.propagation.extract(api.context.active(), request.headers);
    const attributes = { 'http.request.method': request.method ?? '' };
    return tracer.startActiveSpan('request', { kind: serverKind, attributes }, parent, async (span) => {
      try {
        await work();
      } finally {
        const { pattern, interaction } = route();
        span.updateName(pattern);
        span.setAttribute('http.route', pattern);
        span.setAttribute('fhir.interaction', interaction);
        span.setAttribute('http.response.status_code', response.statusCode);
        if (response.statusCode >= 500) span.setStatus({ code: errorStatus });
        span.end();
      }
    });
  };
}

/** Optional packages: their names are values, so that the compiler does not ask for them. */
const optional = (name: string): Promise<unknown> => import(name);

export type Load = (name: string) => Promise<unknown>;

/** Reads `OTEL_EXPORTER_OTLP_ENDPOINT`; the SDK itself reads all other OTEL_ variables. */
export async function startTracing(
  environment: Readonly<Record<string, string | undefined>>,
  log: Log,
  load: Load = optional,
): Promise<Tracing | undefined> {
  if (!environment.OTEL_EXPORTER_OTLP_ENDPOINT) return undefined;
  try {
    const [api, { NodeSDK }] = (await Promise.all([load('@opentelemetry/api'), load('@opentelemetry/sdk-node')])) as [Api, Sdk];
    const sdk = new NodeSDK({ serviceName: environment.OTEL_SERVICE_NAME ?? 'anamnesis' });
    sdk.start();
    return { trace: traceWith(api), close: () => sdk.shutdown() };
  } catch (error) {
    log.warn(
      { err: error },
      'OTEL_EXPORTER_OTLP_ENDPOINT is set, but tracing did not start: install @opentelemetry/api and @opentelemetry/sdk-node',
    );
    return undefined;
  }
}
