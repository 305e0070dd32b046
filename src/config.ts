/** Every setting of the server: one frozen table of name, default, check and one line of help. Flags win over the environment. */
import { authorizationSettings } from './config/authorization.ts';
import { bulkSettings } from './config/bulk.ts';
import { byType, canonicalsByType } from './config/by-type.ts';
import { reachSettings } from './config/reach.ts';
import { type Group, type Setting, setting } from './config/setting.ts';
import {
  boolean,
  choice,
  databaseUrl,
  duration,
  integer,
  matching,
  origins,
  packages,
  size,
  text,
  timeZone,
  webUrl,
} from './config/value.ts';

export type { Group, Setting } from './config/setting.ts';

const address = matching(/^[a-z0-9.:[\]_-]{1,253}$/i, 'an address or host name of this machine, such as 127.0.0.1');
const schemaName = matching(/^(?!pg_)[a-z_][a-z0-9_]{0,62}$/, 'a name of lower-case letters, digits and underscores');
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export const settings = Object.freeze({
  host: setting({
    name: 'HOST',
    group: 'http',
    kind: address,
    standard: '127.0.0.1',
    help: 'Address to listen on. Any but loopback needs authorization, BASE_URL, and TLS or a proxy that does it.',
  }),
  port: setting({
    name: 'PORT',
    group: 'http',
    kind: integer(0, 65_535),
    standard: '8080',
    help: 'Port to listen on; 0 takes a free one. The FHIR base is /fhir.',
  }),
  baseUrl: setting({
    name: 'BASE_URL',
    group: 'http',
    kind: webUrl,
    standard: undefined,
    help: 'FHIR base as clients see it, ending in /fhir: the issuer of tokens. Needed where HOST is not loopback.',
  }),
  ...reachSettings,
  ...authorizationSettings,
  ...bulkSettings,
  corsOrigins: setting({
    name: 'CORS_ORIGINS',
    group: 'http',
    kind: origins,
    standard: '',
    help: 'Web origins whose pages may use the API, separated by commas; * for any.',
  }),
  bodyLimit: setting({
    name: 'BODY_LIMIT',
    group: 'http',
    kind: size,
    standard: '100mb',
    help: 'Largest request body, also after decompression; beyond it 413.',
  }),
  shutdownTimeout: setting({
    name: 'SHUTDOWN_TIMEOUT',
    group: 'http',
    kind: duration(0, 3600),
    standard: '25s',
    help: 'How long requests under way may finish after SIGTERM.',
  }),
  logLevel: setting({
    name: 'LOG_LEVEL',
    group: 'database',
    kind: choice(...levels),
    standard: 'info',
    help: 'Least level that is logged (JSON lines on stderr, never patient data).',
  }),
  sampleData: setting({
    name: 'SAMPLE_DATA',
    group: 'http',
    kind: boolean,
    standard: 'true',
    help: 'Load the sample patients into an empty database; false starts empty.',
  }),
  dataDir: setting({
    name: 'DATA_DIR',
    group: 'database',
    kind: text,
    standard: './data',
    help: 'Folder of the embedded PostgreSQL, and of files that jobs make.',
  }),
  databaseUrl: setting({
    name: 'DATABASE_URL',
    group: 'database',
    kind: databaseUrl,
    standard: undefined,
    help: 'An external PostgreSQL, version 15 or newer, instead of the embedded one.',
  }),
  databaseSchema: setting({
    name: 'DATABASE_SCHEMA',
    group: 'database',
    kind: schemaName,
    standard: 'anamnesis',
    help: 'Schema that holds the tables.',
  }),
  databasePoolSize: setting({
    name: 'DATABASE_POOL_SIZE',
    group: 'database',
    kind: integer(1, 1000),
    standard: '10',
    help: 'Connections to PostgreSQL at most.',
  }),
  versionMemory: setting({
    name: 'VERSION_MEMORY',
    group: 'database',
    kind: integer(0, 100_000),
    standard: '64',
    help: 'Millions of characters of resources that were lately told and are kept in memory, so that only their numbers are asked of the database; 0 keeps none.',
  }),
  statementTimeout: setting({
    name: 'STATEMENT_TIMEOUT',
    group: 'database',
    kind: duration(0.1, 3600),
    standard: '30s',
    help: 'Longest time of one SQL statement.',
  }),
  updateCreate: setting({
    name: 'UPDATE_CREATE',
    group: 'fhir',
    kind: boolean,
    standard: 'true',
    help: 'An update of an unknown id creates the resource under that id.',
  }),
  conditionalDelete: setting({
    name: 'CONDITIONAL_DELETE',
    group: 'fhir',
    kind: choice('single', 'multiple'),
    standard: 'single',
    help: 'Whether a conditional delete may delete several resources; single refuses with 412.',
  }),
  referentialIntegrity: setting({
    name: 'REFERENTIAL_INTEGRITY',
    group: 'fhir',
    kind: choice('enforce', 'off'),
    standard: 'enforce',
    help: 'enforce: a write may not refer to a local resource that does not exist, nor delete one that is referred to.',
  }),
  validation: setting({
    name: 'VALIDATION',
    group: 'fhir',
    kind: byType(['full', 'structure']),
    standard: 'full',
    help: 'How writes are checked. structure: elements, types, codes and invariants of R4; full: also required bindings of concepts, claimed profiles and PROFILE_POLICY.',
  }),
  unknownProfile: setting({
    name: 'UNKNOWN_PROFILE',
    group: 'fhir',
    kind: byType(['warn', 'refuse']),
    standard: 'warn',
    help: 'refuse: a resource that claims a profile which is not known here is not written; warn: only $validate tells.',
  }),
  profilePolicy: setting({
    name: 'PROFILE_POLICY',
    group: 'fhir',
    kind: canonicalsByType,
    standard: '',
    help: 'Profiles that resources of a type must conform to, whether they claim them or not.',
  }),
  audit: setting({
    name: 'AUDIT',
    group: 'http',
    kind: choice('on', 'off'),
    standard: undefined,
    help: 'Whether every access makes an AuditEvent; without it: on, unless authorization is switched off.',
  }),
  auditKey: setting({
    name: 'AUDIT_KEY',
    group: 'database',
    kind: matching(/^.{32,}$/, 'a secret of 32 characters or more'),
    standard: undefined,
    help: 'Secret of the log of accesses: with it, nobody who can only write to the database can forge the log.',
  }),
  timeZone: setting({
    name: 'TIME_ZONE',
    group: 'fhir',
    kind: timeZone,
    standard: 'UTC',
    help: 'Zone of dates without one, when they are searched.',
  }),
  fullText: setting({
    name: 'FULL_TEXT',
    group: 'fhir',
    kind: boolean,
    standard: 'true',
    help: 'Search for words with _text and _content. Switched on again later, the index is made anew when the server starts.',
  }),
  packages: setting({
    name: 'PACKAGES',
    group: 'fhir',
    kind: packages,
    standard: 'all',
    help: 'Packages that come with the server and count, such as hl7.fhir.us.core#6.1.0,hl7.fhir.uv.ips; those of R4 always do.',
  }),
  searchExplain: setting({
    name: 'SEARCH_EXPLAIN',
    group: 'http',
    kind: boolean,
    standard: 'false',
    help: 'A search with _explain=true tells how it was run: plans, indexes and costs.',
  }),
  defaultCount: setting({
    name: 'DEFAULT_COUNT',
    group: 'http',
    kind: integer(1, 10_000),
    standard: '50',
    help: 'Entries of a page without _count.',
  }),
  maxCount: setting({ name: 'MAX_COUNT', group: 'http', kind: integer(1, 10_000), standard: '1000', help: 'Entries of a page at most.' }),
});

