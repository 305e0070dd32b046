/** The list of operations: one line each. */
import { everything } from './everything.ts';
import type { Operation } from './operation.ts';

export const operations: readonly Operation[] = [everything];
