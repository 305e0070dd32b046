/** Conformance resources of the store, of `fhir-profiles/` and of R4, in this order. https://hl7.org/fhir/R4/references.html#canonical */
import type { Definitions } from '../../fhir/definitions.ts';
import { parseJson } from '../../fhir/json.ts';
import type { Resource } from '../../fhir/resource.ts';
import type { ShippedResources } from '../../packages/shipped.ts';
import type { TerminologySource } from '../../terminology/source.ts';
import type { StoredDefinition } from '../../terminology/stored-source.ts';
import { shippedVersions } from '../../validation/conformance/shipped-versions.ts';
import { type Conformance, conformanceSource, type FindVersions, type Version } from '../../validation/conformance/source.ts';
import type { Repository } from '../repository.ts';
import { storedByUrl } from '../stored-definitions.ts';

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

/** Of two that call themselves alike, the one last updated comes first. */
const storedVersions =
  (find: (type: string, url: string) => Promise<readonly StoredDefinition[]>): FindVersions =>
  async (type, url) =>
    (await find(type, url)).flatMap(({ body }) => (body === null ? [] : [parsedVersion(body)])).filter((each) => each.url === url);

function parsedVersion(body: string): Version & { readonly url: unknown } {
  const resource = parseJson(body) as Resource;
  const { url, version } = resource;
  return { url, version: typeof version === 'string' ? version : undefined, size: body.length, read: () => resource };
}
