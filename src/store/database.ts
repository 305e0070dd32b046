/** PostgreSQL behind two verbs: run a statement, or run several in one transaction. */
import pg from 'pg';
import type { Statement } from './statement.ts';

/** Where statements run: the pool, or the connection of one open transaction. */
export interface Session {
  run<Row extends object>(statement: Statement): Promise<Row[]>;
}

export interface Database extends Session {
  /** Tenant schema that every statement names. */
  readonly schema: string;
  /** Runs `work` between BEGIN and COMMIT on one connection; a throw rolls back. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connection: pg.PoolConfig;
  readonly schema: string;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
}
