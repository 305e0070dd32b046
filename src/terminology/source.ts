/** Where value sets and code systems come from. https://hl7.org/fhir/R4/references.html#canonical */
import type { RawCodeSystem } from '../fhir/value-set/code-system.ts';
import type { RawValueSet } from '../fhir/value-set/value-set.ts';

export interface RawByType {
  readonly ValueSet: RawValueSet;
  readonly CodeSystem: RawCodeSystem;
}

export type Kind = keyof RawByType;

/** One version of a value set or code system. */
export interface Candidate<K extends Kind> {
  /** Names its content: the same key is the same content, for ever and among all sources. */
  readonly key: string;
  /** The business version. */
  readonly version: string | undefined;
  read(): RawByType[K];
}

export interface TerminologySource {
  /** All versions under a canonical without version; of two that call themselves alike, the one to be preferred first. */
  find<K extends Kind>(kind: K, url: string): Promise<readonly Candidate<K>[]>;
  /** By literal reference, where resources have ids. */
  read?(id: string): Promise<Candidate<'ValueSet'> | undefined>;
}
