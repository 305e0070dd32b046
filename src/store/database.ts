/** PostgreSQL behind two verbs: run a statement, or run several in one transaction. */
import type { Duplex } from 'node:stream';
import pg from 'pg';
import { refusal } from '../fhir/outcome.ts';
import { copyIn } from './copy.ts';
import type { Statement } from './statement.ts';

/** Where statements run: the pool, or the connection of one open transaction. */
export interface Session {
  run<Row extends object>(statement: Statement): Promise<Row[]>;
}

export interface Database extends Session {
  /** Tenant schema that every statement names. */
  readonly schema: string;
  /** Runs `work` between BEGIN and COMMIT on one connection; a throw rolls back. */
  transaction<T>(work: (session: TransactionSession) => Promise<T>): Promise<T>;
  /** Runs `work` on one connection that only reads, and sees the database as it was at its first statement. */
  frozen<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** Connections in use, idle and requests waiting for one. */
  usage(): { readonly total: number; readonly idle: number; readonly waiting: number };
  /** Told whenever a connection is lost: the database may go on as another one, which lacks the last commits. */
  onLost(listener: () => void): void;
  close(): Promise<void>;
}

export interface TransactionSession extends Session {
  /** Sends the last statements together with COMMIT, in one round trip, and gives the rows of each. */
  finish(statements: readonly Statement[]): Promise<readonly object[][]>;
}

export interface DatabaseOptions {
  readonly connection: pg.PoolConfig;
  readonly schema: string;
  readonly poolSize: number;
  readonly statementTimeoutMs: number;
  /** Told of faults of idle connections, which no request waits for. */
  readonly onIdleFault?: (fault: Error) => void;
}

const timestamptz = 1184;
const asText = (text: string): string => text;

/** Timestamps stay text (the session's zone is UTC): no Date objects on the way to the client. */
const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === timestamptz ? asText : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};

const begin: Statement = { text: 'begin', values: [] };
const beginFrozen: Statement = { text: 'begin isolation level repeatable read, read only', values: [] };
const commit: Statement = { text: 'commit', values: [] };
const rollback: Statement = { text: 'rollback', values: [] };

/** The protocol counts parameters with 16 bits; beyond that it would lose its place in the stream. */
const mostParameters = 65_535;

function toQuery({ text, values, name }: Statement): pg.QueryConfig {
  if (values.length > mostParameters)
    throw refusal('too-costly', 'The request holds more values than one statement of the database can: ask in several requests.', {
      status: 400,
    });
  return name === undefined ? { text, values: values as unknown[] } : { text, values: values as unknown[], name };
}

/**
 * Statements with a name look things up by key, the same way whatever the values: their plans are made once and kept, and never a
 * scan of a whole table. Without this PostgreSQL plans most of them anew each time, which costs more than running them.
 */
const keyed = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off';
/** Statements without a name are planned for their values. */
const planned = '-c plan_cache_mode=auto';

function openPool(options: DatabaseOptions, max: number, planning: string, lost: () => void): pg.Pool {
  const pool = new pg.Pool({
    ...options.connection,
    max,
    types: typeParsers,
    options: `-c TimeZone=UTC -c statement_timeout=${options.statementTimeoutMs} -c jit=off ${planning}`,
    ...{ pipeline: true },
  });
  pool.on('error', (fault) => options.onIdleFault?.(fault));
  // A connection lost inside a transaction also tells its client, which nobody hears: its statements fail by themselves.
  pool.on('connect', (client) => client.on('error', lost));
  return pool;
}

