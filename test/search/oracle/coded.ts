/** `:in`, `:not-in`, `:above` and `:below` of token parameters. https://hl7.org/fhir/R4/search.html#token */
import { codesOf, isBelow } from './code-system.ts';
import type { Item } from './item.ts';
import { parts, unescaped } from './text.ts';
import { type Token, tokensOf } from './token.ts';
import { hasCode } from './value-set.ts';

/** Each system that a token can be of, with its code. */
const pairsOf = ({ system, code, implicit = [] }: Token): readonly (readonly [string, string])[] =>
  code === undefined ? [] : [...(system === undefined ? [] : [system]), ...implicit].map((each) => [each, code] as const);

type Pair = (system: string, code: string) => boolean;

function pairTest(modifier: string, value: string): Pair {
  const searched = unescaped(value);
  if (modifier === 'in' || modifier === 'not-in') return (system, code) => hasCode(searched, system, code);
  const [asked = '', other = ''] = parts(value, '|').map(unescaped);
  const codes = codesOf(asked) ?? new Map<string, Set<string>>();
  // "The coding in a resource subsumes the specified search code", or is subsumed by it; each is both of itself.
  return (system, code) =>
    system === asked && (code === other || (modifier === 'below' ? isBelow(codes, code, other) : isBelow(codes, other, code)));
}

export function codedTest(modifier: string, value: string): (item: Item) => boolean {
  const test = pairTest(modifier, value);
  return (item) =>
    item.type !== 'Identifier' && tokensOf(item).some((token) => pairsOf(token).some(([system, code]) => test(system, code)));
}
