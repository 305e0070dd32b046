/** Values of token parameters with modifiers that know code systems and value sets. */
import { type Codes, codesOf } from '../oracle/code-system.ts';
import type { Item } from '../oracle/item.ts';
import { escaped } from '../oracle/text.ts';
import { tokensOf } from '../oracle/token.ts';
import { bindingOf, isWhole } from '../oracle/value-set.ts';
import { type Drawn, modified } from './drawn.ts';
import type { Random } from './random.ts';

const others = [
  'http://hl7.org/fhir/ValueSet/administrative-gender',
  'http://hl7.org/fhir/ValueSet/publication-status',
  'http://hl7.org/fhir/ValueSet/observation-status',
  'http://hl7.org/fhir/ValueSet/observation-category',
];

/** A code right above, or right below; the code itself where it stands alone. */
function neighbour(random: Random, codes: Codes, code: string): string {
  const above = [...(codes.get(code) ?? [])];
  const below = [...codes].filter(([, parents]) => parents.has(code)).map(([each]) => each);
  return random.maybe([...above, ...below, code]) ?? code;
}

export function codedValue(random: Random, item: Item): Drawn | undefined {
  const bound = bindingOf(item.element ?? '')?.replace(/\|.*$/, '');
  const token = random.maybe(tokensOf(item));
  if (token?.code === undefined || item.type === 'Identifier') return undefined;
  const systems = [...(token.system === undefined ? [] : [token.system]), ...(token.implicit ?? [])];
  const system = random.maybe(systems);
  if (system === undefined) return undefined;
  const codes = codesOf(system);
  if (codes?.has(token.code) === true && random.next() < 0.5)
    return modified(random.of('above', 'below'), `${escaped(system)}|${escaped(neighbour(random, codes, token.code))}`);
  // Of what is bound to no set there are many, and seldom is one of their codes in another set.
  if (bound === undefined && random.next() < 0.8) return undefined;
  const sets = [...(bound === undefined ? [] : [bound, bound, bound, bound, bound]), ...others].filter(isWhole);
  const set = random.maybe(sets);
  return set === undefined ? undefined : modified(random.of('in', 'not-in'), escaped(set));
}
