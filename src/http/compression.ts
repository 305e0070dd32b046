/** Compressing responses as Accept-Encoding allows. https://www.rfc-editor.org/rfc/rfc9110.html#name-accept-encoding */
import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { type Preference, parsePreferences } from './media-type.ts';
import { remembered } from './remembered.ts';

export type Encoding = 'gzip' | 'deflate' | 'br';

/** Shorter texts fit into one packet anyway. */
export const worthCompressing = 1024;

/** Up to here compressing at once (0.4 ms) takes less than handing the text to another thread (0.25 ms of CPU more). */
const small = 65_536;

// Quick levels: a little longer than the usual ones, at half the CPU.
const deflateOptions: zlib.ZlibOptions = { level: 1 };
const brotliOptions: zlib.BrotliOptions = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } };

/** In the server's order where the client has none: brotli at its quickest takes half the CPU of gzip and is as small. */
const encodings: readonly Encoding[] = ['br', 'gzip', 'deflate'];

const qualityOf = (members: readonly Preference[], encoding: Encoding): number =>
  (members.find(({ type }) => type === encoding || type === `x-${encoding}`) ?? members.find(({ type }) => type === '*'))?.quality ?? 0;

function choose(header: string): Encoding | 'identity' {
  const members = parsePreferences(header);
  let best: Encoding | 'identity' = 'identity';
  let quality = 0;
  for (const encoding of encodings) {
    const candidate = qualityOf(members, encoding);
    if (candidate > quality) [best, quality] = [encoding, candidate];
  }
  const plain = members.find(({ type }) => type === 'identity')?.quality ?? 0;
  return plain > quality ? 'identity' : best;
}

export const encodingFor = remembered(choose);

const gzip = promisify<string, zlib.ZlibOptions, Buffer>(zlib.gzip);
const deflate = promisify<string, zlib.ZlibOptions, Buffer>(zlib.deflate);
const brotli = promisify<string, zlib.BrotliOptions, Buffer>(zlib.brotliCompress);

function compressNow(text: string, encoding: Encoding): Buffer {
  if (encoding === 'br') return zlib.brotliCompressSync(text, brotliOptions);
  return encoding === 'gzip' ? zlib.gzipSync(text, deflateOptions) : zlib.deflateSync(text, deflateOptions);
}

export function compress(text: string, encoding: Encoding): Buffer | Promise<Buffer> {
  if (text.length <= small) return compressNow(text, encoding);
  if (encoding === 'br') return brotli(text, brotliOptions);
  return encoding === 'gzip' ? gzip(text, deflateOptions) : deflate(text, deflateOptions);
}

export function compressor(encoding: Encoding): Transform {
  if (encoding === 'gzip') return zlib.createGzip(deflateOptions);
  return encoding === 'deflate' ? zlib.createDeflate(deflateOptions) : zlib.createBrotliCompress(brotliOptions);
}
