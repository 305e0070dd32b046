/** Names as they sound, by Double Metaphone. https://hl7.org/fhir/R4/patient.html#search */
import { doubleMetaphone } from 'double-metaphone';
import { type Item, list, object, text } from './item.ts';
import { folded, unescaped } from './text.ts';

/** "A portion of either family or given name"; the text of a name that has neither. */
export function soundedTexts({ value }: Item): readonly string[] {
  if (typeof value === 'string') return [value];
  const { family, given, text: whole } = object(value);
  const parts = [...list(family), ...list(given)].filter((each) => text(each) !== undefined);
  return (parts.length > 0 ? parts : list(whole)).filter((each): each is string => text(each) !== undefined);
}

const wordsOf = (value: string): readonly string[] =>
  value
    .normalize('NFC')
    .replaceAll(/['’‘ʼʻ`´]/g, '')
    .match(/(?:\p{L}|\p{M})+|\p{N}+/gu) ?? [];

const spelled = (word: string): string =>
  [...folded(word)]
    .map((letter) => ({ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' })[letter] ?? letter)
    .join('');

/** Of words without a Latin sound the letters count. */
function heard(word: string): ReadonlySet<string> {
  const letters = spelled(word);
  const codes = /[^a-z]/.test(letters) ? [] : [letters, spelled(word.replaceAll(/ç/gi, 's'))].flatMap((each) => doubleMetaphone(each));
  const found = codes.filter((code) => code !== '');
  return new Set(found.length > 0 ? found : [letters]);
}

/** Every word of the value sounds like some word of the names. */
export function soundsAlike(items: readonly Item[], searched: string): boolean {
  const names = items.flatMap(soundedTexts).flatMap(wordsOf).map(heard);
  return wordsOf(unescaped(searched)).every((word) => {
    const codes = heard(word);
    return names.some((name) => [...name].some((code) => codes.has(code)));
  });
}
