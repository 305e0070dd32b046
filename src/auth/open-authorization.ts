/** Authorization on a database: who a token stands for, and what goes on beside requests. */
import type pg from 'pg';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import type { Notices } from '../store/notice.ts';
import { sweepStatements } from '../store/statement/authorization/sweep.ts';
import { type Authenticator, type AuthenticatorOptions, createAuthenticator } from './authenticate.ts';
import { rotateSigningKeys } from './signing-key.ts';
import { listenForWithdrawals } from './withdrawal.ts';

export interface AuthorizationOptions {
  readonly database: Database;
  readonly connection: pg.PoolConfig;
  readonly log: Log;
  readonly foreign?: AuthenticatorOptions['foreign'];
}

export interface Authorization {
  readonly authenticator: Authenticator;
  /** From here on withdrawals by other processes are heard, keys follow each other, and what expired is deleted. */
  start(): void;
  close(): Promise<void>;
}

const hour = 3_600_000;

export function openAuthorization({ database, connection, log, foreign }: AuthorizationOptions): Authorization {
  const authenticator = createAuthenticator({ database, ...(foreign === undefined ? {} : { foreign }) });
  const { schema } = database;
  let notices: Notices | undefined;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  const tidy = async (): Promise<void> => {
    try {
      await rotateSigningKeys(database);
      for (const statement of sweepStatements(schema)) await database.run(statement);
    } catch (err) {
      log.warn({ err }, 'keys were not looked after; tried again in an hour');
    }
  };
  return {
    authenticator,
    start: () => {
      notices = listenForWithdrawals({ connection, schema, withdrawn: authenticator.withdrawn, hearing: authenticator.hearing });
      working = tidy();
      timer = setInterval(() => {
        working = tidy();
      }, hour).unref();
    },
    close: async () => {
      clearInterval(timer);
      await Promise.all([notices?.close(), working]);
    },
  };
}
