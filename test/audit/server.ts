/** A whole server that audits, on a database of its own, and the rows of its log. */
import pg from 'pg';
import type { Entry } from '../../src/audit/entry.ts';
import { linesOf } from '../../src/audit/sheet.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of any type
  readonly json: () => any;
}

export interface LoggedRow {
  readonly seq: number;
  readonly at: string;
  readonly hash: Buffer;
  readonly entry: Entry;
  readonly text: string;
}

export interface AuditedServer {
  readonly url: string;
  readonly database: TestDatabase;
  readonly server: Server;
  ask(method: string, path: string, body?: object | string, headers?: Record<string, string>): Promise<Answer>;
  sql<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Rows after a number. */
  rows(after?: number): Promise<LoggedRow[]>;
  /** What one request leaves. */
  left(by: () => Promise<unknown>): Promise<LoggedRow[]>;
  close(): Promise<void>;
}

const contentType = (body: object | string): string =>
  typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/fhir+json';

export interface AuditedOptions {
  readonly settings?: Record<string, string>;
  /** Another process on the same database. */
  readonly database?: TestDatabase;
}

/** All of this file, whatever database they are on. */
const servers = new Set<Server>();
/** Entries of writes take their place in the chain a little after the answer. */
const flushed = (): Promise<unknown> => Promise.all([...servers].map(async ({ audit }) => audit?.flush()));

export async function auditedServer({ settings = {}, database: given }: AuditedOptions = {}): Promise<AuditedServer> {
  const database = given ?? (await testDatabase());
  const config = readConfig({ PORT: '0', DATABASE_POOL_SIZE: '6', AUDIT: 'on', AUTHORIZATION: 'off', ...settings });
  const server = await createServer({
    config,
    connection: database.connection,
    log: createLog(process.env.TEST_LOG ? 'warn' : 'silent'),
    version: '1.0.0',
  });
  const { url } = await server.listen();
  servers.add(server);
  const client = new pg.Client(database.connection as pg.ClientConfig);
  client.on('error', () => undefined);
  await client.connect();
  const sql = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await client.query(text, values)).rows as Row[];
  const rows = async (after = 0): Promise<LoggedRow[]> => {
    await flushed();
    const sheets = await sql<{ seq: string; entries: string; hash: Buffer }>(
      'select seq, entries, hash from anamnesis.audit where seq > 0 and seq + count > $1 order by seq',
      [after],
    );
    const found = sheets.flatMap(({ seq, entries, hash }) =>
      linesOf({ entries }).map(({ at, entry }, i) => ({ seq: Number(seq) + i, at, hash, text: entry, entry: JSON.parse(entry) as Entry })),
    );
    return found.filter(({ seq }) => seq > after);
  };
  const end = async (): Promise<number> => {
    await flushed();
    return Number((await sql<{ seq: string }>('select seq + count - 1 as seq from anamnesis.audit order by seq desc limit 1'))[0]?.seq);
  };
  return {
    ...{ url, database, server, sql, rows },
    ask: async (method, path, body, headers = {}) => {
      const response = await fetch(`${url}/fhir${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': contentType(body) }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, text, headers: response.headers, json: () => JSON.parse(text) };
    },
    left: async (by) => {
      const before = await end();
      await by();
      return rows(before);
    },
    close: async () => {
      servers.delete(server);
      await client.end();
      await server.close();
      if (given === undefined) await database.drop();
    },
  };
}

export const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, ...more });

export const observation = (id: string, subject: string, more: object = {}) => ({
  ...{ resourceType: 'Observation', id, status: 'final', code: { text: 'x' } },
  subject: { reference: `Patient/${subject}` },
  ...more,
});
