/**
 * A query as it is asked within an access: every place where rows come from finds only what both may be read and searched for, so that
 * no predicate on something else can be an oracle. https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html
 */
import { FhirError, refusal } from '../fhir/outcome.ts';
import { allOf, always, anyOf, type Condition, conjuncts, never, type Source } from './condition.ts';
import { isContained } from './contained/type.ts';
import type { Query } from './query.ts';

/** What may be found of a type; undefined = nothing. */
export type Reach = (type: string) => Condition | undefined;

const forbidden = (type: string): FhirError =>
  refusal('forbidden', `To search for ${type} needs a scope such as user/${type}.rs, which was not granted.`);

/** Types on which the same condition tells what is within reach. */
export interface ReachedTypes {
  readonly types: readonly string[];
  readonly condition: Condition;
}

export function reachedTypes(types: readonly string[], reach: Reach): readonly ReachedTypes[] {
  const groups = new Map<string, { readonly types: string[]; readonly condition: Condition }>();
  for (const type of types) {
    const condition = reach(type);
    if (condition === undefined) continue;
    const key = JSON.stringify(condition);
    const group = groups.get(key) ?? { types: [], condition };
    groups.set(key, group);
    group.types.push(type);
  }
  return [...groups.values()];
}

/** What may be found of all of the types, in one condition. */
export function reachOf(types: readonly string[], reach: Reach): Condition {
  const list = reachedTypes(types, reach);
  const [only] = list;
  if (only !== undefined && list.length === 1 && only.types.length === types.length) return only.condition;
  return anyOf(list.map((group) => allOf([{ kind: 'type', types: group.types }, ...conjuncts(group.condition)])));
}

/** Whether the path or `_type` names the types; otherwise those that may not be searched are left out. */
const isNamed = ({ types, used }: Query): boolean =>
  !used.some(([name]) => name === '_contained') && (types.length === 1 || used.some(([name]) => name === '_type'));

function typesWithin(query: Query, reach: Reach): readonly string[] {
  const found = query.types.filter((type) => reach(type) !== undefined);
  const [missing] = query.types.filter((type) => reach(type) === undefined);
  if (missing !== undefined && (isNamed(query) || found.length === 0))
    throw forbidden(found.length === 0 && query.types.length > 1 ? '*' : missing);
  return found;
}

/** The sources of a condition, with what becomes of each. */
type Limit = (source: Source) => Source;

function limited(condition: Condition, limit: Limit): Condition {
  const inner = (source: Source): Source => limit({ ...source, condition: limited(source.condition, limit) });
  switch (condition.kind) {
    case 'refers':
      return { ...condition, to: inner(condition.to) };
    case 'referred':
      return { ...condition, by: inner(condition.by) };
    case 'not':
      return { ...condition, of: limited(condition.of, limit) };
    case 'any':
      return { ...condition, of: condition.of.map((each) => limited(each, limit)) };
    case 'all':
      return { ...condition, of: condition.of.map((each) => limited(each, limit)) };
    default:
      return condition;
  }
}

/** What is contained in a resource is within reach as that is: only its container refers to it. */
const within =
  (reach: Reach): Limit =>
  (source) =>
    isContained(source.type) ? source : { ...source, condition: allOf([...conjuncts(source.condition), reach(source.type) ?? never]) };

/** Throws 403 where a chain leads to types only that may not be searched, whatever is stored. */
function checkChains(condition: Condition, reach: Reach): void {
  switch (condition.kind) {
    case 'refers':
    case 'referred': {
      const { type, condition: inner } = condition.kind === 'refers' ? condition.to : condition.by;
      if (!isContained(type) && reach(type) === undefined) throw forbidden(type);
      return checkChains(inner, reach);
    }
    case 'not':
      return checkChains(condition.of, reach);
    case 'all':
      for (const each of condition.of) checkChains(each, reach);
      return;
    case 'any':
      return checkAny(condition.of, reach);
    default:
  }
}

/** Of several types that a reference can lead to, those are asked that may be. */
function checkAny(list: readonly Condition[], reach: Reach): void {
  let refused: FhirError | undefined;
  for (const each of list) {
    try {
      checkChains(each, reach);
      return;
    } catch (error) {
      if (!(error instanceof FhirError)) throw error;
      refused ??= error;
    }
  }
  if (refused !== undefined) throw refused;
}

/** Before anything is looked up: throws a FhirError (403) for what no row can change. */
export function checkRestricted(query: Query, reach: Reach): void {
  if (query.explain) throw refusal('forbidden', 'How a search is run, _explain, tells of all that is stored: it needs system/*.cruds.');
  if (query.types.some(isContained))
    throw refusal('forbidden', '_containedType=contained needs system/*.cruds: ask for what contains them, with _containedType=container.');
  typesWithin(query, reach);
  for (const condition of query.conditions) checkChains(condition, reach);
}

/** After codes and hierarchies were looked up. */
export function restricted(query: Query, reach: Reach): Query {
  const types = typesWithin(query, reach);
  const main = reachOf(types, reach);
  const conditions = query.conditions.map((condition) => limited(condition, within(reach)));
  return { ...query, types, conditions: main === always ? conditions : [...conditions, ...conjuncts(main)] };
}
