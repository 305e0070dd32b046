/** Ends work that a client's expression keeps from ending: the process has one thread for everybody. https://nodejs.org/docs/latest-v20.x/api/vm.html */
import { createContext, Script } from 'node:vm';
import { unfit } from './patch.ts';

/** Milliseconds; paths of patches take about one. */
const longest = 500;

const script = new Script('work()');

/** The result of `work`, which must not leave anything half-done when it is ended. Throws 422 when it takes too long. */
export function withinTime<T>(work: () => T): T {
  const context = createContext({ work });
  try {
    return script.runInContext(context, { timeout: longest }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw unfit(`The path takes more than ${longest} ms to evaluate: make it simpler.`);
  }
}
