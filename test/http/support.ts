/** A server on a free loopback port whose interactions are a function of the test. */
import net from 'node:net';
import { refusal } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import type { Dispatch } from '../../src/http/fhir-handler.ts';
import type { Codec } from '../../src/http/formats.ts';
import { createHttpServer, type HttpOptions } from '../../src/http/http-server.ts';
import type { FhirRequest } from '../../src/interactions/interaction.ts';
import { createLog } from '../../src/log.ts';

/** Enough of the two formats to see which one was used. */
export const plainCodec: Codec = {
  parseJson: (text) => {
    try {
      return JSON.parse(text);
    } catch {
      throw refusal('structure', 'The body is not JSON.');
    }
  },
  printJson: (value, pretty) => JSON.stringify(value, undefined, pretty ? 2 : undefined),
  readXml: (text) => {
    const type = /^<([A-Z][A-Za-z]+)/.exec(text)?.[1];
    if (type === undefined) throw refusal('structure', 'The body is not XML.');
    return { resourceType: type };
  },
  writeXml: (resource: Resource, pretty) => `<${resource.resourceType} xmlns="http://hl7.org/fhir"${pretty ? '\n' : ''}/>`,
};

export interface Running {
  readonly url: string;
  readonly port: number;
  readonly requests: FhirRequest[];
  readonly log: string[];
  close(): Promise<void>;
}

/** Everything that reached dispatch is kept in `requests`, every line of the log in `log`. */
export async function start(dispatch: Dispatch, options: Partial<HttpOptions> = {}): Promise<Running> {
  const requests: FhirRequest[] = [];
  const log: string[] = [];
  const server = createHttpServer({
    host: '127.0.0.1',
    port: 0,
    corsOrigins: ['*'],
    bodyLimit: 1 << 20,
    shutdownTimeout: 2_000,
    version: '0.0.0',
    log: createLog('debug', { write: (line: string) => void log.push(line) }),
    codec: plainCodec,
    dispatch: (request) => {
      requests.push(request);
      return dispatch(request);
    },
    checkDatabase: async () => undefined,
    ...options,
  });
  const { url, port } = await server.listen();
  return { url, port, requests, log, close: () => server.close() };
}

/** Sends raw text and resolves with all that comes back until the server closes or `ms` pass. */
export function raw(port: number, text: string | Buffer, ms = 3_000): Promise<{ text: string; closed: boolean }> {
  return new Promise((resolve) => {
    let received = '';
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    const done = (closed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text: received, closed });
    };
    const timer = setTimeout(done, ms, false);
    socket.on('data', (chunk) => (received += chunk.toString('utf8')));
    socket.on('close', () => done(true)).on('error', () => {});
  });
}

export const patient = '{"resourceType":"Patient","id":"1","meta":{"versionId":"1"}}';

export const outcome = (text: string): { resourceType: string; issue: { severity: string; code: string; diagnostics: string }[] } =>
  JSON.parse(text);
