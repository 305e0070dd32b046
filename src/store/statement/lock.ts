/** The statements that a write runs before it changes anything: locks, current versions, references. */
import { identifier, type Statement } from '../statement.ts';
import { plain } from './column.ts';
import type { VersionRecord } from './read.ts';
import { isTarget, type Target, targetsSql, targetValues } from './target.ts';

/** Locks the rows of existing targets in one order for all writers, and waits for those that others hold. */
export function lockRows(schemaName: string, list: readonly Target[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select from ${targetsSql(1)} join ${schema}.res r on ${isTarget('r')} order by r.tc, r.id for update of r`,
    values: targetValues(list),
    name: 'lock-rows',
  };
}

export interface CurrentRow extends VersionRecord {
  /** Compartment patient and bucket, kept when the resource is deleted. */
  readonly pat: string;
  readonly sk: number;
}

/**
 * Locks and reads at once, without waiting: rows that others hold are left out, and `upd` is null where another's change was
 * committed after this statement began.
 */
export function lockFreeRows(schemaName: string, list: readonly Target[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select r.rid, r.pat, r.sk, r.tc, r.id, r.ver, v.upd, v.method, v.body
from ${targetsSql(1)} join ${schema}.res r on ${isTarget('r')} left join ${schema}.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk
order by r.tc, r.id for update of r skip locked`,
    values: targetValues(list),
    name: 'lock-free-rows',
  };
}

/** The current version of every existing target. A statement of its own: under READ COMMITTED it sees what the lock waited for. */
export function currentVersions(schemaName: string, list: readonly Target[]): Statement {
  const schema = identifier(schemaName);
  return {
    text: `select r.rid, r.pat, r.sk, r.tc, r.id, r.ver, v.upd, v.method, v.body
from ${targetsSql(1)} join ${schema}.res r on ${isTarget('r')} join ${schema}.ver v on v.rid = r.rid and v.ver = r.ver and v.sk = r.sk`,
    values: targetValues(list),
    name: 'current-versions',
  };
}

/** Which of the targets do not stand (unknown or deleted). */
export const missingTargets = (schemaName: string, list: readonly Target[]): Statement => ({
  text: missingTargetsSql(identifier(schemaName), 1),
  values: targetValues(list),
  name: 'missing-targets',
});

export const missingTargetsSql = (schema: string, first: number): string =>
  `select q.tc, q.id from ${targetsSql(first)} where not exists (select from ${schema}.res r where ${isTarget('r')} and not r.del)`;

/** Who still refers to resources about to be deleted, by the token of any literal reference; at most `limit`. The log of accesses does not count. */
export function referrers(
  schemaName: string,
  deleted: readonly Referable[],
  limit: number,
  log: { readonly typeCode: number; readonly idPrefix: string },
): Statement {
  const schema = identifier(schemaName);
  const current = 'and not r.del and (r.tc <> $4 or not starts_with(r.id, $5)) limit $3';
  return {
    text: `select t.token, r.tc, r.id from unnest($1::bigint[], $2::bigint[]) as t(token, compartment) cross join lateral (
  (select r.tc, r.id from ${schema}.res r where r.toks @> array[t.token] ${current}) union all
  (select r.tc, r.id from ${schema}.res r where r.pat = t.compartment and t.compartment <> 0 ${current})) r`,
    values: [
      plain(deleted.map(({ token }) => token)),
      plain(deleted.map(({ compartment }) => compartment)),
      limit,
      log.typeCode,
      log.idPrefix,
    ],
    name: 'referrers',
  };
}

export interface Referable {
  /** Of any literal reference to it. */
  readonly token: string;
  /** `pat` of the resources in its compartment; `0` for what is no patient. */
  readonly compartment: string;
}

/** PostgreSQL has room for a few thousand locks, of all transactions together. */
const mostLocks = 500;

/**
 * Transaction-wide locks on the hashes of conditional criteria, in one order. `tryOnly` answers false instead of waiting. `gate` is
 * shared by all transactions that lock their criteria one by one; one that has too many for that takes the gate for itself instead.
 */
export function criteriaLocks(gate: string, keys: readonly string[], tryOnly: boolean): Statement {
  const sorted = [...new Set(keys)].sort();
  const isMany = sorted.length > mostLocks;
  const lock = (mode: string, key: string): string =>
    tryOnly ? `pg_try_advisory_xact_lock${mode}(${key})` : `pg_advisory_xact_lock${mode}(${key}) is not null`;
  const each = isMany ? 'g.held' : `g.held and ${lock('', 'k')}`;
  return {
    text: `with g as materialized (select ${lock(isMany ? '' : '_shared', '$2::bigint')} as held)
select k::text as key, ${each} as held from g, unnest($1::bigint[]) as k`,
    values: [plain(sorted), gate],
    name: `${tryOnly ? 'try-' : ''}criteria-locks${isMany ? '-many' : ''}`,
  };
}

export const nextRowBlock = (schemaName: string): Statement => ({
  text: `select nextval('${identifier(schemaName)}.rid_block')::text as last`,
  values: [],
});
