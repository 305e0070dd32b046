/** Compressing responses as Accept-Encoding allows. https://www.rfc-editor.org/rfc/rfc9110.html#name-accept-encoding */
import type { Transform } from 'node:stream';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { type Preference, parsePreferences } from './media-type.ts';
import { remembered } from './remembered.ts';

export type Encoding = 'gzip' | 'deflate' | 'br';

/** Shorter texts fit into one packet anyway. */
export const worthCompressing = 1024;

// Quick levels: FHIR JSON shrinks to a sixth even so, at a quarter of the CPU of the usual level.
const deflateOptions: zlib.ZlibOptions = { level: 1 };
const brotliOptions: zlib.BrotliOptions = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 1 } };

/** In the server's order of preference where the client has none: gzip costs least. */
const encodings: readonly Encoding[] = ['gzip', 'deflate', 'br'];

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

export function compress(text: string, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return gzip(text, deflateOptions);
  return encoding === 'deflate' ? deflate(text, deflateOptions) : brotli(text, brotliOptions);
}

export function compressor(encoding: Encoding): Transform {
  if (encoding === 'gzip') return zlib.createGzip(deflateOptions);
  return encoding === 'deflate' ? zlib.createDeflate(deflateOptions) : zlib.createBrotliCompress(brotliOptions);
}
