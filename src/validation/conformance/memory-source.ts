/** Conformance resources from a list: those of a test, or none. https://hl7.org/fhir/R4/references.html#canonical */

import { newest } from '../../fhir/newest.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { ConformanceSource } from '../validation.ts';

export function memorySource(resources: readonly Resource[] = []): ConformanceSource {
  const find = async (type: string, canonical: string): Promise<Resource | undefined> => {
    const [url, version] = canonical.split('|');
    const found = resources.filter((one) => one.resourceType === type && one['url'] === url);
    if (version !== undefined) return found.find((one) => one['version'] === version);
    return newest(found.map((resource) => ({ resource, version: resource['version'] as string | undefined })))?.resource;
  };
  return { find, generation: 0 };
}
