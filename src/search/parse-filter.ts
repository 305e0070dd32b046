/** One `name:modifier=value,value` of a search as a filter. https://hl7.org/fhir/R4/search.html#modifiers */
import type { SearchParameterType } from '../fhir/definitions.ts';
import { isId } from '../fhir/id.ts';
import { nearest } from '../fhir/nearest.ts';
import { type FhirError, refusal } from '../fhir/outcome.ts';
import { isFencedBy } from './compartment.ts';
import { allOf, anyOf, type Condition, never } from './condition.ts';
import { splitUnescaped, unescaped } from './escape.ts';
import { hash64 } from './hash.ts';
import {
  absentText,
  continuationText,
  exactText,
  identifierParameter,
  parameterText,
  presentText,
  referenceTo,
  uriText,
} from './index-text.ts';
import { indexingOf } from './indexing.ts';
import type { ParseContext } from './parse-context.ts';
import type { Filter } from './query.ts';
import { dateTest } from './types/date-value.ts';
import { parseNumberTest } from './types/number-value.ts';
import { quantityCondition } from './types/quantity-value.ts';
import { isTargetOfType, referenceTargets, referenceTexts } from './types/reference-value.ts';
import { textTest } from './types/string-value.ts';
import { ofTypeTexts, tokenTexts } from './types/token-value.ts';
import { refuseValue, type Searched } from './types/value.ts';

/** Modifiers that are built, by parameter type; `[type]` stands for the name of a resource type. */
const modifiers: Readonly<Record<SearchParameterType, readonly string[]>> = {
  token: ['missing', 'not', 'of-type'],
  reference: ['missing', 'identifier', '[type]'],
  string: ['missing', 'exact', 'contains'],
  date: ['missing'],
  number: ['missing'],
  quantity: ['missing'],
  uri: ['missing'],
  composite: ['missing'],
  special: [],
};

function checkModifier({ parameter, type }: Searched, modifier: string, context: ParseContext): void {
  const valid = validModifiers(parameter.code, parameter.type);
  if (valid.includes(modifier) || (valid.includes('[type]') && context.definitions.isResourceType(modifier))) return;
  const near = nearest(modifier, valid);
  const hint = near === undefined ? '' : ` Did you mean ":${near}"?`;
  const right = valid.length === 0 ? 'it has none' : `they are ${valid.map((each) => `:${each}`).join(', ')}`;
  const text = `":${modifier.slice(0, 64)}" is not a modifier that ${type}.${parameter.code} (${parameter.type}) supports: ${right}.${hint}`;
  throw refusal('not-supported', text, { expression: parameter.code });
}

function validModifiers(code: string, type: SearchParameterType): readonly string[] {
  if (code === '_id') return ['missing', 'not'];
  return code === '_profile' ? ['missing'] : modifiers[type];
}

export function parseFilter(searched: Searched, modifier: string | undefined, text: string, context: ParseContext): Filter {
  const { parameter } = searched;
  if (modifier !== undefined) checkModifier(searched, modifier, context);
  const values = splitUnescaped(text, ',').filter((value) => value !== '');
  if (values.length === 0) throw refuseValue(searched, text, 'it is empty');
  const condition = modifier === 'missing' ? missing(searched, values, context) : conditionOf(searched, modifier, values, context);
  checkNumberOf(values, searched, condition);
  return { parameter, values, condition, ...(modifier === undefined ? {} : { modifier }) };
}

/** Each of these values is a comparison of its own in the statement; tokens and ids are one list, however many. */
const mostComparisons = 100;

function checkNumberOf(values: readonly string[], { parameter }: Searched, { kind }: Condition): void {
  if (values.length <= mostComparisons || kind === 'tokens' || kind === 'id') return;
  const text = `${parameter.code} has ${values.length} values: a parameter of type ${parameter.type} can have at most ${mostComparisons} values`;
  throw refusal('too-costly', text, { expression: parameter.code, status: 400 });
}

const tokens = (texts: readonly string[], negated = false): Condition => ({
  kind: 'tokens',
  any: [...new Set(texts.map(hash64))],
  negated,
});

/** With or without a value of one parameter: what is mandatory is marked where it lacks, all else where it is. */
const markOf = (text: string, mandatory: boolean, isMissing: boolean): Condition =>
  mandatory ? tokens([absentText(text)], !isMissing) : tokens([presentText(text)], isMissing);

