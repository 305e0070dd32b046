/** The files of a tar archive, one after the other in bounded memory. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
import { CommandError } from '../terminal.ts';

export interface TarEntry {
  readonly path: string;
  readonly size: number;
  /** The whole content; to be asked for before the next entry, or never. */
  content(): Promise<Buffer>;
}

const block = 512;
/** Names and other notes about an entry. */
const longestNote = 1 << 20;

/** Bytes of a stream, taken as many at a time as are wanted. */
class Bytes {
  private readonly source: AsyncIterator<Buffer>;
  private held: Buffer[] = [];
  private length = 0;

  constructor(source: AsyncIterable<Buffer>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** Undefined at the end; less than was asked for, where the archive is cut off. */
  async take(count: number): Promise<Buffer | undefined> {
    while (this.length < count && (await this.more()));
    if (this.length === 0) return count === 0 ? Buffer.alloc(0) : undefined;
    const all = this.held.length === 1 ? (this.held[0] as Buffer) : Buffer.concat(this.held, this.length);
    const taken = all.subarray(0, count);
    const rest = all.subarray(taken.length);
    this.held = rest.length === 0 ? [] : [rest];
    this.length = rest.length;
    return taken;
  }

  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const taken = await this.take(Math.min(left, 1 << 16));
      if (taken === undefined) throw cutOff();
      left -= taken.length;
    }
  }

  async whole(count: number): Promise<Buffer> {
    const taken = await this.take(count);
    if (taken === undefined || taken.length < count) throw cutOff();
    return taken;
  }

  private async more(): Promise<boolean> {
    const { value, done } = await this.source.next();
    if (done === true) return false;
    this.held.push(value);
    this.length += value.length;
    return true;
  }
}

const cutOff = (): CommandError => new CommandError('the archive is cut off: it ends within a file');

const text = (header: Buffer, start: number, length: number): string => {
  const field = header.toString('utf8', start, start + length);
  const end = field.indexOf('\0');
  return end < 0 ? field : field.slice(0, end);
};

/** Octal digits, or, where the first bit is set, a binary number. */
function numberAt(header: Buffer, start: number, length: number): number {
  const first = header[start] as number;
  if (first === 0x80) return Number(BigInt(`0x${header.toString('hex', start + 1, start + length)}`));
  const digits = text(header, start, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : digits === '' ? 0 : Number.NaN;
}

/** The sum of the header's bytes, with spaces where the sum itself stands. */
function isHeader(header: Buffer): boolean {
  const sum = header.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0);
  return header.length === block && sum === numberAt(header, 148, 8);
}

function nameOf(header: Buffer): string {
  const [name, prefix] = [text(header, 0, 100), text(header, 257, 6) === 'ustar' ? text(header, 345, 155) : ''];
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** Lines of `length key=value`, the length in bytes and of the whole line. */
function paxRecords(content: Buffer): Map<string, string> {
  const records = new Map<string, string>();
  for (let start = 0; start < content.length; ) {
    const [, digits = ''] = /^(\d{1,10}) /.exec(content.toString('latin1', start, start + 12)) ?? [];
    const end = start + Number(digits);
    const record = content.toString('utf8', start + digits.length + 1, end - 1);
    const equals = record.indexOf('=');
    if (digits === '' || end > content.length || equals < 0) throw new CommandError('the archive has a header that cannot be read');
    records.set(record.slice(0, equals), record.slice(equals + 1));
    start = end;
  }
  return records;
}

const padded = (size: number): number => Math.ceil(size / block) * block;

/** What headers before an entry said of it. */
interface Notes {
  path?: string;
  size?: number;
}

/** Throws CommandError for what is no tar archive, is cut off, or has links. */
export async function* tarEntries(source: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const bytes = new Bytes(source);
  let notes: Notes = {};
  for (let header = await bytes.take(block); header !== undefined; header = await bytes.take(block)) {
    if (header.every((byte) => byte === 0)) return;
    if (!isHeader(header)) throw new CommandError('what is packed in it is no tar archive, or is damaged');
    const kind = String.fromCharCode(header[156] as number);
    const size = notes.size ?? numberAt(header, 124, 12);
    if (!Number.isSafeInteger(size) || size < 0) throw new CommandError('the archive has a file of no size');
    if (kind === 'x' || kind === 'g' || kind === 'L' || kind === 'K') {
      Object.assign(notes, notesOf(kind, await noteAt(bytes, size)));
      continue;
    }
    const path = notes.path ?? nameOf(header);
    notes = {};
    if (kind !== '0' && kind !== '\0' && kind !== '7') {
      if (kind !== '5') throw new CommandError(`"${path}" is a link or a device; a package has files and folders alone`);
      await bytes.skip(padded(size));
      continue;
    }
    let isRead = false;
    const content = async (): Promise<Buffer> => {
      isRead = true;
      const whole = await bytes.whole(size);
      await bytes.skip(padded(size) - size);
      return whole;
    };
    yield { path, size, content };
    if (!isRead) await bytes.skip(padded(size));
  }
}

async function noteAt(bytes: Bytes, size: number): Promise<Buffer> {
  if (size > longestNote) throw new CommandError('the archive has a header that is too long');
  const note = await bytes.whole(size);
  await bytes.skip(padded(size) - size);
  return note;
}

function notesOf(kind: string, note: Buffer): Notes {
  if (kind === 'L') return { path: text(note, 0, note.length) };
  if (kind !== 'x') return {};
  const records = paxRecords(note);
  const [path, size] = [records.get('path'), records.get('size')];
  return { ...(path === undefined ? {} : { path }), ...(size === undefined ? {} : { size: Number(size) }) };
}
