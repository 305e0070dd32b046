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

/** What somebody proved to know. */
export interface Proved {
  readonly id: string;
  readonly password: string;
  readonly totp: string | null;
}

/** No row when the account is not any more what it was when somebody proved who they are: whoever changes it waits, or is waited for. */
export const insertSession = (schemaName: string, hash: Buffer, { id, password, totp }: Proved, life: SessionLife): Statement => ({
  text: `insert into ${identifier(schemaName)}.login_session (hash, account, authenticated, expires)
select $1, id, clock_timestamp(), clock_timestamp() + interval '${Math.min(life.idle, life.absolute)} s'
from ${identifier(schemaName)}.account where id = $2 and password = $3 and totp is not distinct from $4 and not disabled for share
returning hash`,
  values: [hash, id, password, totp],
});

/** A row when it still counts; it is not ended before the transaction is. */
export const holdSession = (schemaName: string, hash: Buffer): Statement => ({
  text: `select hash from ${identifier(schemaName)}.login_session where hash = $1 and expires > clock_timestamp() for key share`,
  values: [hash],
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
