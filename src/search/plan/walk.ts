/** Whether a page is found by walking the rows in their order, by date or by the time of their update, and how far. */
import { costOf, type Driver } from '../compile/driver.ts';
import type { Condition } from '../condition.ts';
import { conjuncts } from '../condition.ts';
import { isContained } from '../contained/type.ts';
import type { OrderColumn } from '../order.ts';
import type { Query } from '../query.ts';
import { costOfStep, costOfTesting } from './cost.ts';
import { estimateAll, rowsOfTypes } from './estimate.ts';
import type { Statistics } from './statistics.ts';

export interface Walk {
  readonly by: 'date' | 'updated';
  readonly descending: boolean;
  /** Rows looked at; absent = as many as it takes, because nothing else leads to the matches. */
  readonly limit?: number;
  /** Rows that are likely to be tested. */
  readonly steps: number;
  /** Among the rows of one patient only: what this condition asks for. */
  readonly within?: PatientCondition;
}

export type PatientCondition = Condition & { readonly kind: 'tokens'; readonly patient: string };

/** A walk that goes further than expected is given up for the other way. */
const patience = 4;
const leastSteps = 500;
const mostSteps = 50_000;
/** Each type is a walk of its own. */
const mostTypes = 200;

function orderOf(columns: readonly OrderColumn[]): Walk['by'] | undefined {
  const [column, ...others] = columns;
  return others.length === 0 && (column?.kind === 'date' || column?.kind === 'updated') ? column.kind : undefined;
}

/** Undefined when the matches are taken all together and sorted. */
export function walkOf(query: Query, columns: readonly OrderColumn[], driver: Driver, statistics: Statistics): Walk | undefined {
  const by = orderOf(columns);
  const descending = columns[0]?.descending ?? true;
  if (by === undefined || query.types.some(isContained)) return undefined;
  if (driver.name === 'patient') return by === 'date' ? withinPatient(query, descending, driver) : undefined;
  return by === 'date' ? byDate(query, descending, driver, statistics) : byUpdate(query, descending, driver, statistics);
}

function byDate(query: Query, descending: boolean, driver: Driver, statistics: Statistics): Walk | undefined {
  if (query.types.length > mostTypes) return undefined;
  const steps = stepsOf(query, 'date', rowsOfTypes(query.types, statistics), statistics);
  if (driver.name === 'type') return { by: 'date', descending, steps };
  if (
    query.types.length > 1 ||
    !isWorthTrying(costOfWalk(query, 'date', steps, statistics), costOf(driver, query.conditions, { ...query, statistics }))
  )
    return undefined;
  return { by: 'date', descending, steps, limit: bounded(steps) };
}

/** A patient's rows of one type stand in the order of the date: those behind the page need not be looked at. */
function withinPatient({ types }: Query, descending: boolean, { condition, rows }: Driver): Walk | undefined {
  if (types.length > 1 || condition?.kind !== 'tokens' || condition.patient === undefined) return undefined;
  return { by: 'date', descending, steps: rows, within: condition as PatientCondition };
}

/** The versions of all types stand in one order. */
function byUpdate(query: Query, descending: boolean, driver: Driver, statistics: Statistics): Walk | undefined {
  const steps = stepsOf(query, 'updated', statistics.allRows(), statistics);
  if (!isWorthTrying(costOfWalk(query, 'updated', steps, statistics) + steps, costOf(driver, query.conditions, { ...query, statistics })))
    return undefined;
  return { by: 'updated', descending, steps, limit: bounded(steps) };
}

/** Fewer rows are fetched and sorted at once: a walk that fails, since what matches lies far away, would come on top. */
const worthTrying = 3000;

const isWorthTrying = (walk: number, otherwise: number): boolean => otherwise > worthTrying && walk < otherwise;

const costOfWalk = (query: Query, by: Walk['by'], steps: number, statistics: Statistics): number =>
  steps * costOfStep +
  costOfTesting(
    query.conditions.filter(({ kind }) => kind !== by),
    query.types,
    statistics,
    steps,
  );

/** Rows to be looked at until the page is full; bounds of the order itself are where the walk begins and ends. */
function stepsOf(query: Query, order: Walk['by'], all: number, statistics: Statistics): number {
  const tests = query.conditions.flatMap(conjuncts).filter(({ kind }: Condition) => kind !== order);
  return ((query.count + 1) * all) / Math.max(0.5, estimateAll(tests, query.types, statistics));
}

const bounded = (steps: number): number => Math.round(Math.min(mostSteps, Math.max(leastSteps, steps * patience)));
