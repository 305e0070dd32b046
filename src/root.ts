/** Where the project's own files lie, from the sources as well as from the compiled program. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json of Anamnesis not found above the program');
  return findRoot(parent);
}

export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

/** The absolute path of a file of the project, such as `src/fhir/generated/r4-model.json`. */
export const projectFile = (...path: string[]): string => join(projectRoot, ...path);
