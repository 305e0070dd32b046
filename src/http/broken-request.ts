/** Requests that are no HTTP: answered on the bare socket, which then closes. https://nodejs.org/docs/latest-v20.x/api/http.html#event-clienterror */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type IssueType, outcomeOf } from '../fhir/outcome.ts';
import { allowedMethods } from './cors.ts';

interface Refusal {
  readonly status: string;
  readonly allow?: string;
  readonly code: IssueType;
  readonly text: string;
}

const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: '431 Request Header Fields Too Large',
    code: 'too-long',
    text: 'The request line and headers are too long; send long searches by POST to _search.',
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: '413 Content Too Large',
    code: 'too-long',
    text: 'The chunk extensions of the body are too long.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { status: '408 Request Timeout', code: 'timeout', text: 'The request did not arrive in time.' },
};

const malformed: Refusal = { status: '400 Bad Request', code: 'structure', text: 'This is not a well-formed HTTP/1.1 request.' };

const unknownMethod: Refusal = {
  status: '405 Method Not Allowed',
  allow: allowedMethods,
  code: 'not-supported',
  text: `The method is not one of ${allowedMethods}.`,
};

/** Node refuses methods that it has never heard of; such a request is well-formed otherwise. */
const requestLine = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,32} \S+ HTTP\/1\.[01]\r\n/;

interface ParseError extends NodeJS.ErrnoException {
  readonly rawPacket?: Buffer;
}

function refusalOf({ code = '', rawPacket }: ParseError): Refusal {
  if (code === 'HPE_INVALID_METHOD' && rawPacket !== undefined && requestLine.test(rawPacket.toString('latin1'))) return unknownMethod;
  return refusals[code] ?? malformed;
}

function message({ status, allow, code, text }: Refusal, isHead: boolean): string {
  const body = JSON.stringify(outcomeOf([{ severity: 'error', code, diagnostics: text }]));
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/fhir+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}`;
  const allowed = allow === undefined ? '' : `\r\nAllow: ${allow}`;
  return `${head}${allowed}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${isHead ? '' : body}`;
}

const isHead = ({ rawPacket }: ParseError): boolean => rawPacket?.toString('latin1', 0, 5) === 'HEAD ';

/** The response that Node is writing to this socket at the moment, which must not be written into. */
const current = (socket: Duplex): ServerResponse | null | undefined => (socket as { _httpMessage?: ServerResponse | null })._httpMessage;

export function answerBrokenRequest(error: ParseError, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable || current(socket)?.headersSent) return void socket.destroy();
  // Destroyed only once the answer is out and the client had a moment to read it.
  socket.end(message(refusalOf(error), isHead(error)), () => setTimeout(() => socket.destroy(), 500).unref());
}
