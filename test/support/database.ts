/** A database of its own for one test file, cloned from the migrated template in some 30 ms. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  /** The tables are in the schema `anamnesis`. */
  readonly connection: pg.PoolConfig;
  drop(): Promise<void>;
}

interface TestCluster {
  readonly connection: pg.PoolConfig;
  readonly template: string;
}

function cluster(): TestCluster {
  const text = process.env.ANAMNESIS_TEST_CLUSTER;
  if (text === undefined) throw new Error('No test cluster: run the tests through Jest with its global setup');
  return JSON.parse(text) as TestCluster;
}

async function run(connection: pg.PoolConfig, text: string): Promise<void> {
  const client = new pg.Client(connection as pg.ClientConfig);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

async function create(text: string): Promise<TestDatabase> {
  const { connection } = cluster();
  const database = `anamnesis_test_${randomBytes(6).toString('hex')}`;
  await run(connection, text.replace('$database', database));
  return { connection: { ...connection, database }, drop: () => run(connection, `drop database if exists ${database} with (force)`) };
}

export const testDatabase = (): Promise<TestDatabase> => create(`create database $database template ${cluster().template}`);

/** Without any table, to test migrations. */
export const emptyDatabase = (): Promise<TestDatabase> => create('create database $database');
