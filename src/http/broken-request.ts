/** Requests that are no HTTP: answered on the bare socket, which then closes. https://nodejs.org/docs/latest-v20.x/api/http.html#event-clienterror */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type IssueType, outcomeOf } from '../fhir/outcome.ts';

interface Refusal {
  readonly status: string;
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

function message({ status, code, text }: Refusal): string {
  const body = JSON.stringify(outcomeOf([{ severity: 'error', code, diagnostics: text }]));
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/fhir+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}`;
  return `${head}\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body}`;
}

/** The response that Node is writing to this socket at the moment, which must not be written into. */
const current = (socket: Duplex): ServerResponse | null | undefined => (socket as { _httpMessage?: ServerResponse | null })._httpMessage;

export function answerBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable || current(socket)?.headersSent) return void socket.destroy();
  const refusal = refusals[error.code ?? ''] ?? malformed;
  // Destroyed only once the answer is out and the client had a moment to read it.
  socket.end(message(refusal), () => setTimeout(() => socket.destroy(), 500).unref());
}
