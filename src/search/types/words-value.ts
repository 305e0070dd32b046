/** Values of `_text` and `_content`: full-text search of the narrative or of all that people can read. https://hl7.org/fhir/R4/search.html#text */
import { anyOf, type Condition } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { lookedUp, parseWordQuery } from '../text/word-query.ts';
import type { ReadValues } from './value.ts';

const condition = (code: string, text: string, narrative: boolean): Condition => {
  const { query, negated } = lookedUp(parseWordQuery(code, text));
  const words: Condition = { kind: 'words', query, narrative };
  return negated ? { kind: 'not', of: words } : words;
};

export const wordsValues =
  (narrative: boolean): ReadValues =>
  ({ parameter }, _modifier, values) =>
    anyOf(values.map((value) => condition(parameter.code, unescaped(value), narrative)));
