/** Deletes what has expired. Refresh tokens that were used stay while they could be, so that a second use is noticed. */
import { identifier, type Statement } from '../../statement.ts';

/** Expired rows, and how long they are of use after that. */
const expiring: readonly (readonly [table: string, interval: string])[] = [
  ['access_token', '0'],
  ['refresh_token', '0'],
  // A code that is used again after it expired still ends what it was used for.
  ['code', '1 day'],
  ['launch', '1 day'],
  ['login_session', '0'],
  ['interaction', '0'],
  ['assertion', '0'],
];

export function sweepStatements(schemaName: string): readonly Statement[] {
  const schema = identifier(schemaName);
  const tokens = ['access_token', 'refresh_token', 'code'].map(
    (table) => `not exists (select from ${schema}.${table} t where t.authorization_id = a.id)`,
  );
  return [
    ...expiring.map(([table, interval]) => ({
      text: `delete from ${schema}.${table} where expires < clock_timestamp() - interval '${interval}'`,
      values: [],
    })),
    // An authorization without any token is over; a day later nothing asks for it.
    {
      text: `delete from ${schema}.authorization a where a.created < clock_timestamp() - interval '1 day' and ${tokens.join(' and ')}`,
      values: [],
    },
  ];
}
