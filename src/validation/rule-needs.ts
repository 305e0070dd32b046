/** Conformance resources that rules want to see, looked up before they run. */
import type { Resource } from '../fhir/resource.ts';
import type { Place } from './place.ts';
import type { ConformanceSource, Found, Rule } from './validation.ts';

/** Of one validation. */
const most = 2000;

export async function findNeeded(rules: readonly Rule[], places: readonly Place[], source: ConformanceSource): Promise<Found> {
  const found = new Map<string, Resource | undefined>();
  for (const { resource } of places) {
    for (const { type, canonical } of rules.flatMap((rule) => needsOf(rule, resource))) {
      const key = `${type} ${canonical}`;
      if (!found.has(key) && found.size < most) found.set(key, await source.find(type, canonical));
    }
  }
  return (type, canonical) => found.get(`${type} ${canonical}`);
}

const needsOf = ({ types, needs }: Rule, resource: Resource) =>
  (types?.includes(resource.resourceType) ?? true) ? (needs?.(resource) ?? []) : [];
