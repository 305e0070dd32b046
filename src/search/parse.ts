/**
 * The text of a search as a Query: every name, modifier, prefix and value is understood or refused, none is ignored.
 * https://hl7.org/fhir/R4/search.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import { type FhirError, refusal } from '../fhir/outcome.ts';
import type { Condition } from './condition.ts';
import { containedQuery } from './contained/query.ts';
import type { ParseOptions } from './parse-context.ts';
import { unsupported } from './parse-filter.ts';
import { parseForTypes, type SeveralTypes, unknownParameter } from './parse-parameter.ts';
import { isResultParameter, parseResult } from './parse-result.ts';
import type { Query } from './query.ts';
import { chosenTypes, membership, type SearchScope, typeScope } from './scope.ts';
import { fullTextCodes } from './special-parameter.ts';
import { ranking } from './text/ranking.ts';

type Pair = readonly [name: string, value: string];

/** Names of the specification that are no filters here, and why. */
const refused: Readonly<Record<string, string>> = {
  _query: 'no named query is defined on this server',
  _score: 'it is an order: write _sort=_score',
};

/** Time to plan a statement grows faster than the number of its conditions. */
const mostFilters = 32;

/** Throws a FhirError (400) that names what is valid. The format parameters are the business of HTTP and must not be among the pairs' demands. */
export function parseSearch(definitions: Definitions, path: string | SearchScope, pairs: readonly Pair[], options: ParseOptions): Query {
  const scope = typeof path === 'string' ? typeScope(path) : path;
  const asked = pairs.flatMap(([name, value]) => (name === '_type' ? [value] : []));
  const types = chosenTypes(definitions, scope, asked);
  const context: SeveralTypes = { definitions, types, options, all: scope.open && asked.length === 0 };
  const results: Pair[] = [];
  const used: Pair[] = [];
  const member = membership(definitions, scope, types, options);
  const conditions: Condition[] = member === undefined ? [] : [member];
  for (const pair of pairs) {
    const [name, value] = pair;
    if (name === '_format' || name === '_pretty') continue;
    if (isResultParameter(name)) results.push(pair);
    else if (name !== '_type') {
      const condition = conditionOf(context, name, value);
      if (!condition) continue;
      if (conditions.push(condition) > mostFilters) throw tooMany();
    }
    used.push(pair);
  }
  const { contained, ...result } = parseResult(definitions, types, results, options);
  const within = scope.compartment && { compartment: `${scope.compartment.code}/${scope.compartment.id}` };
  const plain: Query = { types, ...within, conditions, ...result, used: used.map((pair) => shown(pair, result.count)) };
  if (contained && scope.compartment) throw notInCompartments();
  const query = contained ? containedQuery(plain, contained, definitions) : plain;
  if (query.sort.some(({ column }) => column.kind === 'score') && ranking(query.conditions).length === 0) throw nothingRanks();
  return query;
}

/** A compartment is made of resources; what these contain is in none by itself. */
const notInCompartments = (): FhirError =>
  refusal('not-supported', '_contained does not go with a compartment: search the type, with a parameter that names the patient', {
    expression: '_contained',
  });

function conditionOf(context: SeveralTypes, name: string, value: string): Condition | undefined {
  const root = name.split(/[:.]/)[0] as string;
  const why = Object.hasOwn(refused, root) ? refused[root] : undefined;
  if (why !== undefined) throw unsupported(name, why);
  const condition = parseForTypes(context, name, value);
  if (condition === undefined && context.options.strict)
    throw isSwitchedOff(context, root) ? fullTextIsOff(name) : unknownParameter(context, name);
  return condition;
}

/** Every type has `_content` otherwise. */
const isSwitchedOff = ({ definitions, types }: SeveralTypes, code: string): boolean =>
  fullTextCodes.has(code) && types.every((type) => !definitions.searchParameters(type).has('_content'));

const fullTextIsOff = (name: string): FhirError => unsupported(name, 'full-text search is switched off on this server (FULL_TEXT)');

// Nothing else tells how well a resource matches: all that match do so alike — search.html#score
const nothingRanks = (): FhirError =>
  refusal('not-supported', '_sort=_score sorts by relevance, which only a search for words has: ask with _text or _content', {
    expression: '_sort',
  });

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
