/** String parameters. https://hl7.org/fhir/R4/search.html#string */
import { type Item, list, object, text } from './item.ts';
import { folded, unescaped } from './text.ts';

/** "The search covers the elements of type string, and does not cover elements such as use and period." */
const elements: Readonly<Record<string, readonly string[]>> = {
  HumanName: ['text', 'family', 'given', 'prefix', 'suffix'],
  Address: ['text', 'line', 'city', 'district', 'state', 'postalCode', 'country'],
  CodeableConcept: ['text'],
};

export const stringsOf = ({ type, value }: Item): readonly string[] => {
  if (typeof value === 'string') return [value];
  return (elements[type] ?? []).flatMap((name) => list(object(value)[name])).filter((each): each is string => text(each) !== undefined);
};

export type TextTest = (value: string, searched: string) => boolean;

export const startsWith: TextTest = (value, searched) => folded(value).startsWith(folded(searched));
const hasWithin: TextTest = (value, searched) => folded(value).includes(folded(searched));
const isExactly: TextTest = (value, searched) => value === searched;

const withoutBlanks = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}';
const wordsOf = (value: string): readonly string[] =>
  folded(value).match(new RegExp(`[${withoutBlanks}]+|(?:(?![${withoutBlanks}])[\\p{L}\\p{N}])+`, 'gu')) ?? [];

/** Of scripts without blanks between words every character begins one. */
const begins = (word: string, asked: string): boolean =>
  word.startsWith(asked) || (word.includes(asked) && new RegExp(`^[${withoutBlanks}]`, 'u').test(asked));

/** `:text` looks at all values of a parameter together: every word asked for begins one of theirs. */
export function hasWords(items: readonly Item[], searched: string): boolean {
  const words = items.flatMap(stringsOf).flatMap(wordsOf);
  return wordsOf(unescaped(searched)).every((asked) => words.some((word) => begins(word, asked)));
}

export function stringTest(modifier: string | undefined, value: string): (item: Item) => boolean {
  const test = modifier === 'exact' ? isExactly : modifier === 'contains' ? hasWithin : startsWith;
  return (item) => stringsOf(item).some((each) => test(each, unescaped(value)));
}
