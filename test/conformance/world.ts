/** The server's validation in a world of its own: what comes with the server, and the conformance resources of one case. */
import type { Definitions } from '../../src/fhir/definitions.ts';
import type { Issue } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { shippedResources } from '../../src/packages/shipped.ts';
import { openValidation } from '../../src/repository/validation.ts';
import { createTerminology, shippedSources } from '../../src/terminology/create-terminology.ts';
import { memoryVersions } from '../../src/validation/conformance/memory-source.ts';
import { shippedVersions } from '../../src/validation/conformance/shipped-versions.ts';
import { conformanceSource } from '../../src/validation/conformance/source.ts';
import type { Validator } from '../../src/validation/validation.ts';
import type { BeginWriteCheck } from '../../src/validation/write-check.ts';
import { type Definition, memorySource } from '../support/terminology.ts';
import { packageResources } from './package-zip.ts';

export interface World {
  /** What `$validate` asks. */
  readonly validator: Validator;
  /** Why a write is refused; empty = it is not. */
  refusals(resource: Resource): Promise<readonly Issue[]>;
}

/** Worlds by the packages that lie in them; cases with resources of their own have one each. */
export class Worlds {
  private readonly definitions: Definitions;
  private readonly packages = shippedResources();
  private readonly shipped = shippedSources(this.packages);
  private readonly known = new Map<string, Promise<World>>();

  constructor(definitions: Definitions) {
    this.definitions = definitions;
  }

  with(resources: readonly Resource[], packages: readonly string[] = []): Promise<World> {
    if (resources.length > 0) return this.make(resources, packages);
    const key = packages.join();
    let found = this.known.get(key);
    if (found === undefined) this.known.set(key, (found = this.make([], packages)));
    return found;
  }

  private async make(own: readonly Resource[], packages: readonly string[]): Promise<World> {
    const resources = [...own, ...(await Promise.all(packages.map(packageResources))).flat()];
    const { validator, beginCheck } = openValidation({
      definitions: this.definitions,
      source: conformanceSource({ sources: [memoryVersions(resources), ...shippedVersions(this.packages, this.shipped)] }),
      terminology: createTerminology({ sources: [memorySource(resources as readonly Definition[]), ...this.shipped] }),
      settings: undefined,
      now: () => new Date(),
    });
    return { validator, refusals: (resource) => refusalsOf(beginCheck, resource) };
  }
}

async function refusalsOf(beginCheck: BeginWriteCheck, resource: Resource): Promise<readonly Issue[]> {
  const check = beginCheck([{ resource, at: resource.resourceType }]);
  for (;;) {
    const issues = check.issues();
    if (issues !== undefined) return issues;
    await check.load();
  }
}
