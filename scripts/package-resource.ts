/** Conformance resources of an official FHIR package as npm installs it: one JSON file each, named `Type-id.json`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Resource } from '../src/fhir/resource.ts';
import { projectFile } from '../src/root.ts';

/** Reads all resources of a type, in the order of their file names. */
export function readPackage(name: string): (resourceType: string) => Resource[] {
  const folder = projectFile('node_modules', name);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort();
  return (resourceType) =>
    files
      .filter((file) => file.startsWith(`${resourceType}-`))
      .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Resource)
      .filter((resource) => resource.resourceType === resourceType);
}
