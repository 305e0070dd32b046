/** A whole server on a database of its own, asked over HTTP. */

import { readConfig } from '../../src/config.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { createLog } from '../../src/log.ts';
import { createServer } from '../../src/server.ts';
import { testDatabase } from '../support/database.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are whatever the server says
  readonly json: any;
}

export type Sent = Readonly<Record<string, string>>;

export interface TestServer {
  readonly base: string;
  send(method: string, path: string, body?: unknown, headers?: Sent): Promise<Answer>;
  get(path: string, headers?: Sent): Promise<Answer>;
  put(resource: Resource, headers?: Sent): Promise<Answer>;
  /** Ids of the matches, sorted. */
  ids(path: string, headers?: Sent): Promise<string[]>;
  close(): Promise<void>;
}

const isJson = (type: string | null): boolean => type?.includes('json') === true;

export async function openServer(environment: Record<string, string> = {}): Promise<TestServer> {
  const database = await testDatabase();
  const config = readConfig({ PORT: '0', DATABASE_POOL_SIZE: '4', AUTHORIZATION: 'off', ...environment });
  const server = await createServer({ config, connection: database.connection, log: createLog('silent'), version: '1.2.3' });
  const base = `${(await server.listen()).url}/fhir`;
  const send: TestServer['send'] = async (method, path, body, headers = {}) => {
    const text = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const type = body === undefined ? {} : { 'content-type': 'application/fhir+json' };
    const payload = text === undefined ? {} : { body: text };
    const response = await fetch(`${base}/${path}`, { method, headers: { ...type, ...headers }, ...payload } as RequestInit);
    const bytes = Buffer.from(await response.arrayBuffer());
    const json = isJson(response.headers.get('content-type')) && bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : undefined;
    return { status: response.status, headers: response.headers, bytes, json };
  };
  const get: TestServer['get'] = (path, headers) => send('GET', path, undefined, headers);
  return {
    base,
    send,
    get,
    put: (resource, headers) => send('PUT', `${resource.resourceType}/${resource.id}`, resource, headers),
    ids: async (path, headers) => {
      const { json, status } = await get(path, headers);
      if (status !== 200) throw new Error(`${path} is answered ${status}: ${JSON.stringify(json)}`);
      const entries = (json.entry ?? []) as { readonly resource: Resource; readonly search?: { readonly mode: string } }[];
      return entries
        .filter(({ search }) => search?.mode !== 'include')
        .map(({ resource }) => `${resource.id}`)
        .sort();
    },
    close: async () => {
      await server.close();
      await database.drop();
    },
  };
}
