/** What a package says of itself: its package.json, or its ImplementationGuide where it was not built. https://hl7.org/fhir/R4/implementationguide.html */
import { isObject, type JsonObject } from '../../src/fhir/resource.ts';
import type { SourceFile } from './read-source.ts';

export interface SourceManifest {
  readonly name: string;
  readonly version: string;
  readonly title: string;
  readonly canonical: string;
  readonly license: string;
  readonly fhirVersions: readonly string[];
  readonly dependencies: Readonly<Record<string, string>>;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const ofPackage = (json: JsonObject): SourceManifest => ({
  name: text(json['name']),
  version: text(json['version']),
  title: text(json['title']),
  canonical: text(json['canonical']),
  license: text(json['license']),
  fhirVersions: (json['fhirVersions'] ?? json['fhir-version-list'] ?? []) as string[],
  dependencies: (json['dependencies'] ?? {}) as Record<string, string>,
});

function ofGuide(json: JsonObject): SourceManifest {
  const dependsOn = Array.isArray(json['dependsOn']) ? json['dependsOn'].filter(isObject) : [];
  const dependencies = dependsOn.map(({ packageId, version }) => [text(packageId), text(version)]);
  return {
    ...{ name: text(json['packageId']), version: text(json['version']), title: text(json['title']) },
    ...{ canonical: text(json['url']).replace(/\/ImplementationGuide\/.*/, ''), license: text(json['license']) },
    fhirVersions: (json['fhirVersion'] ?? []) as string[],
    dependencies: Object.fromEntries([['hl7.fhir.r4.core', '4.0.1'], ...dependencies]) as Record<string, string>,
  };
}

/** Throws an Error where neither is there. */
export function manifestOf(files: readonly SourceFile[]): SourceManifest {
  const manifest = files.find(({ name }) => name === 'package.json');
  if (manifest) return ofPackage(manifest.json);
  const guide = files.find(({ json }) => json['resourceType'] === 'ImplementationGuide');
  if (guide) return ofGuide(guide.json);
  throw new Error('neither package.json nor an ImplementationGuide is there');
}