/** Connects lazily: nothing is opened before the first statement. Half of the connections are for statements with a name. */
export function openDatabase(options: DatabaseOptions): Database {
  const listeners: (() => void)[] = [];
  const lost = (): void => {
    for (const listener of listeners) listener();
  };
  const byKey = openPool(options, Math.ceil(options.poolSize / 2), keyed, lost);
  const byPlan = openPool(options, Math.max(1, Math.floor(options.poolSize / 2)), planned, lost);
  const sum = (of: (pool: pg.Pool) => number): number => of(byKey) + of(byPlan);
  return {
    schema: options.schema,
    run: async <Row extends object>(statement: Statement) =>
      (await (statement.name === undefined ? byPlan : byKey).query<Row & pg.QueryResultRow>(toQuery(statement))).rows,
    transaction: (work) => inTransaction(byKey, work),
    frozen: (work) => inTransaction(byKey, work, beginFrozen),
    usage: () => ({
      total: sum((pool) => pool.totalCount),
      idle: sum((pool) => pool.idleCount),
      waiting: sum((pool) => pool.waitingCount),
    }),
    onLost: (listener) => void listeners.push(listener),
    close: async () => void (await Promise.all([byKey.end(), byPlan.end()])),
  };
}

async function inTransaction<T>(
  pool: pg.Pool,
  work: (session: TransactionSession) => Promise<T>,
  beginning: Statement = begin,
): Promise<T> {
  const client = await pool.connect();
  const transaction = openTransaction(client, beginning);
  let fault: Error | undefined;
  try {
    const result = await work(transaction.session);
    await transaction.end();
    return result;
  } catch (error) {
    fault = error as Error;
    await transaction.undo();
    throw error;
  } finally {
    client.release(isConnectionFault(fault));
  }
}

/** BEGIN travels with the first statements and COMMIT with the last ones, so that neither costs a round trip. */
function openTransaction(client: pg.PoolClient, beginning: Statement) {
  let started: Promise<unknown> | undefined;
  let finished = false;
  const send = gathering(client);
  const start = (): Promise<unknown> => (started ??= quiet(send(beginning)));
  const run = async <Row extends object>(statement: Statement): Promise<Row[]> => {
    void start();
    return (await send(statement)).rows as Row[];
  };
  const finish = async (statements: readonly Statement[]): Promise<object[][]> => {
    if (statements.length > 0) void start();
    finished = true;
    const sent = statements.map(send);
    const results = await allSettled(started ? [...sent, send(commit)] : sent);
    return results.slice(0, statements.length).map((result) => result.rows);
  };
  return {
    session: { run, finish } satisfies TransactionSession,
    end: async () => {
      if (!finished) await finish([]);
    },
    undo: async () => {
      if (started) await quiet(send(rollback));
    },
  };
}

type Send = (statement: Statement) => Promise<pg.QueryResult>;

/** Statements sent in one go leave in one write to the socket: system calls are what a round trip costs most. */
function gathering(client: pg.PoolClient): Send {
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  let corked = false;
  const uncork = (): void => {
    corked = false;
    stream.uncork();
  };
  return (statement) => {
    if (!corked) {
      corked = true;
      stream.cork();
      process.nextTick(uncork);
    }
    return statement.copied === undefined ? client.query(toQuery(statement)) : copyIn(client, statement.text, statement.copied);
  };
}

/** Waits for all, then throws the first fault: later statements of a failed transaction fail with it. */
async function allSettled<T>(sent: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(sent);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
  return results.map((result) => (result as PromiseFulfilledResult<T>).value);
}

const quiet = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);

/** SQLSTATE classes 08 and 57P say that the connection is gone; a fault without SQLSTATE came from the socket. */
export function isConnectionFault(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  const code = (fault as { code?: unknown }).code;
  if (fault instanceof pg.DatabaseError) return typeof code === 'string' && (code.startsWith('08') || code.startsWith('57P'));
  return typeof code === 'string' && /^E[A-Z]+$/.test(code)
    ? true
    : /Connection terminated|not queryable|Client was closed/.test(fault.message);
}

/** A statement's SQLSTATE, such as `23505`; undefined for other faults. */
export const sqlState = (fault: unknown): string | undefined => (fault instanceof pg.DatabaseError ? fault.code : undefined);
