/** Everything below HTTP, opened on a migrated database: definitions, repository, the services of interactions. */
import type pg from 'pg';
import { type Audit, openAudit } from './audit/open-audit.ts';
import { recordNothing } from './audit/security-event.ts';
import { createGuardedFetch } from './auth/guarded-fetch.ts';
import { laterAnswer, shapedAlone } from './bulk/later-answer.ts';
import type { Config } from './config.ts';
import type { Definitions } from './fhir/definitions.ts';
import { refusal } from './fhir/outcome.ts';
import { loadRegistry } from './fhir/registry.ts';
import { withoutSearchParameters } from './fhir/without-search-parameters.ts';
import { type Shaped, shapedServices } from './genomics/shaped-services.ts';
import { studyLines } from './genomics/study-line.ts';
import { studyShapes } from './genomics/study-shape.ts';
import type { Services } from './interactions/interaction.ts';
import type { ClientJobs } from './jobs/client-jobs.ts';
import { type JobOptions, jobKinds } from './jobs/kinds.ts';
import { type BulkConfig, openClientWork } from './jobs/open-client-work.ts';
import { isBuilt, type RebuildProgress, rebuildIndex } from './jobs/rebuild.ts';
import { reindexing } from './jobs/reindexing.ts';
import { type Runner, startRunner } from './jobs/runner.ts';
import type { Log } from './log.ts';
import { shippedPackages, shippedResources } from './packages/shipped.ts';
import { wantedPackages } from './packages/wanted.ts';
import { assertAllValid, refuseFaults } from './repository/commit/valid.ts';
import { createRepositories, type Repositories } from './repository/create-repositories.ts';
import { registerProfiles } from './repository/profile-parameters.ts';
import { RecentVersions } from './repository/recent-versions.ts';
import { type IndexState, openRegistry, type SearchRegistry } from './repository/search-registry.ts';
import { type WatchOptions, watchRegistry } from './repository/watch-registry.ts';
import { fullTextCodes } from './search/special-parameter.ts';
import { type Database, openDatabase } from './store/database.ts';
import { restoreIndexes } from './store/gathered-index.ts';
import { settleFullText } from './store/setting.ts';
import type { ValidationSettings } from './validation/setting.ts';
import { compileValidator } from './validation/structure.ts';

export type ServiceConfig = Pick<
  Config,
  | 'databaseSchema'
  | 'databasePoolSize'
  | 'statementTimeout'
  | 'updateCreate'
  | 'conditionalDelete'
  | 'referentialIntegrity'
  | 'validation'
  | 'unknownProfile'
  | 'profilePolicy'
  | 'timeZone'
  | 'fullText'
  | 'defaultCount'
  | 'maxCount'
  | 'searchExplain'
  | 'baseUrl'
  | 'authorization'
  | 'packages'
  | 'host'
  | 'port'
> &
  Partial<
    Pick<
      Config,
      | 'audit'
      | 'auditKey'
      | 'authorization'
      | 'internalHosts'
      | 'dataDir'
      | 'jobSlots'
      | 'versionMemory'
      | 'jobRetention'
      | 'exportFileRows'
      | 's3Bucket'
      | 's3Prefix'
      | 's3Region'
      | 's3Endpoint'
    >
  >;

export interface ServiceOptions {
  readonly config: ServiceConfig;
  readonly connection: pg.PoolConfig;
  readonly log: Log;
  /** Of the software, for the CapabilityStatement. */
  readonly version: string;
  readonly refusalFor?: Services['refusalFor'];
  /** Told while the search index is made anew; absent: then it is refused. */
  readonly rebuilding?: RebuildProgress;
}

export interface OpenServices {
  readonly definitions: Definitions;
  readonly database: Database;
  /** The log of accesses; absent where nothing is audited. */
  readonly audit?: Audit | undefined;
  /** For clients that understand genomic studies in other shapes. */
  readonly shaped: Shaped;
  readonly jobs: ClientJobs;
  /** Under the search parameters of the moment: the same object until they change. */
  services(): Services | Promise<Services>;
  /** From here on this process works at jobs and learns at once what others change. */
  start(): void;
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
  authorization: config.authorization,
  timeZone: config.timeZone,
  ...(config.internalHosts === undefined ? {} : { internalHosts: config.internalHosts }),
  defaultCount: config.defaultCount,
  maxCount: config.maxCount,
  searchExplain: config.searchExplain,
});

/** Throws a FhirError when a setting names what is no resource type. */
function validationSettings({ validation, unknownProfile, profilePolicy }: ServiceConfig, definitions: Definitions): ValidationSettings {
  const named = { VALIDATION: validation.types, UNKNOWN_PROFILE: unknownProfile.types, PROFILE_POLICY: profilePolicy };
  for (const [name, types] of Object.entries(named))
    for (const type of types.keys())
      if (!definitions.isResourceType(type)) throw refusal('value', `${name} names ${type}, but that is no resource type.`);
  return { level: validation, unknownProfile, policy: profilePolicy };
}

