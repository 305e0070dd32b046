/** Messages of PostgreSQL while it copies out: rows are told where they lie, without an object for each. https://www.postgresql.org/docs/current/protocol-message-formats.html */

export interface FrameTakers {
  /** The content of CopyData: the bytes from `start` to `end`. */
  row(bytes: Buffer, start: number, end: number): void;
  /** Another message in between: a notice, a notification. */
  other(message: Buffer): void;
  /** Everything from the message on that ends the rows. Nothing is fed from then on. */
  end(rest: Buffer): void;
}

const codeOf = (letter: string): number => letter.charCodeAt(0);
const copyData = codeOf('d');
const copyOutResponse = codeOf('H');
const between: ReadonlySet<number> = new Set(['N', 'A', 'S'].map(codeOf));

/** The code, and the length that counts itself. */
const headBytes = 5;

export class CopyFrames {
  readonly #takers: FrameTakers;
  /** The beginning of a message whose end has not arrived, and how long it is as far as is known. */
  #pieces: Buffer[] = [];
  #have = 0;
  #need = 0;

  constructor(takers: FrameTakers) {
    this.#takers = takers;
  }

  /** The bytes are only there until it returns. */
  feed(chunk: Buffer): void {
    let at = 0;
    while (this.#have > 0) {
      const used = Math.min(chunk.length - at, this.#need - this.#have);
      this.#keep(chunk.subarray(at, at + used));
      at += used;
      if (this.#have < this.#need) return;
      const whole = Buffer.concat(this.#pieces, this.#have);
      this.#need = 1 + whole.readUInt32BE(1);
      this.#pieces = [whole];
      if (this.#have < this.#need) continue;
      this.#pieces = [];
      this.#have = 0;
      if (!this.#tell(whole, 0, whole.length)) return this.#takers.end(Buffer.concat([whole, chunk.subarray(at)]));
    }
    this.#whole(chunk, at);
  }

  /** All messages that are complete; the rest is kept. */
  #whole(chunk: Buffer, from: number): void {
    let at = from;
    while (chunk.length - at >= headBytes) {
      const next = at + 1 + chunk.readUInt32BE(at + 1);
      if (next > chunk.length) break;
      if (!this.#tell(chunk, at, next)) return this.#takers.end(chunk.subarray(at));
      at = next;
    }
    if (at === chunk.length) return;
    this.#need = chunk.length - at < headBytes ? headBytes : 1 + chunk.readUInt32BE(at + 1);
    this.#keep(chunk.subarray(at));
  }

  #keep(piece: Buffer): void {
    this.#pieces.push(Buffer.from(piece));
    this.#have += piece.length;
  }

  /** False for the message that ends the rows. */
  #tell(bytes: Buffer, start: number, end: number): boolean {
    const code = bytes[start] as number;
    if (code === copyData) this.#takers.row(bytes, start + headBytes, end);
    else if (between.has(code)) this.#takers.other(bytes.subarray(start, end));
    else return code === copyOutResponse;
    return true;
  }
}
