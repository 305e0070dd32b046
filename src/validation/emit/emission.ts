/** What the parts of the emitter share. */
import type { Definitions, ElementDefinition } from '../../fhir/definitions.ts';
import type { Constraints } from '../invariants.ts';
import type { Prelude } from './javascript.ts';

export interface Emission {
  readonly definitions: Definitions;
  readonly constraints: Constraints;
  readonly prelude: Prelude;
}

/** In which word of bits an element is counted, and its bit there. */
export interface Bit {
  readonly word: string;
  readonly bit: number;
}

export type Words = ReadonlyMap<ElementDefinition, Bit>;
