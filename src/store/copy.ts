/** `COPY … FROM STDIN` as one more statement of a pipeline. https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-COPY */
import pg from 'pg';

/** What pg offers on its connection, without types of its own. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Rows are cut into pieces of about this many characters: each becomes a message. */
const pieceLength = 1 << 18;

/**
 * Command, rows and their end leave in one go, before the server has answered the command: where it refuses it, the protocol has it pass
 * over what follows. So nothing waits, and other statements may stand behind it.
 */
class CopyIn extends pg.Query {
  readonly #command: string;
  readonly #rows: readonly string[];

  constructor(text: string, rows: readonly string[]) {
    super({ text });
    this.#command = text;
    this.#rows = rows;
  }

  override submit = (connection: pg.Connection): void => {
    const to = connection as unknown as CopyConnection;
    to.query(this.#command);
    let piece = '';
    for (const row of this.#rows) {
      piece += row;
      if (piece.length < pieceLength) continue;
      to.sendCopyFromChunk(Buffer.from(piece));
      piece = '';
    }
    if (piece !== '') to.sendCopyFromChunk(Buffer.from(piece));
    to.endCopyFrom();
  };

  /** The server is ready for what was sent already. */
  handleCopyInResponse(): void {}
}

/** Sends the rows, each with its line end, in PostgreSQL's text format. */
export function copyIn(client: pg.ClientBase, text: string, rows: readonly string[]): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const query = Object.assign(new CopyIn(text, rows), {
      callback: (fault: Error | null, result: pg.QueryResult) => (fault ? reject(fault) : resolve(result)),
    });
    client.query(query);
  });
}
