/**
 * Conditions of parameters that were read before, for one type: the same category, code or patient is asked for again and again.
 * https://hl7.org/fhir/R4/search.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import type { Condition } from './condition.ts';
import { Memo } from './memo.ts';
import type { ParseContext } from './parse-context.ts';

/** The search parameters of a moment are one object: conditions go with those that they were read by. */
const known = new WeakMap<Definitions, Map<string, Memo<Condition>>>();

/** Bases that are remembered: a client may name the host as it likes. */
const mostWays = 16;

function memoOf(definitions: Definitions, { base = '', timeZone = '' }: ParseContext['options']): Memo<Condition> | undefined {
  let memos = known.get(definitions);
  if (memos === undefined) known.set(definitions, (memos = new Map()));
  const way = `${base} ${timeZone}`;
  let memo = memos.get(way);
  if (memo === undefined && memos.size < mostWays) memos.set(way, (memo = new Memo()));
  return memo;
}

/** "ap" is relative to the time of the search — search.html#prefix; so is nothing else. */
const isTimeless = (value: string): boolean => !value.includes('ap');

/** What `read` makes of the parameter; refusals are made anew each time. */
export function readBefore(
  context: ParseContext,
  name: string,
  value: string,
  read: (context: ParseContext, name: string, value: string) => Condition | undefined,
): Condition | undefined {
  if (!isTimeless(value)) return read(context, name, value);
  const memo = memoOf(context.definitions, context.options);
  const key = `${context.type}?${name}=${value}`;
  const found = memo?.get(key);
  if (found !== undefined) return found;
  const condition = read(context, name, value);
  if (condition !== undefined) memo?.set(key, condition);
  return condition;
}
