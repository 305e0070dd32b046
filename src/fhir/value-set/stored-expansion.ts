/** The codes of a value set that brings its expansion and no definition. https://hl7.org/fhir/R4/valueset.html#expansion */
import type { Concept } from './code-system.ts';
import type { LinkedInclude } from './link.ts';
import { type Reason, reason } from './reason.ts';
import type { RawContained, RawValueSet } from './value-set.ts';

const unclosed = 'http://hl7.org/fhir/StructureDefinition/valueset-unclosed';

/** One include for each system; a part of an expansion stands for nothing. */
export function linkExpansion({ expansion }: RawValueSet): readonly LinkedInclude[] {
  if (expansion === undefined) return [nothing(reason('not-supported', 'it has neither compose nor expansion'))];
  const codes = flat(expansion.contains ?? []);
  const isPart =
    (expansion.total !== undefined && expansion.total !== codes.length) ||
    (expansion.offset ?? 0) > 0 ||
    expansion.extension?.some(({ url, valueBoolean }) => url === unclosed && valueBoolean === true);
  if (isPart) return [nothing(reason('not-supported', 'it has no compose, and its expansion holds only a part of its codes'))];
  const bySystem = new Map<string, Map<string, Concept>>();
  for (const concept of codes) {
    const listed = bySystem.get(concept.system) ?? new Map<string, Concept>();
    bySystem.set(concept.system, listed.set(concept.code, concept));
  }
  return [...bySystem].map(([system, listed]) => ({ system, listed, tests: [], imports: [] }));
}

const nothing = (unknown: Reason): LinkedInclude => ({ tests: [], imports: [], unknown });

/** Entries without a code only group others. */
function flat(contained: readonly RawContained[]): Concept[] {
  return contained.flatMap(({ system, code, display, abstract = false, inactive = false, contains = [] }) => {
    const own =
      system === undefined || code === undefined
        ? []
        : [{ system, code, ...(display === undefined ? {} : { display }), abstract, inactive, properties: [], parents: [], children: [] }];
    return [...own, ...flat(contains)];
  });
}
