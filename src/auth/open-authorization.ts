/** Authorization on a database: who a token stands for, and what goes on beside requests. */
import type pg from 'pg';
import type { Log } from '../log.ts';
import type { Database } from '../store/database.ts';
import type { Notices } from '../store/notice.ts';
import { sweepStatements } from '../store/statement/authorization/sweep.ts';
import { type Authenticator, createAuthenticator } from './authenticate.ts';
import { type ClientOrigins, clientOrigins } from './client-origins.ts';
import { foreignTokens } from './foreign-token.ts';
import { createGuardedFetch, type FetchSettings } from './guarded-fetch.ts';
import { createKeySets, type KeySets } from './key-set.ts';
import type { SecretBox } from './secret-box.ts';
import { rotateSigningKeys } from './signing-key.ts';
import { sealLooseTotp } from './totp-secret.ts';
import type { TrustedIssuer } from './trusted-issuer.ts';
import { listenForWithdrawals } from './withdrawal.ts';

export interface AuthorizationOptions {
  readonly database: Database;
  readonly connection: pg.PoolConfig;
  readonly log: Log;
  /** Issuers elsewhere whose tokens count. */
  readonly issuers: readonly TrustedIssuer[];
  readonly fetching: FetchSettings;
  /** Of signing keys and second factors. */
  readonly box: SecretBox;
}

export interface Authorization {
  readonly authenticator: Authenticator;
  readonly keySets: KeySets;
  readonly origins: ClientOrigins;
  /** From here on withdrawals by other processes are heard, keys follow each other, and what expired is deleted. */
  start(): void;
  close(): Promise<void>;
}

const hour = 3_600_000;

export function openAuthorization({ database, connection, log, issuers, fetching, box }: AuthorizationOptions): Authorization {
  const { schema } = database;
  const fetch = createGuardedFetch(fetching);
  const keySets = createKeySets(fetch);
  const foreign = issuers.length === 0 ? {} : { foreign: foreignTokens({ issuers, keySets, log }) };
  const authenticator = createAuthenticator({ database, ...foreign });
  const origins = clientOrigins(database);
  const look = (): void => void origins.refresh().catch((err: unknown) => log.warn({ err }, 'registered origins are not known'));
  let notices: Notices | undefined;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();
  const tidy = async (): Promise<void> => {
    try {
      await rotateSigningKeys(database, box);
      await sealLooseTotp(database, box);
      for (const statement of sweepStatements(schema)) await database.run(statement);
    } catch (err) {
      log.warn({ err }, 'keys were not looked after; tried again in an hour');
    }
  };
  return {
    authenticator,
    keySets,
    origins,
    start: () => {
      notices = listenForWithdrawals({
        ...{ connection, schema },
        withdrawn: (what) => {
          authenticator.withdrawn(what);
          if (what.kind !== 'authorization' && what.kind !== 'account') look();
        },
        hearing: (does) => {
          authenticator.hearing(does);
          if (does) look();
        },
      });
      working = tidy();
      timer = setInterval(() => {
        working = tidy();
      }, hour).unref();
    },
    close: async () => {
      clearInterval(timer);
      await Promise.all([notices?.close(), working, fetch.close()]);
    },
  };
}
