/** Values of string parameters: the start of the text, a part of it (`:contains`), or all of it (`:exact`). https://hl7.org/fhir/R4/search.html#string */
import type { TextTest } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { longestSearch, normalised } from './string.ts';
import { refuseValue, type Searched } from './value.ts';

export function textTest(searched: Searched, value: string, match: TextTest['match']): TextTest {
  const text = normalised(unescaped(value));
  if (text === '') throw refuseValue(searched, value, 'it has no letter or digit to look for');
  if (text.length > longestSearch)
    throw refuseValue(searched, value, `at most ${longestSearch} characters can be looked for (use :exact for a whole text)`);
  return { match, text };
}