export type SettingName = keyof typeof settings;

export type Config = { readonly [Name in SettingName]: (typeof settings)[Name] extends Setting<infer T> ? T : never };

/** A wrong setting: the message is one line that names it and what would be right. */
export class SettingError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SettingError';
  }
}

const entries = Object.entries(settings) as [SettingName, Setting<unknown>][];

/** Settings that a command takes as flags. */
export const settingsOf = (groups: readonly Group[]): readonly (readonly [SettingName, Setting<unknown>])[] =>
  entries.filter(([, { group }]) => groups.includes(group));

function readSetting(name: SettingName, flags: Flags, env: NodeJS.ProcessEnv): unknown {
  const { name: variable, flag, kind, standard } = settings[name] as Setting<unknown>;
  const fromFlag = flags[name];
  // An empty variable counts as not set: compose files and shells leave such behind.
  const given = fromFlag ?? (env[variable]?.trim() || undefined) ?? standard;
  if (given === undefined) return undefined;
  const value = kind.read(given.trim());
  if (value === undefined)
    throw new SettingError(`${fromFlag === undefined ? variable : flag} is "${shown(variable, given)}", but must be ${kind.valid}.`);
  return value;
}

/** A URL may hold a password. */
const secrets: ReadonlySet<string> = new Set(['DATABASE_URL', 'AUDIT_KEY', 'SECRET_KEY', 'REGISTRATION_TOKEN']);

const shown = (variable: string, given: string): string => (secrets.has(variable) ? '…' : given.slice(0, 100));

/** Texts of the command line by setting. */
export type Flags = Readonly<Partial<Record<SettingName, string>>>;

/** Throws SettingError. */
export function readConfig(env: NodeJS.ProcessEnv, flags: Flags = {}): Config {
  const config = Object.fromEntries(entries.map(([name]) => [name, readSetting(name, flags, env)])) as unknown as Config;
  if (config.defaultCount > config.maxCount) {
    throw new SettingError(`DEFAULT_COUNT is ${config.defaultCount}, but must not be above MAX_COUNT, which is ${config.maxCount}.`);
  }
  if (config.registration === 'token' && config.registrationToken === undefined) {
    throw new SettingError('REGISTRATION is token, but REGISTRATION_TOKEN is not set.');
  }
  return Object.freeze(config);
}
