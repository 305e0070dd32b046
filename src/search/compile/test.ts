/**
 * Conditions as tests of one row that is already at hand. Whatever looks elsewhere is fenced with `offset 0`: it runs for each row by
 * its key, and the planner never turns it into a join of whole tables.
 */
import { notLookedUp } from '../coded.ts';
import { type Condition, conjuncts, type Link, type Source, typesOf } from '../condition.ts';
import { notFollowed } from '../hierarchy.ts';
import { compartmentToken } from '../link-token.ts';
import { isGathered } from '../plan/cost.ts';
import { bigints } from '../sql.ts';
import { dateSql, numberSql, termSql, textSql, updatedSql } from './bounds.ts';
import { consentedSql } from './consent.ts';
import { nearSql } from './near.ts';
import { isThere, type Row, rowOf, typeSql } from './row.ts';
import { hasOneOf, wordsSql } from './words.ts';

type Of<Kind extends Condition['kind']> = Condition & { readonly kind: Kind };

const isRequired = (condition: Condition): condition is Of<'tokens'> =>
  condition.kind === 'tokens' && !condition.negated && condition.any.length === 1;

/** Conditions that hold together; tokens that must all be there become one containment. */
export function testsSql(conditions: readonly Condition[], row: Row): readonly string[] {
  const list = conditions.flatMap(conjuncts);
  const tokens = [...new Set(list.filter(isRequired).flatMap(({ any }) => any))];
  const containment = tokens.length === 0 ? [] : [`${row.alias}.toks @> ${row.bind(bigints(tokens))}::bigint[]`];
  return [...containment, ...list.filter((each) => !isRequired(each)).map((each) => testSql(each, row))];
}

const conjunction = (conditions: readonly Condition[], row: Row): string => {
  const tests = testsSql(conditions, row);
  return tests.length === 0 ? 'true' : tests.join(' and ');
};

export function testSql(condition: Condition, row: Row): string {
  const { alias, bind, schema } = row;
  switch (condition.kind) {
    case 'tokens':
      return tokensSql(condition, row);
    case 'id':
      return `${condition.negated ? 'not ' : ''}${alias}.id = any(${bind([...condition.ids])}::text[])`;
    case 'type':
      return typeSql(row, true, condition.types);
    case 'compartment': {
      const token = bind(compartmentToken(condition.patient));
      return `(${alias}.pat = ${token}::bigint or ${alias}.toks @> array[${token}::bigint])`;
    }
    case 'date':
      return dateSql(condition.test, alias, bind);
    case 'updated':
      return updatedSql(condition.test, updatedOf(row), bind);
    case 'number':
      if (gathers(condition, row))
        return isIn(`${alias}.rid`, `(select n.rid from ${schema}.num n where ${numberSql(condition, 'n', bind)})`);
      return existsSql(`${schema}.num n`, `n.rid = ${alias}.rid and n.sk = ${alias}.sk and ${numberSql(condition, 'n', bind)}`);
    case 'near':
      return existsSql(`${schema}.num n`, `n.rid = ${alias}.rid and n.sk = ${alias}.sk and ${nearSql(condition, 'n', bind)}`);
    case 'text':
      if (gathers(condition, row))
        return isIn(`${alias}.rid`, `(select s.rid from ${schema}.str s where ${textSql(condition, 's', bind)})`);
      return existsSql(`${schema}.str s`, `s.rid = ${alias}.rid and s.sk = ${alias}.sk and ${textSql(condition, 's', bind)}`);
    case 'terms':
      return `${alias}.toks && array(select t.tok from ${schema}.term t where ${termSql(condition, 't', bind)})`;
    case 'words':
      return gathers(condition, row) ? hasOneOf(condition, row) : wordsSql(condition, row);
    case 'refers':
      return gathers(condition, row) ? refersToOneOf(condition.link, condition.to, row) : refersSql(condition.link, condition.to, row);
    case 'referred':
      return gathers(condition, row) ? isOneReferredTo(condition.by, row) : referredSql(condition.link, condition.by, row);
    case 'consented':
      return consentedSql(condition, row);
    case 'coded':
      throw notLookedUp(condition);
    case 'hierarchy':
      throw notFollowed(condition);
    case 'not':
      return `not coalesce(${testSql(condition.of, row)}, false)`;
    case 'any':
      return condition.of.length === 0 ? 'false' : `(${condition.of.map((each) => testSql(each, row)).join(' or ')})`;
    case 'all':
      return `(${conjunction(condition.of, row)})`;
  }
}

/** A plain IN would become a join, run anew for each row; as a value it is a set that is made once. */
const isIn = (value: string, set: string): string => `(${value} in ${set}) is true`;

/** Whether the rows that a test speaks of are gathered once, because so many rows will be tested. */
const gathers = (condition: Condition, row: Row): boolean => isGathered(condition, row.types, row.statistics, row.tested);

/** When the current version was written. */
export const updatedOf = ({ alias, schema }: Row): string =>
  `(select u.upd from ${schema}.ver u where u.rid = ${alias}.rid and u.ver = ${alias}.ver and u.sk = ${alias}.sk)`;

