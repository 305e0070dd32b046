/** The PostgreSQL of a command: external, the embedded one of a running server, or an embedded one of its own. */
import type pg from 'pg';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import { type EmbeddedPostgres, findRunning, startEmbedded } from '../store/embedded.ts';
import { migrate } from '../store/migrate.ts';
import { checkExternal } from './external-database.ts';
import { CommandError } from './terminal.ts';

export interface Storage {
  readonly connection: pg.PoolConfig;
  /** In words, for the screen. */
  readonly place: string;
  close(): Promise<void>;
}

interface StorageOptions {
  readonly config: Config;
  readonly log: Log;
  readonly purpose: 'serve' | 'migrate' | 'load' | 'work';
}

const nothing = (): Promise<void> => Promise.resolve();

async function startOwn({ config, log, purpose }: StorageOptions): Promise<EmbeddedPostgres> {
  const lines = { info: (line: string) => log.info({}, line), warn: (line: string) => log.warn({}, line) };
  try {
    return await startEmbedded({ dataDir: config.dataDir, log: lines, purpose });
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new CommandError(`The data folder ${config.dataDir} (DATA_DIR) cannot be used: ${code} at ${path ?? 'an unknown place'}.`, {
      cause: error,
    });
  }
}

/** Brings the tables up to date; a refusal of the database becomes one line. */
async function migrated(connection: pg.PoolConfig, schema: string): Promise<readonly string[]> {
  try {
    return await migrate(connection, schema);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === undefined || !/^[0-9A-Z]{5}$/.test(code)) throw error;
    const shown = message.slice(message.lastIndexOf(' - ') + 1).replace(/^- /, '');
    throw new CommandError(`The database refuses the tables of schema ${schema}: ${shown}.`, { cause: error });
  }
}

export interface OpenStorage extends Storage {
  /** Names of migrations that ran just now. */
  readonly applied: readonly string[];
}

/** Opens and migrates. A server insists on an embedded PostgreSQL of its own; other commands join the one that runs. */
export async function openStorage(options: StorageOptions): Promise<OpenStorage> {
  const { config, purpose } = options;
  const { databaseUrl, databaseSchema } = config;
  if (databaseUrl !== undefined) {
    const connection = await checkExternal(databaseUrl, databaseSchema);
    return { connection, place: 'external PostgreSQL', close: nothing, applied: await migrated(connection, databaseSchema) };
  }
  const running = purpose === 'serve' ? undefined : findRunning(config.dataDir);
  if (running !== undefined) {
    const applied = await migrated(running, databaseSchema);
    return { connection: running, place: `PostgreSQL of the running server in ${config.dataDir}`, close: nothing, applied };
  }
  const own = await startOwn(options);
  try {
    const applied = await migrated(own.connection, databaseSchema);
    return { connection: own.connection, place: `embedded PostgreSQL in ${config.dataDir}`, close: () => own.stop(), applied };
  } catch (error) {
    await own.stop();
    throw error;
  }
}
