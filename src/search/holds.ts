/** Whether a resource on its way into the store has what a Query asks for: its index rows are read as SQL reads the tables. */
import type { Comparison, Condition, IntervalTest, TextTest } from './condition.ts';
import type { IndexRows } from './index-rows.ts';

export interface Candidate {
  readonly id: string;
  readonly rows: IndexRows;
  /** When its version is written, in milliseconds since 1970. */
  readonly updated: number;
}

export function holds(condition: Condition, candidate: Candidate): boolean {
  const { rows } = candidate;
  switch (condition.kind) {
    case 'tokens':
      return condition.any.some((token) => rows.tokens.includes(token)) !== condition.negated;
    case 'id':
      return condition.ids.includes(candidate.id) !== condition.negated;
    case 'date':
      return rows.low !== null && rows.high !== null && within(condition.test, Date.parse(rows.low), Date.parse(rows.high));
    case 'updated':
      return within(condition.test, candidate.updated, candidate.updated + 1);
    case 'number':
      return numberHolds(condition, rows);
    case 'text':
      return textHolds(condition, rows);
    case 'any':
      return condition.of.some((each) => holds(each, candidate));
    case 'all':
      return condition.of.every((each) => holds(each, candidate));
  }
}

type NumberCondition = Condition & { readonly kind: 'number' };
type TextCondition = Condition & { readonly kind: 'text' };

const numberHolds = ({ keys, units, test }: NumberCondition, { numbers }: IndexRows): boolean =>
  numbers.some(
    ({ key, unit, low, high }) => keys.includes(key) && (units === undefined || units.includes(unit)) && within(test, low, high),
  );

const textHolds = ({ keys, continuations, tests }: TextCondition, { strings }: IndexRows): boolean =>
  strings.some(({ key, value }) => (keys.includes(key) || continuations.includes(key)) && tests.some((test) => textMatches(test, value)));

const textMatches = ({ match, text }: TextTest, value: string): boolean =>
  match === 'prefix' ? value.startsWith(text) : value.includes(text);

const within = (test: IntervalTest, low: number, high: number): boolean =>
  test.some((comparisons) => comparisons.every((comparison) => compares(comparison, comparison.side === 'lo' ? low : high)));

function compares({ operator, value }: Comparison, bound: number): boolean {
  switch (operator) {
    case '<':
      return bound < value;
    case '<=':
      return bound <= value;
    case '>':
      return bound > value;
    case '>=':
      return bound >= value;
  }
}
