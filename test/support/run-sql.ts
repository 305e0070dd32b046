/** One statement on a connection of its own. */
import pg from 'pg';

export async function runSql(connection: pg.PoolConfig, text: string): Promise<void> {
  const client = new pg.Client(connection as pg.ClientConfig);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
