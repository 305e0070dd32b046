/** Values that belong to a tenant's data and not to one process, such as the secret that signs page links. */
import { randomBytes } from 'node:crypto';
import type { Session } from './database.ts';
import { identifier } from './statement.ts';

/** The value under a name; the first process to ask stores the given one. */
async function settled(session: Session, schemaName: string, name: string, initial: string): Promise<string> {
  const schema = identifier(schemaName);
  await session.run({
    text: `insert into ${schema}.setting (name, value) values ($1, $2) on conflict do nothing`,
    values: [name, initial],
  });
  const rows = await session.run<{ value: string }>({ text: `select value from ${schema}.setting where name = $1`, values: [name] });
  return rows[0]?.value ?? initial;
}

/** The secret that signs page links: the same for all processes on one database. */
export const pageSecret = (session: Session, schema: string): Promise<string> =>
  settled(session, schema, 'page-secret', randomBytes(32).toString('base64url'));

/** Refuses an index that was made with another token hash than the program's. */
export async function checkHashVersion(session: Session, schema: string, version: number): Promise<void> {
  const stored = await settled(session, schema, 'hash-version', String(version));
  if (stored !== String(version))
    throw new Error(`the index was made with token hash version ${stored}, this program uses ${version}: reindex first`);
}
