/** One `name:modifier=value,value` of a search as a condition on resources of one type. https://hl7.org/fhir/R4/search.html#modifiers */
import type { SearchParameter } from '../fhir/definitions.ts';
import { nearest } from '../fhir/nearest.ts';
import { type FhirError, refusal } from '../fhir/outcome.ts';
import { allOf, always, anyOf, type Condition, never } from './condition.ts';
import { splitUnescaped } from './escape.ts';
import { absentText, parameterText, presentText, textOf } from './index-text.ts';
import { type Indexing, indexingOf } from './indexing.ts';
import { type ParameterType, parameterTypes } from './parameter-type.ts';
import type { ParseContext } from './parse-context.ts';
import { alwaysPresent, phoneticParameter, specialParameters } from './special-parameter.ts';
import { compositePresence, rowsText } from './types/composite-value.ts';
import { zoneOf } from './types/date-interval.ts';
import { refuseValue, type Searched, tokens } from './types/value.ts';

export const unsupported = (name: string, why: string): FhirError =>
  refusal('not-supported', `"${name.slice(0, 100)}" cannot be searched: ${why}`, { expression: name.slice(0, 100) });

export const readerOf = ({ code, type, phonetic }: SearchParameter): ParameterType =>
  specialParameters.get(code) ?? (phonetic ? phoneticParameter : parameterTypes[type]);

/** What the values of a parameter are read against. Throws 400 for a parameter that cannot be searched. */
export function searchedOf({ definitions, type, options }: ParseContext, parameter: SearchParameter): Searched {
  const indexing = indexingOf(definitions, type).get(parameter.code) as Indexing;
  if (indexing.refused !== undefined) throw unsupported(parameter.code, indexing.refused);
  return {
    type,
    parameter,
    indexing,
    texts: indexing.parts?.map((code) => parameterText(type, code)) ?? [textOf(type, parameter)],
    context: {
      isResourceType: (name) => definitions.isResourceType(name),
      bases: new Set(options.base === undefined ? [] : [options.base]),
    },
    zone: zoneOf(options.timeZone),
    now: options.now.getTime(),
  };
}

function checkModifier({ parameter, type }: Searched, modifier: string, context: ParseContext): void {
  const valid = ['missing', ...readerOf(parameter).modifiers];
  if (valid.includes(modifier) || (valid.includes('[type]') && context.definitions.isResourceType(modifier))) return;
  const near = nearest(modifier, valid);
  const hint = near === undefined ? '' : ` Did you mean ":${near}"?`;
  const right = `they are ${valid.map((each) => `:${each}`).join(', ')}`;
  const text = `":${modifier.slice(0, 64)}" is not a modifier that ${type}.${parameter.code} (${parameter.type}) supports: ${right}.${hint}`;
  throw refusal('not-supported', text, { expression: parameter.code });
}

export function parseFilter(context: ParseContext, parameter: SearchParameter, modifier: string | undefined, text: string): Condition {
  const searched = searchedOf(context, parameter);
  if (modifier !== undefined) checkModifier(searched, modifier, context);
  const values = splitUnescaped(text, ',');
  if (values.every((value) => value === '')) throw refuseValue(searched, text, 'it is empty');
  if (values.includes('')) throw refuseValue(searched, text, 'beside a comma a value is missing (a comma inside a value is written \\,)');
  if (modifier === 'missing') return missing(searched, values, context);
  const condition = readerOf(parameter).read(searched, modifier, values, context);
  checkNumberOf(values, searched, condition);
  return condition;
}

/** Each of these values is a comparison of its own in the statement; tokens and ids are one list, however many. */
const mostComparisons = 100;

function checkNumberOf(values: readonly string[], { parameter }: Searched, { kind }: Condition): void {
  if (values.length <= mostComparisons || kind === 'tokens' || kind === 'id') return;
  const text = `${parameter.code} has ${values.length} values: a parameter of type ${parameter.type} can have at most ${mostComparisons} values`;
  throw refusal('too-costly', text, { expression: parameter.code, status: 400 });
}

/** With or without a value of one parameter: what is usual is marked where it lacks, all else where it is. */
const markOf = (text: string, usual: boolean, isMissing: boolean): Condition =>
  usual ? tokens([absentText(text)], !isMissing) : tokens([presentText(text)], isMissing);

function missing(searched: Searched, values: readonly string[], { definitions }: ParseContext): Condition {
  const [value = ''] = values;
  if (values.length > 1 || (value !== 'true' && value !== 'false'))
    throw refuseValue(searched, values.join(','), 'with :missing it is true or false');
  const isMissing = value === 'true';
  if (alwaysPresent.has(searched.parameter.code)) return isMissing ? never : always;
  const indexing = indexingOf(definitions, searched.type);
  const { composite } = searched.indexing;
  if (composite !== undefined) {
    const present = (code: string): Condition => markOf(parameterText(searched.type, code), indexing.get(code)?.usual === true, false);
    const some = compositePresence(searched, composite, present, tokens([presentText(rowsText(searched, composite))]));
    return isMissing ? { kind: 'not', of: some } : some;
  }
  const parts = searched.indexing.parts ?? [searched.parameter.code];
  const marks = parts.map((code, i) => markOf(searched.texts[i] as string, indexing.get(code)?.usual === true, isMissing));
  return isMissing ? allOf(marks) : anyOf(marks);
}
