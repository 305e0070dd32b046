/** The parameters that shape the result of a search. https://hl7.org/fhir/R4/search.html#return */
import type { Definitions } from '../fhir/definitions.ts';
import { refusal } from '../fhir/outcome.ts';
import { type ContainedSearch, containedSearch } from './contained/query.ts';
import { isInclude, parseIncludes } from './include/parse.ts';
import type { ParseOptions } from './parse-context.ts';
import type { Query, SortKey } from './query.ts';
import { columnOf } from './sort-column.ts';

type Pair = readonly [name: string, value: string];

export const resultParameters = [
  '_sort',
  '_count',
  '_summary',
  '_elements',
  '_total',
  '_include',
  '_revinclude',
  '_contained',
  '_containedType',
  '_explain',
  '_cursor',
] as const;

/** Whatever modifier follows the name. */
export const isResultParameter = (name: string): boolean => (resultParameters as readonly string[]).includes(name.split(':')[0] as string);

export type Result = Pick<Query, 'sort' | 'includes' | 'count' | 'total'> &
  Partial<Pick<Query, 'summary' | 'elements' | 'excluded' | 'explain' | 'after'>> & { readonly contained?: ContainedSearch };

const summaries = ['true', 'text', 'data', 'count', 'false'] as const;
const totals = ['none', 'estimate', 'accurate'] as const;

function oneOf<T extends string>(name: string, value: string, valid: readonly T[]): T {
  const found = valid.find((each) => each === value);
  if (found === undefined)
    throw refusal('value', `${name} is one of ${valid.join(', ')}, not "${value.slice(0, 40)}"`, { expression: name });
  return found;
}

function countOf(value: string, most: number): number {
  if (!/^\d{1,10}$/.test(value))
    throw refusal('value', `_count is a whole number from 0 on, not "${value.slice(0, 40)}"`, { expression: '_count' });
  return Math.min(Number(value), most);
}

const elementName = /^(?:[A-Z][A-Za-z]*\.)?[a-z][A-Za-z0-9]*(?:\[x\])?(?:\.[A-Za-z0-9]+)*$/;

function elementsOf(value: string, parameter = '_elements'): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !elementName.test(name));
  if (wrong === undefined) return names;
  throw refusal(
    'value',
    `${parameter} lists element names with commas between, such as identifier,active; "${wrong.slice(0, 40)}" is none`,
    {
      expression: '_elements',
    },
  );
}

function sortKey(definitions: Definitions, types: readonly string[], written: string): SortKey {
  const descending = written.startsWith('-');
  const code = descending ? written.slice(1) : written;
  // "To sort by relevance, use _score": the best come first, which is its decreasing order as well.
  if (code === '_score') return { descending: true, column: { kind: 'score' } };
  const column = columnOf(definitions, types, code);
  const parameter = definitions.searchParameters(types[0] ?? '').get(code);
  if (typeof column !== 'string' && parameter) return { parameter, descending, column };
  const text = `_sort cannot use "${code.slice(0, 64)}" of ${named(types)}: ${String(column)}. Valid are ${sortable(definitions, types).join(', ')}, each with - in front for descending order`;
  throw refusal('not-supported', text, { expression: '_sort' });
}

const sortable = (definitions: Definitions, types: readonly string[]): readonly string[] =>
  [...definitions.searchParameters(types[0] ?? '').keys()].filter((code) => typeof columnOf(definitions, types, code) !== 'string');

const named = (types: readonly string[]): string => (types.length <= 3 ? types.join(', ') : `${types.length} types`);

/** Every order costs a look into the index for every match. */
const mostSortKeys = 8;

function sortOf(definitions: Definitions, types: readonly string[], value: string): readonly SortKey[] {
  const keys = value.split(',');
  if (keys.includes(''))
    throw refusal('value', '_sort lists search parameters with commas between; one of them is empty', { expression: '_sort' });
  if (keys.length > mostSortKeys)
    throw refusal('too-costly', `_sort takes at most ${mostSortKeys} parameters, not ${keys.length}`, { expression: '_sort', status: 400 });
  return keys.map((key) => sortKey(definitions, types, key));
}

function explainOf(value: string, allowed: boolean): true | undefined {
  if (!allowed)
    throw refusal('forbidden', '_explain is switched off on this server (SEARCH_EXPLAIN)', { expression: '_explain', status: 403 });
  return oneOf('_explain', value, ['true', 'false']) === 'true' ? true : undefined;
}

/** Those that may stand once, by name. */
function givenOnce(pairs: readonly Pair[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (const [name, value] of pairs) {
    const [root, modifier] = name.split(':');
    if (modifier !== undefined && name !== '_elements:exclude')
      throw refusal('not-supported', `${root} takes no modifier: "${name.slice(0, 64)}" is not known`, { expression: root as string });
    if (given.has(name)) throw refusal('value', `${name} may be given once`, { expression: name });
    given.set(name, value);
  }
  return given;
}

/** The result parameters among the pairs, checked; `_count=0` asks for the total only, like `_summary=count`. */
export function parseResult(definitions: Definitions, types: readonly string[], pairs: readonly Pair[], options: ParseOptions): Result {
  const { defaultCount, maxCount } = options;
  const given = givenOnce(pairs.filter(([name]) => !isInclude(name)));
  const read = <T>(name: (typeof resultParameters)[number], reader: (value: string) => T): T | undefined => {
    const value = given.get(name);
    return value === undefined ? undefined : reader(value);
  };
  const count = read('_count', (value) => countOf(value, maxCount)) ?? defaultCount;
  const asked = read('_summary', (value) => oneOf('_summary', value, summaries));
  const summary = count === 0 ? 'count' : asked;
  const elements = read('_elements', elementsOf);
  const without = given.get('_elements:exclude');
  const excluded = without === undefined ? undefined : elementsOf(without, '_elements:exclude');
  const explain = read('_explain', (value) => explainOf(value, options.explain === true));
  const after = given.get('_cursor');
  const chosen = [elements, excluded, asked === 'false' || asked === 'count' ? undefined : asked].filter((each) => each !== undefined);
  if (chosen.length > 1)
    throw refusal('value', '_summary, _elements and _elements:exclude each choose the elements; give one of them', {
      expression: '_elements',
    });
  const includes = parseIncludes(
    { definitions, types, options },
    pairs.filter(([name]) => isInclude(name)),
  );
  // SHALL: includes cannot be mixed with _summary=text — search.html#summary
  if (includes.length > 0 && asked === 'text')
    throw refusal('value', '_include and _revinclude cannot be mixed with _summary=text; _summary=true and _summary=data go with them', {
      expression: '_summary',
    });
  const contained = containedSearch(
    read('_contained', (value) => oneOf('_contained', value, ['false', 'true', 'both'])),
    read('_containedType', (value) => oneOf('_containedType', value, ['container', 'contained'])),
  );
  return {
    sort: read('_sort', (value) => sortOf(definitions, types, value)) ?? [],
    includes,
    count,
    total: read('_total', (value) => oneOf('_total', value, totals)) ?? 'none',
    ...(summary === undefined ? {} : { summary }),
    ...(elements === undefined ? {} : { elements }),
    ...(excluded === undefined ? {} : { excluded }),
    ...(explain === undefined ? {} : { explain }),
    ...(contained === undefined ? {} : { contained }),
    ...(after === undefined ? {} : { after }),
  };
}
