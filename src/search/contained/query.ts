/**
 * `_contained` and `_containedType`: a search among contained resources, that answers them or what contains them.
 * https://hl7.org/fhir/R4/search.html#contained
 */
import type { Definitions } from '../../fhir/definitions.ts';
import { type FhirError, refusal } from '../../fhir/outcome.ts';
import { allOf, anyOf, type Condition } from '../condition.ts';
import type { Query } from '../query.ts';
import { hashes } from '../types/value.ts';
import { forContained } from './condition.ts';
import { containedMark, containedType, containerKey } from './type.ts';

export interface ContainedSearch {
  /** Contained resources only, or those that stand by themselves as well. */
  readonly which: 'true' | 'both';
  readonly answer: 'container' | 'contained';
}

const refuse = (why: string, expression = '_contained'): FhirError => refusal('not-supported', why, { expression });

/** What `_contained` and `_containedType` ask for together; undefined = resources that stand by themselves. Throws 400. */
export function containedSearch(which = 'false', answer?: 'container' | 'contained'): ContainedSearch | undefined {
  if (which !== 'false') return { which: which as ContainedSearch['which'], answer: answer ?? 'container' };
  if (answer === undefined) return undefined;
  throw refuse(
    '_containedType says what is returned for contained resources: ask for them with _contained=true or _contained=both',
    '_containedType',
  );
}

const isOfContainer = ({ column }: Query['sort'][number]): boolean => column.kind === 'id' || column.kind === 'updated';

function check({ includes, sort }: Query, { answer }: ContainedSearch): void {
  if (includes.length > 0)
    throw refuse('_include and _revinclude do not go with _contained=true or _contained=both: ask for them in a search of their own');
  if (answer === 'container' && !sort.every(isOfContainer))
    throw refuse(
      'The containers are of many types: they are sorted by _id and _lastUpdated, or by date when nothing else is asked for',
      '_sort',
    );
  if (answer === 'contained' && sort.some(({ column }) => column.kind === 'updated'))
    throw refuse('A contained resource has no _lastUpdated of its own to be sorted by', '_sort');
}

/** The query on resources of its types, asked of contained ones. Throws 400. */
export function containedQuery(query: Query, search: ContainedSearch, { resourceTypes }: Definitions): Query {
  check(query, search);
  return search.answer === 'contained' ? ofContained(query, search) : ofContainers(query, search, resourceTypes);
}

/** Resources of their own have no fence where contained ones stand beside them. */
const unfenced = (condition: Condition): Condition => {
  if (condition.kind !== 'tokens') return condition;
  const { patient: _, ...rest } = condition;
  return rest;
};

function ofContained(query: Query, { which }: ContainedSearch): Query {
  const { types, conditions } = query;
  const inner = types.map(containedType);
  const within = [hashes(types.map(containedMark)), ...conditions.map(forContained)];
  if (which === 'true') return { ...query, types: inner, conditions: within };
  const plain = allOf([{ kind: 'type', types }, ...conditions.map(unfenced)]);
  return { ...query, types: [...types, ...inner], conditions: [anyOf([plain, allOf(within)])] };
}

function ofContainers(query: Query, { which }: ContainedSearch, resourceTypes: readonly string[]): Query {
  const { types, conditions } = query;
  const containers = types.map((type): Condition => {
    const condition = allOf([hashes([containedMark(type)]), ...conditions.map(forContained)]);
    return { kind: 'referred', link: { keys: [containerKey], fenced: false }, by: { type: containedType(type), condition } };
  });
  const plain = allOf([{ kind: 'type', types }, ...conditions]);
  return { ...query, types: resourceTypes, conditions: [anyOf(which === 'true' ? containers : [plain, ...containers])] };
}
