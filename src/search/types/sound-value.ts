/** Values of parameters that listen: every word of the value sounds like a word of the names. https://hl7.org/fhir/R4/patient.html#search */
import { allOf, anyOf, type Condition } from '../condition.ts';
import { unescaped } from '../escape.ts';
import { soundText } from '../index-text.ts';
import { soundsOf, soundWords } from './sound.ts';
import { mostWords } from './string-value.ts';
import { type ReadValues, refuseValue, type Searched, tokens } from './value.ts';

function soundsLike(searched: Searched, value: string): Condition {
  const words = [...new Set(soundWords(unescaped(value)))];
  if (words.length === 0) throw refuseValue(searched, value, 'it has no letter or digit to look for');
  if (words.length > mostWords) throw refuseValue(searched, value, `it has more than ${mostWords} words`);
  const one = (word: string): Condition => tokens(searched.texts.flatMap((text) => soundsOf(word).map((sound) => soundText(text, sound))));
  return allOf(words.map(one));
}

export const soundValues: ReadValues = (searched, _modifier, values) => anyOf(values.map((value) => soundsLike(searched, value)));
