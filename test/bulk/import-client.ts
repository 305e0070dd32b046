/** An import as a client of it sees it, and a place that its files come from. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Manifest {
  readonly output: readonly { readonly count: number; readonly inputUrl?: string }[];
  readonly error: readonly { readonly url: string; readonly count: number; readonly inputUrl?: string }[];
  readonly extension: { readonly counts: readonly Record<string, unknown>[] };
}

export type Serve = (request: IncomingMessage, response: ServerResponse) => void;

export interface FileServer {
  readonly host: string;
  /** By path. */
  readonly served: Map<string, Serve>;
  /** Answers the URL. */
  serve(path: string, content: string | Buffer): string;
  close(): void;
}

export async function fileServer(): Promise<FileServer> {
  const served = new Map<string, Serve>();
  const server: Server = createServer((request, response) => {
    const answer = served.get(request.url ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    served,
    serve: (path, content) => {
      served.set(path, (_, response) => response.writeHead(200).end(content));
      return `http://${host}${path}`;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const linesOf = (...lines: readonly object[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

const kickOff = (base: string, body: string | Buffer, type: string): Promise<Response> =>
  fetch(`${base}/$import`, {
    method: 'POST',
    headers: { prefer: 'respond-async', 'content-type': type },
    body: Buffer.from(body) as never,
  });

/** Waits until it is over. */
export async function importOf(base: string, body: string | Buffer | readonly object[]): Promise<Manifest> {
  const isFiles = Array.isArray(body);
  const manifest = { inputFormat: 'application/fhir+ndjson', inputSource: 'https://example.org', input: body };
  const started = isFiles
    ? await kickOff(base, JSON.stringify(manifest), 'application/json')
    : await kickOff(base, body as string, 'application/fhir+ndjson');
  return done<Manifest>(started);
}

/** What its status tells in the end. */
export async function done<Told>(started: Response): Promise<Told> {
  if (started.status !== 202) throw new Error(await started.text());
  for (;;) {
    const status = await fetch(started.headers.get('content-location') ?? '');
    if (status.status === 200) return (await status.json()) as Told;
    if (status.status !== 202) throw new Error(`${status.status} ${await status.text()}`);
    await sleep(20);
  }
}

interface Outcome {
  readonly issue: readonly { readonly diagnostics: string; readonly code: string; readonly expression?: readonly string[] }[];
}

/** All that is told of lines that were refused. */
export async function errorsOf({ error }: Manifest): Promise<Outcome['issue'][number][]> {
  const texts = await Promise.all(error.map(async ({ url }) => (await fetch(url)).text()));
  return texts.flatMap((text) => text.trimEnd().split('\n')).flatMap((line) => (JSON.parse(line) as Outcome).issue);
}
