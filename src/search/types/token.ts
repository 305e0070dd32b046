/** Token parameters: what a code, identifier or flag leaves in the index. https://hl7.org/fhir/R4/search.html#token */
import { isObject, type JsonObject } from '../../fhir/resource.ts';
import { hash64 } from '../hash.ts';
import type { IndexKey } from '../index-key.ts';
import { anySystem, caseless, ofType, wholeSystem, withoutSystem, withSystem } from '../index-text.ts';
import type { PairMemo } from '../memo.ts';
import type { Indexer, RowCollector } from '../row-collector.ts';
import { indexTerm } from './term.ts';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** All forms under which a pair of system and code can be asked for; either may be absent. */
export function indexPair(parameter: IndexKey, system: string | undefined, code: string | undefined, rows: RowCollector): void {
  const { pairs } = parameter;
  if (code === undefined) {
    if (system !== undefined) rows.token(wholeSystem(parameter.text, system));
  } else if (pairs === undefined) for (const text of pairForms(parameter, system, code)) rows.token(text);
  else for (const hash of pairHashes(parameter, pairs, system, code)) rows.hash(hash);
}

function pairForms(parameter: IndexKey, system: string | undefined, code: string): readonly string[] {
  const known = parameter.forms?.get(system, code);
  if (known !== undefined) return known;
  const texts = pairTexts(parameter, system, code);
  parameter.forms?.set(system, code, texts);
  return texts;
}

function pairHashes(parameter: IndexKey, pairs: PairMemo<readonly string[]>, system: string | undefined, code: string): readonly string[] {
  const known = pairs.get(system, code);
  if (known !== undefined) return known;
  const hashes = pairTexts(parameter, system, code).map(hash64);
  pairs.set(system, code, hashes);
  return hashes;
}

function pairTexts({ text, systems }: IndexKey, system: string | undefined, code: string): readonly string[] {
  if (system !== undefined) return [anySystem(text, code), wholeSystem(text, system), withSystem(text, system, code)];
  return systems ? [anySystem(text, code), withoutSystem(text, code)] : [anySystem(text, code)];
}

const coding: Indexer = (parameter, value, rows) => {
  if (!isObject(value)) return;
  indexPair(parameter, textOf(value['system']), textOf(value['code']), rows);
  indexTerm(parameter, value['display'], rows);
};

const concept: Indexer = (parameter, value, rows) => {
  if (!isObject(value)) return;
  if (Array.isArray(value['coding'])) for (const each of value['coding']) coding(parameter, each, rows);
  indexTerm(parameter, value['text'], rows);
};

export const identifier: Indexer = (parameter, value, rows) => {
  if (!isObject(value)) return;
  const text = textOf(value['value']);
  indexPair(parameter, textOf(value['system']), text, rows);
  if (text !== undefined && isObject(value['type'])) indexTyped(parameter, value['type'], text, rows);
};

function indexTyped(parameter: IndexKey, type: JsonObject, text: string, rows: RowCollector): void {
  if (!Array.isArray(type['coding'])) return;
  for (const each of type['coding']) {
    if (!isObject(each)) continue;
    const [system, code] = [textOf(each['system']), textOf(each['code'])];
    if (code !== undefined) rows.token(ofType(parameter.text, system ?? '', code, text));
  }
}

const identifierWithText: Indexer = (parameter, value, rows) => {
  identifier(parameter, value, rows);
  if (isObject(value) && isObject(value['type'])) indexTerm(parameter, value['type']['text'], rows);
};

/** The kind of contact (`phone|555`) is taken for a system where it is asked for; as no URI it may be left out (`|555`). */
const contactPoint: Indexer = (parameter, value, rows) => {
  if (!isObject(value)) return;
  const text = textOf(value['value']);
  indexPair(parameter, textOf(value['system']), text, rows);
  if (text !== undefined) rows.token(withoutSystem(parameter.text, text));
};

const plain: Indexer = (parameter, value, rows) => {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    indexPair(parameter, undefined, String(value), rows);
};

// "If the underlying data type is string then the search is not case sensitive" — search.html#token
const string: Indexer = (parameter, value, rows) => {
  if (typeof value === 'string') rows.token(caseless(parameter.text, value));
};

const conceptOrReference: Indexer = (parameter, value, rows) => {
  if (isObject(value)) concept(parameter, value['concept'], rows);
};

/** Element types whose values are found whatever their case. */
export const caselessTypes: ReadonlySet<string> = new Set(['string', 'markdown']);

/** Element types whose values have a system of their own. */
export const typesWithSystem: ReadonlySet<string> = new Set([
  'Coding',
  'CodeableConcept',
  'Identifier',
  'CodeableReference',
  'ContactPoint',
]);

export const tokenIndexers: ReadonlyMap<string, Indexer> = new Map([
  ['Coding', coding],
  ['CodeableConcept', concept],
  ['CodeableReference', conceptOrReference],
  ['Identifier', identifierWithText],
  ['ContactPoint', contactPoint],
  ['string', string],
  ['markdown', string],
  ...['code', 'id', 'uri', 'url', 'canonical', 'oid', 'uuid', 'boolean', 'integer', 'positiveInt', 'unsignedInt'].map(
    (type) => [type, plain] as const,
  ),
]);
