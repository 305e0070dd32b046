/**
 * What is checked before resources are written: the structure always; where they claim a profile, are to conform to one, or have a concept
 * with a required binding, that too. https://hl7.org/fhir/R4/validation.html
 */
import type { Definitions } from '../fhir/definitions.ts';
import type { Issue } from '../fhir/outcome.ts';
import type { Resource } from '../fhir/resource.ts';
import { answerBindings } from './binding/answer.ts';
import { type RequiredBindings, requiredBindings } from './binding/required.ts';
import { claimed, claimsOf } from './claimed-profiles.ts';
import { Collected } from './collected.ts';
import type { Asking, Knowledge } from './knowledge.ts';
import { type Place, placesOf } from './place.ts';
import type { Policed } from './policy.ts';
import type { Profiles } from './profiles.ts';
import { checkResources, type Extended, unfinished } from './resource-check.ts';
import { type ValidationSettings, valueFor } from './setting.ts';
import { shapedResource } from './shaped.ts';
import type { Validate } from './structure.ts';

export interface Written {
  readonly resource: Resource;
  /** FHIRPath of the resource in what was sent. */
  readonly at: string;
  /** Under which other resources of the same write refer to it. */
  readonly fullUrl?: string | undefined;
}

/** One check, in rounds: it does not wait. */
export interface WriteCheck {
  /** What is wrong with the resources; undefined = something has to be loaded first. */
  issues(): readonly Issue[] | undefined;
  load(): Promise<void>;
}

export type BeginWriteCheck = (written: readonly Written[]) => WriteCheck;

export interface WriteCheckOptions {
  readonly definitions: Definitions;
  readonly base: Validate;
  readonly profiles: Profiles;
  readonly knowledge: Knowledge;
  readonly settings: ValidationSettings;
  readonly now?: () => Date;
}

interface Checks extends WriteCheckOptions {
  readonly required: RequiredBindings;
}

const mostRounds = 10;

export function writeChecks(options: WriteCheckOptions): BeginWriteCheck {
  const checks: Checks = { ...options, required: requiredBindings(options.definitions) };
  return (written) => {
    const issues = written.length === 1 ? baseIssues(checks, written[0]) : written.flatMap((one) => baseIssues(checks, one));
    const concerns = written.map(({ resource }) => concernOf(checks, resource));
    if (concerns.every((concern) => concern === 'nothing')) return { issues: () => issues, load: async () => undefined };
    return inRounds(checks, written, issues, concerns);
  };
}

/** What a round cannot change was found before: faults of the structure, and which resources have to be looked at. */
function inRounds(checks: Checks, given: readonly Written[], before: readonly Issue[], concerns: readonly Concern[]): WriteCheck {
  const isBroken = before.some(({ code }) => code === 'structure');
  const written = isBroken ? given.map((one) => shaped(checks, one)) : given;
  const concerned = written.filter((_, i) => concerns[i] !== 'nothing');
  const check = concerns.includes('profiles') ? profilesOf(checks, written, concerned) : codesOf(checks, concerned);
  const asking = checks.knowledge.begin();
  let round = 0;
  return {
    issues: () => {
      const found = check(asking).issues().filter(isError);
      if (asking.isSatisfied) return [...before, ...found];
      return ++round >= mostRounds ? [...before, ...found, unfinished(written[0]?.at ?? '')] : undefined;
    },
    load: () => asking.fetch(),
  };
}

const none: readonly Issue[] = [];

const baseIssues = ({ base }: Checks, written: Written | undefined): readonly Issue[] =>
  written === undefined ? none : base(written.resource, written.at);

const shaped = ({ definitions }: Checks, written: Written): Written =>
  definitions.isResourceType(written.resource.resourceType)
    ? { ...written, resource: shapedResource(definitions, written.resource) }
    : written;

/** What has to be looked at beside the structure. */
type Concern = 'nothing' | 'codes' | 'profiles';

function concernOf({ settings, required }: Checks, resource: Resource): Concern {
  const { resourceType } = resource;
  if (valueFor(settings.level, resourceType) !== 'full') return 'nothing';
  if (settings.policy.has(resourceType) || claimed(resource).length > 0) return 'profiles';
  if (resource['contained'] === undefined && resourceType !== 'Bundle' && resourceType !== 'Parameters')
    return required.concern(resource) ? 'codes' : 'nothing';
  const held = placesOf(resource, '').map((place) => place.resource);
  if (held.some((one) => claimed(one).length > 0)) return 'profiles';
  return held.some(required.concern) ? 'codes' : 'nothing';
}

/** One round. */
type Round = (asking: Asking) => Collected;

function codesOf({ required }: Checks, concerned: readonly Written[]): Round {
  const places = concerned.flatMap(({ resource, at }) => placesOf(resource, at));
  return (asking) => {
    const collected = new Collected();
    for (const { resource, at } of places) required.ask(resource, at, collected.questions);
    answerBindings(collected, asking);
    return collected;
  };
}

/** Stands for the write in which resources refer to each other. */
const write: Place = { resource: { resourceType: 'Bundle' }, at: '' };

/** Profiles, and codes as well. */
function profilesOf(checks: Checks, written: readonly Written[], concerned: readonly Written[]): Round {
  const { definitions, settings, required, profiles, now } = checks;
  const looked = new Set(concerned);
  const all = written.map((one) => ({ isLooked: looked.has(one), places: placesIn(one, written.length > 1) }));
  const groups = all.flatMap(({ isLooked, places }) => (isLooked ? [places] : []));
  const places = groups.flat();
  const unknown = (type: string) => (valueFor(settings.unknownProfile, type) === 'refuse' ? 'error' : undefined);
  const root = written[0]?.resource ?? write.resource;
  const around = all.flatMap((one) => one.places);
  const checking = {
    ...{ definitions, root, places, around, now, rules: [], before: [], askBindings: required.ask },
    claims: claimsOf(places, unknown),
    extended: places.flatMap((place) => extendedAt(profiles, place)),
    policies: groups.flatMap(([place]) => policed(settings, place)),
  };
  return (asking) => checkResources(checking, asking);
}

const isError = ({ severity }: Issue): boolean => severity === 'error' || severity === 'fatal';

function placesIn({ resource, at, fullUrl }: Written, isOneOfSeveral: boolean): Place[] {
  if (!isOneOfSeveral) return placesOf(resource, at);
  return placesOf(resource, at, fullUrl === undefined ? { bundle: write } : { bundle: write, fullUrl });
}

/** Of what claims a profile: profiles rely on extensions being checked. */
const extendedAt = (profiles: Profiles, { resource, at }: Place): Extended[] =>
  claimed(resource).length === 0 ? [] : [{ extensions: profiles.extensions(resource), at }];

function policed({ policy }: ValidationSettings, place: Place | undefined): Policed[] {
  const lists = place === undefined ? undefined : policy.get(place.resource.resourceType);
  return place === undefined || lists === undefined ? [] : [{ place, policy: lists }];
}
