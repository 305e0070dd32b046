/** COPY … TO STDOUT, row by row as bytes. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY */
import type { Duplex } from 'node:stream';
import pg from 'pg';
import type { Session } from './database.ts';
import type { Statement } from './statement.ts';

/** Told of one row, with its line feed. What it gives is awaited before more is read; the bytes are only there until it returns. */
export type TakeRow = (row: Buffer) => Promise<void> | undefined;

interface Connection {
  readonly stream: Duplex;
  query(text: string): void;
}

interface CopyMessage {
  readonly chunk: Buffer;
}

/** Rows that cannot hold the quote or the delimiter are sent as they are: no JSON text has these characters unescaped. */
const rawFormat = `(format csv, quote e'\\x01', delimiter e'\\x02')`;

/**
 * What node-postgres runs as a query. Its own way of reading is used, which costs a fifth of what a stream of rows would; the socket
 * is stopped while somebody is waited for, and what has arrived by then is handed over nevertheless.
 */
class CopyOut {
  readonly #text: string;
  readonly #take: TakeRow;
  #connection: Connection | undefined;
  #waiting = 0;
  #fault: Error | undefined;
  readonly ended: Promise<void>;
  #resolve: () => void = () => undefined;
  #reject: (fault: Error) => void = () => undefined;

  constructor(text: string, take: TakeRow) {
    this.#text = text;
    this.#take = take;
    this.ended = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  submit(connection: Connection): void {
    this.#connection = connection;
    connection.query(this.#text);
  }

  handleCopyData({ chunk }: CopyMessage): void {
    if (this.#fault !== undefined) return;
    const pause = this.#take(chunk);
    if (pause !== undefined) this.#wait(pause);
  }

  #wait(pause: Promise<void>): void {
    if (this.#waiting++ === 0) this.#connection?.stream.pause();
    const go = (): void => {
      if (--this.#waiting === 0) this.#connection?.stream.resume();
    };
    pause.then(go, (fault: Error) => {
      // Nothing more is wanted: the server is not told, but the connection is given up by whoever sees the fault.
      this.#fault ??= fault;
      this.#reject(fault);
      this.#connection?.stream.destroy();
    });
  }

  handleError(fault: Error): void {
    this.#reject(this.#fault ?? fault);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.#resolve();
  }
}

export interface CopySession extends Session {
  /** `query` has no parameters and one column. */
  copy(query: string, take: TakeRow): Promise<void>;
  close(): Promise<void>;
}

const timestamptz = 1184;
const asText = (text: string): string => text;

const timesAsText: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === timestamptz ? asText : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};

/** A connection of its own: without a limit of time, and none that requests wait for. */
export async function openCopySession(connection: pg.PoolConfig, name: string): Promise<CopySession> {
  const { max: _, ...own } = connection;
  const client = new pg.Client({
    ...own,
    application_name: name,
    options: '-c TimeZone=UTC -c jit=off -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c work_mem=64MB',
  });
  // A connection that is lost fails what waits for it.
  client.on('error', () => undefined);
  await client.connect();
  return {
    run: async <Row extends object>({ text, values }: Statement) =>
      (await client.query<Row & pg.QueryResultRow>({ text, values: values as unknown[], types: timesAsText })).rows,
    copy: async (query, take) => {
      const copy = new CopyOut(`copy (${query}) to stdout ${rawFormat}`, take);
      client.query(copy as unknown as pg.Submittable);
      await copy.ended;
    },
    close: () => client.end().catch(() => undefined),
  };
}
