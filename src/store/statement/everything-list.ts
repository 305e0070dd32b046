/** The statements of lists of versions that are told page by page. */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';

export interface SavedList {
  readonly id: string;
  readonly rids: readonly (string | number)[];
  readonly versions: readonly number[];
  /** JSON text. */
  readonly certificate: string | null;
}

/** Keeps the list for a day, and drops what is older. */
export function saveList(schemaName: string, { id, rids, versions, certificate }: SavedList): Statement {
  const schema = identifier(schemaName);
  return {
    text: `with old as (delete from ${schema}.everything_list where expires < now())
insert into ${schema}.everything_list (id, expires, rids, vers, certificate) values ($1, now() + interval '1 day', $2, $3, $4)`,
    values: [id, plain(rids), plain(versions), certificate],
    name: 'save-list',
  };
}

export interface ListSlice {
  readonly rids: readonly string[];
  readonly vers: readonly number[];
  readonly total: number;
  readonly certificate: string | null;
}

/** Some of the list, from the place on; nothing where there is no such list any more. */
export function listSlice(schemaName: string, id: string, from: number, count: number): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select rids[$2::integer + 1 : $2::integer + $3::integer]::text[] as rids, vers[$2::integer + 1 : $2::integer + $3::integer] as vers,
coalesce(array_length(rids, 1), 0) as total, certificate
from ${schema}.everything_list where id = $1 and expires >= now()`,
    values: [id, from, count],
    name: 'list-slice',
  };
}
