/** A `_filter` as a condition: each test is read like the search parameter of its name. https://hl7.org/fhir/R4/search_filter.html */
import type { SearchParameter } from '../../fhir/definitions.ts';
import { nearest } from '../../fhir/nearest.ts';
import { type FhirError, refusal } from '../../fhir/outcome.ts';
import { allOf, anyOf, type Condition, type TextTest } from '../condition.ts';
import { hash64 } from '../hash.ts';
import { absentText, continuationText, presentText } from '../index-text.ts';
import { refersTo } from '../parse-chain.ts';
import type { ParseContext } from '../parse-context.ts';
import { parseFilter, readerOf, searchedOf } from '../parse-filter.ts';
import { isSingle } from '../primary-date.ts';
import { isFullText } from '../special-parameter.ts';
import { overlapTest } from '../types/date-value.ts';
import { textTest } from '../types/string-value.ts';
import { keysOf, type Searched, tokens } from '../types/value.ts';
import { type FilterExpression, type FilterStep, type Operator, parseFilterExpression } from './expression.ts';

const refuse = (name: string, why: string): FhirError =>
  refusal('value', `_filter: ${name.slice(0, 64)} ${why}`, { expression: '_filter' });

/** The condition of one `_filter` on resources of the context's type. Throws 400. */
export const filterCondition = (context: ParseContext, text: string): Condition => conditionOf(context, parseFilterExpression(text));

function conditionOf(context: ParseContext, expression: FilterExpression): Condition {
  switch (expression.kind) {
    case 'and':
      return allOf([conditionOf(context, expression.left), conditionOf(context, expression.right)]);
    case 'or':
      return anyOf([conditionOf(context, expression.left), conditionOf(context, expression.right)]);
    case 'not':
      return { kind: 'not', of: conditionOf(context, expression.of) };
    case 'test':
      return pathCondition(context, expression.path, expression.operator, expression.value);
  }
}

function pathCondition(context: ParseContext, path: readonly FilterStep[], operator: Operator, value: string): Condition {
  const [step, ...rest] = path as [FilterStep, ...FilterStep[]];
  if (rest.length === 0) {
    if (step.where !== undefined)
      throw refuse(step.name, 'ends in brackets: behind them stands what is tested, such as subject[active eq true].name');
    return testCondition(context, parameterOf(context, step.name), operator, value);
  }
  parameterOf(context, step.name);
  const name = path.map((each) => each.name).join('.');
  return refersTo(context, step.name, name, (target) => {
    if (!target.definitions.searchParameters(target.type).has(rest[0]?.name ?? '')) return undefined;
    const inner = pathCondition(target, rest, operator, value);
    return step.where === undefined ? inner : allOf([conditionOf(target, step.where), inner]);
  });
}

function parameterOf({ definitions, type }: ParseContext, name: string): SearchParameter {
  const parameters = definitions.searchParameters(type);
  const found = parameters.get(name);
  if (found !== undefined) return found;
  const near = nearest(name, parameters.keys());
  throw refuse(name, `is no search parameter of ${type}${near === undefined ? '' : `; did you mean ${near}?`}`);
}

/** A value as the readers of search values take it: a backslash is no escape in a filter. */
const literal = (value: string): string => value.replaceAll('\\', '\\\\');

const ordered: ReadonlySet<string> = new Set(['number', 'date', 'quantity']);

function testCondition(context: ParseContext, parameter: SearchParameter, operator: Operator, value: string): Condition {
  if (operator === 'pr') return presence(context, parameter, value);
  const searched = searchedOf(context, parameter);
  const read = (text: string, modifier?: string): Condition => readerOf(parameter).read(searched, modifier, [text], context);
  if (isFullText(parameter)) {
    if (operator === 'co') return read(literal(value));
    throw refuse(parameter.code, `is a search for words, which "${operator}" does not fit; it takes co, pr`);
  }
  if (parameter.phonetic) {
    if (operator === 'eq') return read(literal(value));
    throw refuse(parameter.code, `compares how words sound, which "${operator}" does not fit; it takes eq, pr`);
  }
  if (readerOf(parameter).prefixes.length > 0 && ordered.has(parameter.type)) return orderedTest(searched, operator, value, read);
  switch (parameter.type) {
    case 'string':
      return stringTest(searched, operator, value);
    case 'token':
      return tokenTest(searched, operator, literal(value), read);
    case 'reference':
      if (operator === 'eq' || operator === 're') return read(literal(value));
      break;
    case 'uri':
      if (operator === 'eq') return read(literal(value));
      if (operator === 'sw' && readerOf(parameter).modifiers.includes('below')) return read(literal(value), 'below');
      break;
    default:
      if (operator === 'eq') return read(literal(value));
  }
  throw unfit(searched, operator);
}

