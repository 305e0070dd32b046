/** Names as they are heard: words of one, spelled as somebody else would. */
import type { Item } from '../oracle/item.ts';
import { soundedTexts } from '../oracle/sound.ts';
import { escaped } from '../oracle/text.ts';
import { type Drawn, plain } from './drawn.ts';
import type { Random } from './random.ts';

const spellings: readonly (readonly [RegExp, string])[] = [
  [/ph/gi, 'f'],
  [/c(?=[aou])/gi, 'k'],
  [/[aeiou](?!$)/gi, 'o'],
  [/([bdlmnprst])(?!\1)/gi, '$1$1'],
  [/sch?/gi, 'sh'],
  [/t/gi, 'd'],
  [/^./, 'z'],
];

function misheard(random: Random, word: string): string {
  const [sound, letters] = random.maybe(spellings) ?? [/^/, ''];
  return random.of(word, word.toUpperCase(), word.replace(sound, letters), word.replace(sound, letters));
}

export function soundValue(random: Random, item: Item): Drawn | undefined {
  const words = soundedTexts(item).flatMap((text) => text.match(/[\p{L}\p{M}\p{N}'-]+/gu) ?? []);
  const some = random.some(words, 1 + random.below(2)).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return some.length === 0 ? undefined : plain(escaped(some.map((word) => misheard(random, word)).join(' ')));
}
