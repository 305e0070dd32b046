/** COPY … TO STDOUT, row by row as bytes. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY */
import type { Duplex } from 'node:stream';
import pg from 'pg';
import { CopyFrames } from './copy-frames.ts';
import type { Session } from './database.ts';
import { ReusingSocket } from './reusing-socket.ts';
import type { Statement } from './statement.ts';

/**
 * Told of one row: the bytes from `start` to `end`. What it gives is awaited before more is read; the bytes are only there until it
 * returns.
 */
export type TakeRow = (bytes: Buffer, start: number, end: number) => Promise<void> | undefined;

interface Connection {
  readonly stream: Duplex;
  query(text: string): void;
}

type Listener = (chunk: Buffer) => void;

/** Rows that cannot hold the quote or the delimiter are sent as they are: no JSON text has these characters unescaped. */
const rawFormat = `(format csv, quote e'\\x01', delimiter e'\\x02')`;

/**
 * What node-postgres runs as a query. While rows come they are taken from the socket itself: a message object for each of them would cost
 * more than all that is done with it. The socket is stopped while somebody is waited for; what has arrived by then is handed over nevertheless.
 */
class CopyOut {
  readonly #text: string;
  readonly #take: TakeRow;
  #connection: Connection | undefined;
  #usual: Listener[] = [];
  #feed: Listener = () => undefined;
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
    const { stream } = connection;
    this.#usual = stream.listeners('data') as Listener[];
    const frames = new CopyFrames({
      row: (bytes, start, end) => this.#row(bytes, start, end),
      other: (message) => this.#hand(message),
      end: (rest) => {
        this.#listen(undefined);
        this.#hand(rest);
      },
    });
    this.#feed = (chunk) => frames.feed(chunk);
    this.#listen(this.#feed);
    connection.query(this.#text);
  }

  /** Undefined: node-postgres listens again. */
  #listen(feed: Listener | undefined): void {
    const stream = this.#connection?.stream;
    if (stream instanceof ReusingSocket) {
      stream.direct = feed;
      return;
    }
    for (const listener of this.#usual) {
      if (feed === undefined) stream?.on('data', listener);
      else stream?.removeListener('data', listener);
    }
    if (feed === undefined) stream?.removeListener('data', this.#feed);
    else stream?.on('data', feed);
  }

  /** To node-postgres, which may keep it. */
  #hand(bytes: Buffer): void {
    for (const listener of this.#usual) listener(Buffer.from(bytes));
  }

  #row(bytes: Buffer, start: number, end: number): void {
    if (this.#fault !== undefined) return;
    try {
      const pause = this.#take(bytes, start, end);
      if (pause !== undefined) this.#wait(pause);
    } catch (fault) {
      this.#giveUp(fault as Error);
    }
  }

  #wait(pause: Promise<void>): void {
    if (this.#waiting++ === 0) this.#connection?.stream.pause();
    const go = (): void => {
      if (--this.#waiting === 0) this.#connection?.stream.resume();
    };
    pause.then(go, (fault: Error) => this.#giveUp(fault));
  }

  /** Nothing more is wanted: the server is not told, but the connection is given up by whoever sees the fault. */
  #giveUp(fault: Error): void {
    this.#fault ??= fault;
    this.#reject(fault);
    this.#connection?.stream.destroy();
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
  /** `query` has no parameters and one column, of JSON or words; a row ends with a line feed. */
  copy(query: string, take: TakeRow): Promise<void>;
  /**
   * The same with any columns, as PostgreSQL holds them: what is taken begins behind the number of columns, each with its length in four
   * bytes before it. Nothing is scanned for what would have to be escaped. https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4
   */
  copyBinary(query: string, take: TakeRow): Promise<void>;
  close(): Promise<void>;
}

const signatureBytes = 19;
const noMore = -1;

/** Takes the rows out of the binary format: what stands before the first and behind the last of them is left away. */
function rowsOf(take: TakeRow): TakeRow {
  let isBegun = false;
  return (bytes, start, end) => {
    const from = isBegun ? start : start + signatureBytes;
    isBegun = true;
    return from >= end || bytes.readInt16BE(from) === noMore ? undefined : take(bytes, from + 2, end);
  };
}

const timestamptz = 1184;
const asText = (text: string): string => text;

const timesAsText: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === timestamptz ? asText : pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
};

/** What is encrypted is read by other means. */
const isPlain = ({ ssl, connectionString }: pg.PoolConfig): boolean =>
  (ssl === undefined || ssl === false) && connectionString === undefined;

/** A connection of its own: without a limit of time, and none that requests wait for. */
export async function openCopySession(connection: pg.PoolConfig, name: string): Promise<CopySession> {
  const { max: _, ...own } = connection;
  const client = new pg.Client({
    ...own,
    ...(isPlain(own) ? { stream: () => new ReusingSocket() } : {}),
    application_name: name,
    options: '-c TimeZone=UTC -c jit=off -c statement_timeout=0 -c idle_in_transaction_session_timeout=0 -c work_mem=64MB',
  });
  // A connection that is lost fails what waits for it.
  client.on('error', () => undefined);
  await client.connect();
  const copied = async (query: string, format: string, take: TakeRow): Promise<void> => {
    const copy = new CopyOut(`copy (${query}) to stdout ${format}`, take);
    client.query(copy as unknown as pg.Submittable);
    await copy.ended;
  };
  return {
    run: async <Row extends object>({ text, values }: Statement) =>
      (await client.query<Row & pg.QueryResultRow>({ text, values: values as unknown[], types: timesAsText })).rows,
    copy: (query, take) => copied(query, rawFormat, take),
    copyBinary: (query, take) => copied(query, '(format binary)', rowsOf(take)),
    close: () => client.end().catch(() => undefined),
  };
}
