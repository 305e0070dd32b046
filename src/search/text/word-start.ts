/**
 * Where in a text a word begins, for `:text` of string parameters: a letter or digit, at the start or behind what is none.
 * https://hl7.org/fhir/R4/search.html#string
 */
import { unspaced } from './words.ts';

const piece = new RegExp(`[${unspaced}]+|(?:(?![${unspaced}])[\\p{L}\\p{N}])+`, 'gu');
const isUnspaced = new RegExp(`^[${unspaced}]`, 'u');

/** Words of a normalised text. Of scripts that are written without blanks, what stands together: each of its characters begins a word. */
export const piecesOf = (text: string): readonly string[] => text.match(piece) ?? [];

export const beginsAnywhere = (word: string): boolean => isUnspaced.test(word);

/** Beyond are characters of such scripts only. */
const planes = 0x20000;
const isSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xe000;

let known: string | undefined;

/** Marks and characters without a meaning stand in no normalised text: left among the letters, they make the list a fifth as long. */
function letterRanges(): string {
  const characters = Array.from({ length: planes }, (_, code) => (isSurrogate(code) ? '' : String.fromCodePoint(code)));
  const runs = new RegExp(`[[\\p{L}\\p{N}]--[${unspaced}]][[\\p{L}\\p{N}\\p{M}\\p{Cn}\\p{Co}]--[${unspaced}]]*`, 'gv');
  const ranges = (characters.join('').match(runs) ?? []).map((run) => [...run]);
  return ranges.map((run) => (run.length === 1 ? run[0] : `${run[0]}-${run.at(-1)}`)).join('');
}

/** A bracket expression for all that no word goes on with, for PostgreSQL and JavaScript alike. Made when it is first needed. */
export const noLetter = (): string => (known ??= `[^${letterRanges()}]`);

/** Whether a word of a normalised text begins so; `isStart` says that the text is no later part of a longer one. */
export const hasWordStart = (text: string, word: string, isStart: boolean): boolean =>
  (isStart && text.startsWith(word)) || new RegExp(`${noLetter()}${word}`, 'u').test(text);
