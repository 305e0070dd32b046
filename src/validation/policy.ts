/** Profiles that a server asks for: of each list, resources of the type conform to one. https://hl7.org/fhir/R4/profiling.html#conformance */
import { claimed } from './claimed-profiles.ts';
import { conforms } from './environment.ts';
import type { Asking } from './knowledge.ts';
import type { Place } from './place.ts';
import type { PreparedProfile } from './profiles.ts';
import type { Report, Surroundings } from './validation.ts';

export type Policy = readonly (readonly string[])[];

export interface Policed {
  readonly place: Place;
  readonly policy: Policy;
}

export function checkPolicy({ place, policy }: Policed, asking: Asking, report: Report, surroundings: Surroundings): void {
  for (const alternatives of policy) {
    // What is claimed is checked as a claim, with all that there is to say.
    if (alternatives.some((canonical) => claims(place, canonical))) continue;
    const profiles = alternatives.map((canonical) => asking.profile(canonical));
    if (profiles.includes(undefined)) continue;
    const known = profiles.filter((profile): profile is PreparedProfile => profile !== undefined && profile !== null);
    checkOne(alternatives, known, place, report, surroundings);
  }
}

function checkOne(
  alternatives: readonly string[],
  known: readonly PreparedProfile[],
  { resource, at }: Place,
  report: Report,
  surroundings: Surroundings,
): void {
  const [only, ...others] = known;
  const names = alternatives.join(', ');
  const rule = `This server takes ${resource.resourceType} resources only where they conform to ${alternatives.length === 1 ? names : `one of ${names}`}`;
  if (only === undefined) report.add('error', 'not-found', at, `${rule}, which is not known here; install its package`);
  else if (others.length === 0) only.check(resource, at, report, surroundings);
  else if (!known.some((profile) => conforms(resource, profile, surroundings)))
    report.add('error', 'business-rule', at, `${rule}; name the one that is meant in meta.profile to be told what is missing`);
}

/** With or without a version. */
const claims = ({ resource }: Place, canonical: string): boolean =>
  claimed(resource).some((one) => one === canonical || (typeof one === 'string' && one.split('|')[0] === canonical));
