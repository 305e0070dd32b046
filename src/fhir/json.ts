/**
 * JSON in and out without losing anything: strict reading with places of faults, decimals that keep their digits.
 * https://hl7.org/fhir/R4/json.html, https://www.rfc-editor.org/rfc/rfc8259
 */
import { setExactNumber } from './json/exact.ts';
import { readStrictly } from './json/strict.ts';
import { type KeptNumber, surveyJson } from './json/survey.ts';

export { cloneJson } from './json/clone.ts';
export { carryExact, exactNumber, setExactNumber } from './json/exact.ts';
export { printJson } from './json/print.ts';

export interface JsonOptions {
  /** Levels of objects and arrays; 100 unless told otherwise. */
  readonly maxDepth?: number;
}

/** Property names and string values in a parsed value. Equal to the string literals of the text unless a name stood twice. */
function countStrings(value: object): number {
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countIn(item);
    return count;
  }
  for (const key in value) count += 1 + countIn(value[key as keyof typeof value]);
  return count;
}

function countIn(value: unknown): number {
  if (typeof value === 'string') return 1;
  return typeof value === 'object' && value !== null ? countStrings(value) : 0;
}

/** Gives the kept digits to their containers, by the order of the numbers; false where the order of the text is lost. */
class Attachment {
  private ordinal = 0;
  private next = 0;
  private readonly kept: readonly KeptNumber[];

  constructor(kept: readonly KeptNumber[]) {
    this.kept = kept;
  }

  to(container: object): boolean {
    if (Array.isArray(container)) return container.every((item, index) => this.visit(container, index, item));
    let first = true;
    for (const key in container) {
      // JavaScript moves names like "7" to the front.
      if (first && /^\d/.test(key)) return false;
      first = false;
      if (!this.visit(container, key, container[key as keyof typeof container])) return false;
    }
    return true;
  }

  private visit(container: object, key: string | number, value: unknown): boolean {
    if (typeof value === 'object' && value !== null) return this.to(value);
    if (typeof value !== 'number') return true;
    const expected = this.kept[this.next];
    if (this.ordinal++ === expected?.ordinal) {
      this.next++;
      setExactNumber(container, key, expected.text);
    }
    return true;
  }
}

export interface ReadJson {
  readonly value: unknown;
  /** printJson gives the very text again, as long as nobody changes the value. */
  readonly isPrinted: boolean;
}

/** The value by the native parser, or undefined when the text must be read with care. */
function readQuickly(text: string, maxDepth: number): ReadJson | undefined {
  const survey = text.isWellFormed() ? surveyJson(text, maxDepth) : undefined;
  if (!survey) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (countIn(value) !== survey.strings) return undefined;
  const attached = survey.kept.length === 0 || typeof value !== 'object' || value === null || new Attachment(survey.kept).to(value);
  return attached ? { value, isPrinted: survey.isPrinted } : undefined;
}

/**
 * Parses JSON text; a byte order mark at its start is skipped. Numbers keep their digits (see printJson).
 * Throws a FhirError (400, `structure`) with line and column for broken text, a property that stands twice, half a surrogate pair,
 * a control character, a number that no double holds, or more levels than `maxDepth`.
 */
export const parseJson = (text: string, options: JsonOptions = {}): unknown => readJson(text, options).value;

/** The same, and whether the text is one that need not be printed anew. */
export function readJson(text: string, options: JsonOptions = {}): ReadJson {
  const hasMark = text.charCodeAt(0) === 0xfeff;
  const body = hasMark ? text.slice(1) : text;
  const maxDepth = options.maxDepth ?? 100;
  const quick = readQuickly(body, maxDepth) ?? { value: readStrictly(body, maxDepth), isPrinted: false };
  return hasMark ? { ...quick, isPrinted: false } : quick;
}
