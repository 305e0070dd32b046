/** A command's work on the database, beside a running server or without one. */
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { type Database, openDatabase } from '../store/database.ts';
import { flagsOf } from './setting-option.ts';
import { openStorage } from './storage.ts';
import type { Terminal } from './terminal.ts';

export async function withDatabase<T>(
  { env }: Terminal,
  options: Readonly<Record<string, unknown>>,
  work: (database: Database) => Promise<T>,
): Promise<T> {
  const config = readConfig(env, flagsOf(options));
  const storage = await openStorage({ config, log: createLog(config.logLevel), purpose: 'load' });
  try {
    const { databaseSchema: schema, statementTimeout: statementTimeoutMs } = config;
    const database = openDatabase({ connection: storage.connection, schema, poolSize: 2, statementTimeoutMs });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  } finally {
    await storage.close();
  }
}
