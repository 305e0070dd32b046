/** Conformance resources from a list, such as those of a test. https://hl7.org/fhir/R4/references.html#canonical */
import type { Resource } from '../../fhir/resource.ts';
import type { ConformanceSource } from '../validation.ts';
import { conformanceSource, type FindVersions, type Version } from './source.ts';

export const memorySource = (resources: readonly Resource[] = []): ConformanceSource =>
  conformanceSource({ sources: [memoryVersions(resources)] });

export function memoryVersions(resources: readonly Resource[]): FindVersions {
  const versions = new Map<string, Version[]>();
  for (const resource of resources) {
    const { resourceType, url, version } = resource;
    const name = `${resourceType} ${url}`;
    const one: Version = { version: typeof version === 'string' ? version : undefined, size: 0, read: () => resource };
    versions.set(name, [...(versions.get(name) ?? []), one]);
  }
  return (type, url) => versions.get(`${type} ${url}`) ?? [];
}
