/**
 * Bindings of an ElementDefinition: the one of R4, the greatest value set beside it, and the additional ones that R5 brought.
 * https://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.binding,
 * https://hl7.org/fhir/R5/elementdefinition-definitions.html#ElementDefinition.binding.additional
 */
import type { AdditionalBinding, ElementNode } from './element-node.ts';
import { listOf, type RawElement, type RawExtension } from './structure-definition.ts';

const maximumUrl = 'http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet';
const additionalUrls: ReadonlySet<string> = new Set([
  'http://hl7.org/fhir/tools/StructureDefinition/additional-binding',
  'http://hl7.org/fhir/5.0/StructureDefinition/extension-ElementDefinition.binding.additional',
]);

export function applyBinding(node: ElementNode, { binding }: RawElement): void {
  if (binding?.strength === undefined) return;
  const extensions = listOf(binding.extension);
  const maximum = valueOf(extensions.find(({ url }) => url === maximumUrl));
  const additional = extensions.filter(({ url }) => additionalUrls.has(url)).flatMap(additionalBinding);
  node.binding = {
    strength: binding.strength,
    valueSet: binding.valueSet ?? node.binding?.valueSet,
    maximum: maximum ?? node.binding?.maximum,
    additional: [...(node.binding?.additional ?? []), ...additional],
  };
}

function valueOf(extension: RawExtension | undefined): string | undefined {
  const value = extension?.['valueCanonical'] ?? extension?.['valueUri'] ?? extension?.['valueCode'];
  return typeof value === 'string' ? value : undefined;
}

/** Those that hold in every use. */
function additionalBinding({ extension }: RawExtension): AdditionalBinding[] {
  const parts = listOf(extension as readonly RawExtension[] | undefined);
  const part = (name: string): string | undefined => valueOf(parts.find(({ url }) => url === name));
  const [purpose, valueSet] = [part('purpose'), part('valueSet')];
  if (valueSet === undefined || parts.some(({ url }) => url === 'usage')) return [];
  return purpose === 'required' || purpose === 'extensible' || purpose === 'maximum' ? [{ purpose, valueSet }] : [];
}
