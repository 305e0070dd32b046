/**
 * The text of a search as a Query: every name, modifier, prefix and value is understood or refused, none is ignored.
 * https://hl7.org/fhir/R4/search.html
 */
import type { Definitions, SearchParameter } from '../fhir/definitions.ts';
import { nearest } from '../fhir/nearest.ts';
import { type FhirError, refusal } from '../fhir/outcome.ts';
import { parameterText } from './index-text.ts';
import { type Indexing, indexingOf } from './indexing.ts';
import type { ParseContext, ParseOptions } from './parse-context.ts';
import { parseFilter } from './parse-filter.ts';
import { parseResult, resultParameters } from './parse-result.ts';
import type { Filter, Query } from './query.ts';
import { zoneOf } from './types/date-interval.ts';
import type { Searched } from './types/value.ts';

type Pair = readonly [name: string, value: string];

/** Parameters of the specification that are known and not built. */
const planned = new Set([
  '_include',
  '_revinclude',
  '_has',
  '_contained',
  '_containedType',
  '_list',
  '_type',
  '_score',
  '_filter',
  '_text',
  '_content',
  '_query',
]);

/** Time to plan a statement grows faster than the number of its conditions. */
const mostFilters = 32;

const isResultName = (name: string): boolean => (resultParameters as readonly string[]).includes(name);

/** Throws a FhirError (400) that names what is valid. The format parameters are the business of HTTP and must not be among the pairs' demands. */
export function parseSearch(definitions: Definitions, type: string, pairs: readonly Pair[], options: ParseOptions): Query {
  const context: ParseContext = { definitions, type, options };
  const results: Pair[] = [];
  const used: Pair[] = [];
  const filters: Filter[] = [];
  for (const pair of pairs) {
    const [name] = pair;
    if (name === '_format' || name === '_pretty') continue;
    if (isResultName(name)) results.push(pair);
    else {
      const filter = filterOf(context, pair);
      if (!filter) continue;
      if (filters.push(filter) > mostFilters) throw tooMany();
    }
    used.push(pair);
  }
  const result = parseResult(definitions, type, results, options);
  return { type, filters, ...result, used: used.map((pair) => shown(pair, result.count)) };
}

const tooMany = (): FhirError =>
  refusal(
    'too-costly',
    `A search can have at most ${mostFilters} parameters; values of one parameter may stand together, with commas between`,
    {
      status: 400,
    },
  );

/** The self link shows the count that was really used. */
const shown = ([name, value]: Pair, count: number): Pair => [name, name === '_count' ? String(count) : value];

function filterOf(context: ParseContext, [name, value]: Pair): Filter | undefined {
  const [code = '', modifier, ...more] = name.split(':');
  const parameter = context.definitions.searchParameters(context.type).get(code);
  const isChain = name.includes('.');
  if (parameter && more.length === 0 && !isChain && !planned.has(code))
    return parseFilter(searchedOf(context, parameter), modifier, value, context);
  const root = code.split('.')[0] as string;
  if (planned.has(root)) throw unsupported(name, `${root} is not supported yet`);
  if (isChain && context.definitions.searchParameters(context.type).has(root))
    throw unsupported(name, 'chained parameters are not supported yet');
  if (parameter) throw unsupported(name, 'a parameter has one modifier at most');
  if (context.options.strict) throw unknown(context, code);
  return undefined;
}

const unsupported = (name: string, why: string): FhirError =>
  refusal('not-supported', `"${name.slice(0, 100)}" cannot be searched: ${why}`, { expression: name.slice(0, 100) });

// SHALL: refuse unknown parameters under strict handling — search.html#errors
function unknown({ definitions, type }: ParseContext, code: string): FhirError {
  const indexing = indexingOf(definitions, type);
  const known = [...definitions.searchParameters(type).keys()].filter((each) => indexing.get(each)?.refused === undefined);
  const near = nearest(code, [...known, ...resultParameters]);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  return refusal(
    'not-supported',
    `${type} has no search parameter "${code.slice(0, 100)}".${hint} Valid are ${[...known, ...resultParameters.filter((name) => name !== '_cursor')].sort().join(', ')}`,
    {
      expression: code.slice(0, 100),
    },
  );
}

function searchedOf({ definitions, type, options }: ParseContext, parameter: SearchParameter): Searched {
  const indexing = indexingOf(definitions, type).get(parameter.code) as Indexing;
  if (indexing.refused !== undefined) throw unsupported(parameter.code, indexing.refused);
  return {
    type,
    parameter,
    indexing,
    texts: (indexing.parts ?? [parameter.code]).map((code) => parameterText(type, code)),
    context: {
      isResourceType: (name) => definitions.isResourceType(name),
      bases: new Set(options.base === undefined ? [] : [options.base]),
    },
    zone: zoneOf(options.timeZone),
    now: options.now.getTime(),
  };
}
