/** Whether a resource on its way into the store has what a Query asks for: its index rows are read as SQL reads the tables. */

import { refusal } from '../fhir/outcome.ts';
import type { Comparison, Condition, IntervalTest, TextTest } from './condition.ts';
import type { IndexRows } from './index-rows.ts';
import { compartmentToken } from './link-token.ts';
import { isWithin } from './sphere.ts';
import { hasWordStart } from './text/word-start.ts';

export interface Candidate {
  readonly type: string;
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
    case 'near':
      return nearHolds(condition, rows);
    case 'text':
      return textHolds(condition, rows);
    case 'type':
      return condition.types.includes(candidate.type);
    case 'compartment':
      return inCompartment(rows, compartmentToken(condition.patient));
    case 'terms':
      return (rows.terms ?? []).some(
        ({ key, value }) => condition.keys.includes(key) && condition.tests.some((test) => textMatches(test, value)),
      );
    case 'words':
      throw refusal(
        'not-supported',
        'Full-text search cannot be a criterion for resources of the same transaction: name the resource by its own elements',
        { status: 400 },
      );
    case 'refers':
    case 'referred':
      throw refusal(
        'not-supported',
        'Chains cannot be criteria for resources of the same transaction: name the resource by its own elements',
        {
          status: 400,
        },
      );
    case 'consented':
      throw new Error('consents are asked of the database');
    case 'hierarchy':
      throw refusal(
        'not-supported',
        'Hierarchies cannot be criteria for resources of the same transaction: name the resource by its own elements',
        { status: 400 },
      );
    case 'coded':
      throw refusal(
        'not-supported',
        'Value sets and code hierarchies cannot be criteria for resources of the same transaction: name the resource by its own elements',
        { status: 400 },
      );
    case 'not':
      return !holds(condition.of, candidate);
    case 'any':
      return condition.of.some((each) => holds(each, candidate));
    case 'all':
      return condition.of.every((each) => holds(each, candidate));
  }
}

const inCompartment = ({ patient, tokens }: IndexRows, token: string): boolean => patient === token || tokens.includes(token);

type NumberCondition = Condition & { readonly kind: 'number' };
type TextCondition = Condition & { readonly kind: 'text' };

const numberHolds = ({ keys, units, test }: NumberCondition, { numbers }: IndexRows): boolean =>
  numbers.some(
    ({ key, unit, low, high }) => keys.includes(key) && (units === undefined || units.includes(unit)) && within(test, low, high),
  );

const nearHolds = ({ keys, cap }: Condition & { readonly kind: 'near' }, { numbers }: IndexRows): boolean =>
  numbers.some(({ key, low, high }) => keys.includes(key) && isWithin({ latitude: low, longitude: high }, cap));

const textHolds = ({ keys, continuations, tests }: TextCondition, { strings }: IndexRows): boolean =>
  strings.some(
    ({ key, value }) =>
      (keys.includes(key) || continuations.includes(key)) && tests.some((test) => textMatches(test, value, keys.includes(key))),
  );

function textMatches({ match, text }: TextTest, value: string, isStart = true): boolean {
  switch (match) {
    case 'word':
      return hasWordStart(value, text, isStart);
    case 'prefix':
      return value.startsWith(text);
    case 'contains':
      return value.includes(text);
    case 'suffix':
      return value.endsWith(text);
    case 'whole':
      return value === text;
    case 'other':
      return value !== text;
    default:
      return compares(match, value, text);
  }
}

const within = (test: IntervalTest, low: number, high: number): boolean =>
  test.some((comparisons) =>
    comparisons.every((comparison) => compares(comparison.operator, comparison.side === 'lo' ? low : high, comparison.value)),
  );

function compares<T extends number | string>(operator: Comparison['operator'], bound: T, value: T): boolean {
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
