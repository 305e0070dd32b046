/**
 * Parts of invariants that have a function of their own in JavaScript, for they are asked of many elements: true, false, or undefined where
 * only the engine can tell.
 */
import { corrections } from '../invariant-corrections.ts';

type Get = (key: string) => string;

/** The expression that is evaluated for an invariant. */
const correctedText = (wanted: string): string => corrections.find(({ key }) => key === wanted)?.corrected ?? wanted;

export const nativeParts: ReadonlyMap<string, (get: Get) => string> = new Map([
  ['reference.substring(1) in %rootResource.contained.id', (get: Get) => `isContained(c,${get('reference')})`],
  ['%rootResource != %resource', () => 'c.contained'],
  [
    'concept.code.combine($this.descendants().concept.code).isDistinct()',
    (get: Get) => `(${get('contained')}===undefined?hasDistinctCodes(${get('concept')}):undefined)`,
  ],
  [
    'entry.where(fullUrl.exists()).select(fullUrl&resource.meta.versionId).isDistinct()',
    (get: Get) => `hasDistinctEntries(${get('entry')})`,
  ],
  [correctedText('eld-19'), (get: Get) => `isPlainPath(${get('path')})`],
  ["path.startsWith(%resource.snapshot.element.first().path&'.')", (get: Get) => `isBelowRoot(c,${get('path')},"snapshot")`],
]);
