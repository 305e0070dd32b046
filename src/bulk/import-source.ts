/** Where the lines of an import come from: a URL of the client's, or what it sent with its request; whole or from a place on, unpacked. */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { GuardedFiles } from '../auth/guarded-fetch.ts';
import type { ImportFile, ImportInput } from './import-input.ts';
import type { BulkStorage } from './storage.ts';

/** Under this name the upload lies in the storage. */
export const uploadName = 'upload.ndjson';

export interface OpenSource {
  readonly pieces: AsyncIterable<Buffer>;
  /** Bytes of the whole file as it lies there, where that is known. */
  readonly size?: number;
  readonly validator?: string;
  readonly packed: boolean;
  /** It can be opened from a place on. */
  readonly hasRanges: boolean;
}

/** The file is another one by now than the one that was begun. */
export class SourceChanged extends Error {}

export interface SourceOptions {
  readonly files: GuardedFiles;
  readonly storage: Pick<BulkStorage, 'read'>;
  readonly signal: AbortSignal;
}

interface Place {
  readonly offset: number;
  readonly validator?: string | undefined;
  readonly packed?: boolean | undefined;
}

const isGzip = (piece: Buffer): boolean => piece[0] === 0x1f && piece[1] === 0x8b;

interface Content {
  readonly pieces: AsyncIterable<Buffer>;
  readonly packed: boolean;
}

/** The pieces as text bytes, whatever the name says. */
async function unpacked(pieces: AsyncIterable<Buffer>): Promise<Content> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  async function* all(): AsyncGenerator<Buffer> {
    try {
      for (let each = first; !each.done; each = await iterator.next()) yield each.value;
    } finally {
      await iterator.return?.();
    }
  }
  if (first.done || !isGzip(first.value)) return { pieces: all(), packed: false };
  const raw = Readable.from(all());
  const text = createGunzip();
  raw.once('error', (fault) => text.destroy(fault));
  text.once('close', () => raw.destroy());
  return { pieces: raw.pipe(text) as AsyncIterable<Buffer>, packed: true };
}

/** Without the first bytes. */
async function* after(pieces: AsyncIterable<Buffer>, bytes: number): AsyncGenerator<Buffer> {
  let left = bytes;
  for await (const piece of pieces) {
    if (left >= piece.length) left -= piece.length;
    else {
      yield left === 0 ? piece : piece.subarray(left);
      left = 0;
    }
  }
}

async function fetched({ files, signal }: SourceOptions, url: string, { offset, validator, packed }: Place): Promise<OpenSource> {
  const part = offset === 0 || validator === undefined || packed ? undefined : { offset, validator };
  const file = await files.file(url, part, signal);
  if (validator !== undefined && offset > 0 && file.validator !== validator) throw new SourceChanged();
  const content = file.offset > 0 ? { pieces: file.body, packed: false } : await unpacked(file.body);
  const { size } = file;
  return {
    ...{ pieces: file.offset > 0 ? file.body : after(content.pieces, offset), packed: content.packed },
    ...(size === undefined ? {} : { size }),
    ...(file.validator === undefined ? {} : { validator: file.validator }),
    hasRanges: file.hasRanges && file.validator !== undefined && !content.packed,
  };
}

async function* nothing(): AsyncGenerator<Buffer> {}

async function uploaded({ storage }: SourceOptions, { upload = '', bytes = 0 }: ImportInput, { offset }: Place): Promise<OpenSource> {
  const stored = bytes === 0 ? nothing() : await storage.read(upload, uploadName, { first: 0, last: bytes - 1 });
  const { pieces, packed } = await unpacked(stored);
  return { pieces: after(pieces, offset), size: bytes, packed, hasRanges: !packed };
}

/** From a place on: `offset` counts bytes of text. Throws FetchRefused, SourceChanged, or another error for what may be there later. */
export const openSource = (options: SourceOptions, input: ImportInput, file: ImportFile, place: Place): Promise<OpenSource> =>
  file.url === undefined ? uploaded(options, input, place) : fetched(options, file.url, place);
