/**
 * The files of a FHIR package: a .tgz as registries hand it out, a zip archive, or a folder.
 * https://confluence.hl7.org/display/FHIR/NPM+Package+Specification
 */
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import yauzl from 'yauzl';
import { reasonOf } from '../load/source.ts';
import { CommandError } from '../terminal.ts';
import { tarEntries } from './tar.ts';

export interface PackageFile {
  /** Within the package: `package.json`, `StructureDefinition-x.json`, `example/Patient-y.json`. */
  readonly path: string;
  readonly size: number;
  /** To be asked for before the next file, or never. */
  content(): Promise<Buffer>;
}

/** Far above the largest packages that are published, and few enough to be read in a minute. */
export const limits = { unpacked: 4 * 2 ** 30, file: 128 << 20, files: 200_000 };

export type Limits = typeof limits;

const megabytes = (bytes: number): string => `${Math.floor(bytes / (1 << 20))} MB`;

/** Stops what unpacks to more than any package. */
async function* atMost(source: AsyncIterable<Buffer>, { unpacked }: Limits): AsyncGenerator<Buffer> {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.length;
    if (total > unpacked) throw new CommandError(`it is larger than ${megabytes(unpacked)} when it is unpacked, as no package is`);
    yield chunk;
  }
}

async function* tgzFiles(path: string, most: Limits): AsyncGenerator<PackageFile> {
  const raw = createReadStream(path);
  const unpacked = createGunzip();
  raw.once('error', (error) => unpacked.destroy(error));
  try {
    yield* tarEntries(atMost(raw.pipe(unpacked), most));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code.startsWith('Z_')) throw new CommandError(`it is damaged or cut off: ${(error as Error).message}`, { cause: error });
    throw error;
  } finally {
    raw.destroy();
    unpacked.destroy();
  }
}

async function* zipFiles(path: string): AsyncGenerator<PackageFile> {
  let zip: yauzl.ZipFile | undefined;
  try {
    const opened = (zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false }));
    for await (const entry of opened.eachEntry()) {
      const { fileName, uncompressedSize } = entry;
      if (fileName.endsWith('/')) continue;
      yield { path: fileName, size: uncompressedSize, content: async () => buffer(await opened.openReadStreamPromise(entry)) };
    }
  } catch (error) {
    if (error instanceof CommandError || (error as NodeJS.ErrnoException).code !== undefined) throw error;
    throw new CommandError(`it is no zip archive that can be read: ${(error as Error).message}`, { cause: error });
  } finally {
    zip?.close();
  }
}

/** A folder is one that holds package.json, or one called `package` that does. */
async function* folderFiles(path: string): AsyncGenerator<PackageFile> {
  const folder = existsSync(join(path, 'package.json')) ? path : join(path, 'package');
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const file = join(folder, entry.name);
    if (entry.isFile()) yield { path: entry.name, size: statSync(file).size, content: async () => readFileSync(file) };
  }
}

async function beginning(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer: bytes, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytes.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function filesIn(path: string, most: Limits): Promise<AsyncGenerator<PackageFile>> {
  if (statSync(path).isDirectory()) return folderFiles(path);
  const first = await beginning(path);
  if (first.startsWith('\x1f\x8b')) return tgzFiles(path, most);
  if (first.startsWith('PK')) return zipFiles(path);
  throw new CommandError('it is neither a .tgz (tar, compressed with gzip), nor a zip archive, nor a folder');
}

/** Archives hold the package in a folder `package`. */
function pathWithin(path: string): string {
  const plain = path.replace(/^\.\//, '');
  if (/^([\\/]|[a-z]:)|(^|[\\/])\.\.([\\/]|$)|\0/i.test(plain))
    throw new CommandError(`its file "${path}" would lie outside of the package`);
  return plain.replace(/^package\//, '');
}

/** Throws CommandError that names the package and says what is wrong with it. */
export async function* packageFiles(path: string, most: Limits = limits): AsyncGenerator<PackageFile> {
  let count = 0;
  let total = 0;
  try {
    for await (const file of await filesIn(path, most)) {
      total += file.size;
      if (++count > most.files) throw new CommandError(`it has more than ${most.files} files, as no package has`);
      if (file.size > most.file) throw new CommandError(`its file "${file.path}" is larger than ${megabytes(most.file)}`);
      if (total > most.unpacked)
        throw new CommandError(`it is larger than ${megabytes(most.unpacked)} when it is unpacked, as no package is`);
      yield {
        ...file,
        path: pathWithin(file.path),
        content: () => file.content().catch((error: unknown) => Promise.reject(told(path, error))),
      };
    }
  } catch (error) {
    throw told(path, error);
  }
}

function told(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (!(error instanceof CommandError) && code === undefined) return error;
  const reason = error instanceof CommandError ? error.message : reasonOf(error);
  return new CommandError(`${path} is not a package that can be installed: ${reason}.`, { cause: error });
}
