/**
 * Ending a response, also to a client that is still sending: a connection closed on unread data is reset,
 * and the client would never see why. https://www.rfc-editor.org/rfc/rfc9112.html#name-tear-down
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasBody } from './received.ts';

interface Ends {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** A rest this small is read and thrown away by Node, and the connection lives on. */
const smallRest = 1_048_576;
const lingerMs = 2_000;
/** A response this large may outlive the client's patience in the socket's buffer. */
const largeResponse = 65_536;
const stuckMs = 120_000;

const isUnread = (request: IncomingMessage): boolean => !request.complete && hasBody(request);

/** True when the body was not read to its end and is too long to be waited for. */
export const leavesRest = (request: IncomingMessage): boolean =>
  isUnread(request) && !(Number(request.headers['content-length']) <= smallRest);

/** The response is whole on the wire; what still comes is discarded for a moment before the connection closes. */
function linger({ request, response }: Ends): void {
  const close = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(close, lingerMs);
  request
    .once('end', close)
    .once('close', close)
    .on('error', () => {});
  request.resume();
}

/** Sends the last bytes of a response whose head is written. */
export function finish(ends: Ends, payload?: string | Buffer): void {
  const { request, response } = ends;
  if (payload === undefined || request.method === 'HEAD') response.end();
  else if (isUnread(request) && response.shouldKeepAlive === false) {
    response.write(payload);
    linger(ends);
  } else response.end(payload);
  if (payload !== undefined && payload.length > largeResponse && response.writableLength > 0) response.socket?.setTimeout(stuckMs);
}
