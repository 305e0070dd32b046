/** The server's validator in a world of its own: what comes with the server, and the conformance resources of one case. */
import type { Definitions } from '../../src/fhir/definitions.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { shippedResources } from '../../src/packages/shipped.ts';
import { createTerminology, shippedSources } from '../../src/terminology/create-terminology.ts';
import { memoryVersions } from '../../src/validation/conformance/memory-source.ts';
import { shippedVersions } from '../../src/validation/conformance/shipped-versions.ts';
import { conformanceSource } from '../../src/validation/conformance/source.ts';
import { createValidator } from '../../src/validation/create-validator.ts';
import { noProfiles } from '../../src/validation/profiles.ts';
import { rules } from '../../src/validation/rules/table.ts';
import { compileValidator, type Validate } from '../../src/validation/structure.ts';
import type { Validator } from '../../src/validation/validation.ts';
import { type Definition, memorySource } from '../support/terminology.ts';
import { packageResources } from './package-zip.ts';

/** Worlds by the packages that lie in them; cases with resources of their own have one each. */
export class Worlds {
  private readonly definitions: Definitions;
  private readonly base: Validate;
  private readonly packages = shippedResources();
  private readonly shipped = shippedSources(this.packages);
  private readonly known = new Map<string, Promise<Validator>>();

  constructor(definitions: Definitions) {
    this.definitions = definitions;
    this.base = compileValidator(definitions);
  }

  with(resources: readonly Resource[], packages: readonly string[] = []): Promise<Validator> {
    if (resources.length > 0) return this.make(resources, packages);
    const key = packages.join();
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, (found = this.make([], packages)));
    return found;
  }

  private async make(own: readonly Resource[], packages: readonly string[]): Promise<Validator> {
    const resources = [...own, ...(await Promise.all(packages.map(packageResources))).flat()];
    return createValidator({
      definitions: this.definitions,
      base: this.base,
      rules,
      profiles: noProfiles,
      source: conformanceSource({ sources: [memoryVersions(resources), ...shippedVersions(this.packages, this.shipped)] }),
      terminology: createTerminology({ sources: [memorySource(resources as readonly Definition[]), ...this.shipped] }),
    });
  }
}
