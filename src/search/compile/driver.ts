/**
 * Where the rows of a search come from: the condition that matches fewest rows leads to them by its own index, and all others are
 * tests of each row. Look-ups are fenced with `offset 0`, so that the planner keeps to the way that was chosen.
 */
import { bucketOf } from '../../fhir/id.ts';
import { type Condition, conjuncts, type Link, type Source, typesOf } from '../condition.ts';
import { isContained } from '../contained/type.ts';
import { compartmentToken, selfHash } from '../link-token.ts';
import { costOfSource, costOfTesting } from '../plan/cost.ts';
import { estimate, estimateSource, rowsOfTypes } from '../plan/estimate.ts';
import type { Statistics } from '../plan/statistics.ts';
import { bigints } from '../sql.ts';
import { dateSql, numberSql, termSql, textSql, updatedSql } from './bounds.ts';
import { nearSql } from './near.ts';
import { isThere, type Row, rowOf, typeSql } from './row.ts';
import { canonicalTokens, testsSql } from './test.ts';
import { wordsFrom } from './words.ts';

type Of<Kind extends Condition['kind']> = Condition & { readonly kind: Kind };

/** What can stand behind FROM: it gives the columns of `res` under the row's alias, each row once. */
type From = (row: Row) => string;

export interface Driver {
  /** The condition it answers: no test is needed for it. Absent: all rows of the types. */
  readonly condition?: Condition;
  readonly from: From;
  /** Rows it is likely to give. */
  readonly rows: number;
  /** In a word, for those who ask how a search is run. */
  readonly name: string;
}

/** Beyond this many alternatives each token is looked up on its own. */
const mostOverlapping = 100;

/** Rows by their keys `d(rid, sk)`. */
const byKey = (distinct: string, { schema, alias }: Row): string =>
  `(select distinct ${distinct}) d cross join lateral (select * from ${schema}.res i where i.rid = d.rid and i.sk = d.sk offset 0) ${alias}`;

const indexed =
  (where: (row: Row) => string): From =>
  (row) =>
    `(select * from ${row.schema}.res ${row.alias} where ${where(row)} offset 0) ${row.alias}`;

/** Rows of one patient: whatever matches a parameter that reads the element which decides about `pat`, and nothing else. */
export function patientSql(patient: string, row: Row, types: readonly string[] = row.types): string {
  const fence = `${row.alias}.sk = ${row.bind(bucketOf(patient))} and ${typeSql(row, false, types)}`;
  return `${fence} and ${row.alias}.pat = ${row.bind(compartmentToken(patient))}::bigint and not ${row.alias}.del`;
}

function tokensFrom({ any, patient }: Of<'tokens'>, types: readonly string[]): From {
  if (patient !== undefined) return indexed((row) => patientSql(patient, row, types));
  if (any.length === 1) return indexed(({ alias, bind }) => `${alias}.toks @> ${bind(bigints(any))}::bigint[]`);
  if (any.length <= mostOverlapping) return indexed(({ alias, bind }) => `${alias}.toks && ${bind(bigints(any))}::bigint[]`);
  return (row) =>
    byKey(
      `t.rid, t.sk from unnest(${row.bind(bigints(any))}::bigint[]) w(k) cross join lateral (select i.rid, i.sk from ${row.schema}.res i where i.toks @> array[w.k] offset 0) t`,
      row,
    );
}

const selfOfIds = ({ ids }: Of<'id'>, types: readonly string[]): string =>
  bigints(types.flatMap((type) => ids.map((id) => selfHash(type, id))));

const compartmentFrom =
  ({ patient }: Of<'compartment'>): From =>
  ({ schema, bind, alias }) => {
    const token = `${bind(compartmentToken(patient))}::bigint`;
    return `(select * from ${schema}.res i where i.pat = ${token} union all select * from ${schema}.res i where i.toks @> array[${token}] and i.pat <> ${token}) ${alias}`;
  };

const updatedFrom =
  ({ test }: Of<'updated'>): From =>
  ({ schema, bind, alias }) =>
    `(select v.rid, v.sk, v.ver from ${schema}.ver v where ${updatedSql(test, 'v.upd', bind)} offset 0) d cross join lateral (select * from ${schema}.res i where i.rid = d.rid and i.sk = d.sk and i.ver = d.ver offset 0) ${alias}`;

const numberFrom =
  (condition: Of<'number'>): From =>
  (row) =>
    byKey(`n.rid, n.sk from ${row.schema}.num n where ${numberSql(condition, 'n', row.bind)}`, row);

const nearFrom =
  (condition: Of<'near'>): From =>
  (row) =>
    byKey(`n.rid, n.sk from ${row.schema}.num n where ${nearSql(condition, 'n', row.bind)}`, row);

