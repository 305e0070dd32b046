/** Conformance resources that come with the server: `fhir-profiles/`, then the codes of R4. https://hl7.org/fhir/R4/references.html#canonical */
import type { Resource } from '../../fhir/resource.ts';
import type { ShippedResources } from '../../packages/shipped.ts';
import type { Kind, TerminologySource } from '../../terminology/source.ts';
import type { FindVersions } from './source.ts';

/** In the order of preference. */
export const shippedVersions = (shipped: ShippedResources, terminology: readonly TerminologySource[]): readonly FindVersions[] => [
  (type, url) => shipped.find(type, url),
  ...terminology.map(codesOf),
];

const isKind = (type: string): type is Kind => type === 'ValueSet' || type === 'CodeSystem';

/** How large they are is not known before they are read. */
const usualSize = 10_000;

const codesOf =
  (source: TerminologySource): FindVersions =>
  async (type, url) => {
    if (!isKind(type)) return [];
    const found = await source.find(type, url);
    return found.map(({ version, read }) => ({
      version,
      size: usualSize,
      read: () => ({ resourceType: type, ...read() }) as unknown as Resource,
    }));
  };
