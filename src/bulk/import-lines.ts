/** NDJSON bytes as numbered lines, in bounded memory; a line that is no text is told and passed over. https://github.com/ndjson/ndjson-spec */
import { isUtf8 } from 'node:buffer';

export interface ImportLine {
  /** From 1, blank ones counted. */
  readonly number: number;
  /** Undefined where it cannot be read. */
  readonly text: string | undefined;
  /** Why it cannot be read. */
  readonly fault?: string;
  /** Bytes of the file up to its end. */
  readonly end: number;
}

export interface LinePlace {
  /** Lines before. */
  readonly line: number;
  /** Bytes before. */
  readonly offset: number;
}

const newline = 10;
const mark = Buffer.from([0xef, 0xbb, 0xbf]);

export class LineReader {
  #line: number;
  #offset: number;
  #held: Buffer[] = [];
  #length = 0;
  #tooLong = false;
  readonly #longest: number;

  constructor({ line, offset }: LinePlace, longest: number) {
    this.#line = line;
    this.#offset = offset;
    this.#longest = longest;
  }

  /** Where the last whole line ended. */
  get place(): LinePlace {
    return { line: this.#line, offset: this.#offset };
  }

  /** The lines that end in a piece. */
  take(piece: Buffer): ImportLine[] {
    const lines: ImportLine[] = [];
    let start = 0;
    for (let end = piece.indexOf(newline); end >= 0; end = piece.indexOf(newline, start)) {
      this.#hold(piece.subarray(start, end));
      this.#finish(lines, 1);
      start = end + 1;
    }
    if (start < piece.length) this.#hold(piece.subarray(start));
    return lines;
  }

  /** What is left when there is no more. */
  rest(): ImportLine[] {
    const lines: ImportLine[] = [];
    if (this.#length > 0) this.#finish(lines, 0);
    return lines;
  }

  #hold(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > this.#longest) {
      this.#tooLong = true;
      this.#held = [];
    } else if (part.length > 0) this.#held.push(part);
  }

  #finish(lines: ImportLine[], terminator: number): void {
    this.#offset += this.#length + terminator;
    this.#line++;
    const line = this.#read();
    if (line !== undefined) lines.push({ number: this.#line, end: this.#offset, ...line });
    this.#held = [];
    this.#length = 0;
    this.#tooLong = false;
  }

  /** Undefined for a blank one. */
  #read(): Pick<ImportLine, 'text' | 'fault'> | undefined {
    if (this.#tooLong) return { text: undefined, fault: `The line is longer than ${this.#longest} bytes.` };
    const [only, ...more] = this.#held;
    const whole = more.length > 0 ? Buffer.concat(this.#held) : (only ?? Buffer.alloc(0));
    const bytes = this.#line === 1 && whole.subarray(0, 3).equals(mark) ? whole.subarray(3) : whole;
    if (!isUtf8(bytes)) return { text: undefined, fault: 'The line is not valid UTF-8.' };
    const text = bytes.toString('utf8');
    return /\S/.test(text) ? { text } : undefined;
  }
}
