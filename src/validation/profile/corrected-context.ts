/**
 * Extensions of R4 whose published context leaves out where R4 itself, and the guides built on it, use them. Later versions of the
 * definitions have these contexts.
 * https://hl7.org/fhir/R4/defining-extensions.html#context, https://hl7.org/fhir/extensions/extension-registry.html
 */
import type { RawContext } from './structure-definition.ts';

const prefix = 'http://hl7.org/fhir/StructureDefinition/';

const wider: ReadonlyMap<string, readonly string[]> = new Map([
  // Stands on the type in every primitive of the specification.
  [`${prefix}structuredefinition-fhir-type`, ['ElementDefinition.type']],
  [`${prefix}regex`, ['ElementDefinition.type', 'ElementDefinition.type.code']],
  // Stands on value sets, code systems, operations and elements of the specification.
  [`${prefix}structuredefinition-normative-version`, ['CanonicalResource', 'ElementDefinition']],
  // Stands on components in the guide for genomics.
  [`${prefix}workflow-relatedArtifact`, ['Observation.component']],
  // Stands on every statement of what a server or client is to do.
  [`${prefix}capabilitystatement-expectation`, ['Element']],
]);

export function correctedContexts(url: string, contexts: readonly RawContext[]): readonly RawContext[] {
  const more = wider.get(url);
  return more === undefined ? contexts : [...contexts, ...more.map((expression) => ({ type: 'element', expression }))];
}