const fitting: Readonly<Record<string, string>> = {
  string: 'eq, ne, co, sw, ew, gt, ge, lt, le, pr',
  number: 'eq, ne, gt, ge, lt, le, ap, sa, eb, pr',
  date: 'eq, ne, gt, ge, lt, le, ap, sa, eb, po, pr',
  quantity: 'eq, ne, gt, ge, lt, le, ap, sa, eb, pr',
  token: 'eq, ne, in, ni, ss, sb, pr',
  reference: 'eq, re, pr',
};

const unfit = ({ parameter }: Searched, operator: Operator): FhirError =>
  refuse(
    parameter.code,
    `is a ${parameter.type} parameter, which "${operator}" does not fit; it takes ${fitting[parameter.type] ?? 'eq, pr'}`,
  );

function presence(context: ParseContext, parameter: SearchParameter, value: string): Condition {
  if (value !== 'true' && value !== 'false') throw refuse(parameter.code, `pr takes true or false, not "${value.slice(0, 20)}"`);
  return parseFilter(context, parameter, 'missing', value === 'true' ? 'false' : 'true');
}

type Read = (text: string, modifier?: string) => Condition;

const comparing: ReadonlySet<Operator> = new Set(['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'ap', 'sa', 'eb']);

function orderedTest(searched: Searched, operator: Operator, value: string, read: Read): Condition {
  if (comparing.has(operator)) return read(`${operator}${literal(value)}`);
  if (operator !== 'po' || searched.parameter.type !== 'date') throw unfit(searched, operator);
  const test = overlapTest(searched, literal(value));
  return searched.indexing.primaryDate ? { kind: 'date', test } : { kind: 'number', keys: keysOf(searched), test };
}

const textMatches: Readonly<Partial<Record<Operator, TextTest['match']>>> = {
  eq: 'whole',
  ne: 'other',
  co: 'contains',
  sw: 'prefix',
  ew: 'suffix',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};

function stringTest(searched: Searched, operator: Operator, value: string): Condition {
  const match = textMatches[operator];
  if (match === undefined) throw unfit(searched, operator);
  const continuations = match === 'contains' ? searched.texts.map((text) => hash64(continuationText(text))) : [];
  return { kind: 'text', keys: keysOf(searched), continuations, tests: [textTest(searched, literal(value), match)] };
}

const tokenModifiers: Readonly<Partial<Record<Operator, string>>> = { in: 'in', ni: 'not-in', ss: 'below', sb: 'above' };

function tokenTest(searched: Searched, operator: Operator, value: string, read: Read): Condition {
  if (operator === 'eq') return read(value);
  if (operator === 'ne') return unequal(searched, read(value));
  const modifier = tokenModifiers[operator];
  if (modifier === undefined) throw unfit(searched, operator);
  if (readerOf(searched.parameter).modifiers.includes(modifier)) return read(value, modifier);
  throw refuse(searched.parameter.code, `cannot be asked with "${operator}": the modifier :${modifier} is not supported`);
}

/** "An item in the set has an unequal value": of an element that does not repeat, that it has a value and not this one. */
function unequal({ parameter, indexing, texts }: Searched, equal: Condition): Condition {
  if (!isSingle(indexing.branches) || indexing.branches.some(({ type }) => type === 'CodeableConcept'))
    throw refuse(
      parameter.code,
      `may have several values, so that "ne" has two meanings: write not (${parameter.code} eq …) for none of them`,
    );
  const present = indexing.usual ? tokens(texts.map(absentText), true) : tokens(texts.map(presentText));
  return allOf([present, { kind: 'not', of: equal }]);
}
