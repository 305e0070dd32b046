/** What the readers of search values share: the parameter they read for, and how they refuse. */

import type { SearchParameter } from '../../fhir/definitions.ts';
import { type FhirError, refusal } from '../../fhir/outcome.ts';
import type { Indexing } from '../indexing.ts';
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

/** `date=2020-13 is no date: …`. */
export const refuseValue = ({ parameter }: Searched, value: string, right: string): FhirError =>
  refusal('value', `"${value.slice(0, 100)}" cannot be a value of the search parameter ${parameter.code} (${parameter.type}): ${right}`, {
    expression: parameter.code,
  });
