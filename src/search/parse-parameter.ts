/** A search parameter by its whole name, chains included, as a condition on resources of one type or several. https://hl7.org/fhir/R4/search.html */
import { nearest } from '../fhir/nearest.ts';
import { type FhirError, refusal } from '../fhir/outcome.ts';
import type { Condition } from './condition.ts';
import { filterCondition } from './filter/condition.ts';
import { indexingOf } from './indexing.ts';
import { listCondition } from './list.ts';
import { mergeTypes, type OfType } from './merge-types.ts';
import { parseChain, parseHas } from './parse-chain.ts';
import type { ParseContext } from './parse-context.ts';
import { parseFilter, unsupported } from './parse-filter.ts';
import { resultParameters } from './parse-result.ts';
import { readBefore } from './read-before.ts';

/** Parameters that are no search parameters of any type. */
const builtIns: ReadonlyMap<string, (context: ParseContext, value: string) => Condition> = new Map([
  ['_filter', filterCondition],
  ['_list', listCondition],
]);

/** Undefined when the type has no parameter of this name. Throws 400 for everything else that cannot be answered. */
export function parseParameter(context: ParseContext, name: string, value: string): Condition | undefined {
  const builtIn = builtIns.get(name.split(':')[0] as string);
  if (builtIn !== undefined && name.includes(':')) throw unsupported(name, 'it has no modifiers');
  if (builtIn !== undefined) return builtIn(context, value);
  if (name.startsWith('_has:')) return parseHas(context, name.slice('_has:'.length), value, parseParameter);
  const dot = name.indexOf('.');
  if (dot >= 0) {
    const head = name.slice(0, dot);
    if (!context.definitions.searchParameters(context.type).has(head.split(':')[0] as string)) return undefined;
    return parseChain(context, head, name.slice(dot + 1), value, parseParameter);
  }
  const [code = '', modifier, ...more] = name.split(':');
  const parameter = context.definitions.searchParameters(context.type).get(code);
  if (parameter === undefined) return undefined;
  if (more.length > 0) throw unsupported(name, 'a parameter has one modifier at most');
  return parseFilter(context, parameter, modifier, value);
}

export interface SeveralTypes extends Omit<ParseContext, 'type'> {
  readonly types: readonly string[];
  /** All types are searched because none was named: one that has no such parameter matches nothing. */
  readonly all?: boolean;
}

/** Parameters of (almost) every type begin so; others are for the types that are named. */
const isCommon = (name: string): boolean => name.startsWith('_') && !name.startsWith('_has');

/** Undefined when one of the types has no such parameter. */
export function parseForTypes({ types, all, ...context }: SeveralTypes, name: string, value: string): Condition | undefined {
  const [type] = types;
  if (type !== undefined && types.length === 1) return readBefore({ ...context, type }, name, value, parseParameter);
  const list: OfType[] = [];
  for (const type of types) {
    const condition = parseParameter({ ...context, type }, name, value);
    if (condition !== undefined) list.push({ type, condition });
    else if (!all || !isCommon(name)) return undefined;
  }
  if (list.length === 0) return undefined;
  const merged = mergeTypes(list);
  return list.length === types.length ? merged : { kind: 'all', of: [{ kind: 'type', types: list.map(({ type }) => type) }, merged] };
}

/** Codes that every one of the types can be searched by. */
export function searchableCodes({ definitions, types }: Pick<SeveralTypes, 'definitions' | 'types'>): readonly string[] {
  const [first, ...others] = types;
  const usable = (type: string, code: string): boolean => {
    const indexing = indexingOf(definitions, type).get(code);
    return indexing !== undefined && indexing.refused === undefined;
  };
  if (first === undefined) return [];
  return [...definitions.searchParameters(first).keys()].filter((code) => [first, ...others].every((type) => usable(type, code)));
}

const mostNamed = 5;

// SHALL: refuse unknown parameters under strict handling — search.html#errors
export function unknownParameter(context: SeveralTypes, name: string): FhirError {
  const code = name.split(/[:.]/)[0] as string;
  const { types } = context;
  const known = [...searchableCodes(context), '_list', '_has'];
  const near = nearest(code, [...known, ...resultParameters]);
  const hint = near === undefined ? '' : ` Did you mean "${near}"?`;
  const who = types.length <= mostNamed ? types.join(', ') : 'not every resource type';
  const has = types.length === 1 ? 'has' : 'have';
  const valid = [...known, ...resultParameters.filter((each) => each !== '_cursor')].sort().join(', ');
  const text = `${who === 'not every resource type' ? 'Not every resource type has a' : `${who} ${has} no`} search parameter "${code.slice(0, 100)}".${hint} Valid are ${valid}`;
  return refusal('not-supported', text, { expression: code.slice(0, 100) });
}
