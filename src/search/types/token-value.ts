/** Values of token parameters: `code`, `system|code`, `|code`, `system|`. https://hl7.org/fhir/R4/search.html#token */
import { anyOf, type Condition } from '../condition.ts';
import { splitUnescaped, unescaped } from '../escape.ts';
import type { Branch } from '../expression.ts';
import { absentText, anySystem, caseless, ofType, presentText, wholeSystem, withoutSystem, withSystem } from '../index-text.ts';
import { codedCondition, isCodedModifier } from './coded-value.ts';
import { termCondition } from './term-value.ts';
import { caselessTypes } from './token.ts';
import { type ReadValues, refuseValue, type Searched, tokens } from './value.ts';

const forms = 'the forms are code, system|code, |code and system| (a bar inside a code is written \\|)';

/** The texts of the index of which a matching resource has at least one. */
export function tokenTexts(searched: Searched, value: string, texts: readonly string[] = searched.texts): readonly string[] {
  const parts = splitUnescaped(value, '|').map(unescaped);
  const [first = '', second] = parts;
  if (parts.length > 2 || (first === '' && (second ?? '') === '')) throw refuseValue(searched, value, forms);
  checkBoolean(searched, value, second ?? first);
  if (second === undefined) return texts.flatMap((text) => codeTexts(searched, text, first));
  if (!searched.indexing.systems && texts === searched.texts) return impliedTexts(searched, first, second, value);
  if (first === '') return texts.map((text) => withoutSystem(text, second));
  return texts.map((text) => (second === '' ? wholeSystem(text, first) : withSystem(text, first, second)));
}

/** A parameter may have codes in some elements and plain text in others; what an interpreted expression finds may be either. */
function codeTexts({ indexing: { branches } }: Searched, text: string, code: string): readonly string[] {
  const isText = ({ type }: Branch): boolean => caselessTypes.has(type);
  const exact = branches.length > 0 && branches.every(isText) ? [] : [anySystem(text, code)];
  return branches.some((branch) => branch.typed !== undefined || isText(branch)) ? [...exact, caseless(text, code)] : exact;
}

function checkBoolean(searched: Searched, value: string, code: string): void {
  const { branches } = searched.indexing;
  const isBoolean = branches.length > 0 && branches.every(({ type }) => type === 'boolean');
  if (isBoolean && code !== 'true' && code !== 'false') throw refuseValue(searched, value, 'it is true or false');
}

/** Plain codes carry no system; the value set that they are bound to implies one. */
function impliedTexts(searched: Searched, system: string, code: string, value: string): readonly string[] {
  const { indexing, texts } = searched;
  if (system === '') return texts.flatMap((text) => codeTexts(searched, text, code));
  if (indexing.implied?.has(system) !== true) return [];
  const codes = indexing.implied.get(system);
  if (code !== '') return codes?.has(code) === false ? [] : texts.flatMap((text) => codeTexts(searched, text, code));
  if (codes !== undefined) return [...codes].flatMap((each) => texts.map((text) => anySystem(text, each)));
  if (indexing.implied.size > 1 || indexing.usual)
    throw refuseValue(searched, value, 'the codes of this system, which is one of several, cannot be listed');
  return texts.map(presentText);
}

/** `system|` where codes can have no other system, and cannot be listed: every resource has one but those that are marked. */
function isAnyCode({ indexing: { implied, systems, usual } }: Searched, value: string): boolean {
  const [system = '', code, ...more] = splitUnescaped(value, '|').map(unescaped);
  if (code !== '' || more.length > 0 || systems || usual !== true || implied?.size !== 1) return false;
  return implied.has(system) && implied.get(system) === undefined;
}

const hasCode = ({ texts }: Searched): Condition => anyOf(texts.map((text) => tokens([absentText(text)], true)));

/** `type system|type code|value` of an Identifier. */
export function ofTypeTexts(searched: Searched, value: string): readonly string[] {
  const parts = splitUnescaped(value, '|').map(unescaped);
  const [system = '', code = '', text = ''] = parts;
  if (parts.length !== 3 || code === '' || text === '')
    throw refuseValue(searched, value, 'with :of-type it is type-system|type-code|value');
  return searched.texts.map((each) => ofType(each, system, code, text));
}

export const tokenValues: ReadValues = (searched, modifier, values) => {
  if (modifier === 'text') return termCondition(searched, values);
  if (isCodedModifier(modifier)) return codedCondition(searched, modifier, values);
  if (modifier === 'of-type') return tokens(values.flatMap((value) => ofTypeTexts(searched, value)));
  const listed = values.filter((value) => !isAnyCode(searched, value));
  const texts = listed.flatMap((value) => tokenTexts(searched, value));
  if (listed.length === values.length) return tokens(texts, modifier === 'not');
  const found = anyOf([hasCode(searched), ...(texts.length === 0 ? [] : [tokens(texts)])]);
  return modifier === 'not' ? { kind: 'not', of: found } : found;
};