const existsSql = (from: string, where: string): string => `exists (select from ${from} where ${where} offset 0)`;

/** Comparing two arrays costs the product of their lengths: 2,500 tokens took 120 µs a row, hashed once for all rows 5 µs. */
const mostCompared = 100;

/** `is true` keeps the planner from making a join of it, which would be hashed for each row. */
const hashedSql = (alias: string, array: string): string =>
  `exists (select from unnest(${alias}.toks) w(k) where (w.k in (select x.k from unnest(${array}) x(k))) is true offset 0)`;

function tokensSql({ any, negated }: Of<'tokens'>, { alias, bind }: Row): string {
  if (any.length === 0) return negated ? 'true' : 'false';
  const array = `${bind(bigints(any))}::bigint[]`;
  if (any.length > mostCompared) return `${negated ? 'not ' : ''}${hashedSql(alias, array)}`;
  if (negated) return `not ${alias}.toks && ${array}`;
  return any.length === 1 ? `${alias}.toks @> ${array}` : `${alias}.toks && ${array}`;
}

/** A row of the source under a fresh alias, with everything that must hold of it. */
function sourceRow(source: Source, row: Row): { readonly other: Row; readonly where: string } {
  const other = rowOf(row, typesOf(source));
  return { other, where: standsSql(source, other) };
}

const standsSql = ({ condition }: Source, other: Row): string =>
  `${typeSql(other, true)} and ${isThere(other)} and ${conjunction([condition], other)}`;

/** Of the row's tokens those that the parameter made, taken apart, are what it refers to: each is looked up by itself. */
function refersSql(link: Link, to: Source, row: Row): string {
  const { other, where } = sourceRow(to, row);
  const from = `${row.schema}.res ${other.alias}`;
  if (link.fenced) return existsSql(from, `${other.alias}.self = ${row.alias}.pat and ${where}`);
  const keys = `${row.bind(bigints(link.keys))}::bigint[]`;
  if (link.canonical === undefined) {
    const found = `select * from ${row.schema}.res i where i.self = w.k # x.k offset 0`;
    return `exists (select from unnest(${row.alias}.toks) w(k) cross join unnest(${keys}) x(k) cross join lateral (${found}) ${other.alias} where ${where} offset 0)`;
  }
  return existsSql(from, `${where} and ${canonicalTokens(link, other, keys)} && ${row.alias}.toks`);
}

/** The tokens that canonicals of the parameter to this row would be. */
export function canonicalTokens({ canonical }: Link, { alias, bind }: Row, keys: string): string {
  const { url = '0', versioned = '0' } = canonical ?? {};
  const own = `array[${bind(url)}::bigint, ${bind(versioned)}::bigint]`;
  return `array(select w.k # o.k # x.k from unnest(${alias}.toks) w(k), unnest(${own}) o(k), unnest(${keys}) x(k))`;
}

/** The rows of the source are found once, by the best way, and kept as a set. */
const oneOf = (column: 'self' | 'pat', source: Source, row: Row): string => {
  const other = rowOf(row, typesOf(source));
  return `(select ${other.alias}.${column} from ${row.sourceSql([source.condition], other)})`;
};

function refersToOneOf(link: Link, to: Source, row: Row): string {
  const set = oneOf('self', to, row);
  if (link.fenced) return isIn(`${row.alias}.pat`, set);
  const keys = `${row.bind(bigints(link.keys))}::bigint[]`;
  return `exists (select from unnest(${row.alias}.toks) w(k), unnest(${keys}) x(k) where ${isIn('w.k # x.k', set)} offset 0)`;
}

const isOneReferredTo = (by: Source, row: Row): string => isIn(`${row.alias}.self`, oneOf('pat', by, row));

/** Tokens that each row of the source must have stand beside the link, so that one look-up finds both. */
function referredSql(link: Link, by: Source, row: Row): string {
  const other = rowOf(row, typesOf(by));
  const from = `${row.schema}.res ${other.alias}`;
  const where = (): string => standsSql(by, other);
  const [key, ...others] = link.keys;
  if (link.canonical === undefined && others.length === 0) {
    const required = conjuncts(by.condition).filter(isRequired);
    const rest = conjuncts(by.condition).filter((each) => !isRequired(each));
    if (link.fenced && required.length === 0) return existsSql(from, `${other.alias}.pat = ${row.alias}.self and ${where()}`);
    const tokens = [
      `${row.bind(key)}::bigint # ${row.alias}.self`,
      ...required.flatMap(({ any }) => any.map((token) => `${row.bind(token)}::bigint`)),
    ];
    const found = `select * from ${row.schema}.res i where i.toks @> array[${tokens.join(', ')}] offset 0`;
    return `exists (select from (${found}) ${other.alias} where ${typeSql(other, true)} and ${isThere(other)} and ${conjunction(rest, other)} offset 0)`;
  }
  const keys = `${row.bind(bigints(link.keys))}::bigint[]`;
  const tokens =
    link.canonical === undefined ? `array(select x.k # ${row.alias}.self from unnest(${keys}) x(k))` : canonicalTokens(link, row, keys);
  return existsSql(from, `${other.alias}.toks && ${tokens} and ${where()}`);
}
