/** Larger public data sets that may lie beside the project; tests use them where they exist and pass without them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../src/root.ts';

/** Path of a shared data file or folder, or undefined where the data is absent. */
export function sharedData(...path: string[]): string | undefined {
  const found = join(projectRoot, '..', 'shared', 'data', ...path);
  return existsSync(found) ? found : undefined;
}
