/** The statements of pages that wait for a person. */
import { identifier, type Statement } from '../../statement.ts';

export interface InteractionRow {
  readonly request: unknown;
  /** Hash of what the browser holds that opened the page; null = none has yet. */
  readonly session: Buffer | null;
  readonly state: unknown;
  readonly created: string;
}

/** Seconds from the request to the last answer of the person. */
const lifetime = 1800;

export const insertInteraction = (schemaName: string, hash: Buffer, request: object, state: object): Statement => ({
  text: `insert into ${identifier(schemaName)}.interaction (hash, request, state, expires)
values ($1, $2::jsonb, $3::jsonb, clock_timestamp() + interval '${lifetime} s')`,
  values: [hash, JSON.stringify(request), JSON.stringify(state)],
});

/** Opens it in a browser: the first to come keeps it. */
export const bindInteraction = (schemaName: string, hash: Buffer, session: Buffer): Statement => ({
  text: `update ${identifier(schemaName)}.interaction set session = $2
where hash = $1 and expires > clock_timestamp() and (session is null or session = $2)
returning request, session, state, (expires - interval '${lifetime} s') as created`,
  values: [hash, session],
});

export const changeInteraction = (schemaName: string, hash: Buffer, state: object): Statement => ({
  text: `update ${identifier(schemaName)}.interaction set state = $2::jsonb where hash = $1`,
  values: [hash, JSON.stringify(state)],
});

/** A row for whoever comes first. */
export const takeInteraction = (schemaName: string, hash: Buffer): Statement => ({
  text: `delete from ${identifier(schemaName)}.interaction where hash = $1 and expires > clock_timestamp() returning hash`,
  values: [hash],
});
