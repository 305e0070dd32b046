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
  #waiting = 0;

  constructor(options: LineFilesOptions) {
    this.#options = options;
  }

  /** Appends parts of one line; undefined = there is room for more. The bytes are copied. */
  add(label: number, parts: readonly Buffer[]): Promise<void> | undefined {
    const file = this.#fileOf(label);
    file.count++;
    for (const part of parts) this.#append(label, file, part);
    return this.#waiting > mostWaiting ? file.written : undefined;
  }

  #fileOf(label: number): Growing {
    let file = this.#files.get(label);
    if (file === undefined) {
      file = { buffer: Buffer.allocUnsafe(gathered), size: 0, count: 0, writer: undefined, written: Promise.resolve() };
      this.#files.set(label, file);
    }
    return file;
  }

  #append(label: number, file: Growing, part: Buffer): void {
    if (file.size + part.length > gathered) this.#flush(label, file);
    if (part.length > gathered) return this.#write(label, file, Buffer.from(part));
    part.copy(file.buffer, file.size);
    file.size += part.length;
  }

  #flush(label: number, file: Growing): void {
    if (file.size === 0) return;
    this.#write(label, file, file.buffer.subarray(0, file.size));
    file.buffer = Buffer.allocUnsafe(gathered);
    file.size = 0;
  }

  #write(label: number, file: Growing, data: Buffer): void {
    const { storage, job, nameOf } = this.#options;
    this.#waiting += data.length;
    file.written = file.written.then(async () => {
      file.writer ??= await storage.create(job, nameOf(label), ndjson);
      await file.writer.write(data);
      this.#waiting -= data.length;
    });
    // Whoever adds or finishes sees the fault.
    file.written.catch(() => undefined);
  }

  /** From here on all of them are there. */
  async finish(): Promise<readonly JobFile[]> {
    const files: JobFile[] = [];
    for (const [label, file] of this.#files) {
      this.#flush(label, file);
      await file.written;
      const type = this.#options.typeOf(label);
      const bytes = (await file.writer?.finish()) ?? 0;
      file.writer = undefined;
      files.push({
        name: this.#options.nameOf(label),
        bytes,
        contentType: ndjson,
        count: file.count,
        ...(type === undefined ? {} : { type }),
      });
    }
    return files;
  }

  /** As if none had been begun. */
  async abort(): Promise<void> {
    for (const file of this.#files.values()) {
      await file.written.catch(() => undefined);
      await file.writer?.abort();
    }
  }
}
