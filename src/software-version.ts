/** The version of this program, as package.json says. */
import { readFileSync } from 'node:fs';
import { projectFile } from './root.ts';

let known: string | undefined;

export const softwareVersion = (): string =>
  (known ??= (JSON.parse(readFileSync(projectFile('package.json'), 'utf8')) as { version: string }).version);
