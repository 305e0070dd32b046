/** The conformance resources of a guide's package, from the shared data. https://hl7.org/fhir/R4/implementationguide.html */
import type { Resource } from '../../src/fhir/resource.ts';
import { sharedData } from '../support/shared-data.ts';
import { inZip } from '../validation/example.ts';

/** Where packages lie that are not named as their file. */
const files: ReadonlyMap<string, string> = new Map([
  ['hl7.fhir.uv.cgm#1.0.0', 'cgm/hl7-cgm-definitions.zip'],
  ['hl7.fhir.uv.genomics-reporting#3.0.0', 'genomics/genomics-reporting-definitions.zip'],
]);

const known = new Map<string, Promise<readonly Resource[]>>();

async function read(name: string): Promise<readonly Resource[]> {
  const file = files.get(name) ?? `ig-packages/${name.replace('#', '-')}.zip`;
  const path = sharedData(...file.split('/'));
  if (path === undefined) return [];
  const found = await inZip(path, /^(?:package\/)?[A-Z][A-Za-z]+-[^/]*\.json$/, 1);
  return found.map(({ resource }) => resource).filter(({ url }) => typeof url === 'string');
}

/** Nothing where the shared data is absent. */
export function packageResources(name: string): Promise<readonly Resource[]> {
  let found = known.get(name);
  if (found === undefined) known.set(name, (found = read(name)));
  return found;
}
