/**
 * What full-text search keeps of a resource: its words with their positions, under a token of the text that they are made from.
 * Resources of one type with the same text share it. https://www.postgresql.org/docs/current/datatype-textsearch.html
 */
import { replaceEntities } from '../../fhir/xml/entity.ts';
import { hash64 } from '../hash.ts';
import type { DocumentRow } from '../index-rows.ts';
import { contentText } from '../index-text.ts';
import type { Content } from './content.ts';
import { wordsOf } from './words.ts';

/** Undefined where there is nothing to read. */
export function documentOf(type: string, content: Content): DocumentRow | undefined {
  const { narrative, texts, narratives } = content;
  if (narrative === undefined && texts.length === 0 && narratives.length === 0) return undefined;
  const text = [narrative ?? '', texts.join(between), narratives.join(between)].join(`${between}${between}`);
  return { token: hash64(contentText(type, text)), vector: () => vectorOf(content) };
}

const between = '\u0001';

/** PostgreSQL counts no further; words behind are found, but not as parts of phrases. */
const lastPosition = 16_383;
const mostPositions = 255;
/** A little less than the megabyte that PostgreSQL allows; further words are left out. */
const mostBytes = 1_000_000;

const tag = /<!--[\s\S]*?-->|<(?:"[^"]*"|'[^']*'|[^'">])*>/g;
const numericReference = /&#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}));/g;
const xmlReferences: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };

function characterOf(code: number): string {
  return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? ' ' : String.fromCodePoint(code);
}

/** The text of XHTML: each tag ends a word. */
export const plainText = (xhtml: string): string =>
  replaceEntities(xhtml.replace(tag, ' '))
    .replace(numericReference, (_, hex: string | undefined, decimal: string) =>
      characterOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)),
    )
    .replace(/&(?:amp|lt|gt|quot|apos);/g, (reference) => xmlReferences[reference] as string);

class Positions {
  readonly #words = new Map<string, string[]>();
  #position = 0;
  #bytes = 0;

  add(text: string, weight: '' | 'A'): void {
    for (const word of wordsOf(text)) this.#word(word, `${Math.min(++this.#position, lastPosition)}${weight}`);
    // No phrase begins in one text and ends in another.
    this.#position++;
  }

  #word(word: string, position: string): void {
    const known = this.#words.get(word);
    if (known && (known.length === mostPositions || known.at(-1) === position)) return;
    this.#bytes += known ? 2 : Buffer.byteLength(word) + 5;
    if (this.#bytes > mostBytes) return;
    if (known) known.push(position);
    else this.#words.set(word, [position]);
  }

  /** `'bone':1A,7 'marrow':2A`. */
  toString(): string {
    return Array.from(this.#words, ([word, positions]) => `'${word}':${positions.join()}`).join(' ');
  }
}

/** The narrative's words have the weight A, all others the weight D. */
function vectorOf({ narrative, texts, narratives }: Content): string {
  const positions = new Positions();
  if (narrative !== undefined) positions.add(plainText(narrative), 'A');
  for (const text of texts) positions.add(text, '');
  for (const each of narratives) positions.add(plainText(each), '');
  return positions.toString();
}
