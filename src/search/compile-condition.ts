/** Conditions of a Query as SQL over a row of `res`. Aliases: `r` the row, `u` its current version. */
import type { Comparison, Condition, IntervalTest, TextTest } from './condition.ts';
import { type Bind, bigints } from './sql.ts';
import { instantText } from './types/date.ts';

interface Target {
  readonly schema: string;
  readonly bind: Bind;
}

/** Beyond this many alternatives each token is looked up on its own. */
const mostOverlapping = 100;

type TokensCondition = Condition & { readonly kind: 'tokens' };

/** Conditions that hold together; tokens that must all be there become one containment, which an index answers at once. */
export function conjunction(conditions: readonly Condition[], target: Target): readonly string[] {
  const required = conditions.filter((each): each is TokensCondition => each.kind === 'tokens' && !each.negated && each.any.length === 1);
  const others = conditions.filter((each) => !(required as readonly Condition[]).includes(each));
  const tokens = [...new Set(required.flatMap(({ any }) => any))];
  const containment = tokens.length === 0 ? [] : [`r.toks @> ${target.bind(bigints(tokens))}::bigint[]`];
  return [...containment, ...others.map((each) => conditionSql(each, target))];
}

function conditionSql(condition: Condition, target: Target): string {
  switch (condition.kind) {
    case 'tokens':
      return tokensSql(condition, target);
    case 'id':
      return `${condition.negated ? 'not ' : ''}r.id = any(${target.bind([...condition.ids])}::text[])`;
    case 'date':
      return testSql(
        condition.test,
        ({ side, operator, value }) => `r.${side} ${operator} ${target.bind(instantText(value))}::timestamptz`,
      );
    case 'updated':
      return testSql(condition.test, (comparison) => updatedSql(comparison, target));
    case 'number':
      return numberSql(condition, target);
    case 'text':
      return textSql(condition, target);
    case 'any':
      return condition.of.length === 0 ? 'false' : `(${condition.of.map((each) => conditionSql(each, target)).join(' or ')})`;
    case 'all':
      return condition.of.length === 0 ? 'true' : `(${condition.of.map((each) => conditionSql(each, target)).join(' and ')})`;
  }
}

function tokensSql({ any, negated }: TokensCondition, { schema, bind }: Target): string {
  if (any.length === 0) return negated ? 'true' : 'false';
  const array = `${bind(bigints(any))}::bigint[]`;
  if (negated) return `not r.toks && ${array}`;
  if (any.length <= mostOverlapping) return `r.toks && ${array}`;
  return `(r.rid, r.sk) in (select t.rid, t.sk from unnest(${array}) as w(token) cross join lateral (select i.rid, i.sk from ${schema}.res i where i.toks @> array[w.token]) t)`;
}

const testSql = (test: IntervalTest, comparisonSql: (comparison: Comparison) => string): string => {
  const alternatives = test.map((comparisons) => comparisons.map(comparisonSql).join(' and '));
  return alternatives.length === 1 ? (alternatives[0] as string) : `(${alternatives.map((each) => `(${each})`).join(' or ')})`;
};

/** The time of an update is a point with milliseconds: its end is one later than its start. */
function updatedSql({ side, operator, value }: Comparison, { bind }: Target): string {
  const point = side === 'lo' ? operator : operator === '>' ? '>=' : operator === '<=' ? '<' : operator;
  return `u.upd ${point} ${bind(instantText(value))}::timestamptz`;
}

const keySql = (column: string, keys: readonly string[], bind: Bind): string =>
  keys.length === 1 ? `${column} = ${bind(keys[0])}::bigint` : `${column} = any(${bind(bigints(keys))}::bigint[])`;

function numberSql({ keys, units, test }: Condition & { readonly kind: 'number' }, { schema, bind }: Target): string {
  const unit = units ? ` and ${keySql('n.unit', units, bind)}` : '';
  const bounds = testSql(test, ({ side, operator, value }) => `n.${side} ${operator} ${bind(value)}::float8`);
  return `(r.rid, r.sk) in (select n.rid, n.sk from ${schema}.num n where ${keySql('n.key', keys, bind)}${unit} and ${bounds})`;
}

function textSql({ keys, continuations, tests }: Condition & { readonly kind: 'text' }, { schema, bind }: Target): string {
  const matches = tests.map((test) => textTestSql(test, bind));
  const key = keySql('s.key', [...keys, ...continuations], bind);
  return `(r.rid, r.sk) in (select s.rid, s.sk from ${schema}.str s where ${key} and (${matches.join(' or ')}))`;
}

function textTestSql({ match, text }: TextTest, bind: Bind): string {
  if (match === 'contains') return `s.val like ${bind(`%${text.replace(/[\\%_]/g, '\\$&')}%`)}`;
  const end = following(text);
  return `s.val >= ${bind(text)}${end === undefined ? '' : ` and s.val < ${bind(end)}`}`;
}

/** The first text, in code point order, behind all that start with the given one; undefined when there is none. */
function following(text: string): string | undefined {
  const points = [...text];
  const last = points.pop()?.codePointAt(0);
  if (last === undefined) return undefined;
  if (last === 0x10ffff) return following(points.join(''));
  // Surrogates are no characters: what follows U+D7FF is U+E000.
  return points.join('') + String.fromCodePoint(last === 0xd7ff ? 0xe000 : last + 1);
}

/** Whether the SQL of the conditions reads `u`. */
export const readsVersion = (condition: Condition): boolean =>
  condition.kind === 'updated' || ((condition.kind === 'any' || condition.kind === 'all') && condition.of.some(readsVersion));
