/**
 * What extensions of an ElementDefinition say: elements that later versions have, and controls of narratives.
 * https://hl7.org/fhir/R5/elementdefinition-definitions.html#ElementDefinition.mustHaveValue
 */
import type { ElementNode } from './element-node.ts';
import { bareCanonical, listOf, type RawElement, type RawExtension } from './structure-definition.ts';

const later = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-ElementDefinition.';
const control = 'http://hl7.org/fhir/StructureDefinition/narrative-';

export function applyExtensions(node: ElementNode, { extension }: RawElement): void {
  const found = listOf(extension as readonly RawExtension[] | undefined);
  if (found.length === 0) return;
  const valuesOf = (url: string): string[] => found.filter((one) => one.url === url).map(valueOf);
  const alternatives = valuesOf(`${later}valueAlternatives`);
  if (alternatives.length > 0) node.substitutes = alternatives.map(bareCanonical);
  else if (valuesOf(`${later}mustHaveValue`).includes('true')) node.substitutes = [];
  const languages = valuesOf(`${control}language-control`);
  const hasSources = valuesOf(`${control}source-control`).length > 0;
  if (languages.length > 0 || hasSources) node.narrative = { languages, hasSources };
}

function valueOf(extension: RawExtension): string {
  const key = Object.keys(extension).find((one) => one.startsWith('value'));
  return key === undefined ? '' : String(extension[key]);
}
