/** The profile that a shape goes by, among those that a resource claims. https://hl7.org/fhir/R4/resource.html#profile-tags */
import type { Meta, Resource } from '../fhir/resource.ts';

const profilesOf = ({ meta }: Resource): readonly unknown[] => (Array.isArray(meta?.['profile']) ? meta['profile'] : []);

export function claim(resource: Resource, profile: string): Resource {
  const profiles = profilesOf(resource);
  if (profiles.includes(profile)) return resource;
  return { ...resource, meta: { ...resource.meta, profile: [...profiles, profile] } };
}

export function unclaim(resource: Resource, profile: string): Resource {
  const { meta, ...rest } = resource;
  if (meta === undefined) return resource;
  const { profile: _, ...others } = meta;
  const profiles = profilesOf(resource).filter((each) => each !== profile);
  const left: Meta = profiles.length === 0 ? others : { ...others, profile: profiles };
  return Object.keys(left).length === 0 ? rest : { ...rest, meta: left };
}
