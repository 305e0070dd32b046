/** The tables of authorization for as long as a command takes, also while a server runs on them. */
import type { Config } from '../../config.ts';
import { createLog } from '../../log.ts';
import { type Database, openDatabase } from '../../store/database.ts';
import { openStorage } from '../storage.ts';

export async function withDatabase<T>(config: Config, work: (database: Database) => Promise<T>): Promise<T> {
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
