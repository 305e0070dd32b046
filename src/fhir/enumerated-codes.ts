/**
 * The codes of a value set that can be listed from what lies beside it, without a terminology server: for required bindings.
 * https://hl7.org/fhir/R4/valueset.html#compositions
 */
import type { CodeSystem } from './value-set/code-system.ts';
import { expandValueSet } from './value-set/expansion.ts';
import { linkValueSet } from './value-set/link.ts';
import { isReason, reason } from './value-set/reason.ts';
import type { RawValueSet } from './value-set/value-set.ts';

type ByUrl<T> = ReadonlyMap<string, T>;

/** Sorted, each once; undefined when the codes cannot be listed, such as those of code systems that are not here as a whole. */
export function enumeratedCodes(
  set: RawValueSet | undefined,
  sets: ByUrl<RawValueSet>,
  systems: ByUrl<CodeSystem>,
): readonly string[] | undefined {
  if (set === undefined) return undefined;
  const concepts = expandValueSet(
    linkValueSet(set, {
      valueSet: (canonical) => sets.get(canonical.split('|')[0] ?? '') ?? reason('not-found', `${canonical} is not here`),
      codeSystem: (url) => systems.get(url) ?? reason('not-found', `${url} is not here`),
    }),
  );
  return isReason(concepts) ? undefined : [...new Set(concepts.map(({ code }) => code))].sort();
}
