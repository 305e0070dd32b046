/**
 * What FHIRPath asks its surroundings while a resource is validated. The engine does not wait: what is missing is fetched between two checks.
 * https://hl7.org/fhir/R4/fhirpath.html#functions
 */
import type { Environment } from '../fhir/fhirpath/run.ts';
import type { Value } from '../fhir/fhirpath/value.ts';
import { isObject, type Resource } from '../fhir/resource.ts';
import { partsOf } from './binding/questions.ts';
import { Collected } from './collected.ts';
import type { Asking } from './knowledge.ts';
import { isNarrative } from './narrative.ts';
import type { Place } from './place.ts';
import type { PreparedProfile } from './profiles.ts';
import type { Surroundings } from './validation.ts';

export interface EnvironmentOptions {
  readonly places: readonly Place[];
  readonly asking: Asking;
  readonly surroundings: () => Surroundings;
  readonly now: (() => Date) | undefined;
}

export function environmentsOf({ places, asking, surroundings, now }: EnvironmentOptions): (resource: Resource) => Environment {
  const containers = new Map(places.map(({ resource, container = resource }) => [resource, container]));
  const conformsTo = conformance(asking, surroundings);
  const memberOf = membership(asking);
  return (resource) => ({
    resource,
    // `%rootResource`: what a contained resource stands in.
    rootResource: containers.get(resource) ?? resource,
    resolve: (reference) => surroundings().resolve(reference, resource),
    memberOf,
    conformsTo,
    htmlChecks: isNarrative,
    now,
  });
}

const membership =
  (asking: Asking): NonNullable<Environment['memberOf']> =>
  ({ type, value }: Value, valueSet) => {
    const members = asking.members(valueSet);
    if (members === undefined) return undefined;
    const answers = partsOf(type.slice(type.indexOf('.') + 1), value)
      .filter(({ code }) => code !== undefined)
      .map(({ system, code }) => members({ system, code: code as string }).result);
    if (answers.includes('yes')) return true;
    return answers.includes('unknown') ? undefined : false;
  };

function conformance(asking: Asking, surroundings: () => Surroundings): NonNullable<Environment['conformsTo']> {
  /** A profile that asks for itself does not go round. */
  const underway = new Map<Resource, Set<string>>();
  return ({ value }, canonical) => {
    if (!isObject(value) || typeof value['resourceType'] !== 'string') return undefined;
    const profile = asking.profile(canonical) ?? undefined;
    if (profile === undefined) return undefined;
    const resource = value as Resource;
    const asked = underway.get(resource) ?? new Set();
    underway.set(resource, asked);
    if (asked.has(canonical)) return true;
    asked.add(canonical);
    try {
      return conforms(resource, profile, surroundings());
    } finally {
      asked.delete(canonical);
    }
  };
}

export function conforms(resource: Resource, profile: PreparedProfile, surroundings: Surroundings): boolean {
  const collected = new Collected();
  profile.check(resource, resource.resourceType, collected, surroundings);
  return !collected.hasErrors;
}
