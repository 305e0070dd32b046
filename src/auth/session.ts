/** Sessions of people who signed in with a browser: a new id at every login, an end when idle and an end in any case. https://www.rfc-editor.org/rfc/rfc9700#section-4 */
import {
  deleteSession,
  holdSession,
  insertSession,
  type SessionLife,
  type SessionRow,
  touchSession,
} from '../store/statement/authorization/session.ts';
import type { Account } from './account.ts';
import { endAuthorizationsIn } from './authorization.ts';
import { hashOf, newSecret } from './secret.ts';
import type { Tables } from './tables.ts';

/** https://pages.nist.gov/800-63-3/sp800-63b.html#aal2reauth */
export const sessionLife: SessionLife = { idle: 30 * 60, absolute: 12 * 3600 };

export interface LoginSession {
  readonly hash: Buffer;
  /** Id of the account. */
  readonly account: string;
  readonly authenticated: Date;
}

/** Answers what the browser keeps; undefined when the password or the second factor was changed since they were proved. */
export async function createSession(tables: Tables, { id, password, totp }: Account): Promise<string | undefined> {
  const { text, hash } = newSecret();
  const made = await tables.run(insertSession(tables.schema, hash, { id, password, totp: totp ?? null }, sessionLife));
  return made.length === 1 ? text : undefined;
}

/** Whether it has not ended; within a transaction it does not until that is over, so that whoever ends it sees what was made of it. */
export const stillCounts = async (tables: Tables, { hash }: Pick<LoginSession, 'hash'>): Promise<boolean> =>
  (await tables.run(holdSession(tables.schema, hash))).length === 1;

/** Undefined when there is none, it has ended, or its account may not sign in any more. */
export async function findSession(tables: Tables, text: string | undefined): Promise<LoginSession | undefined> {
  if (text === undefined) return undefined;
  const [row] = await tables.run<SessionRow>(touchSession(tables.schema, hashOf(text), sessionLife));
  return row && { hash: row.hash, account: row.account, authenticated: new Date(row.authenticated) };
}

/** With it end the tokens that were not to outlive it. */
export async function endSession(tables: Tables, { hash }: Pick<LoginSession, 'hash'>): Promise<void> {
  await tables.run(deleteSession(tables.schema, hash));
  await endAuthorizationsIn(tables, hash);
}

/** The browser signs in anew, perhaps as somebody else: the id goes, tokens stay. */
export const forgetSession = async (tables: Tables, text: string | undefined): Promise<void> =>
  text === undefined ? undefined : void (await tables.run(deleteSession(tables.schema, hashOf(text))));
