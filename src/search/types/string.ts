/** String parameters: normalised text for prefix and substring search, a token for `:exact`. https://hl7.org/fhir/R4/search.html#string */
import { isObject } from '../../fhir/resource.ts';
import { hash64 } from '../hash.ts';
import type { IndexKey } from '../index-key.ts';
import { continuationText, exactText } from '../index-text.ts';
import type { Indexer, RowCollector } from '../row-collector.ts';

/** Characters in one row: below the size that an index entry can have, whatever the script. */
export const windowSize = 600;
/** Longer search texts are refused: windows overlap by this much, so that none is missed at a seam. */
export const longestSearch = 200;

const plainAscii = /^[\x20-\x7e]*$/;
const marks = /\p{M}+/gu;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters count as white space
const blanks = /[\s\p{Cc}]+/gu;

/** Case, accents and runs of white space do not count: `  Zoë\tÅse ` → `zoe ase`. */
export function normalised(text: string): string {
  const folded = plainAscii.test(text) ? text : text.normalize('NFD').replace(marks, '');
  return folded.toLowerCase().replace(blanks, ' ').trim();
}

function indexText(parameter: IndexKey, value: unknown, rows: RowCollector): void {
  if (typeof value !== 'string' || value === '') return;
  rows.token(exactText(parameter.text, value));
  const text = normalised(value);
  if (text === '') return;
  rows.string(parameter.key, text.slice(0, windowSize));
  if (text.length > windowSize) indexRest(parameter, text, rows);
}

function indexRest(parameter: IndexKey, text: string, rows: RowCollector): void {
  const key = hash64(continuationText(parameter.text));
  for (let at = windowSize - longestSearch; at + longestSearch < text.length; at += windowSize - longestSearch)
    rows.string(key, text.slice(at, at + windowSize));
}

/** The parts of a complex type that are searched, each on its own. */
const parts =
  (names: readonly string[]): Indexer =>
  (parameter, value, rows) => {
    if (!isObject(value)) return;
    for (const name of names) {
      const part = value[name];
      if (Array.isArray(part)) for (const each of part) indexText(parameter, each, rows);
      else indexText(parameter, part, rows);
    }
  };

export const stringIndexers: ReadonlyMap<string, Indexer> = new Map<string, Indexer>([
  ['HumanName', parts(['text', 'family', 'given', 'prefix', 'suffix'])],
  ['Address', parts(['text', 'line', 'city', 'district', 'state', 'postalCode', 'country'])],
  ['CodeableConcept', parts(['text'])],
  ...['string', 'markdown', 'code', 'id', 'uri', 'url', 'canonical'].map((type) => [type, indexText] as const),
]);
