/** The HTTP side of the server, put together: front, FHIR handler, Express application, health, metrics, drain. */
import type { AddressInfo } from 'node:net';
import { localPrincipal, type Principal } from '../auth/principal.ts';
import type { Log } from '../log.ts';
import { createMetrics, type JobCount, type PoolUsage } from '../metrics.ts';
import type { Trace } from '../tracing.ts';
import { type AppOptions, createApp } from './app.ts';
import { authenticateBearer } from './auth/bearer.ts';
import type { AuthContext } from './auth/context.ts';
import { authRouters } from './auth/routers.ts';
import { createBase } from './base.ts';
import { createCors } from './cors.ts';
import { createDrain } from './drain.ts';
import { createFhirHandler, type Dispatch, type FhirHandlerOptions } from './fhir-handler.ts';
import { type Codec, createFormats } from './formats.ts';
import { createFront, type Tls } from './front.ts';
import { createHostGuard } from './host-guard.ts';
import type { SamplePatient } from './page.ts';
import { createProxies } from './proxy.ts';
import { renewTls, type TlsRenewal } from './tls-renewal.ts';

export interface HttpOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** FHIR base as clients see it; its absence lets the Host header tell. */
  readonly baseUrl?: string | undefined;
  readonly tls?: Tls | undefined;
  readonly renewal?: TlsRenewal | undefined;
  /** Whose headers X-Forwarded-… are believed. */
  readonly trustedProxies?: readonly string[];
  readonly corsOrigins: readonly string[];
  /** Bytes of a request body at most, inflated too. */
  readonly bodyLimit: number;
  /** Milliseconds that running requests may take after `close` was called. */
  readonly shutdownTimeout: number;
  readonly version: string;
  readonly log: Log;
  readonly codec: Codec;
  readonly dispatch: Dispatch;
  readonly checkDatabase: () => Promise<unknown>;
  readonly poolUsage?: () => PoolUsage;
  readonly jobCounts?: () => Promise<readonly JobCount[]>;
  readonly samplePatients?: () => Promise<readonly SamplePatient[]>;
  readonly authenticate?: FhirHandlerOptions['authenticate'];
  readonly trace?: Trace | undefined;
  readonly audit?: FhirHandlerOptions['audit'];
  readonly routers?: AppOptions['routers'];
  /** Absent: nobody is asked who they are. */
  readonly authorization?: Omit<AuthContext, 'log' | 'baseOf'>;
  readonly timing?: Partial<Timing>;
}

/** Milliseconds. */
export interface Timing {
  /** Until the head of a request must be complete. */
  readonly headers: number;
  /** Until a whole request must be complete. */
  readonly request: number;
  /** That a client may pause while sending a body. */
  readonly bodyIdle: number;
  /** That a client may pause while receiving. */
  readonly sendIdle: number;
  /** After which a database that does not answer counts as down. */
  readonly health: number;
}

export interface HttpServer {
  /** `url` is the origin, such as `http://127.0.0.1:8080`; the FHIR base is `${url}/fhir`. */
  listen(): Promise<{ readonly url: string; readonly port: number }>;
  /** Drains; the second call waits for the first. */
  close(): Promise<void>;
}

export const basePath = '/fhir';

const usual: Timing = { headers: 20_000, request: 300_000, bodyIdle: 30_000, sendIdle: 60_000, health: 2_000 };

const authenticateAll = (): Principal => localPrincipal;

function originOf({ address, family, port }: AddressInfo, tls: boolean): string {
  return `${tls ? 'https' : 'http'}://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

export function createHttpServer(options: HttpOptions): HttpServer {
  const { log, version, authorization } = options;
  const timing = { ...usual, ...options.timing };
  let closing = false;
  const draining = (): boolean => closing;
  const metrics = createMetrics(options.poolUsage, options.jobCounts);
  const cors = createCors(options.corsOrigins, authorization?.isRegisteredOrigin, `${basePath}/metadata`);
  const bodyLimit = { bytes: options.bodyLimit, idle: timing.bodyIdle };
  const proxies = createProxies(options.trustedProxies ?? []);
  const tls = options.tls !== undefined;
  const named = options.baseUrl === undefined ? {} : { url: options.baseUrl };
  const base = createBase({ path: basePath, ...named, tls, ...(options.trustedProxies?.length ? { isTrusted: proxies.isTrusted } : {}) });
  const strict = tls || options.baseUrl?.startsWith('https:') === true;
  const fhir = createFhirHandler({
    dispatch: options.dispatch,
    formats: createFormats(options.codec),
    authenticate: options.authenticate ?? (authorization ? authenticateBearer(authorization.authenticator, base) : authenticateAll),
    base,
    addressOf: proxies.addressOf,
    strict,
    skip: basePath.length,
    bodyLimit,
    sendIdle: timing.sendIdle,
    cors,
    log,
    meter: metrics,
    trace: options.trace,
    audit: options.audit,
    draining,
  });
  const app = createApp({
    log,
    strict,
    isTrustedProxy: proxies.isTrusted,
    metrics,
    health: { checkDatabase: options.checkDatabase, timeout: timing.health, draining, version },
    page: { basePath, version, baseOf: base },
    samplePatients: options.samplePatients ?? (async () => []),
    routers: { ...options.routers, ...(authorization && authRouters({ ...authorization, log, baseOf: base })) },
  });
  const isOurs = createHostGuard(options.host, options.baseUrl);
  const limits = { bodyLimit, headersTimeout: timing.headers, requestTimeout: timing.request };
  const server = createFront({ tls: options.tls, basePath, fhir, app, cors, isOurs, ...limits });
  const drain = createDrain(server);
  const renewed = options.renewal === undefined ? () => undefined : renewTls(server, options.renewal, log);

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port, options.host, () => {
          server.off('error', reject);
          const address = server.address() as AddressInfo;
          resolve({ url: originOf(address, options.tls !== undefined), port: address.port });
        });
      }),
    close: () => {
      closing = true;
      renewed();
      return drain.close(options.shutdownTimeout);
    },
  };
}