const textFrom =
  (condition: Of<'text'>): From =>
  (row) =>
    byKey(`s.rid, s.sk from ${row.schema}.str s where ${textSql(condition, 's', row.bind)}`, row);

/** A row may have several of the texts. */
const termsFrom =
  (condition: Of<'terms'>): From =>
  (row) => {
    const terms = `select t.tok from ${row.schema}.term t where ${termSql(condition, 't', row.bind)} offset 0`;
    return byKey(
      `t.rid, t.sk from (${terms}) w cross join lateral (select i.rid, i.sk from ${row.schema}.res i where i.toks @> array[w.tok] offset 0) t`,
      row,
    );
  };

/** The rows of a source, to be joined with others. */
const matched = ({ condition }: Source, row: Row): string =>
  `(select ${row.alias}.self, ${row.alias}.pat, ${row.alias}.sk, ${row.alias}.toks from ${sourceSql([condition], row)} offset 0) ${row.alias}`;

/** From the rows that match to those that refer to them. */
const refersFrom =
  (link: Link, to: Source): From =>
  (row) => {
    const { alias, schema, bind } = row;
    const other = rowOf(row, typesOf(to));
    const source = matched(to, other);
    if (link.fenced) {
      const fence = `i.pat = ${other.alias}.self and i.sk = ${other.alias}.sk and ${typeSql({ ...row, alias: 'i' }, false)} and not i.del`;
      return `${source} cross join lateral (select * from ${schema}.res i where ${fence} offset 0) ${alias}`;
    }
    const keys = `${bind(bigints(link.keys))}::bigint[]`;
    const tokens =
      link.canonical === undefined
        ? `select x.k # ${other.alias}.self as k from ${source} cross join unnest(${keys}) x(k)`
        : `select unnest(${canonicalTokens(link, other, keys)}) as k from ${source}`;
    return byKey(
      `t.rid, t.sk from (select distinct q.k from (${tokens}) q) w cross join lateral (select i.rid, i.sk from ${schema}.res i where i.toks @> array[w.k] offset 0) t`,
      row,
    );
  };

/** From the rows that match to those that they refer to. */
const referredFrom =
  (link: Link, by: Source): From =>
  (row) => {
    const { alias, schema, bind } = row;
    const other = rowOf(row, typesOf(by));
    const source = matched(by, other);
    const keys = (): string => `unnest(${bind(bigints(link.keys))}::bigint[]) x(k)`;
    const self = link.fenced
      ? `select distinct ${other.alias}.pat as self from ${source}`
      : `select distinct w.k # x.k as self from ${source} cross join unnest(${other.alias}.toks) w(k) cross join ${keys()}`;
    return `(${self}) d cross join lateral (select * from ${schema}.res i where i.self = d.self offset 0) ${alias}`;
  };

/** The driver of the condition gives nothing that the condition would not let through. */
const isExact = (condition: Condition | undefined): boolean => condition?.kind !== 'all' && condition?.kind !== 'id';

/** It gives rows of the types only, and none that are deleted. */
const isOfTypes = ({ name, condition }: Driver): boolean => name === 'type' || (name === 'patient' && condition?.kind === 'tokens');

const anyFrom =
  (drivers: readonly Driver[]): From =>
  (row) => {
    const members = drivers.map(({ from, condition }) => {
      const member = rowOf(row, row.types);
      const tests = isExact(condition) ? [] : testsSql([condition as Condition], member);
      return `select ${member.alias}.rid, ${member.alias}.sk from ${from(member)}${tests.length === 0 ? '' : ` where ${tests.join(' and ')}`}`;
    });
    return byKey(`q.rid, q.sk from (${members.join(' union all ')}) q`, row);
  };

/** Its index leads to resources only, and passes contained ones by. */
const isBeside = (condition: Condition): boolean =>
  ['id', 'date', 'updated', 'compartment'].includes(condition.kind) || (condition.kind === 'tokens' && condition.patient !== undefined);

