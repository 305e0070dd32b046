/** The statements that read versions by id. */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';
import { relatingChanges } from './relating-change.ts';
import { isTarget, type Target, targetsSql, targetValues } from './target.ts';

/** A version with everything a client may need of it. */
export interface VersionRecord {
  readonly rid: string;
  readonly tc: number;
  readonly id: string;
  readonly ver: number;
  /** As PostgreSQL prints it in UTC. */
  readonly upd: string;
  readonly method: number;
  readonly body: string | null;
}

const columns = 'r.rid, r.tc, r.id, v.ver, v.upd, v.method, v.body';

/** Many current versions at once; several requests share one round trip. */
export function readCurrent(schemaName: string, list: readonly Target[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select ${columns} from ${targetsSql(1)}
join ${schema}.res r on ${isTarget('r')} join ${schema}.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk`,
    values: targetValues(list),
    name: 'read-current',
  };
}

export function readVersion(schemaName: string, target: Target, versionId: number): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select ${columns} from ${schema}.res r join ${schema}.ver v on v.rid = r.rid and v.ver = $3 where r.self = $4::bigint and r.tc = $1 and r.id = $2`,
    values: [target.typeCode, target.id, versionId, target.self],
    name: 'read-version',
  };
}

/** A version that stands, and the compartment token of the patient in whose record it is. */
export interface OwnedRecord extends VersionRecord {
  readonly pat: string;
}

/** The same as `readCurrent`, with `pat`. */
export function readOwned(schemaName: string, list: readonly Target[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select ${columns}, r.pat from ${targetsSql(1)}
join ${schema}.res r on ${isTarget('r')} join ${schema}.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk`,
    values: targetValues(list),
    name: 'read-owned',
  };
}

/** The same, with the count of changes to what says whose patients are whose. */
export interface RelatedRecord extends OwnedRecord {
  readonly changes: string;
}

export function readRelated(schemaName: string, list: readonly Target[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select ${columns}, r.pat, ${relatingChanges(schema)} as changes from ${targetsSql(1)}
join ${schema}.res r on ${isTarget('r')} join ${schema}.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk`,
    values: targetValues(list),
    name: 'read-related',
  };
}

export const relatedOffset = 2;

/** Whether the condition holds of the row `r` of a patient, and as of which count of changes. */
export function relatedPatient(
  schemaName: string,
  typeCode: number,
  self: string,
  condition: { readonly text: string; readonly values: readonly unknown[] },
): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select ${relatingChanges(schema)} as changes,
exists (select from ${schema}.res r where r.self = $1::bigint and r.tc = $2 and not r.del and ${condition.text}) as own`,
    values: [self, typeCode, ...condition.values],
  };
}

/** How many parameters stand before those of the condition. */
export const withinOffset = 3;

/** One current version; `within` is whether the condition holds of its row `r`. */
export function readWithin(
  schemaName: string,
  target: Target,
  condition: { readonly text: string; readonly values: readonly unknown[] },
): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select ${columns}, (${condition.text}) is true as within
from ${schema}.res r join ${schema}.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk where r.self = $3::bigint and r.tc = $1 and r.id = $2`,
    values: [target.typeCode, target.id, target.self, ...condition.values],
  };
}

/** Of each resource the newest version up to `ver` that is no deletion; `at` repeats that number. */
export function lastContents(schemaName: string, list: readonly { readonly rid: string; readonly ver: number }[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select q.at, r.rid, r.tc, r.id, v.ver, v.upd, v.method, v.body from unnest($1::bigint[], $2::integer[]) as q(rid, at)
join ${schema}.res r on r.rid = q.rid
cross join lateral (select * from ${schema}.ver i where i.rid = q.rid and i.ver <= q.at and i.body is not null order by i.ver desc limit 1) v`,
    values: [plain(list.map(({ rid }) => rid)), plain(list.map(({ ver }) => ver))],
    name: 'last-contents',
  };
}
