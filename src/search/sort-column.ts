/**
 * Where the values of a sort key stand. What has no rows of its own is read from the text of the resource, by an SQL/JSON path.
 * https://hl7.org/fhir/R4/search.html#sort
 */
import type { Definitions } from '../fhir/definitions.ts';
import type { Branch } from './expression.ts';
import { hash64 } from './hash.ts';
import { parameterText, textOf } from './index-text.ts';
import { type Indexing, indexingOf } from './indexing.ts';
import type { SortColumn, SortPath } from './query.ts';
import { indexedKeys } from './types/quantity-value.ts';

/** A column that all the types have alike, or why there is none, in words for the client. */
export function columnOf(definitions: Definitions, types: readonly string[], code: string): SortColumn | string {
  const columns = types.map((type) => columnOfType(definitions, type, code));
  const refused = columns.find((column) => typeof column === 'string');
  if (refused !== undefined) return refused;
  const [first, ...others] = columns as readonly SortColumn[];
  if (first === undefined) return 'no type is searched';
  if (others.some(({ kind }) => kind !== first.kind)) return 'it is not sorted in the same way in all types that are searched';
  return others.reduce(together, first);
}

const joined = (one: readonly string[], other: readonly string[]): readonly string[] => [...new Set([...one, ...other])];

function together(one: SortColumn, other: SortColumn): SortColumn {
  if ('keys' in one && 'keys' in other) return { ...one, keys: joined(one.keys, other.keys) };
  return 'paths' in one && 'paths' in other ? { ...one, paths: joinedPaths([...one.paths, ...other.paths]) } : one;
}

/** Each path once: what one type keeps at a place, another may keep there for something else. */
function joinedPaths(list: readonly SortPath[]): readonly SortPath[] {
  const types = new Map<string, readonly string[]>();
  for (const each of list) types.set(each.path, joined(types.get(each.path) ?? [], each.types));
  return [...types].map(([path, of]) => ({ path, types: of }));
}

function columnOfType(definitions: Definitions, type: string, code: string): SortColumn | string {
  if (code === '_id') return { kind: 'id' };
  if (code === '_lastUpdated') return { kind: 'updated' };
  const parameter = definitions.searchParameters(type).get(code);
  const indexing = indexingOf(definitions, type).get(code);
  if (!parameter || !indexing) return 'it is no search parameter of this type';
  if (indexing.refused !== undefined) return indexing.refused;
  if (indexing.primaryDate) return { kind: 'date' };
  if (code === '_text' || code === '_content') return 'texts have no order: what fits best is told by _score';
  if (parameter.phonetic) return 'sounds have no order';
  const texts = indexing.parts?.map((part) => parameterText(type, part)) ?? [textOf(type, parameter)];
  switch (parameter.type) {
    case 'date':
    case 'number':
      return { kind: 'number', keys: texts.map(hash64) };
    case 'quantity':
      return { kind: 'number', keys: indexedKeys(texts) };
    case 'uri':
      // Profiles are found as canonicals are, and have no rows of text.
      if (code === '_profile') return pathColumn(definitions, type, indexing);
      return { kind: 'string', keys: texts.map(hash64) };
    case 'string':
      return { kind: 'string', keys: texts.map(hash64) };
    case 'token':
    case 'reference':
      return pathColumn(definitions, type, indexing);
    default:
      return `${parameter.type} parameters have no order`;
  }
}

/** What a resource contains has no name among others. */
const byName = ' ? (!(@ starts with "#"))';

/** What is compared of a value: the code, the value of an identifier, the text of a reference. Primitives are compared as they are. */
const suffixes: Readonly<Record<string, string>> = {
  Coding: '.code',
  CodeableConcept: '.coding.code',
  CodeableReference: '.concept.coding.code',
  Identifier: '.value',
  ContactPoint: '.value',
  Reference: `.reference${byName}`,
  canonical: byName,
  Resource: '.id',
};

function pathColumn(definitions: Definitions, type: string, { branches, parts }: Indexing): SortColumn | string {
  const all = indexingOf(definitions, type);
  const own: readonly Branch[] = parts?.flatMap((part) => all.get(part)?.branches ?? []) ?? branches;
  const paths = new Set<string>();
  for (const { jsonPath, type: element } of own) {
    const suffix = suffixes[element] ?? (definitions.type(element)?.kind === 'primitive' ? '' : undefined);
    if (suffix === undefined) continue;
    if (jsonPath === undefined) return unplaced;
    paths.add(jsonPath + suffix);
  }
  return paths.size === 0 ? unplaced : { kind: 'path', paths: [...paths].map((path) => ({ path, types: [type] })) };
}

const unplaced = 'its expression does not say where in the resource its values stand';
