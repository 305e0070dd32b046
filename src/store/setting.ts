/** Values that belong to a tenant's data and not to one process, such as the secret that signs page links. */
import { randomBytes } from 'node:crypto';
import type { Session } from './database.ts';
import { identifier, type Statement } from './statement.ts';

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

/** The token hash that all rows of the index were made with; the program's own where the index is new. */
export const hashVersionOf = (session: Session, schema: string, own: number): Promise<string> =>
  settled(session, schema, 'hash-version', String(own));

export const setHashVersion = (schemaName: string, version: number): Statement => ({
  text: `update ${identifier(schemaName)}.setting set value = $1 where name = 'hash-version'`,
  values: [String(version)],
});

/**
 * Whether texts are kept for full-text search. Where they were not and are wanted again, the index counts as made by other rules, so that it
 * is made anew before anything is served.
 */
export async function settleFullText(session: Session, schemaName: string, wanted: boolean): Promise<void> {
  const value = wanted ? 'on' : 'off';
  if ((await settled(session, schemaName, 'full-text', value)) === value) return;
  const outdated = wanted ? `, ('hash-version', '0')` : '';
  await session.run({
    text: `update ${identifier(schemaName)}.setting s set value = n.value from (values ('full-text', $1)${outdated}) n(name, value) where s.name = n.name`,
    values: [value],
  });
}
