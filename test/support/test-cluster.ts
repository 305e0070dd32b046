/** The PostgreSQL of one test run: a throwaway embedded one, or the server of TEST_DATABASE_URL. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { startEmbedded } from '../../src/store/embedded.ts';
import { migrate } from '../../src/store/migrate.ts';
import { runSql } from './run-sql.ts';

const quiet = { info: () => undefined, warn: (message: string) => console.warn(message) };

interface Server {
  readonly connection: pg.PoolConfig;
  stop(): Promise<void>;
}

async function startThrowaway(): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'anamnesis-test-'));
  const postgres = await startEmbedded({ dataDir: folder, log: quiet, throwaway: true, purpose: 'tests' });
  const stop = async (): Promise<void> => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { connection: postgres.connection, stop };
}

function externalServer(url: string): Server {
  const { hostname, port, username, password, pathname } = new URL(url);
  const connection = {
    host: decodeURIComponent(hostname),
    port: Number(port) || 5432,
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
  return { connection, stop: () => Promise.resolve() };
}

/** Tells the tests where to connect through the environment; returns the stop. */
export async function startTestCluster(): Promise<() => Promise<void>> {
  const url = process.env.TEST_DATABASE_URL;
  const server = url === undefined || url === '' ? await startThrowaway() : externalServer(url);
  const template = `anamnesis_template_${randomBytes(6).toString('hex')}`;
  try {
    await runSql(server.connection, `create database ${template}`);
    await migrate({ ...server.connection, database: template }, 'anamnesis');
  } catch (error) {
    await server.stop();
    throw error;
  }
  process.env.ANAMNESIS_TEST_CLUSTER = JSON.stringify({ connection: server.connection, template });
  return async () => {
    if (url !== undefined && url !== '') await runSql(server.connection, `drop database if exists ${template} with (force)`);
    await server.stop();
  };
}