/** What leads to the rows of one condition; undefined where no index does. */
export function driverOf(condition: Condition, row: Pick<Row, 'types' | 'statistics'>): Driver | undefined {
  const { types, statistics } = row;
  if (types.some(isContained) && isBeside(condition)) return undefined;
  const rows = estimate(condition, types, statistics);
  const driver = (name: string, from: From): Driver => ({ condition, from, rows, name });
  switch (condition.kind) {
    case 'tokens':
      if (condition.negated || condition.any.length === 0) return undefined;
      return driver(condition.patient === undefined ? 'token' : 'patient', tokensFrom(condition, types));
    case 'id':
      return condition.negated
        ? undefined
        : driver(
            'id',
            indexed(({ alias, bind }) => `${alias}.self = any(${bind(selfOfIds(condition, types))}::bigint[])`),
          );
    case 'compartment':
      return driver('compartment', compartmentFrom(condition));
    case 'updated':
      return driver('updated', updatedFrom(condition));
    case 'number':
      return driver('number', numberFrom(condition));
    case 'near':
      return driver('near', nearFrom(condition));
    case 'text':
      return driver('text', textFrom(condition));
    case 'terms':
      return driver('terms', termsFrom(condition));
    case 'words':
      return driver('words', (each) => wordsFrom(condition, each));
    case 'refers':
      return isWorthFollowing(condition.to, row) ? driver('chain', refersFrom(condition.link, condition.to)) : undefined;
    case 'referred':
      if (condition.link.canonical !== undefined) return undefined;
      return isWorthFollowing(condition.by, row) ? driver('reverse chain', referredFrom(condition.link, condition.by)) : undefined;
    case 'any': {
      const drivers = condition.of.map((each) => driverOf(each, row));
      if (drivers.length === 0 || drivers.some((each) => each === undefined)) return undefined;
      return driver('union', anyFrom(drivers as readonly Driver[]));
    }
    case 'all': {
      const best = cheapest(condition.of.flatMap(conjuncts), row);
      return best && { ...best, condition };
    }
    case 'date':
      return driver(
        'date',
        indexed((each) => `${typeSql(each, false)} and not ${each.alias}.del and ${dateSql(condition.test, each.alias, each.bind)}`),
      );
    case 'type':
    case 'consented':
    case 'coded':
    case 'hierarchy':
    case 'not':
      return undefined;
  }
}

/** Beyond this many rows a chain is tested row by row instead. */
const mostFollowed = 100_000;

const isWorthFollowing = (source: Source, { statistics }: Pick<Row, 'statistics'>): boolean =>
  estimateSource(source, statistics) <= mostFollowed;

function cheapest(conditions: readonly Condition[], row: Pick<Row, 'types' | 'statistics'>): Driver | undefined {
  let best: Driver | undefined;
  let least = Number.POSITIVE_INFINITY;
  if (conditions.length === 1) return driverOf(conditions[0] as Condition, row);
  for (const condition of conditions) {
    const driver = driverOf(condition, row);
    const cost = driver === undefined ? Number.POSITIVE_INFINITY : costOf(driver, conditions, row);
    if (cost < least) [best, least] = [driver, cost];
  }
  return best;
}

/** All rows that the driver leads to, and the tests of all other conditions on them. */
export function costOf(driver: Driver, conditions: readonly Condition[], { types, statistics }: Pick<Row, 'types' | 'statistics'>): number {
  const rows = Math.min(driver.rows, rowsOfTypes(types, statistics));
  const others = conditions.flatMap(conjuncts).filter((each) => each !== driver.condition);
  return costOfWay(driver, rows, statistics) + costOfTesting(others, types, statistics, rows);
}

/** A patient's own rows stand together: cheaper than any other way that is not far narrower. */
function costOfWay({ name, condition }: Driver, rows: number, statistics: Statistics): number {
  if (name === 'patient') return rows / 10;
  if (name === 'id') return rows / 100;
  if (condition?.kind === 'refers') return rows + costOfSource(condition.to, statistics);
  if (condition?.kind === 'referred') return rows + costOfSource(condition.by, statistics) * (condition.link.fenced ? 1 : 5);
  return name === 'token' || name === 'date' || name === 'type' ? rows : 2 * rows;
}

const scan: Driver = {
  name: 'type',
  rows: Number.POSITIVE_INFINITY,
  from: indexed((each) => `${typeSql(each, false)} and ${isThere(each)}`),
};

/** The best way to the rows on which all conditions hold, whatever the order. */
export const chooseDriver = (conditions: readonly Condition[], row: Row): Driver => cheapest(conditions.flatMap(conjuncts), row) ?? scan;

/** The rest of the conditions, as tests. */
export function remaining(conditions: readonly Condition[], driver: Driver, row: Row): readonly string[] {
  const list = conditions.flatMap(conjuncts).filter((each) => each !== driver.condition || !isExact(each));
  const ofType = isOfTypes(driver) ? [] : [typeSql(row, true), isThere(row)];
  return [...ofType, ...testsSql(list, row)];
}

/** `from … where …`: the rows that match, under the alias of the row. */
export function sourceSql(conditions: readonly Condition[], row: Row, driver = chooseDriver(conditions, row)): string {
  const from = driver.from(row);
  const tested = Math.min(driver.rows, rowsOfTypes(row.types, row.statistics));
  const tests = remaining(conditions, driver, { ...row, tested });
  return `${from} where ${tests.length === 0 ? 'true' : tests.join(' and ')}`;
}
