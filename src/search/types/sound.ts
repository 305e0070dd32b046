/** Parameters that names are found by as they sound: Double Metaphone of each word. https://hl7.org/fhir/R4/codesystem-search-xpath-usage.html */
import { doubleMetaphone } from 'double-metaphone';
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import type { IndexKey } from '../index-key.ts';
import { soundText } from '../index-text.ts';
import type { Indexer, RowCollector } from '../row-collector.ts';
import { normalised } from './string.ts';

/** Signs that a name is written with or without: `O'Brien`. */
const apostrophes = /['’‘ʼʻ`´]/gu;
const runs = /[\p{L}\p{M}]+|\p{N}+/gu;

/** Letters and digits that stand together: `Anne-Marie O'Brien53` → `anne`, `marie`, `obrien`, `53`. */
export const soundWords = (text: string): readonly string[] =>
  text.normalize('NFC').toLowerCase().replace(apostrophes, '').match(runs) ?? [];

/** Latin letters that are no others with a mark. */
const letters: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' };
const special = new RegExp(`[${Object.keys(letters).join('')}]`, 'gu');
const latin = /^[a-z]+$/;

const plain = (word: string): string => normalised(word.replace(special, (letter) => letters[letter] ?? letter));

/** Two words sound alike when they share one of these. What has no sound in Latin letters is as it is written. */
export function soundsOf(word: string): readonly string[] {
  const written = plain(word);
  if (!latin.test(written)) return [`=${written}`];
  // The one mark that Double Metaphone hears; without it c sounds as it stands.
  const ways = word.includes('ç') ? [written, plain(word.replaceAll('ç', 's'))] : [written];
  const sounds = ways.flatMap((way) => doubleMetaphone(way)).filter((sound) => sound !== '');
  return sounds.length === 0 ? [`=${written}`] : [...new Set(sounds)];
}

function indexSounds({ text }: IndexKey, value: unknown, rows: RowCollector): void {
  if (typeof value !== 'string') return;
  for (const word of soundWords(value)) for (const sound of soundsOf(word)) rows.token(soundText(text, sound));
}

const partsOf = ({ family, given }: JsonObject): readonly unknown[] => [family, ...(Array.isArray(given) ? given : [])];

/** "A portion of either family or given name": the text stands for them where they are missing. */
const nameSounds: Indexer = (parameter, value, rows) => {
  if (!isObject(value)) return;
  const parts = partsOf(value).filter((part) => typeof part === 'string');
  for (const part of parts.length === 0 ? [value['text']] : parts) indexSounds(parameter, part, rows);
};

export const soundIndexers: ReadonlyMap<string, Indexer> = new Map([
  ['HumanName', nameSounds],
  ['string', indexSounds],
  ['markdown', indexSounds],
]);
