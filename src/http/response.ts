/** A FhirResponse on the wire: format, length or stream, compression, ranges, HEAD. https://hl7.org/fhir/R4/http.html */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type OperationOutcome, refusal } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { FhirResponse } from '../interactions/interaction.ts';
import { compress, type Encoding, encodingFor, worthCompressing } from './compression.ts';
import { sendFile } from './file-response.ts';
import type { Formats } from './formats.ts';
import { finish } from './linger.ts';
import type { Format } from './negotiation.ts';
import { parseRange, rangeApplies } from './range.ts';
import { collectPieces, sendPieces } from './stream.ts';

/** One request with everything that shapes its response. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly formats: Formats;
  readonly format: Format;
  /** Header pairs, flat, that every response carries. */
  readonly common: readonly string[];
  /** Milliseconds that a client may pause while receiving. */
  readonly sendIdle: number;
}

/** Patient data must not rest in caches, and no browser may guess another type. */
const safety: readonly string[] = ['X-Content-Type-Options', 'nosniff'];

// A Binary may hold HTML of anyone's making: it must never run as a page of this origin.
const sandbox: readonly string[] = ['Content-Security-Policy', "sandbox; default-src 'none'"];

const mediaTypeValue = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+\/[!#$%&'*+\-.^_`|~0-9A-Za-z]+(?:\s*;[\x20-\x7e]*)?$/;

/** Clients take some 16 KB of headers altogether. */
const longestMediaType = 1_000;

function headOf(exchange: Exchange, headers: FhirResponse['headers']): string[] {
  const head = [...exchange.common, ...safety];
  let cacheable = false;
  for (const name in headers) {
    head.push(name, headers[name] as string);
    if (name === 'cache-control') cacheable = true;
  }
  if (!cacheable) head.push('Cache-Control', 'no-store');
  return head;
}

function encodingOf(exchange: Exchange): Encoding | undefined {
  const accepted = exchange.request.headers['accept-encoding'];
  const encoding = typeof accepted === 'string' && accepted !== '' ? encodingFor(accepted) : 'identity';
  return encoding === 'identity' ? undefined : encoding;
}

function textHead(exchange: Exchange, reply: FhirResponse): string[] {
  const head = headOf(exchange, reply.headers);
  head.push('Content-Type', exchange.format.contentType, 'Vary', 'Accept, Accept-Encoding');
  return head;
}

async function sendText(exchange: Exchange, reply: FhirResponse, text: string): Promise<void> {
  const encoding = text.length >= worthCompressing ? encodingOf(exchange) : undefined;
  const payload = encoding === undefined ? text : await compress(text, encoding);
  const head = textHead(exchange, reply);
  if (encoding !== undefined) head.push('Content-Encoding', encoding);
  head.push('Content-Length', String(Buffer.byteLength(payload)));
  exchange.response.writeHead(reply.status, head);
  finish(exchange, payload);
}

async function sendStream(exchange: Exchange, reply: FhirResponse, pieces: AsyncIterable<string>): Promise<void> {
  if (exchange.format.name === 'xml' || exchange.format.pretty) {
    return sendText(exchange, reply, exchange.formats.rewrite(await collectPieces(pieces), exchange.format));
  }
  const encoding = encodingOf(exchange);
  const start = (): void => {
    const head = textHead(exchange, reply);
    if (encoding !== undefined) head.push('Content-Encoding', encoding);
    exchange.response.writeHead(reply.status, head);
  };
  const whole = await sendPieces(exchange, pieces, encoding, start);
  if (whole !== undefined) await sendText(exchange, reply, whole);
}

const header = (reply: FhirResponse, name: string): string | undefined => reply.headers?.[name];

function sendBytes(exchange: Exchange, reply: FhirResponse, bytes: NonNullable<FhirResponse['bytes']>): void {
  const { contentType } = bytes;
  const parts = bytes.parts ?? new WholeBytes(bytes.data);
  const { length } = parts;
  const { headers } = exchange.request;
  const applies =
    reply.status === 200 && rangeApplies(headers['if-range'] as string | undefined, header(reply, 'etag'), header(reply, 'last-modified'));
  const range = applies ? parseRange(headers.range, length) : undefined;
  if (range === 'unsatisfiable') throw unsatisfiable(length);
  const part = range === undefined ? bytes.data : parts.part(range.first, range.last);
  const head = [...headOf(exchange, reply.headers), ...sandbox, 'Vary', 'Accept', 'Accept-Ranges', 'bytes'];
  head.push(
    'Content-Type',
    contentType.length <= longestMediaType && mediaTypeValue.test(contentType) ? contentType : 'application/octet-stream',
    'Content-Length',
    String(part.length),
  );
  if (range !== undefined) head.push('Content-Range', `bytes ${range.first}-${range.last}/${length}`);
  exchange.response.writeHead(range === undefined ? reply.status : 206, head);
  finish(exchange, part);
}

class WholeBytes {
  private readonly data: Buffer;

  constructor(data: Buffer) {
    this.data = data;
  }

  get length(): number {
    return this.data.length;
  }

  part(first: number, last: number): Buffer {
    return this.data.subarray(first, last + 1);
  }
}

const unsatisfiable = (length: number): Error =>
  refusal('value', `The Range lies outside the ${length} bytes of this Binary.`, {
    status: 416,
    headers: { 'content-range': `bytes */${length}` },
  });

function sendNothing(exchange: Exchange, reply: FhirResponse): void {
  const head = headOf(exchange, reply.headers);
  if (reply.status !== 204 && reply.status !== 304) head.push('Content-Length', '0');
  exchange.response.writeHead(reply.status, head);
  finish(exchange);
}

const isStream = (body: Resource | OperationOutcome | AsyncIterable<string>): body is AsyncIterable<string> => Symbol.asyncIterator in body;

/** Resolves when the response was handed over whole or the client went away; rejects before anything was sent, or with the connection cut. */
export async function send(exchange: Exchange, reply: FhirResponse): Promise<void> {
  const { body, bytes, file, status } = reply;
  if (file !== undefined) return sendFile(exchange, reply, file, headOf(exchange, reply.headers), encodingOf(exchange));
  if (bytes !== undefined) return sendBytes(exchange, reply, bytes);
  if (body === undefined || status === 204 || status === 304) return sendNothing(exchange, reply);
  if (typeof body === 'string') return sendText(exchange, reply, exchange.formats.rewrite(body, exchange.format));
  if (isStream(body)) return sendStream(exchange, reply, body);
  return sendText(exchange, reply, exchange.formats.write(body, exchange.format));
}
