/** A search as text, and what of the specification it asks for. */

import { compositeCodes, parametersOf } from '../oracle/definition.ts';

export const features = [
  'number',
  'date',
  'string',
  'string:exact',
  'string:contains',
  'string:text',
  'phonetic',
  'token',
  'token:not',
  'token:text',
  'token:of-type',
  'token:in',
  'token:not-in',
  'token:above',
  'token:below',
  'reference',
  'reference:[type]',
  'reference:identifier',
  'reference:above',
  'reference:below',
  'quantity',
  'uri',
  'uri:above',
  'uri:below',
  'composite',
  'missing',
  'near',
  'text',
  'and',
  'or',
  'chain',
  'chain into contained',
  'has',
  'compartment',
  'system',
  'list',
  'filter',
  'sort',
  'include',
  'revinclude',
  'iterate',
] as const;

export type Feature = (typeof features)[number];

export interface Question {
  readonly feature: Feature;
  /** `Observation`, `Patient/1/Observation`, `Patient/1/*`, or '' for all types. */
  readonly path: string;
  /** As it stands in a URL. */
  readonly query: string;
}

export type Pair = readonly [name: string, value: string];

/** Of a chain the type at the end is not known here. */
function isComposite(path: string, [name]: Pair): boolean {
  const code = name.split(/[.:]/).at(-1) ?? '';
  if (!compositeCodes.has(code)) return false;
  return name !== code || path === '' || parametersOf(path.split('/').at(-1) ?? '').get(code)?.type === 'composite';
}

/** A question that needs composite parameters is one of them, whatever else it asks for. */
export const question = (feature: Feature, path: string, ...pairs: readonly Pair[]): Question => ({
  feature: pairs.some((pair) => isComposite(path, pair)) ? 'composite' : feature,
  path,
  query: pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'),
});
