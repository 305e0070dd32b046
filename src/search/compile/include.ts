/** Lookups of includes as SQL: all of a round in one statement. https://hl7.org/fhir/R4/search.html#include */

import type { Statement } from '../../store/statement.ts';
import type { Lookup } from '../include/lookup.ts';
import { sourceSql } from './driver.ts';
import { begin, type CompileContext, named, type PageRow } from './page.ts';
import { type Building, rowOf } from './row.ts';

/** What the statement answers; `place` is that of the lookup in the list. */
export interface IncludeRow extends PageRow {
  readonly place: number;
}

/** A row of which only the version's number is told. */
export type NumberedIncludeRow = Pick<IncludeRow, 'place' | 'rid' | 'ver'>;

/** At most `limit` rows of each. */
export const compileLookups = (context: CompileContext, lookups: readonly Lookup[], limit: number): Statement =>
  compiled(context, lookups, limit, memberSql);

/** The same in rows of NumberedIncludeRow; undefined where former versions are looked up, which are not those of their rows. */
export const compileNumbers = (context: CompileContext, lookups: readonly Lookup[], limit: number): (() => Statement) | undefined =>
  lookups.some(({ versions }) => versions !== undefined) ? undefined : () => compiled(context, lookups, limit, numbersSql);

function compiled(context: CompileContext, lookups: readonly Lookup[], limit: number, memberOf: typeof memberSql): Statement {
  const building = begin(context);
  const most = building.bind(limit);
  const members = lookups.map((lookup, place) => `(${memberOf(building, lookup, place)} limit ${most})`);
  return named(
    lookups.map(({ condition }) => condition),
    members.join(' union all '),
    building.list,
  );
}

function numbersSql(building: Building, { types, condition }: Lookup, place: number): string {
  const row = rowOf(building, types);
  return `select ${place} as place, ${row.alias}.rid, ${row.alias}.ver from ${sourceSql([condition], row)}`;
}

function memberSql(building: Building, { types, condition, versions }: Lookup, place: number): string {
  const { schema, bind } = building;
  const row = rowOf(building, types);
  const { alias } = row;
  const rows = `(select ${alias}.rid, ${alias}.sk, ${alias}.ver, ${alias}.tc, ${alias}.id from ${sourceSql([condition], row)}) m`;
  const columns = `select ${place} as place, m.rid, m.tc, m.id, v.ver, v.upd, v.method, v.body`;
  const version = (which: string): string =>
    `cross join lateral (select * from ${schema}.ver i where i.rid = m.rid and ${which} and i.body is not null offset 0) v`;
  if (versions === undefined) return `${columns} from ${rows} ${version('i.ver = m.ver and i.sk = m.sk')}`;
  // It may have been in another record then.
  const pairs = `unnest(${bind(versions.map(([id]) => id))}::text[], ${bind(`{${versions.map(([, number]) => number).join(',')}}`)}::int[]) w(id, ver)`;
  return `${columns} from ${rows} join ${pairs} on w.id = m.id ${version('i.ver = w.ver')}`;
}
