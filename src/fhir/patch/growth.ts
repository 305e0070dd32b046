/** Bounds on what a patch may make of a resource: copies of copies would otherwise grow without end. https://www.rfc-editor.org/rfc/rfc6902#section-5 */
import { unfit } from './patch.ts';

/** Values that the copies of one patch may make together. */
export const mostCopied = 200_000;

/** Levels of objects and arrays, as in a body that is read. */
export const mostLevels = 100;

/** Counts the values of a tree, and stops beyond `limit`. */
export function countValues(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null) return 1;
  let count = 1;
  for (const child of Object.values(value)) {
    count += countValues(child, limit - count);
    if (count > limit) return count;
  }
  return count;
}

/** Throws 422 when the result is deeper than a body may be. */
export function checkLevels(value: unknown, left: number = mostLevels): void {
  if (typeof value !== 'object' || value === null) return;
  if (left === 0) throw unfit(`The patch nests elements more than ${mostLevels} levels deep.`);
  for (const child of Object.values(value)) checkLevels(child, left - 1);
}
