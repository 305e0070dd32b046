/** Ends work that a client's expression keeps from ending: the process has one thread for everybody. https://nodejs.org/docs/latest-v20.x/api/vm.html */
import { createContext, Script } from 'node:vm';

/** The work was ended. */
export class TimeLimitError extends Error {}

const script = new Script('work()');
const sandbox: { work?: () => unknown } = {};
const context = createContext(sandbox);

/** The result of `work`, which must not leave anything half-done when it is ended. Throws a TimeLimitError when it takes too long. */
export function withinTime<T>(milliseconds: number, work: () => T): T {
  const outer = sandbox.work;
  sandbox.work = work;
  try {
    return script.runInContext(context, { timeout: milliseconds }) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException | null)?.code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new TimeLimitError(`more than ${milliseconds} ms`);
  } finally {
    if (outer === undefined) delete sandbox.work;
    else sandbox.work = outer;
  }
}
