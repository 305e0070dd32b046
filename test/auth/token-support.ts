/** Servers with authorization on one database, and what tests put into its tables. */
import type pg from 'pg';
import { createAuthorization, type NewAuthorization } from '../../src/auth/authorization.ts';
import { addClient, type Client } from '../../src/auth/client.ts';
import { newSecret } from '../../src/auth/secret.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { createServer, type Server } from '../../src/server.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { insertAccessToken } from '../../src/store/statement/authorization/access-token.ts';
import { testDatabase } from '../support/database.ts';
import { runSql } from '../support/run-sql.ts';

export interface World {
  readonly database: Database;
  readonly connection: pg.PoolConfig;
  /** Every line that the servers logged. */
  readonly log: string[];
  /** One more server: its origin. */
  serve(environment?: NodeJS.ProcessEnv): Promise<string>;
  sql(text: string): Promise<void>;
  client(more?: Partial<Client>): Promise<Client>;
  /** A token that was never asked for at the token endpoint. */
  token(given: Partial<NewAuthorization> & { readonly seconds?: number }): Promise<{ token: string; authorization: string }>;
  close(): Promise<void>;
}

export const plainClient: Client = {
  id: 'app',
  name: 'App',
  kind: 'public',
  redirectUris: ['https://app.example.org/callback'],
  postLogoutRedirectUris: [],
  grantTypes: ['authorization_code', 'refresh_token'],
  scopes: ['patient/*.rs', 'launch/patient', 'offline_access', 'online_access', 'openid', 'fhirUser'],
  trusted: false,
  details: {},
  disabled: false,
};

export async function createWorld(): Promise<World> {
  const { connection, drop } = await testDatabase();
  const database = openDatabase({ connection, schema: 'anamnesis', poolSize: 4, statementTimeoutMs: 10_000 });
  const servers: Server[] = [];
  const log: string[] = [];
  const world: World = {
    database,
    connection,
    log,
    serve: async (environment = {}) => {
      const config = readConfig({ PORT: '0', DATABASE_POOL_SIZE: '4', ...environment });
      const lines = createLog('debug', { write: (line: string) => void log.push(line) });
      const server = await createServer({ config, connection, log: lines, version: '1.2.3' });
      servers.push(server);
      return (await server.listen()).url;
    },
    sql: (text) => runSql(connection, text),
    client: async (more = {}) => {
      const client = { ...plainClient, ...more };
      await addClient(database, client);
      return client;
    },
    token: async ({ seconds = 600, ...given }) => {
      const { text, hash } = newSecret();
      const scopes = given.scopes ?? ['system/*.cruds'];
      const authorization = await createAuthorization(database, { client: 'app', ...given, scopes });
      await database.run(insertAccessToken('anamnesis', hash, authorization, scopes.join(' '), seconds));
      return { token: text, authorization };
    },
    close: async () => {
      await Promise.all(servers.map((server) => server.close()));
      await database.close();
      await drop();
    },
  };
  return world;
}

export async function until(holds: () => boolean | Promise<boolean>, ms = 5000): Promise<number> {
  const started = performance.now();
  while (!(await holds())) {
    if (performance.now() - started > ms) throw new Error('It did not come to hold in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return performance.now() - started;
}

export type Answer = { readonly status: number; readonly headers: Headers; readonly json: Record<string, unknown> };

/** A form to an endpoint of authorization. */
export async function post(
  origin: string,
  path: string,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${origin}/oauth/${path}`, { method: 'POST', body: new URLSearchParams(form), headers });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

export const basic = (id: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});
