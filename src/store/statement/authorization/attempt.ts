/** The statements of failed attempts to sign in. */
import { identifier, type Statement } from '../../statement.ts';

/** How fast one may guess: some attempts are free, then the wait doubles, and from `locks` on it is `lock` seconds. */
export interface Pace {
  readonly free: number;
  readonly locks: number;
  readonly lock: number;
  /** Seconds in which one failure is forgotten. */
  readonly forget: number;
}

/** Seconds without an attempt after which nothing is left of any. */
const forgotten = 24 * 3600;

const wait = (failures: string, { free, locks, lock }: Pace): string =>
  `case when ${failures} < ${free} then 0 when ${failures} >= ${locks} then ${lock} else power(2, ${failures} - ${free}) end * interval '1 s'`;

/**
 * Counts an attempt as failed before it is looked at, so that many at a time are not more than one after another. The row has the count, and
 * whether the attempt may be looked at.
 */
export function beginAttempt(schemaName: string, subject: Buffer, pace: Pace): Statement {
  const table = `${identifier(schemaName)}.attempt`;
  const left = `greatest(0, a.failures - floor(extract(epoch from clock_timestamp() - a.last) / ${pace.forget})::int)`;
  const early = `a.last + ${wait('a.failures', pace)} > clock_timestamp()`;
  return {
    text: `insert into ${table} as a (subject, failures, last) values ($1, 1, clock_timestamp())
on conflict (subject) do update set failures = ${left} + 1, last = clock_timestamp()
where not (${early}) returning failures`,
    values: [subject],
  };
}

/** Seconds until the next attempt may be looked at. */
export const remainingWait = (schemaName: string, subject: Buffer, pace: Pace): Statement => ({
  text: `select ceil(greatest(0, extract(epoch from a.last + ${wait('a.failures', pace)} - clock_timestamp())))::int as seconds
from ${identifier(schemaName)}.attempt a where subject = $1`,
  values: [subject],
});

export const forgetAttempts = (schemaName: string, subject: Buffer): Statement => ({
  text: `delete from ${identifier(schemaName)}.attempt where subject = $1`,
  values: [subject],
});

/** The attempt was none of a guesser. */
export const takeBackAttempt = (schemaName: string, subject: Buffer): Statement => ({
  text: `update ${identifier(schemaName)}.attempt set failures = greatest(0, failures - 1) where subject = $1`,
  values: [subject],
});

export const sweepAttempts = (schemaName: string): Statement => ({
  text: `delete from ${identifier(schemaName)}.attempt where last < clock_timestamp() - interval '${forgotten} s'`,
  values: [],
});
