/** Definitions that were read, by the key of their content: what many look-ups share. */
import { type CodeSystem, readCodeSystem } from '../fhir/value-set/code-system.ts';
import type { RawValueSet } from '../fhir/value-set/value-set.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { Candidate, Kind } from './source.ts';

export interface Content {
  readonly ValueSet: RawValueSet;
  readonly CodeSystem: CodeSystem;
}

/** Concepts in memory; one costs about 300 bytes. */
const mostConcepts = 200_000;

export class Shelf {
  private readonly valueSets = new BoundedCache<RawValueSet>(mostConcepts);
  private readonly codeSystems = new BoundedCache<CodeSystem>(mostConcepts);

  take<K extends Kind>(kind: K, candidate: Candidate<K>): Content[K] {
    return (
      kind === 'ValueSet' ? this.valueSet(candidate as Candidate<'ValueSet'>) : this.codeSystem(candidate as Candidate<'CodeSystem'>)
    ) as Content[K];
  }

  private valueSet(candidate: Candidate<'ValueSet'>): RawValueSet {
    const known = this.valueSets.get(candidate.key);
    if (known) return known;
    const raw = candidate.read();
    this.valueSets.set(candidate.key, raw, weightOf(raw));
    return raw;
  }

  private codeSystem(candidate: Candidate<'CodeSystem'>): CodeSystem {
    const known = this.codeSystems.get(candidate.key);
    if (known) return known;
    const system = readCodeSystem(candidate.read());
    this.codeSystems.set(candidate.key, system, weightOf(system));
    return system;
  }
}

/** What a definition costs beside its concepts, as concepts. */
const ownWeight = 10;

export function weightOf(value: RawValueSet | CodeSystem): number {
  if ('concepts' in value) return ownWeight + value.concepts.length;
  const { compose, expansion } = value;
  const listed = [...(compose?.include ?? []), ...(compose?.exclude ?? [])].reduce((sum, { concept }) => sum + (concept?.length ?? 0), 0);
  return ownWeight + listed + (expansion?.contains?.length ?? 0);
}
