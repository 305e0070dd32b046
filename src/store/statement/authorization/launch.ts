/** The statements of launches that an EHR prepared. */
import { identifier, type Statement } from '../../statement.ts';

export interface LaunchRow {
  readonly context: unknown;
  readonly account: string | null;
}

/** Seconds from the click to the authorization request. */
const lifetime = 300;

export const insertLaunch = (
  schemaName: string,
  hash: Buffer,
  client: string | null,
  account: string | null,
  context: object,
): Statement => ({
  text: `insert into ${identifier(schemaName)}.launch (hash, client, account, context, expires)
values ($1, $2, $3, $4::jsonb, clock_timestamp() + interval '${lifetime} s')`,
  values: [hash, client, account, JSON.stringify(context)],
});

/** A row for the client that it was prepared for, once. */
export const takeLaunch = (schemaName: string, hash: Buffer, client: string): Statement => ({
  text: `update ${identifier(schemaName)}.launch set used = clock_timestamp()
where hash = $1 and used is null and expires > clock_timestamp() and (client is null or client = $2) returning context, account`,
  values: [hash, client],
});
