/** The Express application: everything that is not FHIR. https://expressjs.com/en/5x/api.html */
import type { IncomingMessage } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { type HealthOptions, health } from './health.ts';
import { type PageOptions, renderPage, type SamplePatient } from './page.ts';
import { requestId } from './request-id.ts';
import { sampleAppPath } from './sample-app.ts';

export interface AppOptions {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Clients come by TLS, here or at a proxy. */
  readonly strict: boolean;
  readonly isTrustedProxy: (address: string) => boolean;
  readonly health: HealthOptions;
  readonly page: Omit<PageOptions, 'patients' | 'base' | 'app'> & { readonly baseOf: (request: IncomingMessage) => string };
  readonly samplePatients: () => Promise<readonly SamplePatient[]>;
  /** Further pages, each under its path. */
  readonly routers?: Readonly<Record<string, Router>>;
}

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const secure: RequestHandler = (request, response, next) => {
  const id = requestId(request.headers['x-request-id']);
  response.locals.requestId = id;
  response.set({
    'X-Request-Id': id,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': policy,
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  });
  next();
};

/** https://www.rfc-editor.org/rfc/rfc6797 */
const strictTransport: RequestHandler = (_, response, next) => {
  response.set('Strict-Transport-Security', 'max-age=31536000');
  next();
};

const page =
  ({ page: about, samplePatients, routers = {} }: AppOptions): RequestHandler =>
  async (request, response) => {
    const app = sampleAppPath in routers ? sampleAppPath : undefined;
    const patients = await samplePatients().catch(() => []);
    response.type('html').send(renderPage({ ...about, base: about.baseOf(request), patients, app }));
  };

const metricsText =
  ({ metrics }: AppOptions): RequestHandler =>
  async (_, response) => {
    response.set('Content-Type', metrics.contentType).send(await metrics.text());
  };

const notFound =
  ({ page: { basePath } }: AppOptions): RequestHandler =>
  (_, response) => {
    response.status(404).json({ error: `There is nothing at this path. The FHIR base is ${basePath}.` });
  };

const statusOf = (error: unknown): number => {
  const status = typeof error === 'object' && error !== null ? (error as { status?: unknown }).status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
};

/** Express tells an error handler by its four parameters. */
const failed =
  ({ log }: AppOptions): ErrorRequestHandler =>
  (error, request, response, next) => {
    const status = statusOf(error);
    const { requestId: id } = response.locals;
    if (status >= 500) log.error({ err: error, requestId: id, method: request.method, status }, 'page failed');
    if (response.headersSent) return void next(error);
    response
      .status(status)
      .json({ error: status >= 500 ? `The server failed; its log tells more under the request id ${id}.` : 'The request is not valid.' });
  };

export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('trust proxy', options.isTrustedProxy);
  app.use(secure);
  if (options.strict) app.use(strictTransport);
  app.get('/', page(options));
  app.get('/metrics', metricsText(options));
  app.use('/health', health(options.health));
  for (const [path, router] of Object.entries(options.routers ?? {})) app.use(path, router);
  app.use(notFound(options), failed(options));
  return app;
}
