/** A database of its own for one test file, cloned from the migrated template in some 30 ms. */
import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { runSql } from './run-sql.ts';

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

async function create(text: string): Promise<TestDatabase> {
  const { connection } = cluster();
  const database = `anamnesis_test_${randomBytes(6).toString('hex')}`;
  await runSql(connection, text.replace('$database', database));
  return { connection: { ...connection, database }, drop: () => runSql(connection, `drop database if exists ${database} with (force)`) };
}

export const testDatabase = (): Promise<TestDatabase> => create(`create database $database template ${cluster().template}`);

/** Without any table, to test migrations. */
export const emptyDatabase = (): Promise<TestDatabase> => create('create database $database');
