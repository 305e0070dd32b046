/** R4's own structures, operations and maps as a compact package; its codes lie in terminology/. https://hl7.org/fhir/R4/downloads.html */
import type { Resource } from '../../src/fhir/resource.ts';
import { readPackage } from '../package-resource.ts';
import { compactPackage } from './compact-package.ts';
import type { SourceManifest } from './manifest.ts';

const manifest: SourceManifest = {
  name: 'hl7.fhir.r4.core',
  version: '4.0.1',
  title: 'FHIR R4',
  canonical: 'http://hl7.org/fhir',
  license: 'CC0-1.0',
  fhirVersions: ['4.0.1'],
  dependencies: {},
};

const kinds = ['StructureDefinition', 'OperationDefinition', 'ConceptMap'];

/** Examples lie among the definitions. */
const isOfStandard = ({ id = '', url, resourceType }: Resource): boolean =>
  String(url).startsWith(`http://hl7.org/fhir/${resourceType}/`) && id !== 'example' && !id.startsWith('example-');

export function corePackage(): [path: string, text: string][] {
  const resources = kinds.flatMap(readPackage('hl7.fhir.r4.examples')).filter(isOfStandard);
  return compactPackage(
    manifest,
    resources,
    '`npm run generate` makes it of npm\n`hl7.fhir.r4.examples`. Code systems and value sets of R4 lie in `terminology/`',
  );
}
