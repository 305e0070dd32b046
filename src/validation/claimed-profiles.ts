/** Which profiles are to be checked where: those that resources claim, and those that are asked for. https://hl7.org/fhir/R4/profiling.html#resources */
import type { Severity } from '../fhir/outcome.ts';
import type { Place } from './place.ts';
import type { PreparedProfile, Profiles } from './profiles.ts';
import type { Report } from './validation.ts';
import { shown } from './walk.ts';

export interface Claim {
  readonly place: Place;
  readonly canonical: string;
  /** FHIRPath of the claim; of the resource for what is asked for. */
  readonly at: string;
  /** Asked for by whoever validates: one that is not known is always an error. */
  readonly isAsked: boolean;
}

export interface Wanted extends Claim {
  readonly profile: PreparedProfile;
}

export const claimsOf = (places: readonly Place[]): Claim[] => places.flatMap(claims);

function claims(place: Place): Claim[] {
  const profile = place.resource.meta?.['profile'];
  if (!Array.isArray(profile)) return [];
  return profile.flatMap((canonical: unknown, i) =>
    typeof canonical === 'string' && canonical !== '' ? [{ place, canonical, at: `${place.at}.meta.profile[${i}]`, isAsked: false }] : [],
  );
}

/** Loads the profiles; says which are not known. */
export async function prepareAll(profiles: Profiles, claims: readonly Claim[], unknown: Severity, report: Report): Promise<Wanted[]> {
  const prepared = new Map<string, Promise<PreparedProfile | undefined>>();
  const wanted: Wanted[] = [];
  for (const claim of claims) {
    const { canonical } = claim;
    if (!prepared.has(canonical)) prepared.set(canonical, profiles.prepare(canonical));
    const profile = await prepared.get(canonical);
    if (profile !== undefined) wanted.push({ ...claim, profile });
    else report.add(claim.isAsked ? 'error' : unknown, 'not-found', claim.at, notKnown(canonical));
  }
  return wanted;
}

const notKnown = (canonical: string): string =>
  `The profile ${shown(canonical)} is not known here, so the resource was not checked against it; install its package or store its StructureDefinition`;
