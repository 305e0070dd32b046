/** A file on the wire: the whole, compressed where the client can, or one range of it. https://www.rfc-editor.org/rfc/rfc9110.html#name-range-requests */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refusal } from '../fhir/outcome.ts';
import type { FhirResponse, FileContent } from '../interactions/interaction.ts';
import { compressor, type Encoding } from './compression.ts';
import { finish } from './linger.ts';
import { parseRange, rangeApplies } from './range.ts';
import type { Exchange } from './response.ts';

const unsatisfiable = (length: number): Error =>
  refusal('value', `The Range lies outside the ${length} bytes of this file.`, {
    status: 416,
    headers: { 'content-range': `bytes */${length}` },
  });

/** Sends what is read; a client that takes nothing for too long is cut off, as one is that went away. */
async function flow({ response, sendIdle }: Exchange, source: Readable, encoding: Encoding | undefined): Promise<void> {
  response.socket?.setTimeout(sendIdle);
  try {
    await (encoding === undefined ? pipeline(source, response) : pipeline(source, compressor(encoding), response));
  } catch (fault) {
    // The client went away, or the file could not be read to its end: the connection is cut, so that it is seen.
    response.destroy();
    if ((fault as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault;
  } finally {
    response.socket?.setTimeout(0);
  }
}

/** `head` are the header pairs of every response. A range is one of the bytes as they lie there: what is compressed has none. */
export async function sendFile(
  exchange: Exchange,
  { status, headers = {} }: FhirResponse,
  { contentType, length, open }: FileContent,
  head: readonly string[],
  accepted: Encoding | undefined,
): Promise<void> {
  const { request, response } = exchange;
  const applies = rangeApplies(request.headers['if-range'] as string | undefined, headers['etag'], headers['last-modified']);
  const range = applies ? parseRange(request.headers.range, length) : undefined;
  if (range === 'unsatisfiable') throw unsatisfiable(length);
  const encoding = range === undefined && length > 0 ? accepted : undefined;
  const { first, last } = range ?? { first: 0, last: length - 1 };
  const all = [...head, 'Content-Type', contentType, 'Vary', 'Accept-Encoding', 'Accept-Ranges', 'bytes'];
  if (encoding === undefined) all.push('Content-Length', String(last - first + 1));
  else all.push('Content-Encoding', encoding);
  if (range !== undefined) all.push('Content-Range', `bytes ${first}-${last}/${length}`);
  const isEmpty = request.method === 'HEAD' || length === 0;
  const source = isEmpty ? undefined : await open({ first, last });
  response.writeHead(range === undefined ? status : 206, all);
  if (source === undefined) return finish(exchange);
  await flow(exchange, source, encoding);
}
