/**
 * What the ways of running a search are likely to cost, in look-ups of one row. Never decides about an answer.
 * Measured on 1 M resources: a row by its key 5 µs, a test of its tokens 0.2 µs, a walk's step 1.5 µs.
 */
import { type Condition, conjuncts, type Source } from '../condition.ts';
import { estimate, estimateSource, sum } from './estimate.ts';
import type { Statistics } from './statistics.ts';

/** One row on the way of an index in its order. */
export const costOfStep = 0.3;

/** Testing one row by what stands in it. */
const onTheRow = 0.05;
/** A row's tokens, each looked up. */
const allTokens = 5;
/** Looking for one row of a side table. */
const lookUp = 1;
/** All tokens of a row, each looked up as a resource. */
const takenApart = 20;
/** A look into the index of tokens. */
const tokenLookUp = 12;
/** Putting one row into a set in memory. */
const gathered = 0.4;
/** Larger sets are looked up row by row. */
const mostGathered = 200_000;

/** Rows that a test would have to gather to answer from a set in memory; undefined where it cannot. */
function gatheredRows(condition: Condition, types: readonly string[], statistics: Statistics): number | undefined {
  switch (condition.kind) {
    case 'number':
    case 'text':
    case 'words':
      return estimate(condition, types, statistics);
    case 'refers':
      return condition.link.canonical === undefined ? estimateSource(condition.to, statistics) : undefined;
    case 'referred':
      return condition.link.fenced ? estimateSource(condition.by, statistics) : undefined;
    default:
      return undefined;
  }
}

/** One test of one row, when nothing was gathered before. */
function costOfLookUp(condition: Condition, statistics: Statistics): number {
  switch (condition.kind) {
    case 'number':
    case 'near':
    case 'text':
    case 'updated':
      return lookUp;
    case 'consented':
    case 'words':
      return allTokens * lookUp;
    case 'refers':
      return (condition.link.fenced ? lookUp : takenApart) + costOfTests([condition.to.condition], statistics);
    case 'referred':
      return tokenLookUp + costOfTests([condition.by.condition], statistics);
    case 'not':
      return costOfLookUp(condition.of, statistics);
    case 'any':
    case 'all':
      return sum(condition.of.map((each) => costOfLookUp(each, statistics)));
    default:
      return onTheRow;
  }
}

const costOfTests = (conditions: readonly Condition[], statistics: Statistics): number =>
  sum(conditions.flatMap(conjuncts).map((each) => costOfLookUp(each, statistics)));

/** Rows of the source, and what it takes to find them, as if by its rarest condition. */
export const costOfSource = (source: Source, statistics: Statistics): number => 1 + 1.5 * estimateSource(source, statistics);

/** Whether so many tests are cheaper from a set in memory. */
export function isGathered(condition: Condition, types: readonly string[], statistics: Statistics, tests: number): boolean {
  const rows = gatheredRows(condition, types, statistics);
  if (rows === undefined || rows > mostGathered) return false;
  return costOfGathering(condition, rows) < tests * costOfLookUp(condition, statistics);
}

const costOfGathering = ({ kind }: Condition, rows: number): number =>
  rows * (kind === 'refers' || kind === 'referred' ? 1 + gathered : gathered);

/** So many rows with all these tests. */
export function costOfTesting(conditions: readonly Condition[], types: readonly string[], statistics: Statistics, rows: number): number {
  return sum(
    conditions.flatMap(conjuncts).map((each) => {
      const singly = rows * costOfLookUp(each, statistics);
      const set = gatheredRows(each, types, statistics);
      return set === undefined || set > mostGathered ? singly : Math.min(singly, costOfGathering(each, set));
    }),
  );
}
