/** Brings a tenant's schema to the version of the program: forward only, safe when several processes start at once. */
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { migrations } from '../../migrations/index.ts';
import { identifier } from './statement.ts';

/** Knex asks its source for names and bodies; ours is a list, so that no file name is ever recorded. */
const sourceFor = (schema: string): Knex.MigrationSource<(typeof migrations)[number]> => ({
  getMigrations: async () => [...migrations],
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => ({
    up: (transaction: Knex) => migration.up(transaction, schema),
    down: async () => {
      throw new Error('migrations only go forward');
    },
  }),
});

/** Runs every migration that the schema has not seen. Others that start meanwhile wait on an advisory lock. */
export async function migrate(connection: pg.PoolConfig, schemaName: string): Promise<readonly string[]> {
  const schema = identifier(schemaName);
  const gate = new pg.Client(connection as pg.ClientConfig);
  await gate.connect();
  try {
    await gate.query('select pg_advisory_lock(hashtextextended($1, 0))', [`anamnesis migrate ${schema}`]);
    await gate.query(`create schema if not exists ${schema}`);
    return await runMigrations(connection, schema);
  } finally {
    await gate.end();
  }
}

async function runMigrations(connection: pg.PoolConfig, schema: string): Promise<readonly string[]> {
  const client = knex({ client: 'pg', connection: connection as Knex.PgConnectionConfig, pool: { min: 0, max: 1 } });
  try {
    const [, applied] = (await client.migrate.latest({
      migrationSource: sourceFor(schema),
      schemaName: schema,
      tableName: 'migration',
    })) as [number, string[]];
    return applied;
  } finally {
    await client.destroy();
  }
}
