/** Intervals, numbers and texts of conditions as SQL over the columns that hold them. */
import type { Comparison, Condition, IntervalTest, TextTest } from '../condition.ts';
import type { Bind } from '../sql.ts';
import { noLetter } from '../text/word-start.ts';
import { instantText } from '../types/date.ts';
import { keySql } from './row.ts';

export const testSql = (test: IntervalTest, comparisonSql: (comparison: Comparison) => string): string => {
  const alternatives = test.map((comparisons) => comparisons.map(comparisonSql).join(' and '));
  return alternatives.length === 1 ? `${alternatives[0]}` : `(${alternatives.map((each) => `(${each})`).join(' or ')})`;
};

export const dateSql = (test: IntervalTest, alias: string, bind: Bind): string =>
  testSql(test, ({ side, operator, value }) => `${alias}.${side} ${operator} ${bind(instantText(value))}::timestamptz`);

/** The time of an update is a point with milliseconds: its end is one later than its start. */
export const updatedSql = (test: IntervalTest, column: string, bind: Bind): string =>
  testSql(test, ({ side, operator, value }) => {
    const point = side === 'lo' ? operator : operator === '>' ? '>=' : operator === '<=' ? '<' : operator;
    return `${column} ${point} ${bind(instantText(value))}::timestamptz`;
  });

/** Over a row of `num` under the alias. */
export function numberSql({ keys, units, test }: Condition & { readonly kind: 'number' }, alias: string, bind: Bind): string {
  const unit = units ? ` and ${keySql(`${alias}.unit`, units, bind)}` : '';
  const bounds = testSql(test, ({ side, operator, value }) => `${alias}.${side} ${operator} ${bind(value)}::float8`);
  return `${keySql(`${alias}.key`, keys, bind)}${unit} and ${bounds}`;
}

/** Over a row of `str` under the alias. */
export function textSql({ keys, continuations, tests }: Condition & { readonly kind: 'text' }, alias: string, bind: Bind): string {
  const key = keySql(`${alias}.key`, [...keys, ...continuations], bind);
  const isStart = (): string => (continuations.length === 0 ? 'true' : keySql(`${alias}.key`, keys, bind));
  const tested = tests.map((test) =>
    test.match === 'word' ? wordSql(test.text, `${alias}.val`, isStart, bind) : textTestSql(test, `${alias}.val`, bind),
  );
  return `${key} and (${tested.join(' or ')})`;
}

/** Over a row of `term` under the alias. */
export const termSql = ({ keys, tests }: Condition & { readonly kind: 'terms' }, alias: string, bind: Bind): string =>
  textSql({ kind: 'text', keys, continuations: [], tests }, alias, bind);

/** The first test is the quick one: few texts are left for the pattern. */
function wordSql(text: string, column: string, isStart: () => string, bind: Bind): string {
  const atStart = `(${column} like ${bind(`${text}%`)} and ${isStart()})`;
  return `(${column} like ${bind(`%${text}%`)} and (${atStart} or ${column} ~ ${bind(noLetter() + text)}))`;
}

const likeText = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

function textTestSql({ match, text }: TextTest, column: string, bind: Bind): string {
  if (match === 'whole') return `${column} = ${bind(text)}`;
  if (match === 'other') return `${column} <> ${bind(text)}`;
  if (match === 'contains') return `${column} like ${bind(`%${likeText(text)}%`)}`;
  if (match === 'suffix') return `${column} like ${bind(`%${likeText(text)}`)}`;
  if (match !== 'prefix') return `${column} ${match} ${bind(text)}`;
  const end = following(text);
  return `${column} >= ${bind(text)}${end === undefined ? '' : ` and ${column} < ${bind(end)}`}`;
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
