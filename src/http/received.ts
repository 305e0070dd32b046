/** Receiving a request body: whole, within its limit, in time, inflated. https://www.rfc-editor.org/rfc/rfc9110.html#name-content-encoding */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { type FhirError, refusal } from '../fhir/outcome.ts';

/** Counts what is held in memory; `take` throws when there is no more room. */
export interface Hold {
  take(bytes: number): void;
}

export interface BodyLimit {
  /** Bytes of a body, as sent and inflated. */
  readonly bytes: number;
  /** Milliseconds that a client may pause while sending. */
  readonly idle: number;
}

/** The client went away; nobody is left to answer. */
export class ClientGone extends Error {}

const empty = Buffer.alloc(0);

const tooLong = (limit: BodyLimit): FhirError =>
  refusal('too-long', `The body is larger than the ${limit.bytes} bytes that this server takes; send it in parts.`, {
    headers: { connection: 'close' },
  });

const tooSlow = (limit: BodyLimit): FhirError =>
  refusal('timeout', `The body did not arrive: nothing came for ${limit.idle} ms.`, { status: 408, headers: { connection: 'close' } });

export function hasBody(request: IncomingMessage): boolean {
  const length = request.headers['content-length'];
  return (length !== undefined && length !== '0') || request.headers['transfer-encoding'] !== undefined;
}

const declaredLength = (request: IncomingMessage): number => Number(request.headers['content-length'] ?? 0);

/** True when the declared length alone is reason enough to refuse. */
export const declaresTooMuch = (request: IncomingMessage, limit: BodyLimit): boolean => declaredLength(request) > limit.bytes;

function collect(request: IncomingMessage, limit: BodyLimit, hold: Hold): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (finish: () => void): void => {
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('timeout', onTimeout);
      request.socket.setTimeout(0);
      finish();
    };
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      try {
        if (size > limit.bytes) throw tooLong(limit);
        hold.take(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const onEnd = (): void => settle(() => resolve(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size)));
    const onClose = (): void => settle(() => reject(new ClientGone('the client closed the connection before its body was complete')));
    const onTimeout = (): void => settle(() => reject(tooSlow(limit)));
    // The stream reports an early end as an error as well; `close` follows in every case.
    request
      .on('error', () => {})
      .on('data', onData)
      .on('end', onEnd)
      .on('close', onClose)
      .on('timeout', onTimeout);
    request.socket.setTimeout(limit.idle);
  });
}

type Inflate = (bytes: Buffer, options: zlib.ZlibOptions) => Promise<Buffer>;

const gunzip: Inflate = promisify(zlib.gunzip);
const inflateZlib: Inflate = promisify(zlib.inflate);
const inflateRaw: Inflate = promisify(zlib.inflateRaw);
const brotli: Inflate = promisify(zlib.brotliDecompress);

/** `deflate` is the zlib format, but some clients send it without the zlib header. */
function deflateReader(bytes: Buffer): Inflate {
  const head = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  return (head & 0x0f00) === 0x0800 && head % 31 === 0 ? inflateZlib : inflateRaw;
}

function inflater(encoding: string, bytes: Buffer): Inflate {
  if (encoding === 'gzip' || encoding === 'x-gzip') return gunzip;
  if (encoding === 'br') return brotli;
  if (encoding === 'deflate') return deflateReader(bytes);
  throw refusal('not-supported', 'The Content-Encoding is not one that this server reads: gzip, deflate, br or none.', {
    status: 415,
    headers: { 'accept-encoding': 'gzip, deflate, br' },
  });
}

async function inflate(bytes: Buffer, encoding: string, limit: BodyLimit): Promise<Buffer> {
  const read = inflater(encoding, bytes);
  try {
    return await read(bytes, { maxOutputLength: limit.bytes, chunkSize: 65_536 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLong(limit);
    throw refusal('structure', `The body is not valid ${encoding} data, though its Content-Encoding says so.`);
  }
}

let inflating: Promise<unknown> = Promise.resolve();

/** One at a time: what comes out may be a thousand times as long, and is counted only then. */
function inOrder<T>(work: () => Promise<T>): Promise<T> {
  const mine = inflating.then(work);
  inflating = mine.catch(() => undefined);
  return mine;
}

/** The bytes of the body after decoding; throws FhirError 400, 408, 413, 415, 429, or ClientGone. */
export async function receive(request: IncomingMessage, limit: BodyLimit, hold: Hold): Promise<Buffer> {
  if (!hasBody(request)) return empty;
  if (declaresTooMuch(request, limit)) throw tooLong(limit);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== '') inflater(encoding, empty);
  const bytes = await collect(request, limit, hold);
  if (encoding === 'identity' || encoding === '' || bytes.length === 0) return bytes;
  const inflated = await inOrder(() => inflate(bytes, encoding, limit));
  hold.take(inflated.length);
  return inflated;
}
