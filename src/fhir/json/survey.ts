/**
 * One quick pass over JSON text for what the native parser does not tell (strings counted, digits to keep, depth), building nothing.
 * https://www.rfc-editor.org/rfc/rfc8259
 */
import { printsBack } from './exact.ts';

export interface KeptNumber {
  /** The how-manieth number of the text, from 0. */
  readonly ordinal: number;
  readonly text: string;
}

export interface Survey {
  /** String literals, property names included. */
  readonly strings: number;
  /** Numbers whose text differs from what JavaScript prints, in the order of the text. */
  readonly kept: readonly KeptNumber[];
  /** No white space, no escape but those that JavaScript prints, no name that it moves: valid JSON is printed just as it stands here. */
  readonly isPrinted: boolean;
}

export const maxNumberLength = 400;

/** Fifteen significant digits survive a double; an exponent, a last zero behind the point and tiny values may print otherwise. */
const plainNumber = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.(?!0000)\d*[1-9])$/;

/** Whether JavaScript prints the number just as it stands in the text. */
export const isPlain = (number: string): boolean => (number.length <= 15 && plainNumber.test(number)) || printsBack(number);

/** Characters of a number; outside strings of valid JSON a whole run of them is one number. */
const inNumber = (c: number): boolean => (c >= 48 && c <= 57) || c === 46 || c === 45 || c === 43 || c === 101 || c === 69;

function endOfNumber(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && inNumber(text.charCodeAt(at))) at++;
  return at;
}

const unitAt = (text: string, at: number): number => Number.parseInt(text.slice(at, at + 4), 16);

const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** Length of the escape at `at` (a backslash), a surrogate pair taken as one; 0 for what only the careful reader should judge. */
function escapeLength(text: string, at: number): number {
  const kind = text.charCodeAt(at + 1);
  if (kind === 98 || kind === 102) return 0;
  if (kind !== 117) return 2;
  const unit = unitAt(text, at + 2);
  if (!(unit >= 32) || isLow(unit)) return 0;
  if (unit < 0xd800 || unit > 0xdbff) return 6;
  return text.startsWith('\\u', at + 6) && isLow(unitAt(text, at + 8)) ? 12 : 0;
}

const orEnd = (at: number): number => (at < 0 ? Number.MAX_SAFE_INTEGER : at);

/** Walks over strings; remembers where the next backslash of the text is, so that strings without one cost a single indexOf. */
class Strings {
  count = 0;
  /** `\"`, `\\`, `\n`, `\r` and `\t` are what is printed; `\/` and `\u…` stand for what is printed otherwise, or may be. */
  isPrinted = true;
  private escape: number;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
    this.escape = orEnd(text.indexOf('\\'));
  }

  /** Index of the quote that closes the string opened at `open`; -1 when there is none or the string is doubtful. */
  close(open: number): number {
    this.count++;
    const at = this.text.indexOf('"', open + 1);
    return at > this.escape ? this.closeEscaped(at) : at;
  }

  private closeEscaped(quote: number): number {
    let at = quote;
    while (this.escape < at) {
      const length = escapeLength(this.text, this.escape);
      if (length === 0) return -1;
      const kind = this.text.charCodeAt(this.escape + 1);
      if (kind === 47 || kind === 117) this.isPrinted = false;
      if (this.escape + 1 === at) at = this.text.indexOf('"', at + 1);
      this.escape = orEnd(this.text.indexOf('\\', this.escape + length));
    }
    return at;
  }
}

/**
 * Surveys text that may be anything at all. The counts are right where the text is valid JSON; undefined means "read it carefully":
 * it is too deep, or holds something unusual or certainly wrong.
 */
export function surveyJson(text: string, maxDepth: number): Survey | undefined {
  const kept: KeptNumber[] = [];
  const strings = new Strings(text);
  let numbers = 0;
  let depth = 0;
  let hasSpace = false;
  // JavaScript moves such names to the front.
  let hasDigitName = false;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 44 || c === 58) continue;
    if (c <= 32) {
      hasSpace = true;
    } else if (c === 34) {
      const first = text.charCodeAt(at + 1);
      at = strings.close(at);
      if (at < 0) return undefined;
      if (first >= 48 && first <= 57 && text.charCodeAt(at + 1) === 58) hasDigitName = true;
    } else if (c === 123 || c === 91) {
      if (++depth > maxDepth) return undefined;
    } else if (c === 125 || c === 93) {
      depth--;
    } else if (c === 45 || (c >= 48 && c <= 57)) {
      const end = endOfNumber(text, at);
      const number = text.slice(at, end);
      if (!isPlain(number)) {
        if (number.length > maxNumberLength || !Number.isFinite(Number(number))) return undefined;
        kept.push({ ordinal: numbers, text: number });
      }
      numbers++;
      at = end - 1;
    }
  }
  return { strings: strings.count, kept, isPrinted: !hasSpace && !hasDigitName && strings.isPrinted };
}
