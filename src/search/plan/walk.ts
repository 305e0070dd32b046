/** Whether a page is found by walking the rows in the order of their date, and how far. */

import type { Driver } from '../compile/driver.ts';
import type { Condition } from '../condition.ts';
import { conjuncts } from '../condition.ts';
import type { OrderColumn } from '../order.ts';
import type { Query } from '../query.ts';
import { estimateAll, rowsOfTypes } from './estimate.ts';
import type { Statistics } from './statistics.ts';

export interface Walk {
  readonly descending: boolean;
  /** Rows looked at; absent = as many as it takes, because nothing else leads to the matches. */
  readonly limit?: number;
}

/** Testing a row on the way costs less than fetching it by another index and sorting it. */
const costOfStep = 0.5;
/** A walk that goes further than expected is given up for the other way. */
const patience = 4;
const leastSteps = 500;
const mostSteps = 50_000;
/** Each type is a walk of its own. */
const mostTypes = 200;

const isDate = (columns: readonly OrderColumn[]): boolean => columns.length === 1 && columns[0]?.kind === 'date';

/** Undefined when the matches are taken all together and sorted. */
export function walkOf(query: Query, columns: readonly OrderColumn[], driver: Driver, statistics: Statistics): Walk | undefined {
  const descending = columns[0]?.descending ?? true;
  if (!isDate(columns) || driver.name === 'patient' || query.types.length > mostTypes) return undefined;
  if (driver.name === 'type') return { descending };
  const all = rowsOfTypes(query.types, statistics);
  const matches = Math.max(0.5, estimateAll(query.conditions.flatMap(conjuncts).filter(isNoDate), query.types, statistics));
  const steps = ((query.count + 1) * all) / matches;
  if (steps * costOfStep >= driver.rows || query.types.length > 1) return undefined;
  return { descending, limit: Math.round(Math.min(mostSteps, Math.max(leastSteps, steps * patience))) };
}

/** Bounds of the date are where the walk begins and ends. */
const isNoDate = ({ kind }: Condition): boolean => kind !== 'date';
