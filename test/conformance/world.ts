/** The server's validator in a world of its own: what comes with the server, and the conformance resources of one case. */
import type { Definitions } from '../../src/fhir/definitions.ts';
import type { Issue } from '../../src/fhir/outcome.ts';
import type { Resource } from '../../src/fhir/resource.ts';
import { compileValidator } from '../../src/validation/structure.ts';

export interface World {
  validate(resource: Resource, profiles: readonly string[]): Promise<readonly Issue[]>;
}

/** Worlds by what lies in them: many cases share one. */
export class Worlds {
  private readonly base;

  constructor(definitions: Definitions) {
    this.base = compileValidator(definitions);
  }

  async with(_resources: readonly Resource[], _packages: readonly string[] = []): Promise<World> {
    const { base } = this;
    return { validate: async (resource) => base(resource) };
  }
}
