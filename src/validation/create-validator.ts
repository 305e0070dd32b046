/**
 * The validator: structure and invariants, rules, profiles and bindings of a resource and of all that it holds.
 * https://hl7.org/fhir/R4/validation.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import type { Issue } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import type { Terminology } from '../terminology/terminology.ts';
import { answerBindings } from './binding/answer.ts';
import { askBaseBindings } from './binding/base-bindings.ts';
import { checkCodings } from './binding/coding.ts';
import { type Claim, claimsOf, prepareAll, type Wanted } from './claimed-profiles.ts';
import { Collected } from './collected.ts';
import { Answers, type Conforms } from './environment.ts';
import { type Place, placesOf } from './place.ts';
import type { Profiles } from './profiles.ts';
import { findNeeded } from './rule-needs.ts';
import { shapedResource } from './shaped.ts';
import type { Validate } from './structure.ts';
import { surroundingsOf } from './surroundings.ts';
import type { ConformanceSource, Found, Rule, Surroundings, ValidationOptions, Validator } from './validation.ts';

export interface ValidatorOptions {
  readonly definitions: Definitions;
  readonly base: Validate;
  readonly rules: readonly Rule[];
  readonly profiles: Profiles;
  readonly source: ConformanceSource;
  readonly terminology: Terminology;
  /** What a claimed profile is that is not known. */
  readonly unknownProfile?: 'warn' | 'refuse';
  readonly now?: () => Date;
}

/** Rounds of checking, each with the answers that the one before it asked for. */
const mostRounds = 8;

export function createValidator(options: ValidatorOptions): Validator {
  const { definitions, base, terminology } = options;
  const askBindings = askBaseBindings(definitions);
  return {
    validate: async (given, asked = {}) => {
      const structural = base(given, asked.at);
      if (!isKnown(definitions, given)) return structural;
      const resource = structural.some(({ code }) => code === 'structure') ? shapedResource(definitions, given) : given;
      const at = asked.at ?? resource.resourceType;
      const collected = await checkAll(options, resource, at, structural, asked);
      for (const { resource: one, at: path } of placesOf(resource, at)) askBindings(one, path, collected.questions);
      await answerBindings(collected, terminology);
      await checkCodings(collected, terminology);
      return collected.issues();
    },
  };
}

const isKnown = (definitions: Definitions, { resourceType }: Resource): boolean =>
  typeof resourceType === 'string' && definitions.isResourceType(resourceType);

async function checkAll(
  options: ValidatorOptions,
  root: Resource,
  at: string,
  structural: readonly Issue[],
  asked: ValidationOptions,
): Promise<Collected> {
  const places = placesOf(root, at);
  const claims = [...askedFor(places, asked), ...claimsOf(places)];
  const first = new Collected();
  for (const issue of structural) first.take(issue);
  const wanted = await prepareAll(options.profiles, claims, options.unknownProfile === 'refuse' ? 'error' : 'warning', first);
  const found = await findNeeded(options.rules, places, options.source);
  return inRounds(options, { root, places, wanted, found }, first.issues());
}

function askedFor([root]: readonly Place[], { profiles = [] }: ValidationOptions): Claim[] {
  return root === undefined ? [] : profiles.map((canonical) => ({ place: root, canonical, at: root.at, isAsked: true }));
}

interface Checking {
  readonly root: Resource;
  readonly places: readonly Place[];
  readonly wanted: readonly Wanted[];
  readonly found: Found;
}

/** Checks until nothing is asked for that could be answered. */
async function inRounds(options: ValidatorOptions, checking: Checking, before: readonly Issue[]): Promise<Collected> {
  const { definitions, terminology, now } = options;
  const { root, places } = checking;
  const inside = surroundingsOf(definitions, root, places);
  const answers = new Answers({ terminology, now, profile: (canonical) => conformance(options, canonical, () => surroundings) });
  // `%rootResource`: what a contained resource stands in.
  const containers = new Map(places.map(({ resource, container = resource }) => [resource, container]));
  const surroundings: Surroundings = {
    ...inside,
    environmentOf: (resource) =>
      answers.environment(resource, containers.get(resource) ?? resource, (text) => inside.resolve(text, resource)),
  };
  for (let round = 1; ; round++) {
    const collected = new Collected();
    for (const issue of before) collected.take(issue);
    checkOnce(options.rules, checking, collected, surroundings);
    if (round >= mostRounds || !(await answers.fetch())) return collected;
  }
}

function checkOnce(rules: readonly Rule[], { places, wanted, found }: Checking, collected: Collected, surroundings: Surroundings): void {
  for (const { resource, at } of places)
    for (const { types, check } of rules)
      if (types?.includes(resource.resourceType) ?? true) check(resource, at, collected, surroundings, found);
  for (const { place, profile } of wanted) profile.check(place.resource, place.at, collected, surroundings);
}

async function conformance(
  { profiles }: ValidatorOptions,
  canonical: string,
  surroundings: () => Surroundings,
): Promise<Conforms | undefined> {
  const profile = await profiles.prepare(canonical);
  return (
    profile &&
    ((resource) => {
      const collected = new Collected();
      profile.check(resource, resource.resourceType, collected, surroundings());
      return !collected.issues().some(({ severity }) => severity === 'error' || severity === 'fatal');
    })
  );
}
