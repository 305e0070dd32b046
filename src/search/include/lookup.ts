/**
 * What a round of includes looks for. Every row that an include gives comes from one of these, so that whatever limits the access to
 * rows of a type has one place. https://hl7.org/fhir/R4/search.html#revinclude
 */
import type { Definitions } from '../../fhir/definitions.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { Condition } from '../condition.ts';
import type { IncludeRule } from '../query.ts';
import type { ReferenceContext } from '../types/reference.ts';
import { forwardLookups } from './forward.ts';
import type { IncludeTarget, Reader } from './reference.ts';
import { reverseLookups } from './reverse.ts';

export interface Lookup {
  readonly types: readonly string[];
  readonly condition: Condition;
  /** These versions of the rows, by id; absent = the current one of each. */
  readonly versions?: readonly (readonly [id: string, version: number])[];
  /** What the condition cannot say. */
  readonly accepts?: (resource: Resource) => boolean;
}

export interface IncludeContext {
  readonly definitions: Definitions;
  readonly references: ReferenceContext;
}

/** A match or an included resource that rules are followed on. */
export interface Included {
  readonly type: string;
  readonly id: string;
  readonly resource: () => Resource;
  /** What the reader found in this version before; absent where nobody remembers that. References of a server are always read the same. */
  readonly targets?: Map<Reader, readonly IncludeTarget[]>;
}

/** `isKnown` tells of resources whose current version is on the page already. */
export const lookupsOf = (
  context: IncludeContext,
  rules: readonly IncludeRule[],
  resources: readonly Included[],
  isKnown: (type: string, id: string) => boolean,
): readonly Lookup[] => [
  ...forwardLookups(
    context,
    rules.filter(({ reverse }) => !reverse),
    resources,
    isKnown,
  ),
  ...reverseLookups(
    context,
    rules.filter(({ reverse }) => reverse),
    resources,
  ),
];
