/** Where the tables of authorization are: a database, or one open transaction of it. */
import type { Database, Session } from '../store/database.ts';

export interface Tables extends Session {
  /** Tenant schema that every statement names. */
  readonly schema: string;
}

/** All of the work or nothing. */
export const inOneTransaction = <T>(database: Database, work: (tables: Tables) => Promise<T>): Promise<T> =>
  database.transaction(({ run }) => work({ run, schema: database.schema }));
