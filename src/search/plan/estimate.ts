/** How many rows a condition is likely to match: what the choice of plans is made by. Never decides about an answer. */
import { notLookedUp } from '../coded.ts';
import { type Condition, type IntervalTest, type Source, type TextTest, typesOf } from '../condition.ts';
import { notFollowed } from '../hierarchy.ts';
import { haversineOf } from '../sphere.ts';
import type { WordQuery } from '../text/word-query.ts';
import type { Statistics } from './statistics.ts';

/** Shares that PostgreSQL's statistics do not tell. */
const shareOf = { between: 0.03, beyond: 0.4, near: 0.02, contains: 0.05, text: 0.3 } as const;

export const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0);

/** Rows of all the types together. */
export const rowsOfTypes = (types: readonly string[], statistics: Statistics): number =>
  Math.max(1, sum(types.map((type) => statistics.typeRows(type))));

/** The bounds on the start of an interval; open ends are infinite. */
export function startBounds(test: IntervalTest): { readonly from: number; readonly to: number } {
  const bounds = test.map((comparisons) => {
    const starts = comparisons.filter(({ side }) => side === 'lo');
    const from = starts.filter(({ operator }) => operator.startsWith('>')).map(({ value }) => value);
    const to = starts.filter(({ operator }) => operator.startsWith('<')).map(({ value }) => value);
    return { from: Math.max(Number.NEGATIVE_INFINITY, ...from), to: Math.min(Number.POSITIVE_INFINITY, ...to) };
  });
  return { from: Math.min(...bounds.map(({ from }) => from)), to: Math.max(...bounds.map(({ to }) => to)) };
}

/** Expected matches among the rows of the types. */
export function estimate(condition: Condition, types: readonly string[], statistics: Statistics): number {
  const all = rowsOfTypes(types, statistics);
  const rows = estimateOf(condition, types, statistics, all);
  return Math.max(0, Math.min(all, rows));
}

function estimateOf(condition: Condition, types: readonly string[], statistics: Statistics, all: number): number {
  switch (condition.kind) {
    case 'tokens': {
      const rows = sum(condition.any.map((token) => statistics.tokenRows(token)));
      return condition.negated ? all - rows : rows;
    }
    case 'id':
      return condition.negated ? all : condition.ids.length;
    case 'compartment':
      return Math.max(100, all / Math.max(1, statistics.typeRows('Patient')));
    case 'date':
      return all * shareWithin(condition.test, (from, to) => statistics.dateShare(from, to));
    case 'updated':
      return all * shareWithin(condition.test, (from, to) => statistics.updatedShare(from, to));
    case 'number':
      return sum(condition.keys.map((key) => statistics.keyRows('num', key))) * shareOfTest(condition.test);
    case 'near':
      return sum(condition.keys.map((key) => statistics.keyRows('num', key))) * Math.max(shareOf.near, haversineOf(condition.cap));
    case 'text': {
      const rows = sum(condition.keys.map((key) => statistics.keyRows('str', key)));
      return rows * Math.min(1, sum(condition.tests.map(shareOfText)));
    }
    case 'terms':
      return all * Math.min(1, sum(condition.tests.map(shareOfText)));
    case 'words':
      return all * shareOfWords(condition.query, statistics);
    case 'type':
      return rowsOfTypes(condition.types, statistics);
    case 'refers':
      return estimateRefers(condition.to, statistics, all);
    case 'referred':
      return estimateSource(condition.by, statistics);
    case 'consented':
      return all;
    case 'coded':
      throw notLookedUp(condition);
    case 'hierarchy':
      throw notFollowed(condition);
    case 'not':
      return all - estimate(condition.of, types, statistics);
    case 'any':
      return sum(condition.of.map((each) => estimate(each, types, statistics)));
    case 'all':
      return estimateAll(condition.of, types, statistics);
  }
}

/** Share of texts with a word that begins so. */
const openWord = 0.02;

/** A phrase is as rare as its rarest word; words that begin so are several. */
function shareOfWords(query: WordQuery, statistics: Statistics): number {
  switch (query.kind) {
    case 'phrase': {
      const share = Math.min(...query.words.map((word) => statistics.wordShare(word)));
      return query.open ? Math.max(share, openWord) : share;
    }
    case 'not':
      return 1 - shareOfWords(query.of, statistics);
    case 'all':
      return Math.min(...query.of.map((each) => shareOfWords(each, statistics)));
    case 'any':
      return Math.min(1, sum(query.of.map((each) => shareOfWords(each, statistics))));
  }
}

/** Bounded on both sides it is meant to be narrow. */
const shareOfTest = (test: IntervalTest): number =>
  Math.min(1, sum(test.map((comparisons) => (comparisons.length > 1 ? shareOf.between : shareOf.beyond))));

/** Each further letter makes it rarer, up to a point. */
function shareOfText({ match, text }: TextTest): number {
  if (match === 'prefix') return 0.1 / 3 ** Math.min(5, text.length - 1);
  if (match === 'whole') return 0.001;
  return match === 'contains' || match === 'word' || match === 'suffix'
    ? shareOf.contains / 2 ** Math.min(5, text.length - 1)
    : shareOf.text;
}

const shareWithin = (test: IntervalTest, share: (from: number, to: number) => number): number => {
  const { from, to } = startBounds(test);
  return share(from, to);
};

export const estimateSource = (source: Source, statistics: Statistics): number => estimate(source.condition, typesOf(source), statistics);

/** As many refer to each of the matching ones as refer to one on average. */
function estimateRefers(to: Source, statistics: Statistics, all: number): number {
  const share = estimateSource(to, statistics) / rowsOfTypes(typesOf(to), statistics);
  return Math.max(share > 0 ? 1 : 0, all * share);
}

/** Conditions mostly go together: the rarest counts whole, each further one less than the one before. */
export function estimateAll(list: readonly Condition[], types: readonly string[], statistics: Statistics): number {
  const all = rowsOfTypes(types, statistics);
  const shares = list.map((each) => estimate(each, types, statistics) / all).sort((a, b) => a - b);
  return all * shares.reduce((product, share, i) => product * share ** (1 / 2 ** i), 1);
}
