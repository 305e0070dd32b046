/** Token parameters. https://hl7.org/fhir/R4/search.html#token */
import { type Item, list, object, text } from './item.ts';
import { startsWith } from './string.ts';
import { parts, unescaped } from './text.ts';
import { implicitSystems } from './value-set.ts';

export interface Token {
  readonly code: string | undefined;
  readonly system: string | undefined;
  /** A plain code has the systems of the value set that it is bound to; ids, texts and flags have none that could be asked for. */
  readonly implicit?: readonly string[];
  /** "If the underlying data type is string then the search is not case sensitive." */
  readonly caseless?: boolean;
}

const coding = (value: unknown): Token => ({ system: text(object(value)['system']), code: text(object(value)['code']) });

export function tokensOf({ type, value, element = '' }: Item): readonly Token[] {
  if (type === 'CodeableConcept') return list(object(value)['coding']).map(coding);
  if (type === 'Coding') return [coding(value)];
  if (type === 'Identifier') return [{ system: text(object(value)['system']), code: text(object(value)['value']) }];
  if (type === 'ContactPoint') return [{ system: undefined, code: text(object(value)['value']) }];
  if (type === 'code') return [{ system: undefined, code: String(value), implicit: implicitSystems(element, String(value)) }];
  return typeof value === 'object' ? [] : [{ system: undefined, code: String(value), caseless: type === 'string' || type === 'markdown' }];
}

const isCode = ({ code, caseless }: Token, asked: string): boolean =>
  code !== undefined && (caseless ? code.toLowerCase() === asked.toLowerCase() : code === asked);

const isOfSystem = ({ system, implicit }: Token, asked: string): boolean => system === asked || (implicit?.includes(asked) ?? false);

/** The four forms. */
export function isToken(token: Token, value: string): boolean {
  const [first = '', second] = parts(value, '|').map(unescaped);
  if (second === undefined) return isCode(token, first);
  if (first === '') return token.system === undefined && isCode(token, second);
  return isOfSystem(token, first) && (second === '' || isCode(token, second));
}

/** "The system and code refer to a Identifier.type.coding.system and .code, and match if any of the type codes match." */
function isOfType({ value }: Item, searched: string): boolean {
  const [system, code, own] = parts(searched, '|').map(unescaped);
  const { type, value: text } = object(value);
  return text === own && list(object(type)['coding']).some((each) => object(each)['system'] === system && object(each)['code'] === code);
}

/** "Either CodeableConcept.text, Coding.display, or Identifier.type.text." */
export function textsOf({ type, value }: Item): readonly string[] {
  const { coding: codings, text: own, display, type: kind } = object(value);
  const found = type === 'Identifier' ? [object(kind)['text']] : [own, display, ...list(codings).map((each) => object(each)['display'])];
  return found.filter((each): each is string => text(each) !== undefined);
}

export function tokenTest(modifier: string | undefined, value: string): (item: Item) => boolean {
  if (modifier === 'of-type') return (item) => isOfType(item, value);
  if (modifier === 'text') return (item) => textsOf(item).some((each) => startsWith(each, unescaped(value)));
  return (item) => tokensOf(item).some((token) => isToken(token, value));
}
