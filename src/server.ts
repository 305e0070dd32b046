/** The wiring: config → database → repository → services → routes → HTTP. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { recordNothing } from './audit/security-event.ts';
import { openAuthorization } from './auth/open-authorization.ts';
import { secretBox } from './auth/secret-box.ts';
import { type TrustedIssuer, trustedIssuers } from './auth/trusted-issuer.ts';
import { type Config, SettingError } from './config.ts';
import type { Definitions } from './fhir/definitions.ts';
import { parseJson, printJson } from './fhir/json.ts';
import type { FhirError } from './fhir/outcome.ts';
import { readXml } from './fhir/xml/read.ts';
import { writeXml } from './fhir/xml/write.ts';
import { refusalFor } from './http/error.ts';
import type { Codec } from './http/formats.ts';
import type { Tls } from './http/front.ts';
import { createHttpServer, type HttpOptions, type HttpServer } from './http/http-server.ts';
import { dispatch } from './interactions/routes.ts';
import { type OpenServices, openServices, type ServiceConfig, type ServiceOptions } from './services.ts';
import { startTracing } from './tracing.ts';

type HttpConfig = Pick<
  Config,
  'host' | 'port' | 'baseUrl' | 'tlsCertificate' | 'tlsKey' | 'trustedProxies' | 'corsOrigins' | 'bodyLimit' | 'shutdownTimeout'
> &
  Pick<
    Config,
    | 'authorization'
    | 'accessTokenLifetime'
    | 'refreshTokenLifetime'
    | 'internalHosts'
    | 'registration'
    | 'registrationToken'
    | 'trustedIssuers'
    | 'secretKey'
  >;

export interface ServerOptions extends ServiceOptions {
  readonly config: ServiceConfig & HttpConfig;
  /** For the page that a browser meets. */
  readonly samplePatients?: HttpOptions['samplePatients'];
  /** Variables that OpenTelemetry reads. */
  readonly environment?: NodeJS.ProcessEnv;
}

export interface Server extends HttpServer {
  /** What the interactions use, for work inside the process such as loading sample data. */
  readonly services: OpenServices['services'];
  /** For what is prepared at the start. */
  readonly database: OpenServices['database'];
  readonly audit: OpenServices['audit'];
}

const now = (): Date => new Date();

const codecOf = (definitions: Definitions): Codec => ({
  parseJson,
  printJson,
  readXml: (text) => readXml(text, definitions),
  writeXml: (resource, pretty) => writeXml(resource, definitions, pretty),
});

/** A fault inside one entry of a batch: logged under an id of its own, and told like that of a request. */
function refuseEntry(error: unknown, log: ServerOptions['log']): FhirError {
  const id = randomUUID();
  const refused = refusalFor(error, id);
  if (refused.status >= 500) log.error({ err: error, requestId: id, status: refused.status }, 'batch entry failed');
  return refused;
}

function textOf(setting: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new SettingError(`${setting} is ${file}, but that cannot be read: ${(error as NodeJS.ErrnoException).code}.`);
  }
}

/** Undefined where plain http is spoken. Throws SettingError. */
function tlsOf({ tlsCertificate, tlsKey }: HttpConfig): HttpOptions['tls'] {
  if (tlsCertificate === undefined || tlsKey === undefined) return undefined;
  const tls = { cert: textOf('TLS_CERTIFICATE', tlsCertificate), key: textOf('TLS_KEY', tlsKey) };
  try {
    createSecureContext(tls);
    return tls;
  } catch {
    throw new SettingError(`TLS_CERTIFICATE ${tlsCertificate} and TLS_KEY ${tlsKey} are no certificate with its key in PEM.`);
  }
}

function renewalOf(config: HttpConfig): HttpOptions['renewal'] {
  const { tlsCertificate, tlsKey } = config;
  if (tlsCertificate === undefined || tlsKey === undefined) return undefined;
  return { files: [tlsCertificate, tlsKey], read: () => tlsOf(config) as Tls };
}

/** Throws SettingError. */
function issuersOf({ trustedIssuers: file, baseUrl }: HttpConfig): readonly TrustedIssuer[] {
  if (file === undefined) return [];
  const text = textOf('TRUSTED_ISSUERS', file);
  try {
    return trustedIssuers(text, baseUrl);
  } catch (error) {
    throw new SettingError(`TRUSTED_ISSUERS ${file} cannot be used: ${(error as Error).message}.`);
  }
}

/** Opens everything on a migrated database; `close` drains HTTP first and then closes the database. */
export async function createServer(options: ServerOptions): Promise<Server> {
  const { config, log, version, samplePatients } = options;
  const tracing = await startTracing(options.environment ?? {}, log);
  const opened = await openServices({ ...options, refusalFor: (error) => refuseEntry(error, log) });
  const { definitions, database, services, audit, shaped } = opened;
  const box = secretBox(config.secretKey);
  const authorization = config.authorization
    ? openAuthorization({ database, connection: options.connection, log, fetching: config, box, issuers: issuersOf(config) })
    : undefined;
  const { host, port, baseUrl, trustedProxies, corsOrigins, bodyLimit, shutdownTimeout } = config;
  const http = createHttpServer({
    ...{
      host,
      port,
      baseUrl,
      tls: tlsOf(config),
      renewal: renewalOf(config),
      trustedProxies,
      corsOrigins,
      bodyLimit,
      shutdownTimeout,
      version,
      log,
    },
    codec: codecOf(definitions),
    dispatch: async (request, audited) => {
      const current = await services();
      return dispatch(request, shaped(audited === undefined ? current : audited.services(current, request), current, request));
    },
    audit: audit?.request,
    checkDatabase: () => database.run({ text: 'select 1', values: [] }),
    poolUsage: () => database.usage(),
    jobCounts: opened.jobs.counts,
    trace: tracing?.trace,
    ...(authorization && {
      authorization: {
        ...{ ...authorization, database, now, box, settings: config },
        // What pages show of records is on the log like any access.
        services: audit === undefined ? services : async () => audit.aside(await services(), { part: 'page' }),
        record: audit?.record ?? recordNothing,
        isRegisteredOrigin: authorization.origins.has,
      },
    }),
    // Names of patients are nothing for who has no token, though they be invented.
    ...(samplePatients === undefined || authorization ? {} : { samplePatients }),
  });
  let closing: Promise<void> | undefined;
  const shut = async (): Promise<void> => {
    await http.close();
    await authorization?.close();
    await opened.close();
    await tracing?.close();
  };
  const listen: HttpServer['listen'] = async () => {
    const listening = await http.listen();
    opened.start();
    authorization?.start();
    return listening;
  };
  return { services, database, audit, listen, close: () => (closing ??= shut()) };
}
