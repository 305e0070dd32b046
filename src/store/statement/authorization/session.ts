/** The statements of login sessions and of the pages that wait for a person. */
import { identifier, type Statement } from '../../statement.ts';

export interface SessionRow {
  readonly hash: Buffer;
  readonly account: string;
  /** When the person proved who they are. */
  readonly authenticated: string;
}

/** Seconds: without a request, and altogether. */
export interface SessionLife {
  readonly idle: number;
  readonly absolute: number;
}

const ends = (life: SessionLife, authenticated: string): string =>
  `least(clock_timestamp() + interval '${life.idle} s', ${authenticated} + interval '${life.absolute} s')`;

export const insertSession = (schemaName: string, hash: Buffer, account: string, life: SessionLife): Statement => ({
  text: `insert into ${identifier(schemaName)}.login_session (hash, account, authenticated, expires)
values ($1, $2, clock_timestamp(), clock_timestamp() + interval '${Math.min(life.idle, life.absolute)} s')`,
  values: [hash, account],
});

/** The session that counts, with its life begun anew. */
export const touchSession = (schemaName: string, hash: Buffer, life: SessionLife): Statement => {
  const schema = identifier(schemaName);
  return {
    text: `update ${schema}.login_session s set expires = ${ends(life, 's.authenticated')}
from ${schema}.account a where s.hash = $1 and s.expires > clock_timestamp() and a.id = s.account and not a.disabled
returning s.hash, s.account, s.authenticated`,
    values: [hash],
  };
};

export const deleteSession = (schemaName: string, hash: Buffer): Statement => ({
  text: `delete from ${identifier(schemaName)}.login_session where hash = $1 returning account`,
  values: [hash],
});

export const deleteSessionsOf = (schemaName: string, account: string): Statement => ({
  text: `delete from ${identifier(schemaName)}.login_session where account = $1`,
  values: [account],
});