const baseOf = ({ baseUrl, host, port }: ServiceConfig): string =>
  baseUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}/fhir`;

function auditOf({ config, log }: ServiceOptions, { database, contexts }: JobOptions): Audit | undefined {
  if ((config.audit ?? (config.authorization ? 'on' : 'off')) === 'off') return undefined;
  return openAudit({ database, contexts, log, base: baseOf(config), key: config.auditKey, now });
}

function repositoriesOf({ config }: ServiceOptions, database: Database, registry: SearchRegistry): Promise<Repositories> {
  const { updateCreate, referentialIntegrity, timeZone, packages, versionMemory = 0 } = config;
  const base = baseOf(config);
  const validation = validationSettings(config, registry.standard);
  const shipped = shippedResources(wantedPackages(packages, shippedPackages()));
  const recent = versionMemory === 0 ? {} : { recent: new RecentVersions(versionMemory * 1_000_000) };
  return createRepositories({
    validation,
    shipped,
    database,
    registry,
    now,
    updateCreate,
    referentialIntegrity,
    timeZone,
    base,
    ...recent,
  });
}

export async function openServices(options: ServiceOptions): Promise<OpenServices> {
  const { fullText } = options.config;
  const { definitions: all, searchParameters } = loadRegistry();
  const definitions = fullText ? all : withoutSearchParameters(all, fullTextCodes);
  const database = open(options);
  try {
    await settleFullText(database, database.schema, fullText);
    const registry = await openRegistry(database, definitions);
    const repositories = await repositoriesOf(options, database, registry);
    const jobs: JobOptions = { ...repositories, database, registry };
    if (!(await isBuilt(database))) await rebuild(jobs, options);
    await registerProfiles(database, registry, searchParameters);
    return opened(options, registry, repositories, jobs);
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function rebuild(jobs: JobOptions, { log, rebuilding }: ServiceOptions): Promise<void> {
  if (rebuilding !== undefined) return rebuildIndex(jobs, log, rebuilding);
  throw new Error('The search index was made by another version of this program: start the server once, which makes it anew');
}

function opened(options: ServiceOptions, registry: SearchRegistry, repositories: Repositories, jobs: JobOptions): OpenServices {
  const { database } = jobs;
  const audit = auditOf(options, jobs);
  const { connection, log } = options;
  const { internalHosts = [] } = options.config;
  const guarded = createGuardedFetch({ internalHosts });
  const shaped = shapedOf(options, registry, repositories);
  const clientWork = openClientWork({
    ...{ database, registry, repositories, connection, log, now, timeZone: options.config.timeZone },
    ...{ config: bulkConfig(options.config), record: audit?.record ?? recordNothing },
    ...(options.config.exportFileRows === undefined ? {} : { windowRows: options.config.exportFileRows }),
    ...(audit === undefined ? {} : { settle: audit.settleWithin, audit }),
    files: guarded,
    studies: {
      lines: studyLines(registry.standard),
      inShapes: shapedAlone(() => current(), shaped),
    },
    // Asked when a job runs, and all is opened.
    answer: laterAnswer({ services: () => current(), shaped, audit }),
  });
  const background = backgroundOf(
    options,
    jobs,
    { conformance: repositories.watch, consents: repositories.consents, policies: repositories.policies },
    audit,
  );
  const lasting = {
    settings: settingsOf(options),
    repository: repositories.of,
    access: repositories.access,
    validator: repositories.validator,
    now,
    reindexing: reindexing({ ...jobs, wake: background.wake }),
    jobs: clientWork.jobs,
    ...(options.refusalFor === undefined ? {} : { refusalFor: options.refusalFor }),
  };
  let latest: { readonly state: IndexState; readonly services: Services } | undefined;
  const under = (state: IndexState): Services => {
    if (latest?.state !== state) latest = { state, services: { ...lasting, definitions: state.definitions } };
    return latest.services;
  };
  const current = (): Services | Promise<Services> => {
    const state = registry.recent();
    return state instanceof Promise ? state.then(under) : under(state);
  };
  return {
    definitions: registry.standard,
    shaped,
    database,
    audit,
    jobs: clientWork.jobs,
    services: current,
    start: () => {
      restoreIndexes(database).catch((err: unknown) => log.warn({ err }, 'The indexes gather entries still, after a load that was ended'));
      background.start();
      clientWork.start();
    },
    close: async () => {
      await Promise.all([background.close(), clientWork.close(), guarded.close()]);
      await database.close();
    },
  };
}

/** What is not set is as the table of settings says. */
const bulkConfig = ({ dataDir = './data', jobSlots = 2, jobRetention = 86_400_000, ...config }: ServiceConfig): BulkConfig => {
  const { s3Bucket, s3Prefix, s3Region, s3Endpoint } = config;
  return { dataDir, jobSlots, jobRetention, s3Bucket, s3Prefix, s3Region, s3Endpoint };
};

function shapedOf({ config }: ServiceOptions, { standard }: SearchRegistry, { beginCheck }: Repositories): Shaped {
  const validate = compileValidator(standard);
  const mayBeElsewhere = config.referentialIntegrity === 'off';
  return shapedServices({
    ...{ shapes: studyShapes(standard), definitions: standard, mayBeElsewhere },
    check: (written) => assertAllValid({ beginCheck }, written),
    checkStructure: (resource, at) => refuseFaults(validate(resource, at)),
  });
}

type Watched = Pick<WatchOptions, 'conformance' | 'consents' | 'policies'>;

/** What goes on beside requests. */
function backgroundOf({ connection, log }: ServiceOptions, jobs: JobOptions, watched: Watched, audit?: Audit) {
  const { database, registry } = jobs;
  let runner: Runner | undefined;
  let watch: { close(): Promise<void> } | undefined;
  const wake = (): void => runner?.wake();
  return {
    wake,
    start: (): void => {
      runner = startRunner({ database, kinds: jobKinds(jobs), log });
      watch = watchRegistry({ registry, ...watched, connection, schema: database.schema, onChange: wake });
      audit?.start();
    },
    close: async (): Promise<void> => {
      await Promise.all([runner?.stop(), watch?.close(), audit?.close()]);
    },
  };
}