function missing(searched: Searched, values: readonly string[], { definitions }: ParseContext): Condition {
  const [value = ''] = values;
  if (values.length > 1 || (value !== 'true' && value !== 'false'))
    throw refuseValue(searched, values.join(','), 'with :missing it is true or false');
  const isMissing = value === 'true';
  // Every resource has an id and a time of its last update.
  if (searched.parameter.code === '_id' || searched.parameter.code === '_lastUpdated') return isMissing ? never : { kind: 'all', of: [] };
  const indexing = indexingOf(definitions, searched.type);
  const parts = searched.indexing.parts ?? [searched.parameter.code];
  const marks = parts.map((code) => markOf(parameterText(searched.type, code), indexing.get(code)?.mandatory === true, isMissing));
  return isMissing ? allOf(marks) : anyOf(marks);
}

function conditionOf(searched: Searched, modifier: string | undefined, values: readonly string[], context: ParseContext): Condition {
  switch (searched.parameter.code) {
    case '_id':
      return { kind: 'id', ids: values.map((value) => idOf(searched, value)), negated: modifier === 'not' };
    case '_lastUpdated':
      return anyOf(values.map((value) => ({ kind: 'updated', test: dateTest(searched, value) })));
    case '_profile':
      return tokens(values.flatMap((value) => searched.texts.map((each) => referenceTo(each, unescaped(value)))));
  }
  return typedCondition(searched, modifier, values, context);
}

function idOf(searched: Searched, value: string): string {
  const id = unescaped(value);
  if (!isId(id)) throw refuseValue(searched, value, 'an id has 1 to 64 letters, digits, - and .');
  return id;
}

function typedCondition(searched: Searched, modifier: string | undefined, values: readonly string[], context: ParseContext): Condition {
  switch (searched.parameter.type) {
    case 'token':
      if (modifier === 'of-type') return tokens(values.flatMap((value) => ofTypeTexts(searched, value)));
      return tokens(
        values.flatMap((value) => tokenTexts(searched, value)),
        modifier === 'not',
      );
    case 'reference':
      return referenceCondition(searched, modifier, values, context);
    case 'string':
      return stringCondition(searched, modifier, values);
    case 'date':
      return anyOf(values.map((value) => dateCondition(searched, value)));
    case 'number':
      return anyOf(values.map((value) => ({ kind: 'number', keys: searched.texts.map(hash64), test: parseNumberTest(searched, value) })));
    case 'quantity':
      return anyOf(values.map((value) => quantityCondition(searched, value)));
    case 'uri':
      return tokens(values.flatMap((value) => searched.texts.map((each) => uriText(each, unescaped(value)))));
    default:
      throw unsupported(searched);
  }
}

const unsupported = ({ type, parameter }: Searched): FhirError =>
  refusal('not-supported', `${type}.${parameter.code} cannot be searched: ${parameter.type} parameters are not supported yet`, {
    expression: parameter.code,
  });

function dateCondition(searched: Searched, value: string): Condition {
  const test = dateTest(searched, value);
  return searched.indexing.primaryDate ? { kind: 'date', test } : { kind: 'number', keys: searched.texts.map(hash64), test };
}

function stringCondition(searched: Searched, modifier: string | undefined, values: readonly string[]): Condition {
  if (modifier === 'exact') return tokens(values.flatMap((value) => searched.texts.map((each) => exactText(each, unescaped(value)))));
  const tests = values.map((value) => textTest(searched, value, modifier === 'contains' ? 'contains' : 'prefix'));
  const continuations = modifier === 'contains' ? searched.texts.map((each) => hash64(continuationText(each))) : [];
  return { kind: 'text', keys: searched.texts.map(hash64), continuations, tests };
}

function referenceCondition(searched: Searched, modifier: string | undefined, values: readonly string[], context: ParseContext): Condition {
  const { definitions } = context;
  if (modifier === 'identifier') {
    const texts = searched.texts.map(identifierParameter);
    return tokens(values.flatMap((value) => tokenTexts(searched, value, texts)));
  }
  const targets = values.flatMap((value) => referenceTargets(searched, value, modifier, definitions.resourceTypes));
  const { literalsOf, literalType } = searched.indexing;
  const texts = literalsOf === undefined ? searched.texts : [parameterText(searched.type, literalsOf)];
  const meant = literalType === undefined ? targets : targets.filter((target) => isTargetOfType(target, literalType));
  const condition = tokens(referenceTexts(texts, meant)) as Condition & { kind: 'tokens' };
  const [target = ''] = targets;
  const isPatient = targets.length === 1 && target.startsWith('Patient/') && !target.includes('/_history/');
  if (!isPatient || !isFencedBy(definitions, searched.type, searched.parameter.code)) return condition;
  return { ...condition, patient: target.slice('Patient/'.length) };
}
