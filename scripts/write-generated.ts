/** Generated files below the project; those that end in .gz are compressed. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { projectRoot } from '../src/root.ts';

const isCompressed = (path: string): boolean => path.endsWith('.gz');

export function writeGenerated(file: string, text: string): void {
  const path = join(projectRoot, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, isCompressed(path) ? gzipSync(text, { level: 9 }) : text);
}

/** Compressed files are compared by what they hold: versions of the compressor differ in the bytes they make. */
export function readGenerated(file: string): string {
  const path = join(projectRoot, file);
  return isCompressed(path) ? gunzipSync(readFileSync(path)).toString('utf8') : readFileSync(path, 'utf8');
}
