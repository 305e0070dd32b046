/** Values of string parameters. */
import type { Item } from '../oracle/item.ts';
import { stringsOf } from '../oracle/string.ts';
import { escaped, folded } from '../oracle/text.ts';
import { type Drawn, modified, plain } from './drawn.ts';
import type { Random } from './random.ts';

const accented = (text: string): string => text.replace(/[aeiou]/, (letter) => `${letter}\u0308`);
const swapped = (text: string): string =>
  [...text].map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())).join('');

function changed(random: Random, text: string): string {
  return random.of(text, text, swapped(text), accented(text), `${text}q`, text.replace(' ', '  \t'));
}

/** One word or several, in another order, of some the beginning only. */
function someWords(random: Random, text: string): string {
  const words = text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return random
    .some(words, 1 + random.below(3))
    .map((word) => (random.next() < 0.5 ? word : word.slice(0, 1 + random.below(word.length))))
    .join(random.of(' ', ' ', ' - '));
}

/** As much as may be looked for. */
const most = 100;

export function stringValue(random: Random, item: Item): Drawn | undefined {
  const text = random.maybe(stringsOf(item).filter((each) => each.length < 1000 && /[\p{L}\p{N}]/u.test(folded(each))));
  if (text === undefined) return undefined;
  if (random.next() < 0.25) return modified('exact', escaped(random.of(text, text, swapped(text), text.slice(0, -1) || text)));
  if (random.next() < 0.25) return modified('text', escaped(changed(random, someWords(random, text))));
  const letters = [...text];
  if (random.next() < 0.4) {
    const from = random.below(letters.length);
    const part = letters.slice(from, from + 2 + random.below(6)).join('');
    return /[\p{L}\p{N}]/u.test(folded(part)) ? modified('contains', escaped(changed(random, part))) : undefined;
  }
  const start = letters.slice(0, Math.min(most, 1 + random.below(letters.length))).join('');
  return /[\p{L}\p{N}]/u.test(folded(start)) ? plain(escaped(changed(random, start))) : undefined;
}
