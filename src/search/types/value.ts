/** What the readers of search values share: the parameter they read for, what they answer, and how they refuse. */

import type { SearchParameter } from '../../fhir/definitions.ts';
import { type FhirError, refusal } from '../../fhir/outcome.ts';
import type { Condition } from '../condition.ts';
import { hash64 } from '../hash.ts';
import type { Indexing } from '../indexing.ts';
import type { ParseContext } from '../parse-context.ts';
import type { Zone } from './date-interval.ts';
import type { ReferenceContext } from './reference.ts';

/** One parameter of a search, with what its values are read against. */
export interface Searched {
  readonly type: string;
  readonly parameter: SearchParameter;
  readonly indexing: Indexing;
  /** Texts of the index, such as `Observation|code`: several where the parameter is the union of others. */
  readonly texts: readonly string[];
  readonly context: ReferenceContext;
  readonly zone: Zone;
  readonly now: number;
}

/** Reads the alternatives of one parameter, escapes still in place. Throws 400. */
export type ReadValues = (searched: Searched, modifier: string | undefined, values: readonly string[], context: ParseContext) => Condition;

/** One of these texts of the index. */
export const tokens = (texts: readonly string[], negated = false): Condition => hashes(texts.map(hash64), negated);

/** One of these tokens. */
export const hashes = (list: readonly string[], negated = false): Condition => ({ kind: 'tokens', any: [...new Set(list)], negated });

export const keysOf = ({ texts }: Searched): readonly string[] => texts.map(hash64);

/** `date=2020-13 is no date: …`. */
export const refuseValue = ({ parameter }: Searched, value: string, right: string): FhirError =>
  refusal('value', `"${value.slice(0, 100)}" cannot be a value of the search parameter ${parameter.code} (${parameter.type}): ${right}`, {
    expression: parameter.code,
  });
