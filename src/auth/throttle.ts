/** How fast one may guess passwords and codes: by account, and by address for those who try one password on many accounts. https://cheatsheetseries.owasp.org/cheatsheets/Authentication_Cheat_Sheet.html#protect-against-automated-attacks */
import {
  beginAttempt,
  forgetAttempts,
  type Pace,
  remainingWait,
  sweepAttempts,
  takeBackAttempt,
} from '../store/statement/authorization/attempt.ts';
import { hashOf } from './secret.ts';
import type { Tables } from './tables.ts';

/** A quarter of an hour of rest at ten failures: an account is never locked for good, for that would be a weapon of its own. */
const ofAccount: Pace = { free: 5, locks: 10, lock: 900, forget: 3600 };
/** Many people sit behind one address: a failure a minute is what they come to by themselves. */
const ofAddress: Pace = { free: 30, locks: 40, lock: 900, forget: 60 };

interface Subject {
  readonly hash: Buffer;
  readonly pace: Pace;
}

const subjectOf = (kind: string, name: string, pace: Pace): Subject => ({ hash: hashOf(`${kind}:${name}`), pace });

export interface Attempt {
  /** Seconds to wait; absent: the attempt may be looked at. */
  readonly wait?: number;
  /** The account has just been locked for a while. */
  readonly locked: boolean;
  /** It was right. */
  succeeded(): Promise<void>;
}

const begin = async (tables: Tables, { hash, pace }: Subject): Promise<number | undefined> =>
  (await tables.run<{ failures: number }>(beginAttempt(tables.schema, hash, pace)))[0]?.failures;

const waitOf = async (tables: Tables, { hash, pace }: Subject): Promise<number> =>
  Math.max(1, (await tables.run<{ seconds: number }>(remainingWait(tables.schema, hash, pace)))[0]?.seconds ?? 1);

/**
 * `kind` tells what is guessed: `password`, or `totp`. The name of an account that does not exist is throttled like any other.
 */
export async function beginGuess(tables: Tables, kind: 'password' | 'totp', name: string, address: string): Promise<Attempt> {
  const account = subjectOf(kind, name, ofAccount);
  const source = subjectOf('address', address, ofAddress);
  const refused = async (subject: Subject): Promise<Attempt> => ({
    wait: await waitOf(tables, subject),
    locked: false,
    succeeded: async () => undefined,
  });
  if ((await begin(tables, source)) === undefined) return refused(source);
  const failures = await begin(tables, account);
  if (failures === undefined) return refused(account);
  return {
    locked: failures === ofAccount.locks,
    succeeded: async () => {
      await tables.run(forgetAttempts(tables.schema, account.hash));
      await tables.run(takeBackAttempt(tables.schema, source.hash));
      await tables.run(sweepAttempts(tables.schema));
    },
  };
}
