/** Functions of FHIRPath that generated JavaScript calls. https://hl7.org/fhirpath/N1/ */
import { Pattern } from '../../fhir/fhirpath/pattern.ts';

/** NaN for a text that is no Integer. */
export function integer(text: unknown): number {
  if (typeof text !== 'string' || !/^[+-]?\d{1,20}$/.test(text)) return Number.NaN;
  const number = Number(text);
  return number <= 2_147_483_647 && number >= -2_147_483_648 ? number : Number.NaN;
}

/** Whether texts of items are distinct; undefined where one has only a twin. */
export function areDistinct<T>(items: readonly T[], textOf: (item: T) => unknown, twinOf?: (item: T) => unknown): boolean | undefined {
  const seen = new Set<unknown>();
  let count = 0;
  for (const item of items) {
    if (twinOf?.(item) !== undefined) return undefined;
    const text = textOf(item);
    if (text === undefined) continue;
    seen.add(text);
    count++;
  }
  return seen.size === count;
}

const mostKept = 2000;
const longestKept = 100;

/** Whether a text matches, kept for short texts: the same ones come again and again. */
export function patternTest(source: string): (text: string) => ReturnType<Pattern['test']> {
  const pattern = new Pattern(source, { ignoreCase: false, multiline: false });
  const kept = new Map<string, ReturnType<Pattern['test']>>();
  return (text) => {
    if (text.length > longestKept) return pattern.test(text);
    let verdict = kept.get(text);
    if (verdict === undefined) {
      verdict = pattern.test(text);
      if (kept.size >= mostKept) kept.clear();
      kept.set(text, verdict);
    }
    return verdict;
  };
}
