/** Conformance resources of the store, of `fhir-profiles/` and of R4, in this order. https://hl7.org/fhir/R4/references.html#canonical */
import type { Definitions } from '../../fhir/definitions.ts';
import type { ShippedResources } from '../../packages/shipped.ts';
import type { TerminologySource } from '../../terminology/source.ts';
import { shippedVersions } from '../../validation/conformance/shipped-versions.ts';
import { type Conformance, conformanceSource } from '../../validation/conformance/source.ts';
import type { Repository } from '../repository.ts';
import { storedByUrl } from '../stored-definitions.ts';
import { storedVersions } from './stored-versions.ts';

export interface ConformanceOptions {
  readonly repository: Pick<Repository, 'search'>;
  readonly definitions: Definitions;
  readonly shipped: ShippedResources;
  /** Value sets and code systems that come with the server. */
  readonly terminology: readonly TerminologySource[];
}

export const conformanceOver = ({ repository, definitions, shipped, terminology }: ConformanceOptions): Conformance =>
  conformanceSource({
    sources: [storedVersions(storedByUrl(repository, definitions)), ...shippedVersions(shipped, terminology)],
  });
