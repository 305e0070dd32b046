/** Paths of patches come from clients: they end in time or are refused. */
import { TimeLimitError, withinTime as within } from '../time-limit.ts';
import { unfit } from './patch.ts';

/** Milliseconds; paths of patches take about one. */
const longest = 500;

/** The result of `work`. Throws 422 when it takes too long. */
export function withinTime<T>(work: () => T): T {
  try {
    return within(longest, work);
  } catch (error) {
    if (!(error instanceof TimeLimitError)) throw error;
    throw unfit(`The path takes more than ${longest} ms to evaluate: make it simpler.`);
  }
}
