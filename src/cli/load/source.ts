/** Where resources are read from: files, folders with all below them, and zip archives, each opened only when its turn comes. */
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

export interface Source {
  /** As the user knows it: `folder/patient.json.gz`, `export.zip/Patient.ndjson`. */
  readonly name: string;
  /** Bytes as they lie on the disk. */
  readonly size: number;
  /** Text bytes, decompressed; `seen` is told of bytes read from the disk. */
  open(seen: (bytes: number) => void): Promise<Readable>;
}

const loadable = /\.(json|ndjson|jsonl)(\.gz)?$|\.zip$/i;

/** Files of package managers, indexes and the logs of bulk clients lie beside resources and are none. */
const isNoise = (name: string): boolean =>
  name.startsWith('.') || /^((package(-lock)?|tsconfig|manifest)\.json|log\.ndjson(\.gz)?)$/i.test(name);

/** Names below a folder, in order; anything that cannot hold resources is passed over. */
function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !isNoise(name));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (statSync(path).isDirectory()) return filesBelow(path);
    return loadable.test(entry.name) ? [path] : [];
  });
}

/** Counts bytes as they pass and unpacks them when the name says so. */
function unpacked(raw: Readable, name: string, seen: (bytes: number) => void): Readable {
  raw.on('data', (chunk: Buffer) => seen(chunk.length));
  if (!/\.gz$/i.test(name)) return raw;
  const text = createGunzip();
  raw.once('error', (error) => text.destroy(error));
  return raw.pipe(text);
}

const fileSource = (path: string): Source => ({
  name: path,
  size: statSync(path).size,
  open: (seen) => Promise.resolve(unpacked(createReadStream(path), path, seen)),
});

function entrySource(path: string, zip: ZipFile, entry: Entry): Source {
  const open: Source['open'] = async (seen) => {
    // Progress counts what lies on the disk, while the archive hands out unpacked bytes.
    const share = entry.uncompressedSize === 0 ? 0 : entry.compressedSize / entry.uncompressedSize;
    return unpacked(await zip.openReadStreamPromise(entry), entry.fileName, (bytes) => seen(bytes * share));
  };
  return { name: join(path, entry.fileName), size: entry.compressedSize, open };
}

async function zipSources(path: string, close: (() => void)[]): Promise<Source[]> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false });
  close.push(() => zip.close());
  const sources: Source[] = [];
  await new Promise<void>((done, fail) => {
    zip.once('error', fail).once('end', done);
    zip.on('entry', (entry: Entry) => {
      const { fileName } = entry;
      if (/\.(json|ndjson|jsonl)(\.gz)?$/i.test(fileName) && !isNoise(basename(fileName))) sources.push(entrySource(path, zip, entry));
      zip.readEntry();
    });
    zip.readEntry();
  });
  return sources;
}

const comesFirst = [/(^|[^a-z])(hospital|organization|location)/i, /(^|[^a-z])practitioner/i];

/** Rank of loading: what others refer to by search comes first (Synthea writes hospitals and practitioners apart). */
export function rankOf(name: string): number {
  const rank = comesFirst.findIndex((pattern) => pattern.test(basename(name)));
  return rank === -1 ? comesFirst.length : rank;
}

const byRankThenName = (a: Source, b: Source): number =>
  rankOf(a.name) - rankOf(b.name) || a.name.localeCompare(b.name, 'en', { numeric: true });

export interface Sources {
  readonly list: readonly Source[];
  /** Files that cannot be opened, with the reason. */
  readonly unreadable: readonly { readonly name: string; readonly reason: string }[];
  close(): void;
}

async function sourcesOf(path: string, close: (() => void)[]): Promise<Source[]> {
  const files = statSync(path).isDirectory() ? filesBelow(path) : [path];
  const lists = files.map((file) => (/\.zip$/i.test(file) ? zipSources(file, close) : Promise.resolve([fileSource(file)])));
  return (await Promise.all(lists)).flat();
}

/** Everything below the given paths, in the order of loading. */
export async function findSources(paths: readonly string[]): Promise<Sources> {
  const close: (() => void)[] = [];
  const list: Source[] = [];
  const unreadable: { name: string; reason: string }[] = [];
  for (const path of paths) {
    try {
      list.push(...(await sourcesOf(path, close)));
    } catch (error) {
      unreadable.push({ name: path, reason: reasonOf(error) });
    }
  }
  return { list: list.sort(byRankThenName), unreadable, close: () => close.forEach((one) => void one()) };
}

export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file or folder';
  if (code === 'EACCES' || code === 'EPERM') return 'it may not be read by this user';
  return message;
}
