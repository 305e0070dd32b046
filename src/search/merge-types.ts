/** One condition for several types out of one for each. https://hl7.org/fhir/R4/http.html#search (all resource types) */
import { anyOf, type Condition } from './condition.ts';

type Of<Kind extends Condition['kind']> = Condition & { readonly kind: Kind };

export interface OfType {
  readonly type: string;
  readonly condition: Condition;
}

const all = <Kind extends Condition['kind']>(list: readonly Condition[], kind: Kind): list is readonly Of<Kind>[] =>
  list.every((condition) => condition.kind === kind);

const equal = (list: readonly unknown[]): boolean => list.length === 1 || new Set(list.map((each) => JSON.stringify(each))).size === 1;

/**
 * Tokens and keys of an index begin with the type, so that those of several types can stand in one list. What cannot be put
 * together stands beside the type that it is for.
 */
export function mergeTypes(list: readonly OfType[]): Condition {
  const conditions = list.map(({ condition }) => condition);
  const [first] = conditions;
  if (first !== undefined && equal(conditions)) return first;
  return (
    mergedTokens(conditions) ??
    mergedText(conditions) ??
    mergedTerms(conditions) ??
    mergedNumbers(conditions) ??
    mergedCodes(conditions) ??
    anyOf(list.map(apart))
  );
}

const apart = ({ type, condition }: OfType): Condition => ({ kind: 'all', of: [{ kind: 'type', types: [type] }, condition] });

function mergedTokens(list: readonly Condition[]): Condition | undefined {
  if (!all(list, 'tokens') || !equal(list.map(({ negated }) => negated))) return undefined;
  return { kind: 'tokens', any: [...new Set(list.flatMap(({ any }) => any))], negated: list[0]?.negated ?? false };
}

function mergedText(list: readonly Condition[]): Condition | undefined {
  const [first] = list;
  if (first?.kind !== 'text' || !all(list, 'text') || !equal(list.map(({ tests }) => tests))) return undefined;
  return { ...first, keys: list.flatMap(({ keys }) => keys), continuations: list.flatMap(({ continuations }) => continuations) };
}

function mergedTerms(list: readonly Condition[]): Condition | undefined {
  const [first] = list;
  if (first?.kind !== 'terms' || !all(list, 'terms') || !equal(list.map(({ tests }) => tests))) return undefined;
  return { ...first, keys: list.flatMap(({ keys }) => keys) };
}

function mergedNumbers(list: readonly Condition[]): Condition | undefined {
  const [first] = list;
  if (first?.kind !== 'number' || !all(list, 'number') || !equal(list.map(({ units, test }) => [units, test]))) return undefined;
  return { ...first, keys: list.flatMap(({ keys }) => keys) };
}

function mergedCodes(list: readonly Condition[]): Condition | undefined {
  const [first] = list;
  if (first?.kind !== 'coded' || !all(list, 'coded') || !equal(list.map(({ selections, negated }) => [selections, negated])))
    return undefined;
  return { ...first, places: list.flatMap(({ places }) => places) };
}
