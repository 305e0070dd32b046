/**
 * The words of a text, as full-text search tells them apart: the same for what is indexed and what is asked.
 * https://hl7.org/fhir/R4/search.html#text
 */
import { normalised } from '../types/string.ts';

/** Longer ones are no words; PostgreSQL takes up to 2 KB. */
export const longestWord = 100;

const asciiWord = /[a-z0-9]+/g;
/** Scripts that are written without blanks between words: each character stands for itself, and a word is asked for as a phrase. */
export const unspaced = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const anyWord = new RegExp(`[${unspaced}]|(?:(?![${unspaced}])[\\p{L}\\p{N}])+`, 'gu');
const beyondAscii = /[^\0-\x7f]/;

/** Letters and digits that stand together; case and accents do not count: `Zoë's X-ray` → `zoe s x ray`. */
export function wordsOf(text: string): readonly string[] {
  const folded = normalised(text);
  const words = folded.match(beyondAscii.test(folded) ? anyWord : asciiWord) ?? [];
  return words.some((word) => word.length > longestWord) ? words.map((word) => word.slice(0, longestWord)) : words;
}
