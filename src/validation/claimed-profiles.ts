/** Which profiles are to be checked where: those that resources claim, and those that are asked for. https://hl7.org/fhir/R4/profiling.html#resources */
import type { Severity } from '../fhir/outcome.ts';
import type { Asking } from './knowledge.ts';
import type { Place } from './place.ts';
import type { PreparedProfile } from './profiles.ts';
import type { Report } from './validation.ts';
import { shown } from './walk.ts';

export interface Claim {
  readonly place: Place;
  readonly canonical: string;
  /** FHIRPath of the claim; of the resource for what is asked for. */
  readonly at: string;
  /** What it is when nobody knows the profile; absent: nothing. */
  readonly unknown?: Severity;
}

export interface Wanted extends Claim {
  readonly profile: PreparedProfile;
}

/** Profiles that the resources claim by `meta.profile`. */
export const claimsOf = (places: readonly Place[], unknown: (type: string) => Severity | undefined): Claim[] =>
  places.flatMap((place) => claimsAt(place, unknown(place.resource.resourceType)));

function claimsAt(place: Place, unknown: Severity | undefined): Claim[] {
  return claimed(place.resource).flatMap((canonical, i) =>
    typeof canonical === 'string' && canonical !== ''
      ? [{ place, canonical, at: `${place.at}.meta.profile[${i}]`, ...(unknown === undefined ? {} : { unknown }) }]
      : [],
  );
}

const none: readonly unknown[] = [];

export function claimed({ meta }: Place['resource']): readonly unknown[] {
  const profile = meta?.['profile'];
  return Array.isArray(profile) ? profile : none;
}

/** The claims whose profiles can be checked; says which cannot. */
export function wantedOf(claims: readonly Claim[], asking: Asking, report: Report): Wanted[] {
  const wanted: Wanted[] = [];
  for (const claim of claims) {
    const profile = asking.profile(claim.canonical);
    if (profile === undefined) continue;
    const fault = profile === null ? notKnown(claim.canonical) : profile.fault;
    if (profile !== null && fault === undefined) wanted.push({ ...claim, profile });
    else if (fault !== undefined && claim.unknown !== undefined) report.add(claim.unknown, fault.code, claim.at, fault.text);
  }
  return wanted;
}

const notKnown = (canonical: string): NonNullable<PreparedProfile['fault']> => ({
  code: 'not-found',
  text: `The profile ${shown(canonical)} is not known here, so the resource was not checked against it; install its package or store its StructureDefinition`,
});
