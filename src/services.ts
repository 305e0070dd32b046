/** Everything below HTTP, opened on a migrated database: definitions, repository, the services of interactions. */
import type pg from 'pg';
import type { Config } from './config.ts';
import type { Definitions } from './fhir/definitions.ts';
import { loadDefinitions } from './fhir/registry.ts';
import type { Services } from './interactions/interaction.ts';
import type { Log } from './log.ts';
import { createRepositories } from './repository/create-repositories.ts';
import { type Database, openDatabase } from './store/database.ts';

export type ServiceConfig = Pick<
  Config,
  | 'databaseSchema'
  | 'databasePoolSize'
  | 'statementTimeout'
  | 'updateCreate'
  | 'conditionalDelete'
  | 'referentialIntegrity'
  | 'timeZone'
  | 'defaultCount'
  | 'maxCount'
  | 'searchExplain'
  | 'baseUrl'
  | 'host'
  | 'port'
>;

export interface ServiceOptions {
  readonly config: ServiceConfig;
  readonly connection: pg.PoolConfig;
  readonly log: Log;
  /** Of the software, for the CapabilityStatement. */
  readonly version: string;
}

export interface OpenServices {
  readonly definitions: Definitions;
  readonly database: Database;
  readonly services: Services;
  close(): Promise<void>;
}

const now = (): Date => new Date();

function open({ config, connection, log }: ServiceOptions): Database {
  return openDatabase({
    connection,
    schema: config.databaseSchema,
    poolSize: config.databasePoolSize,
    statementTimeoutMs: config.statementTimeout,
    onIdleFault: (err) => log.warn({ err }, 'an idle database connection was lost'),
  });
}

const settingsOf = ({ config, version }: ServiceOptions): Services['settings'] => ({
  updateCreate: config.updateCreate,
  conditionalDelete: config.conditionalDelete,
  softwareVersion: version,
  timeZone: config.timeZone,
  defaultCount: config.defaultCount,
  maxCount: config.maxCount,
  searchExplain: config.searchExplain,
});

export async function openServices(options: ServiceOptions): Promise<OpenServices> {
  const { updateCreate, referentialIntegrity, timeZone, baseUrl, host, port } = options.config;
  const base = baseUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}/fhir`;
  const definitions = loadDefinitions();
  const database = open(options);
  try {
    const repository = await createRepositories({ database, definitions, now, updateCreate, referentialIntegrity, timeZone, base });
    const services: Services = { definitions, settings: settingsOf(options), repository, now };
    return { definitions, database, services, close: () => database.close() };
  } catch (error) {
    await database.close();
    throw error;
  }
}
