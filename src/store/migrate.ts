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

/** The tables were made by a program that this one does not follow. The message is one line for people. */
export class ForeignTablesError extends Error {
  constructor(schema: string, what: string) {
    super(
      `The tables of schema ${schema} were made by another version of Anamnesis (${what}), and cannot be brought to this one: run the version that made them, or load the data anew into an empty DATABASE_SCHEMA or DATA_DIR. Databases of versions before 1.0 are not kept compatible.`,
    );
    this.name = 'ForeignTablesError';
  }
}

/** Runs every migration that the schema has not seen. Others that start meanwhile wait on an advisory lock. */
export async function migrate(connection: pg.PoolConfig, schemaName: string): Promise<readonly string[]> {
  const schema = identifier(schemaName);
  const gate = new pg.Client(connection as pg.ClientConfig);
  await gate.connect();
  try {
    await gate.query('select pg_advisory_lock(hashtextextended($1, 0))', [`anamnesis migrate ${schema}`]);
    await gate.query(`create schema if not exists ${schema}`);
    await refuseForeign(gate, schema);
    const applied = await runMigrations(connection, schema);
    await refuseChanged(gate, schema);
    return applied;
  } finally {
    await gate.end();
  }
}

/** A newer program has run migrations that are not in the list; one of the first days had others. */
async function refuseForeign(gate: pg.Client, schema: string): Promise<void> {
  const { rows: tables } = await gate.query('select to_regclass($1) is not null as known', [`${schema}.migration`]);
  if (tables[0]?.known !== true) return;
  const { rows } = await gate.query<{ name: string }>(`select name from ${schema}.migration order by id`);
  const foreign = rows.find(({ name }) => migrations.every((each) => each.name !== name));
  if (foreign !== undefined) throw new ForeignTablesError(schema, `migration ${foreign.name}`);
}

/** What the first migrations make: until a first release they may change, and who ran them before has other columns. */
const columns: Readonly<Record<string, string>> = {
  res: 'rid, self, pat, lo, hi, sk, ver, tc, del, id, toks',
  ver: 'rid, upd, sk, ver, tc, method, body',
  num: 'rid, key, unit, lo, hi, sk',
  str: 'rid, key, sk, val',
  txt: 'tok, tc, vec',
  term: 'key, tok, val',
  audit: 'seq, count, entries, hash',
};

async function refuseChanged(gate: pg.Client, schema: string): Promise<void> {
  const members = Object.entries(columns).map(([table, names]) => `(select ${names} from ${schema}.${table} limit 0) of_${table}`);
  try {
    await gate.query(`select from ${members.join(', ')}`);
  } catch (error) {
    // An unknown table or column.
    if (!(error instanceof pg.DatabaseError) || !['42P01', '42703'].includes(error.code ?? '')) throw error;
    throw new ForeignTablesError(schema, error.message);
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
