/** Files of jobs in a folder of this machine. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { refusal } from '../fhir/outcome.ts';
import type { BulkStorage, StorageWriter } from './storage.ts';

const full: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** What the system says of a file, in words for who asked for it. */
function told(fault: unknown): unknown {
  const code = (fault as NodeJS.ErrnoException).code ?? '';
  if (!full.has(code)) return fault;
  return refusal('no-store', `There is no room for the files of this job (${code}): nothing of it was published.`, { status: 507 });
}

async function guarded<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (fault) {
    throw told(fault);
  }
}

/** The name is final only once everything is on the disk. */
function writerOf(file: FileHandle, part: string, path: string, folder: string): StorageWriter {
  let bytes = 0;
  const settle = async (): Promise<number> => {
    await file.sync();
    await file.close();
    await rename(part, path);
    const directory = await open(folder, 'r');
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
    return bytes;
  };
  return {
    write: async (data) => {
      for (let sent = 0; sent < data.length; ) {
        const { bytesWritten } = await guarded(file.write(data, sent, data.length - sent));
        sent += bytesWritten;
      }
      bytes += data.length;
    },
    finish: () => guarded(settle()),
    abort: async () => {
      await file.close().catch(() => undefined);
      await rm(part, { force: true });
    },
  };
}

export function localStorage(folder: string): BulkStorage {
  const of = (job: string): string => join(folder, job);
  return {
    create: async (job, name) => {
      const path = join(of(job), name);
      // A process that was given up, but still writes, must not write into the file of the one that took over.
      const part = `${path}.${randomUUID()}.part`;
      await guarded(mkdir(of(job), { recursive: true, mode: 0o700 }));
      return writerOf(await guarded(open(part, 'wx', 0o600)), part, path, of(job));
    },
    read: async (job, name, { first, last }) => {
      const stream = createReadStream(join(of(job), name), { start: first, end: last, highWaterMark: 256 * 1024 });
      const opened = new Promise<void>((resolve) => void stream.once('open', () => resolve()));
      await Promise.race([opened, finished(stream)]).catch((fault: unknown) => {
        throw (fault as NodeJS.ErrnoException).code === 'ENOENT' ? refusal('not-found', `The file ${name} is not there any more.`) : fault;
      });
      return stream;
    },
    remove: (job) => rm(of(job), { recursive: true, force: true }),
  };
}
