/** Parameters that are read in a way of their own, whatever their type. https://hl7.org/fhir/R4/search.html#all */
import { isId } from '../fhir/id.ts';
import { anyOf } from './condition.ts';
import { unescaped } from './escape.ts';
import { referenceLink, unversionedLink } from './link-token.ts';
import type { ParameterType } from './parameter-type.ts';
import { dateTest } from './types/date-value.ts';
import { canonicalVersions, isRelation } from './types/hierarchy-value.ts';
import { nearValues } from './types/near-value.ts';
import { prefixes } from './types/prefix.ts';
import { soundValues } from './types/sound-value.ts';
import { hashes, type ReadValues, refuseValue, type Searched } from './types/value.ts';
import { wordsValues } from './types/words-value.ts';

function idOf(searched: Searched, value: string): string {
  const id = unescaped(value);
  if (!isId(id)) throw refuseValue(searched, value, 'an id has 1 to 64 letters, digits, - and .');
  return id;
}

const ids: ReadValues = (searched, modifier, values) => ({
  kind: 'id',
  ids: values.map((value) => idOf(searched, value)),
  negated: modifier === 'not',
});

const lastUpdated: ReadValues = (searched, _modifier, values) =>
  anyOf(values.map((value) => ({ kind: 'updated', test: dateTest(searched, value) })));

const profiles: ReadValues = (searched, modifier, values) => {
  if (isRelation(modifier)) return canonicalVersions(searched, modifier, values);
  const canonicals = values.map(unescaped);
  return hashes(searched.texts.flatMap((text) => canonicals.flatMap((each) => [referenceLink(text, each), unversionedLink(text, each)])));
};

export const specialParameters: ReadonlyMap<string, ParameterType> = new Map([
  ['_id', { modifiers: ['not'], prefixes: [], read: ids }],
  ['_lastUpdated', { modifiers: [], prefixes, read: lastUpdated }],
  ['near', { modifiers: [], prefixes: [], read: nearValues }],
  ['_text', { modifiers: [], prefixes: [], read: wordsValues(true) }],
  ['_content', { modifiers: [], prefixes: [], read: wordsValues(false) }],
  ['_profile', { modifiers: ['above', 'below'], prefixes: [], read: profiles }],
]);

/** Parameters of any name that are defined to be phonetic. */
export const phoneticParameter: ParameterType = { modifiers: [], prefixes: [], read: soundValues };

/** Their values are read in a grammar of their own. */
export const fullTextCodes: ReadonlySet<string> = new Set(['_text', '_content']);

export const isFullText = ({ code }: { readonly code: string }): boolean => fullTextCodes.has(code);

/** Every resource has a value: nothing to look up for `:missing`. */
export const alwaysPresent: ReadonlySet<string> = new Set(['_id', '_lastUpdated']);
