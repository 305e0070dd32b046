/** Values of string parameters: the start of the text, a part of it (`:contains`), or all of it (`:exact`). https://hl7.org/fhir/R4/search.html#string */
import type { TextTest } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { hash64 } from '../hash.ts';
import { continuationText, exactText } from '../index-text.ts';
import { longestSearch, normalised } from './string.ts';
import { keysOf, type ReadValues, refuseValue, type Searched, tokens } from './value.ts';

export function textTest(searched: Searched, value: string, match: TextTest['match']): TextTest {
  const text = normalised(unescaped(value));
  if (text === '') throw refuseValue(searched, value, 'it has no letter or digit to look for');
  if (text.length > longestSearch)
    throw refuseValue(searched, value, `at most ${longestSearch} characters can be looked for (use :exact for a whole text)`);
  return { match, text };
}

export const stringValues: ReadValues = (searched, modifier, values) => {
  if (modifier === 'exact') return tokens(values.flatMap((value) => searched.texts.map((each) => exactText(each, unescaped(value)))));
  const tests = values.map((value) => textTest(searched, value, modifier === 'contains' ? 'contains' : 'prefix'));
  const continuations = modifier === 'contains' ? searched.texts.map((each) => hash64(continuationText(each))) : [];
  return { kind: 'text', keys: keysOf(searched), continuations, tests };
};
