/** One consent of one person to one client, or a client for itself: tokens and launch context belong to it and to nothing else. */
import { randomUUID } from 'node:crypto';
import {
  insertAuthorization,
  revokeAuthorization,
  revokeOfAccount,
  revokeOfSession,
} from '../store/statement/authorization/authorization.ts';
import type { LaunchContext } from './launch-context.ts';
import type { Tables } from './tables.ts';

export interface NewAuthorization {
  /** Id of the client. */
  readonly client: string;
  /** Id of the account of the person who allowed it; absent: the client acts for itself. */
  readonly account?: string | undefined;
  /** Hash of the session of the browser in which it was allowed. */
  readonly session?: Buffer | undefined;
  readonly scopes: readonly string[];
  readonly context?: LaunchContext;
  /** Why records are looked at, such as `TREAT`. */
  readonly purpose?: string | undefined;
}

/** Answers its id. */
export async function createAuthorization(tables: Tables, given: NewAuthorization): Promise<string> {
  const id = randomUUID();
  const { client, account = null, session = null, scopes, context = {}, purpose = null } = given;
  await tables.run(insertAuthorization(tables.schema, { id, client, account, session, scopes: scopes.join(' '), context, purpose }));
  return id;
}

/** Ends it with all of its tokens, in every process. */
export const endAuthorization = async (tables: Tables, id: string): Promise<void> =>
  void (await tables.run(revokeAuthorization(tables.schema, id)));

/** All that was allowed by an account, such as one that is disabled or whose password was changed. */
export const endAuthorizationsOf = async (tables: Tables, account: string): Promise<void> =>
  void (await tables.run(revokeOfAccount(tables.schema, account)));

/** What was allowed in a session, but for offline access: the person has logged out. */
export const endAuthorizationsIn = async (tables: Tables, session: Buffer): Promise<void> =>
  void (await tables.run(revokeOfSession(tables.schema, session)));
