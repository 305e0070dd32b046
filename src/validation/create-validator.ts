/**
 * The validator: structure and invariants, rules, profiles and bindings of a resource and of all that it holds.
 * https://hl7.org/fhir/R4/validation.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Terminology } from '../terminology/terminology.ts';
import { askBaseBindings } from './binding/base-bindings.ts';
import { checkCodings } from './binding/coding.ts';
import { type Claim, claimsOf } from './claimed-profiles.ts';
import { Knowledge } from './knowledge.ts';
import { type Place, placesOf } from './place.ts';
import { impliedProfiles } from './profile/implied-profile.ts';
import type { Profiles } from './profiles.ts';
import { checkFully } from './resource-check.ts';
import { shapedResource } from './shaped.ts';
import type { Validate } from './structure.ts';
import type { ConformanceSource, Rule, Validator } from './validation.ts';

export interface ValidatorOptions {
  readonly definitions: Definitions;
  readonly base: Validate;
  readonly rules: readonly Rule[];
  readonly profiles: Profiles;
  readonly source: ConformanceSource;
  readonly terminology: Terminology;
  /** What a claimed profile is that is not known; a warning unless told otherwise. */
  readonly unknownProfile?: 'warn' | 'refuse' | ((type: string) => 'warn' | 'refuse');
  /** Shared with others, where there are any. */
  readonly knowledge?: Knowledge;
  readonly now?: () => Date;
}

export function createValidator(options: ValidatorOptions): Validator {
  const { definitions, base, rules, profiles: known, terminology, unknownProfile = 'warn', now } = options;
  const knowledge = options.knowledge ?? new Knowledge(options);
  const askBindings = askBaseBindings(definitions);
  const unknown = (type: string) =>
    (typeof unknownProfile === 'string' ? unknownProfile : unknownProfile(type)) === 'refuse' ? 'error' : 'warning';
  return {
    validate: async (given, { at = given.resourceType, profiles = [] } = {}) => {
      if (!isKnown(definitions, given)) return base(given);
      const before = base(given, at);
      const root = before.some(({ code }) => code === 'structure') ? shapedResource(definitions, given) : given;
      const places = placesOf(root, at);
      const asked = profiles.map((canonical): Claim => ({ place: { resource: root, at }, canonical, at, unknown: 'error' }));
      const claims = [...asked, ...claimsOf(places, unknown), ...places.flatMap(impliedClaims)];
      const extended = [{ extensions: known.extensions(root), at }];
      const checking = { definitions, root, places, claims, extended, rules, before, askBindings, now };
      const collected = await checkFully(checking, knowledge.begin());
      await checkCodings(collected, terminology);
      return collected.issues();
    },
  };
}

/** What the specification asks for without a claim. */
const impliedClaims = (place: Place): Claim[] => impliedProfiles(place.resource).map((canonical) => ({ place, canonical, at: place.at }));

const isKnown = (definitions: Definitions, { resourceType }: Resource): boolean =>
  typeof resourceType === 'string' && definitions.isResourceType(resourceType);
