/** The value sets and code systems of `fhir-profiles/`: of packages and single ones. https://hl7.org/fhir/R4/references.html#canonical */
import type { ShippedResources } from '../packages/shipped.ts';
import type { Candidate, Kind, RawByType, TerminologySource } from './source.ts';

export const shippedSource = (shipped: ShippedResources): TerminologySource => ({
  find: async <K extends Kind>(kind: K, url: string) =>
    shipped
      .find(kind, url)
      .map(({ key, version, read }): Candidate<K> => ({ key, version, read: () => read() as unknown as RawByType[K] })),
});
