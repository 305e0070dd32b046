/** Values of string parameters: the start of the text, a part of it (`:contains`), all of it (`:exact`), or words (`:text`). https://hl7.org/fhir/R4/search.html#string */
import { allOf, anyOf, type Condition, type TextTest } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { hash64 } from '../hash.ts';
import { continuationText, exactText } from '../index-text.ts';
import { beginsAnywhere, piecesOf } from '../text/word-start.ts';
import { longestSearch, normalised } from './string.ts';
import { keysOf, type ReadValues, refuseValue, type Searched, tokens } from './value.ts';

export function textTest(searched: Searched, value: string, match: TextTest['match']): TextTest {
  const text = normalised(unescaped(value));
  if (text === '') throw refuseValue(searched, value, 'it has no letter or digit to look for');
  if (text.length > longestSearch)
    throw refuseValue(searched, value, `at most ${longestSearch} characters can be looked for (use :exact for a whole text)`);
  return { match, text };
}

/** Each is looked for by itself. */
export const mostWords = 32;

/** Every word of the value begins a word of the parameter's texts: each may be in another part of a name, and in any order. */
function wordsCondition(searched: Searched, value: string): Condition {
  const words = [...new Set(piecesOf(textTest(searched, value, 'word').text))];
  if (words.length === 0) throw refuseValue(searched, value, 'it has no letter or digit to look for');
  if (words.length > mostWords) throw refuseValue(searched, value, `it has more than ${mostWords} words`);
  const [keys, continuations] = [keysOf(searched), continuationsOf(searched)];
  return allOf(
    words.map((text) => ({ kind: 'text', keys, continuations, tests: [{ match: beginsAnywhere(text) ? 'contains' : 'word', text }] })),
  );
}

const continuationsOf = ({ texts }: Searched): readonly string[] => texts.map((each) => hash64(continuationText(each)));

export const stringValues: ReadValues = (searched, modifier, values) => {
  if (modifier === 'text') return anyOf(values.map((value) => wordsCondition(searched, value)));
  if (modifier === 'exact') return tokens(values.flatMap((value) => searched.texts.map((each) => exactText(each, unescaped(value)))));
  const tests = values.map((value) => textTest(searched, value, modifier === 'contains' ? 'contains' : 'prefix'));
  const continuations = modifier === 'contains' ? continuationsOf(searched) : [];
  return { kind: 'text', keys: keysOf(searched), continuations, tests };
};
