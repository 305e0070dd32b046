/** Lines on their way into files, one for each label: little is held of each, and whoever makes more than is taken has to wait. */
import type { JobFile } from '../jobs/job.ts';
import type { BulkStorage, StorageWriter } from './storage.ts';

export interface LineFilesOptions {
  readonly storage: BulkStorage;
  /** Handle of the job. */
  readonly job: string;
  readonly nameOf: (label: number) => string;
  readonly typeOf: (label: number) => string | undefined;
}

export const ndjson = 'application/fhir+ndjson';

/** Bytes that are gathered for one file before they are written. */
const gathered = 262_144;
/** Bytes of all files that may wait to be written. */
const mostWaiting = 16 * 1024 * 1024;
const lineFeed = 10;

interface Growing {
  buffer: Buffer;
  size: number;
  count: number;
  writer: StorageWriter | undefined;
  /** Everything that was handed over so far. */
  written: Promise<void>;
}

export class LineFiles {
  readonly #options: LineFilesOptions;
  readonly #files = new Map<number, Growing>();
  readonly #spare: Buffer[] = [];
  #waiting = 0;

  constructor(options: LineFilesOptions) {
    this.#options = options;
  }

  /** Appends a line; undefined = there is room for more. The bytes are copied. */
  add(label: number, line: Buffer): Promise<void> | undefined {
    return this.join(label, line, line.length, line, 0, 0);
  }

  /** Appends a line of two parts: the beginning of `head`, and some of `bytes` behind it. A line feed is put at its end. */
  join(label: number, head: Buffer, headLength: number, bytes: Buffer, start: number, end: number): Promise<void> | undefined {
    const file = this.#fileOf(label);
    file.count++;
    const size = headLength + (end - start) + 1;
    if (file.size + size > gathered) this.#flush(label, file);
    // A line that is longer than what is gathered is written by itself.
    const target = size > gathered ? Buffer.allocUnsafe(size) : file.buffer;
    const at = size > gathered ? 0 : file.size;
    head.copy(target, at, 0, headLength);
    bytes.copy(target, at + headLength, start, end);
    target[at + size - 1] = lineFeed;
    if (size > gathered) this.#write(label, file, target);
    else file.size += size;
    return this.#waiting > mostWaiting ? file.written : undefined;
  }

  #fileOf(label: number): Growing {
    let file = this.#files.get(label);
    if (file === undefined) {
      file = { buffer: this.#buffer(), size: 0, count: 0, writer: undefined, written: Promise.resolve() };
      this.#files.set(label, file);
    }
    return file;
  }

  #flush(label: number, file: Growing): void {
    if (file.size === 0) return;
    const { buffer } = file;
    this.#write(label, file, buffer.subarray(0, file.size), () => this.#spare.push(buffer));
    file.buffer = this.#buffer();
    file.size = 0;
  }

  /** What was written is used again: it need not be cleared away. */
  #buffer(): Buffer {
    return this.#spare.pop() ?? Buffer.allocUnsafeSlow(gathered);
  }

  #write(label: number, file: Growing, data: Buffer, done: () => void = () => undefined): void {
    const { storage, job, nameOf } = this.#options;
    this.#waiting += data.length;
    file.written = file.written.then(async () => {
      file.writer ??= await storage.create(job, nameOf(label), ndjson);
      await file.writer.write(data);
      this.#waiting -= data.length;
      done();
    });
    // Whoever adds or finishes sees the fault.
    file.written.catch(() => undefined);
  }

  /** From here on all of them are there. */
  async finish(): Promise<readonly JobFile[]> {
    for (const [label, file] of this.#files) this.#flush(label, file);
    const files = await Promise.allSettled([...this.#files].map(([label, file]) => this.#finish(label, file)));
    const failed = files.find((file) => file.status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
    return files.map((file) => (file as PromiseFulfilledResult<JobFile>).value);
  }

  async #finish(label: number, file: Growing): Promise<JobFile> {
    await file.written;
    const type = this.#options.typeOf(label);
    const bytes = (await file.writer?.finish()) ?? 0;
    file.writer = undefined;
    return { name: this.#options.nameOf(label), bytes, contentType: ndjson, count: file.count, ...(type === undefined ? {} : { type }) };
  }

  /** As if none had been begun. */
  async abort(): Promise<void> {
    for (const file of this.#files.values()) {
      await file.written.catch(() => undefined);
      await file.writer?.abort();
    }
  }
}
